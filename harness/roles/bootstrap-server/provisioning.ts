import { failed, ok, type Problem, type Result } from '../../base/error.js';
import type { Model } from '../../model/definition.js';
import { formatPath, parsePath, type Path } from '../../model/path.js';
import type { Plain, PlainContent } from '../../model/plain.js';
import { entriesOf } from '../../wire/coerce.js';
import { placeOf, securityInstance, serverInstance, type ServerAccount } from './account.js';

/** A command of the bootstrap interface (Core 1.1 §6.1.7). */
export type Command =
  | { readonly do: 'discover'; readonly path: Path }
  /** `format` is asked for by Accept. */
  | { readonly do: 'read'; readonly path: Path; readonly format?: number }
  /** `optional`: the session goes on when the client refuses. */
  | { readonly do: 'delete'; readonly path: Path; readonly optional?: boolean }
  | {
      readonly do: 'write';
      /** Of an Object, an Object Instance or a Resource. */
      readonly path: Path;
      /** By path relative to `path`: `{ "0/1": 300 }` at an Object. */
      readonly value: Plain | PlainContent;
      readonly format?: number;
      readonly optional?: boolean;
    }
  | { readonly do: 'finish' };

/** What is done with a client, one after the other: a command, or the account of a server, which is two Writes. */
export type Step = Command | ({ readonly do: 'account' } & ServerAccount);

/** What a bootstrap-server has for an endpoint. */
export interface Provisioning {
  readonly steps: readonly Step[];
  /** Content-Format of Writes that name none; before what the client prefers. */
  readonly format?: number;
}

/** `write /0/1`, `delete /`, `finish`: for people. */
export const formatCommand = (command: Command): string =>
  'path' in command ? `${command.do} ${formatPath(command.path)}` : command.do;

/** How deep the paths of a command can be (Transport 1.1 §6.4.2, B-20, B-22, B-25, B-30). */
const DEPTHS: Readonly<Record<Exclude<Command['do'], 'finish'>, readonly [number, number]>> = {
  discover: [0, 1],
  read: [1, 2],
  delete: [0, 2],
  write: [1, 3],
};

/**
 * Whether a step can be sent at all: its path has a level that the command has, its values fit their definitions.
 * Problem codes: `bad-path`, and those of `entriesOf`.
 */
export function checkStep(step: Step, model: Model): Problem | undefined {
  if (step.do === 'finish') return undefined;
  if (step.do === 'account') return checkAccount(step, model);
  const [least, most] = DEPTHS[step.do];
  const { path } = step;
  if (path.length < least || path.length > most)
    return {
      code: 'bad-path',
      message: `there is no ${step.do} of a path of ${path.length} identifiers in a bootstrap`,
      place: formatPath(path),
      hint: `expected ${least} to ${most}`,
    };
  if (step.do !== 'write') return undefined;
  const entries = entriesOf(path, step.value, model);
  return entries.ok ? undefined : entries.problem;
}

function checkAccount(account: ServerAccount, model: Model): Problem | undefined {
  const { security, server } = placeOf(account, []);
  const parts = [
    entriesOf([0, security], securityInstance(account), model),
    entriesOf([1, server], serverInstance(account), model),
  ];
  for (const part of parts) if (!part.ok) return part.problem;
  return undefined;
}

/** A Write of a provisioning. */
export type Write = Extract<Command, { readonly do: 'write' }>;

/**
 * Values by absolute path as Writes: a whole Object or Object Instance is one, and so are the values of several Resources of
 * one instance, while a lone value is a Write of its Resource.
 *
 * Problem codes: those of `parsePath`.
 *
 * @example
 * writesOf({ '/0/1/0': 'coap://host', '/0/1/1': false, '/1/1/1': 300 })
 * // => a Write of /0/1 with { "0": 'coap://host', "1": false }, and one of /1/1/1 with 300
 */
export function writesOf(values: Readonly<Record<string, Plain | PlainContent>>): Result<readonly Write[]> {
  const groups = new Map<string, Value[]>();
  for (const [text, value] of Object.entries(values)) {
    const path = parsePath(text);
    if (!path.ok) return failed({ ...path.problem, place: text });
    const key = path.value.length < 3 ? text : `values of ${formatPath(path.value.slice(0, 2))}`;
    groups.set(key, [...(groups.get(key) ?? []), { path: path.value, value }]);
  }
  return ok([...groups.values()].flatMap(joined));
}

interface Value {
  readonly path: Path;
  readonly value: Plain | PlainContent;
}

function joined(values: readonly Value[]): Write[] {
  const [first] = values;
  if (!first) return [];
  const { path, value } = first;
  if (values.length === 1 && path.length < 4) return [{ do: 'write', path, value }];
  const target = path.slice(0, values.length === 1 ? 3 : 2);
  const content = values.reduce<PlainContent>(
    (all, one) => ({ ...all, ...below(one.path.slice(target.length), one.value) }),
    {},
  );
  return [{ do: 'write', path: target, value: content }];
}

/** A value as content of an ancestor, so many identifiers above. */
function below(path: Path, value: Plain | PlainContent): PlainContent {
  const prefix = path.join('/');
  if (typeof value !== 'object') return { [prefix]: value };
  return Object.fromEntries(Object.entries(value).map(([key, plain]) => [`${prefix}/${key}`, plain]));
}
