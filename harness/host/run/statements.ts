import { parseStatement, type Statement } from '../../case/statement.js';
import { CommandError } from '../io.js';
import { allUnderTest, type RunOptions } from './options.js';
import type { Player } from './parties.js';

/**
 * What the SUT files claim; of two systems, what both do.
 *
 * @param shown by the client, of itself: it speaks where its file is silent
 * @throws CommandError
 */
export const statementOf = (options: RunOptions, shown?: Statement): Statement | undefined =>
  jointStatement(
    allUnderTest(options).flatMap((player) => {
      const declared = declaredBy(player);
      if (!shown || player !== options.client) return declared ? withServers(declared, player) : [];
      return withServers(declared ? { ...declared, shown } : shown, player);
    }),
  );

/** A command that names a second server says that the client takes one: no session shows it. */
function withServers(statement: Statement, { file }: Player): Statement {
  const isTold = file?.control.some((control) => /\{(uri|host)2\}/.test(JSON.stringify(control))) === true;
  return isTold ? { ...statement, items: { 'servers.2': true, ...statement.items } } : statement;
}

/** Whether a system may have other Objects in another configuration: its adapter is told which one it is. */
export const appliesConfigurations = ({ file }: Player): boolean =>
  file?.lifecycle !== 'external' &&
  file?.control.some(({ use, ...given }) => TOLD.has(use) || JSON.stringify(given).includes('{configuration}')) ===
    true;

/**
 * Why a client cannot be told of a bootstrap-server, where its file does not say that it bootstraps: no command names one.
 * Undefined where it can be.
 */
export function whyUnprovisioned({ foreign, file }: Player): string | undefined {
  if (!foreign || !file || file.statement?.['op.bootstrap-request'] === true) return undefined;
  // Where no command starts it, a person does, who reads the setup.
  const isCommanded = file.control.some(({ use }) => use === 'exec');
  const isTold = file.control.some(
    ({ use, ...given }) =>
      TOLD.has(use) || (use === 'operator' && !isCommanded) || JSON.stringify(given).includes('{bootstrap-'),
  );
  return isTold ? undefined : 'no command has {bootstrap-uri}, so the client cannot be told of a bootstrap-server';
}

const TOLD: ReadonlySet<string> = new Set(['stdio', 'http', 'module']);

/** What the SUT file of one claims. @throws CommandError */
function declaredBy({ file }: Player): Statement | undefined {
  if (!file?.statement) return undefined;
  const statement = parseStatement(file.statement);
  if (statement.ok) return statement.value;
  throw new CommandError({ ...statement.problem, place: `${file.name} statement.${statement.problem.place ?? ''}` });
}

/** What all of them claim: what one denies does not apply between them. Undefined where there is none. */
export function jointStatement(statements: readonly Statement[]): Statement | undefined {
  const [first, ...others] = statements;
  if (!first || others.length === 0) return first;
  const shown = statements.find((statement) => statement.shown)?.shown;
  const named = [...new Set(statements.flatMap(({ items }) => Object.keys(items)))];
  return {
    source: statements.some(({ source }) => source === 'declared') ? 'declared' : 'derived',
    items: Object.fromEntries(named.map((item) => [item, statements.every(({ items }) => items[item] !== false)])),
    ...(shown && { shown }),
  };
}
