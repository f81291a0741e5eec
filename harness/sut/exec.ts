import type { Clock } from '../base/clock.js';
import { formatProblem, ProblemError, unwrap, type Problem, type Result } from '../base/error.js';
import type { Party } from '../model/party.js';
import { BoundedLog } from './bounded-log.js';
import { parseCommandLine } from './command-line.js';
import type { Description, Outcome, Setup, Stimulus, StimulusKind, Sut } from './contract.js';
import {
  setupSubstitutes,
  stimulusSubstitutes,
  credentialEnvironment,
  substitute,
  substituteAll,
  withoutSecrets,
  type Substitutes,
} from './placeholders.js';
import { formatEnded, Program, within, type Ended, type StopManner } from './program.js';

/** Seconds of wall time that a program is allowed for what no protocol bounds. */
export interface ExecAllowances {
  /** Until `ready` is seen. */
  readonly boot: number;
  /** Without `ready`: how long to watch for a program that ends at once. */
  readonly settle: number;
  /** For its own manner of stopping. */
  readonly stop: number;
  /** For SIGTERM. */
  readonly term: number;
}

const ALLOWANCES: ExecAllowances = { boot: 30, settle: 0.15, stop: 5, term: 3 };

/** How to run a program as a system under test. */
export interface ExecOptions {
  /** `./my-client -s {uri} -n {endpoint}`, or its words; see `setupSubstitutes` for the placeholders. */
  readonly command: string | readonly string[];
  /** Client unless told otherwise. */
  readonly party?: Party;
  readonly name?: string;
  readonly version?: string;
  readonly clock: Clock;
  readonly cwd?: string;
  /** Added to our environment; values may hold placeholders. */
  readonly env?: Readonly<Record<string, string>>;
  /** The line to write to its input for a stimulus: `{ set: 'set {path} {value}' }`. */
  readonly stimuli?: Readonly<Partial<Record<StimulusKind, string>>>;
  /** The program is up when a line of its output, or a prompt without a line end, matches. Without it: when it runs. */
  readonly ready?: RegExp;
  /** False: `restart` is another control's, unless there is a line for it. */
  readonly restarts?: boolean;
  /** Its own manner of stopping; SIGTERM and SIGKILL follow when that is not enough. */
  readonly stop?: StopManner;
  /** Where a server listens: `127.0.0.1:{port}`. */
  readonly address?: string;
  /** More placeholders: a port that the bench chose, a folder for files. */
  readonly placeholders?: Substitutes;
  readonly statement?: Readonly<Record<string, boolean>>;
  readonly allowances?: Partial<ExecAllowances>;
}

/** A Sut that is a program of ours to start, with what the program left behind. */
export interface ExecSut extends Sut {
  /** Output of all its processes, bounded, with marks of their starts and ends. */
  log(): string;
  /** How the present process ended, if it did so by itself. */
  ended(): Ended | undefined;
}

/**
 * Runs any command as a SUT: arguments by placeholders, stimuli as lines on its input.
 *
 * `describe` and `start` reject with a ProblemError for a command that cannot be read, an unknown placeholder, a program
 * that is missing, ends early or never gets ready. `restart` is there without a line: a power cut and a new start.
 */
export function exec(options: ExecOptions): ExecSut {
  return new Exec(options);
}

class Exec implements ExecSut {
  readonly #options: ExecOptions;
  readonly #allowances: ExecAllowances;
  readonly #log = new BoundedLog();
  #program: Program | undefined;
  #setup: Setup | undefined;
  /** Set while we end the process: an end then is not its own. */
  #ending = false;

  constructor(options: ExecOptions) {
    this.#options = options;
    this.#allowances = { ...ALLOWANCES, ...options.allowances };
  }

