import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { packageRoot } from '../../base/package-files.js';
import { DEFAULT_ALLOWANCES, FOREIGN_ALLOWANCES, type Allowances } from '../../case/bench.js';
import { nearest } from '../../case/plan.js';
import type { Party } from '../../model/party.js';
import type { Around, PartyPlan } from '../../case/session.js';
import type { Sut } from '../../sut/contract.js';
import { referenceBootstrapServer } from '../../sut/reference-bootstrap-server.js';
import { referenceClient } from '../../sut/reference-client.js';
import { referenceServer } from '../../sut/reference-server.js';
import { parseSutFile, type SutFile } from '../../sut/sut-file.js';
import { controlsOf } from '../../sut/controls.js';
import type { OperatorAnswer, OperatorSut } from '../../sut/operator.js';
import { CommandError } from '../io.js';
import { knownPeers } from '../known-peers.js';

/** A deviation of our own implementation: a mutant or a legal variant, for one party. */
export interface Deviation {
  readonly name: string;
  readonly client?: Parameters<typeof referenceClient>[0]['Role'];
  readonly server?: Parameters<typeof referenceServer>[0]['Role'];
  readonly bootstrapServer?: Parameters<typeof referenceBootstrapServer>[0]['Role'];
}

/** Who plays a party, and what of the SUT file concerns the run. */
export interface Player {
  readonly plan: PartyPlan;
  readonly adapter: string;
  /** Needs sockets and real time. */
  readonly foreign: boolean;
  readonly allowances: Allowances;
  readonly file?: SutFile;
  /** Of the SUT file: what it names is found from there. */
  readonly folder?: string;
  /** What the person answered so far, where one is asked. */
  readonly answers?: () => readonly OperatorAnswer[];
}

/** Our own implementation, for a party that is not under test, or that is. */
export function referencePlayer(party: Party, ours: boolean, deviation?: Deviation): Player {
  return {
    plan: { ours, sut: (around) => REFERENCE[party](around, deviation) },
    adapter: 'reference',
    foreign: false,
    allowances: DEFAULT_ALLOWANCES,
  };
}

const REFERENCE: Readonly<Record<Party, (around: Around, deviation?: Deviation) => Sut>> = {
  client: ({ own, ...around }, deviation) =>
    referenceClient({ ...around, setup: own.client ?? {}, ...(deviation?.client && { Role: deviation.client }) }),
  server: ({ own, proves, ...around }, deviation) =>
    referenceServer({
      ...around,
      setup: { ...own.server, ...proves },
      ...(deviation?.server && { Role: deviation.server }),
    }),
  'bootstrap-server': ({ proves, ...around }, deviation) =>
    referenceBootstrapServer({
      ...around,
      setup: { ...proves },
      ...(deviation?.bootstrapServer && { Role: deviation.bootstrapServer }),
    }),
};

/** A system under test by name, by SUT file, or by command. @throws CommandError */
export function playerOf(
  party: Party,
  sut: string | undefined,
  command: string | undefined,
  answers?: readonly OperatorAnswer[],
): Player {
  if (command !== undefined)
    return filePlayer(
      { name: command.split(' ')[0] ?? 'command', party, control: [{ use: 'exec', command }] },
      answers,
    );
  if (sut === undefined || sut === 'reference') return referencePlayer(party, false);
  const known = knownPeers().find((peer) => peer.name === sut);
  const file = known ? known.path : sut;
  const parsed = parseSutFile(readSutFile(file, sut), known ? known.name : file);
  if (!parsed.ok) throw new CommandError(parsed.problem);
  if (parsed.value.party !== party)
    throw new CommandError({
      code: 'sut-party',
      message: `it is a ${parsed.value.party}, not a ${party}`,
      place: file,
      hint: `use run ${parsed.value.party}`,
    });
  return { ...filePlayer(parsed.value, answers), folder: dirname(resolve(file)) };
}

function readSutFile(path: string, given: string): string {
  try {
    return readFileSync(resolve(path), 'utf8');
  } catch {
    const names = ['reference', ...knownPeers().map((peer) => peer.name)];
    throw new CommandError({
      code: 'sut-missing',
      message: `there is no SUT file, and no known system, of this name`,
      place: given,
      hint: `known systems: ${nearest(given, names).join(', ')}; lwm2m-conformance init writes a SUT file`,
    });
  }
}

function filePlayer(file: SutFile, replay: readonly OperatorAnswer[] | undefined): Player {
  const operators: OperatorSut[] = [];
  const asksPerson = file.control.some(({ use }) => use === 'operator');
  const { name, party, version } = file;
  const allowances = { ...FOREIGN_ALLOWANCES, ...(asksPerson && PERSON), ...file.allowances };
  const sut = ({ clock }: Around): Sut =>
    controlsOf(file.control, {
      clock,
      name,
      party,
      ...(version !== undefined && { version: String(version) }),
      allowances: { boot: allowances.boot },
      placeholders: { node: process.execPath, package: packageRoot(), cli: CLI },
      terminal: {
        input: process.stdin,
        output: process.stderr,
        who: process.env['USER'] ?? 'operator',
        answers: replay ?? [],
        onOperator: (made) => operators.push(made),
      },
    });
  return {
    plan: { ours: false, sut },
    adapter: file.control.map(({ use }) => use).join('+'),
    foreign: true,
    allowances,
    file,
    ...(asksPerson && { answers: () => operators.flatMap((made) => made.answers()) }),
  };
}

/** The command line itself, for SUT files that start parties of ours. */
const CLI = join(packageRoot(), 'dist', 'harness', 'host', 'cli.js');

/** A person takes time to read, to do and to answer. */
const PERSON = { boot: 300, registration: 300, stimulus: 600, reaction: 30 };
