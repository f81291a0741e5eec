import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Party } from '../../model/party.js';
import type { OperatorAnswer } from '../../sut/operator.js';
import { acceptedBaseline, parseBaseline, type BaselineEntry, type BaselineScope } from '../../../reports/baseline.js';
import { resultName } from '../../../reports/results.js';
import { readTextFile } from '../files.js';
import { hostAndPort } from '../host-and-port.js';
import { CommandError, type Io } from '../io.js';
import { onInterrupt } from '../interrupt.js';
import { knownPeers } from '../known-peers.js';
import { loadCatalogue } from '../load-catalogue.js';
import { readResults } from '../read-results.js';
import type { RunFlags } from '../flags.js';
import type { RunOptions, Shard } from '../run/options.js';
import { playerOf, referencePlayer, type Player } from '../run/parties.js';
import { exitCodeOf, run, type Ran } from '../run/run.js';
import { formatSummary } from '../run/summary-text.js';
import { runSecurity } from '../security/of-run.js';

export type BenchName = 'client' | 'server' | 'bootstrap-server' | 'pair' | 'reference';

/** Who is judged on each bench. */
const JUDGED: Readonly<Record<BenchName, readonly Party[]>> = {
  client: ['client'],
  server: ['server'],
  'bootstrap-server': ['bootstrap-server'],
  pair: ['client', 'server'],
  reference: ['client', 'server', 'bootstrap-server'],
};

/** `run client|server|…`: the exit code. */
export async function runCommand(bench: BenchName, flags: RunFlags, io: Io): Promise<number> {
  const interrupted = onInterrupt(() => io.err('stopping: cases under way are ended, reports are written'));
  try {
    const options: RunOptions = { ...(await optionsOf(bench, flags)), signal: interrupted.signal };
    const ran = await runAndKeep(options, io);
    const scope = { transport: options.security?.transport ?? 'udp', enabler: options.enabler };
    if (flags.accept) accept(ran.results.cases, scope, flags, io);
    if (flags.json) io.out(JSON.stringify(ran.results, null, 2));
    else if (!flags.quiet) io.out(formatSummary(ran.results, flags.out, io));
    return exitCodeOf(ran, flags);
  } finally {
    interrupted.dispose();
  }
}

/** Runs, and keeps what a person answered. @throws CommandError for wrong usage */
export async function runAndKeep(options: RunOptions, io: Io): Promise<Ran> {
  try {
    const ran = await run(options, io);
    keepAnswers([options.client, options.server, options.bootstrapServer], options.out);
    return ran;
  } finally {
    options.security?.close();
  }
}

/** What the flags of a run mean. @throws CommandError */
export async function optionsOf(bench: BenchName, flags: RunFlags): Promise<RunOptions> {
  const { client, server, bootstrapServer } = playersOf(bench, flags);
  const file = client.file ?? server.file ?? bootstrapServer.file;
  const listen = flags.listen ?? file?.listen;
  const advertise = flags.advertise ?? client.file?.advertise;
  const baseline = flags.baseline ?? baselineOf(flags.sut);
  const known = bench === 'pair' && baseline === undefined ? knownOfPair(flags) : undefined;
  const rerun = flags.rerun === undefined ? [] : failedIn(flags.rerun);
  const options: RunOptions = {
    bench,
    judged: bootstrapServer.foreign ? [...new Set([...JUDGED[bench], 'bootstrap-server' as const])] : JUDGED[bench],
    client,
    server,
    bootstrapServer,
    security: runSecurity(bench, flags, { client, server, bootstrapServer }),
    catalogue: await loadCatalogue(flags.suites),
    select: [...flags.select, ...rerun],
    enabler: flags.enabler,
    timing: flags.timing,
    seed: flags.seed,
    jobs: Math.max(1, flags.jobs),
    out: resolve(flags.out),
    junit: flags.junit,
    quiet: flags.quiet,
    argv: process.argv.slice(2),
    ...(listen !== undefined && { listen: hostAndPort(listen) }),
    ...(advertise !== undefined && { advertise }),
    ...(flags.endpoint !== undefined && { endpoint: flags.endpoint }),
    ...(flags.shard !== undefined && { shard: parseShard(flags.shard) }),
    ...(baseline !== undefined && { baseline: readBaseline(baseline, flags.accept) }),
    ...(known && { known }),
    ...(flags.timeBudget !== undefined && { timeBudget: flags.timeBudget }),
  };
  if (options.jobs > 1 && options.listen !== undefined && options.listen.port !== 0)
    throw new CommandError({
      code: 'jobs-port',
      message: `${options.jobs} sessions at once cannot share port ${options.listen.port}`,
      hint: 'leave the port out of --listen, or use --jobs 1',
    });
  return options;
}

/** The file of known failures of a known system. */
const baselineOf = (sut: string | undefined): string | undefined =>
  knownPeers().find((peer) => peer.name === sut)?.baseline;

/** What known systems are known for, each beside our own parties. */
const knownOfPair = ({ client, server, bootstrapServer }: RunFlags): readonly BaselineEntry[] =>
  [client, server, bootstrapServer]
    .map(baselineOf)
    .flatMap((file) => (file === undefined ? [] : readBaseline(file, false)));

