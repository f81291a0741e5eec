import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { RealClock } from '../../base/clock.js';
import { placedVectors, type VectorFile } from '../../case/vectors/file.js';
import { planTasks, type Planned } from '../../case/vectors/tasks.js';
import type { Introduction, Testee } from '../../sut/testee/contract.js';
import { OwnTestee } from '../../sut/testee/own/index.js';
import { ProgramTestee } from '../../sut/testee/program-testee.js';
import { acceptedDeviations, applyKnownDeviations, parseKnownDeviations } from '../../../reports/vector-known.js';
import { formatVectorJunit } from '../../../reports/vector-junit.js';
import {
  formatTotals,
  vectorTotals,
  type KnownDeviation,
  type VectorResult,
  type VectorResults,
} from '../../../reports/vector-results.js';
import { outputFolder } from '../files.js';
import { onInterrupt } from '../interrupt.js';
import { CommandError, Exit, type Io } from '../io.js';
import { giveModels, loadVectorFiles } from '../vectors/load-files.js';
import { formatResultLine, formatVectorTable } from '../vectors/report.js';
import { runTasks } from '../vectors/run-tasks.js';
import { suiteVersion } from '../version.js';

export interface VectorsFlags {
  /** `self`, or a command that speaks the testee contract. */
  readonly testee: string;
  readonly format: readonly string[];
  readonly out?: string;
  readonly known?: string;
  readonly accept: boolean;
  readonly strict: boolean;
  /** Seconds for an answer. */
  readonly timeout: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Failures shown while they come; results.json has all. */
const SHOWN = 40;

/** `vectors`: runs the golden vectors with a testee. Exit 1 on a deviation that is not known, or a known one that no longer is. */
export async function vectorsCommand(flags: VectorsFlags, io: Io): Promise<number> {
  const files = loadVectorFiles(flags.format);
  if (flags.accept && flags.known === undefined)
    throw new CommandError({ code: 'accept', message: '--accept needs --known FILE' });
  const known = flags.known === undefined ? [] : readKnown(flags.known, flags.accept);
  if (flags.out !== undefined) outputFolder(flags.out);
  const clock = new RealClock();
  const own = flags.testee === 'self';
  const testee = own
    ? new OwnTestee(suiteVersion())
    : new ProgramTestee({ command: flags.testee, clock, answerWithin: flags.timeout });
  const interrupted = onInterrupt(() => io.err('stopping: the report is written'));
  try {
    const hello = await testee.hello();
    if (!hello.ok)
      throw new CommandError({
        ...hello.problem,
        message: `the testee did not come up: ${hello.problem.message}${testee.log() === '' ? '' : `\n${testee.log()}`}`,
      });
    const judged = await judge({
      files,
      testee,
      hello: hello.value,
      known,
      clock,
      flags,
      io,
      signal: interrupted.signal,
    });
    const restarts = testee instanceof ProgramTestee ? testee.restarts : 0;
    const results = { ...judged, run: { ...judged.run, restarts } };
    if (flags.out !== undefined) writeReports(flags.out, results);
    if (flags.accept && flags.known !== undefined) accept(flags.known, results.results, known, io);
    if (flags.json) io.out(JSON.stringify(results, null, 2));
    else io.out(formatVectorTable(results, io));
    if (interrupted.signal.aborted) return Exit.interrupted;
    return flags.accept || isAsExpected(results) ? Exit.ok : Exit.nonconforming;
  } finally {
    interrupted.dispose();
    await testee.stop();
  }
}

interface Judging {
  readonly files: readonly VectorFile[];
  readonly testee: Testee;
  readonly hello: Introduction;
  readonly known: readonly KnownDeviation[];
  readonly clock: RealClock;
  readonly flags: VectorsFlags;
  readonly io: Io;
  readonly signal: AbortSignal;
}

async function judge({ files, testee, hello, known, clock, flags, io, signal }: Judging): Promise<VectorResults> {
  const started = new Date();
  const reader = new OwnTestee(suiteVersion());
  await giveModels(testee, files);
  await giveModels(reader, files);
  const planned = planTasks(files.flatMap(placedVectors), hello);
  const asked = await runTasks(planned, {
    testee,
    reader,
    clock,
    signal,
    how: { strict: flags.strict, now: started.getTime() / 1000 },
    onResult: progress(planned, known, flags, io),
  });
  io.status('');
  const { results, stale } = applyKnownDeviations(asked, known);
  const { implementation, ...abilities } = hello;
  return {
    schema: 'urn:lwm2m-conformance:vector-results:1',
    suite: { version: suiteVersion() },
    run: {
      started: started.toISOString(),
      durationMs: Math.round(clock.now() * 1000),
      strict: flags.strict,
      argv: process.argv.slice(2),
      restarts: 0,
      ...(signal.aborted && { interrupted: true }),
    },
    testee: {
      command: flags.testee,
      name: implementation.name,
      ...(implementation.version !== undefined && { version: implementation.version }),
      ...(implementation.language !== undefined && { language: implementation.language }),
      capabilities: abilities.capabilities,
      ...(abilities.roles && { roles: abilities.roles }),
      ...(abilities.enablers && { enablers: abilities.enablers }),
    },
    formats: formatTotals(files, results),
    totals: vectorTotals(results),
    results,
    stale: signal.aborted ? [] : stale,
  };
}

/** Shows the count, and the failures that are not known as they come. */
function progress(
  planned: readonly Planned[],
  known: readonly KnownDeviation[],
  { quiet, out }: VectorsFlags,
  io: Io,
): (result: VectorResult, done: number) => void {
  let shown = 0;
  return (result, done) => {
    if (quiet) return;
    if (done % 25 === 0) io.status(`${done}/${planned.length}  ${result.id}`);
    if (result.deviation === undefined || applyKnownDeviations([result], known).results[0]?.known) return;
    shown++;
    if (shown <= SHOWN) io.err(formatResultLine(io, result));
    if (shown === SHOWN)
      io.err(
        io.colors.dim(
          `  … further ones are in ${out === undefined ? 'results.json (with --out)' : join(out, 'results.json')}`,
        ),
      );
  };
}

const isAsExpected = ({ results, stale }: VectorResults): boolean =>
  stale.length === 0 && results.every(({ deviation, known }) => deviation === undefined || known);

function writeReports(out: string, results: VectorResults): void {
  writeFileSync(join(out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(out, 'junit.xml'), formatVectorJunit(results));
}

function readKnown(path: string, accept: boolean): readonly KnownDeviation[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (accept) return []; // it is about to be written
    throw new CommandError({ code: 'known-missing', message: String(error), place: path, hint: '--accept writes one' });
  }
  const known = parseKnownDeviations(parseYaml(text, path));
  if (known.ok) return known.value;
  throw new CommandError({ ...known.problem, place: `${path} ${known.problem.place ?? ''}` });
}

function parseYaml(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandError({ code: 'yaml', message, place: path });
  }
}

function accept(path: string, results: readonly VectorResult[], before: readonly KnownDeviation[], io: Io): void {
  const known = acceptedDeviations(results, before);
  const head = '# Known failures of this testee, each with a reason. An entry that no longer holds fails the run.\n';
  writeFileSync(path, `${head}${stringify({ known }, { lineWidth: 0 })}`);
  io.err(`${path}: ${known.length} known, ${before.length} before`);
}