  describe(): Promise<Description> {
    return Promise.resolve().then(() => {
      const words = this.#words();
      const kinds = Object.keys(this.#options.stimuli ?? {}).filter(isTold(this.#options.stimuli));
      return {
        name: this.#options.name ?? words[0] ?? '',
        version: this.#options.version ?? '',
        party: this.#options.party ?? 'client',
        stimuli: this.#options.restarts === false ? kinds : [...new Set<StimulusKind>([...kinds, 'restart'])],
        ...(this.#options.statement === undefined ? {} : { statement: this.#options.statement }),
      };
    });
  }

  async start(setup: Setup): Promise<{ readonly address?: string }> {
    if (this.#program) await this.stop();
    this.#setup = setup;
    await this.#launch(setup);
    const { address } = this.#options;
    return address === undefined ? {} : { address: unwrap(substitute(address, this.#substitutes(setup))) };
  }

  async stimulate(stimulus: Stimulus): Promise<Outcome> {
    const line = this.#options.stimuli?.[stimulus.do];
    if (line === undefined)
      return stimulus.do === 'restart' && this.#options.restarts !== false ? this.#restart() : 'unsupported';
    const program = this.#program;
    if (!program || !this.#setup) return { failed: 'the program has not been started' };
    const values = { ...this.#substitutes(this.#setup), ...stimulusSubstitutes(stimulus) };
    const text = substitute(line, values);
    if (!text.ok) return { failed: formatProblem(text.problem) };
    if (/[\r\n]/.test(text.value))
      return { failed: `the line for ${stimulus.do} would hold a line end: ${JSON.stringify(text.value)}` };
    const ended = program.ended();
    if (ended) return { failed: `the program has ended: ${formatEnded(ended)}` };
    this.#log.append(`[stdin] ${unwrap(substitute(line, withoutSecrets(values)))}\n`);
    const written = await program.writeLine(text.value);
    return written.ok ? {} : { failed: formatProblem(written.problem) };
  }

  async stop(): Promise<void> {
    const program = this.#program;
    if (!program) return;
    this.#program = undefined;
    this.#ending = true;
    const { ended, by } = await program.stop(this.#options.stop ?? 'SIGTERM', this.#allowances);
    this.#log.append(`[${by === 'itself' ? 'had ended' : `ended by ${by}`}: ${formatEnded(ended)}]\n`);
  }

  log(): string {
    return this.#log.toString();
  }

  ended(): Ended | undefined {
    return this.#ending ? undefined : this.#program?.ended();
  }

  async #restart(): Promise<Outcome> {
    const setup = this.#setup;
    if (!this.#program || !setup) return { failed: 'the program has not been started' };
    this.#ending = true;
    await this.#program.kill();
    this.#log.append('[killed, to be started again]\n');
    try {
      await this.#launch(setup);
      return {};
    } catch (error) {
      if (error instanceof ProblemError) return { failed: formatProblem(error.problem) };
      throw error;
    }
  }

  async #launch(setup: Setup): Promise<void> {
    const { clock, cwd, env = {} } = this.#options;
    const values = this.#substitutes(setup);
    const argv = unwrap(substituteAll(this.#words(), values));
    const environment = {
      ...credentialEnvironment(setup.credentials),
      ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, unwrap(substitute(value, values))])),
    };
    this.#log.append(
      `[start for ${setup.case}: ${unwrap(substituteAll(this.#words(), withoutSecrets(values))).join(' ')}]\n`,
    );
    const readiness = new Readiness(this.#options.ready);
    const started = await Program.start({
      argv,
      clock,
      env: environment,
      log: this.#log,
      onLine: (line) => readiness.see(line),
      ...(cwd === undefined ? {} : { cwd }),
    });
    const program = unwrap(started);
    this.#program = program;
    this.#ending = false;
    const problem = await this.#untilReady(program, readiness);
    if (!problem) return;
    await this.stop();
    throw new ProblemError(problem);
  }

  async #untilReady(program: Program, readiness: Readiness): Promise<Problem | undefined> {
    const { ready } = this.#options;
    const place = this.#words()[0] ?? '';
    const { boot, settle } = this.#allowances;
    const outcome = await within(
      this.#options.clock,
      ready ? boot : settle,
      Promise.race([readiness.watch(program), program.whenEnded]),
    );
    if (outcome === 'ready') return undefined;
    if (outcome !== undefined) {
      // A program that did its work and ended well without being asked to be ready is the case's matter, not ours.
      if (!ready && outcome.code === 0) return undefined;
      await program.kill(); // what it said last may still be in the pipe
      const before = ready ? `before its output matched ${String(ready)}` : 'as soon as it was started';
      return {
        code: 'program-ended-early',
        message: `the program ended ${before}: ${formatEnded(outcome)}${lastWords(this.log())}`,
        place,
      };
    }
    if (!ready) return undefined;
    const hint = 'raise allowances.boot, or correct the expression';
    return {
      code: 'program-not-ready',
      message: `nothing in its output matched ${String(ready)} within ${boot} s${lastWords(this.log())}`,
      place,
      hint,
    };
  }

  #words(): readonly string[] {
    const { command } = this.#options;
    const words = typeof command === 'string' ? unwrap(placed(parseCommandLine(command), command)) : command;
    if (words.length === 0) throw new ProblemError({ code: 'command-empty', message: 'the command has no words' });
    return words;
  }

  #substitutes(setup: Setup): Substitutes {
    return { ...setupSubstitutes(setup), ...this.#options.placeholders };
  }
}

/** Whether the output has shown that the program is up. */
class Readiness {
  readonly #pattern: RegExp | undefined;
  #seen = false;

  constructor(pattern: RegExp | undefined) {
    // A global or sticky expression would remember where it matched last.
    this.#pattern = pattern && new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  }

  see(line: string): void {
    if (this.#pattern?.test(line)) this.#seen = true;
  }

  watch(program: Program): Promise<'ready'> {
    return new Promise((resolve) => {
      const look = (): void => {
        for (const pending of program.pendingOutput()) this.see(pending);
        if (!this.#seen) return;
        unlisten();
        resolve('ready');
      };
      const unlisten = program.onOutput(look);
      look();
    });
  }
}

const isTold =
  (table: ExecOptions['stimuli'] = {}) =>
  (kind: string): kind is StimulusKind =>
    kind in table;

const placed = <T>(result: Result<T>, place: string): Result<T> =>
  result.ok ? result : { ok: false, problem: { ...result.problem, place } };

/** The end of a log, for a message: what a program said last is mostly why it ended. */
function lastWords(log: string): string {
  const lines = log
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('[start '))
    .slice(-3);
  return lines.length === 0 ? '' : `; it said last: ${lines.join(' | ').slice(-400)}`;
}