function playersOf(bench: BenchName, flags: RunFlags): Pick<RunOptions, 'client' | 'server' | 'bootstrapServer'> {
  const answers = flags.answers === undefined ? undefined : readAnswers(flags.answers);
  const player = (party: Party): Player => {
    if (bench === 'pair' && party !== 'bootstrap-server') return playerOfPair(party, flags[party], answers);
    if (bench === 'pair' && flags.bootstrapServer !== undefined)
      return playerOfPair('bootstrap-server', flags.bootstrapServer, answers);
    return bench === party ? playerOf(party, flags.sut, flags.exec, answers) : referencePlayer(party, true);
  };
  return { client: player('client'), server: player('server'), bootstrapServer: player('bootstrap-server') };
}

/** One of those that are all under test. @throws CommandError */
function playerOfPair(party: Party, sut: string | undefined, answers: readonly OperatorAnswer[] | undefined): Player {
  const player = playerOf(party, sut, undefined, answers);
  if (player.foreign) return player;
  const judged = party === 'client' ? 'server' : 'client';
  const beside =
    party === 'bootstrap-server'
      ? 'leave it out for ours'
      : `run ${judged} judges the ${judged} beside our own ${party}`;
  throw new CommandError({
    code: 'pair-reference',
    message: `the ${party} of a pair is another's`,
    hint: `${beside}; ${PROCESS[party]} is our own as if it were another's`,
  });
}

/** Known systems that are our own, as processes. */
const PROCESS = {
  client: 'reference-process',
  server: 'reference-server-process',
  'bootstrap-server': 'reference-bootstrap-server-process',
} as const;

/** What a person answered in an earlier run, to be given again. @throws CommandError */
function readAnswers(path: string): readonly OperatorAnswer[] {
  const value = parseYaml(readTextFile(path), path);
  const isAnswer = (entry: unknown): entry is OperatorAnswer =>
    typeof entry === 'object' &&
    entry !== null &&
    ['case', 'asked', 'answer'].every((field) => typeof new Map(Object.entries(entry)).get(field) === 'string');
  if (Array.isArray(value) && value.every(isAnswer)) return value;
  throw new CommandError({
    code: 'answers',
    message: 'not the answers of a run',
    place: path,
    hint: 'a run with an operator writes answers.json',
  });
}

/** Keeps what a person answered, for the record and for --answers. */
function keepAnswers(players: readonly Player[], out: string | undefined): void {
  const answers = players.flatMap((player) => player.answers?.() ?? []);
  if (answers.length > 0 && out !== undefined)
    writeFileSync(join(out, 'answers.json'), `${JSON.stringify(answers, null, 2)}\n`);
}

/** `1/3`: the first of three parts. @throws CommandError */
export function parseShard(text: string): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const index = Number(match?.[1]);
  const count = Number(match?.[2]);
  if (index >= 1 && index <= count) return { index, count };
  throw new CommandError({
    code: 'shard',
    message: `${JSON.stringify(text)} is no shard`,
    hint: 'write 1/3 for the first of three',
  });
}

/** The cases of an earlier run that did not pass. @throws CommandError */
function failedIn(folder: string): readonly string[] {
  const results = readResults(folder);
  const names = results.cases
    .filter(({ verdict }) => ['fail', 'inconclusive', 'error', 'not-run'].includes(verdict))
    .map(({ id }) => id);
  const open = [...new Set([...names, ...results.notRun.map(({ id }) => id)])];
  if (open.length === 0)
    throw new CommandError({ code: 'rerun-nothing', message: 'every case of that run came out well', place: folder });
  return open;
}

/** The known failures in a file. @throws CommandError */
export function readBaseline(path: string, accept: boolean): readonly BaselineEntry[] {
  if (accept && !existsSync(path)) return []; // it is about to be written
  const text = readTextFile(path, '--accept writes one');
  const baseline = parseBaseline(parseYaml(text, path));
  if (baseline.ok) return baseline.value;
  throw new CommandError({ ...baseline.problem, place: `${path} ${baseline.problem.place ?? ''}` });
}

function parseYaml(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new CommandError({
      code: 'yaml',
      message: error instanceof Error ? error.message : String(error),
      place: path,
    });
  }
}

function accept(
  cases: Parameters<typeof acceptedBaseline>[0],
  scope: BaselineScope,
  { baseline }: RunFlags,
  io: Io,
): void {
  if (baseline === undefined) throw new CommandError({ code: 'accept', message: '--accept needs --baseline FILE' });
  const before = readBaseline(baseline, true);
  const known = acceptedBaseline(cases, before, scope);
  writeFileSync(
    baseline,
    `# Known failures: each has a reason. An entry that no longer holds fails the run.\n${stringify({ known })}`,
  );
  io.err(
    `${baseline}: ${known.length} known, ${known.filter((entry) => !before.some((old) => resultName({ id: old.case }) === entry.case)).length} of them new`,
  );
}
