import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Clock } from '../base/clock.js';
import { failed, ok, type Problem, type Result } from '../base/error.js';
import { BoundedLog, LineReader, type LineEnd } from './bounded-log.js';
import { watchOver } from './leftovers.js';

/** How a process came to its end. */
export interface Ended {
  /** Exit code, or null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The way to make a program stop in its own manner, before it is made to. */
export type StopManner = { readonly line: string } | 'end-of-input' | NodeJS.Signals;

export interface ProgramOptions {
  readonly argv: readonly string[];
  readonly clock: Clock;
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Told of each line of output. */
  readonly onLine?: (line: string, from: 'stdout' | 'stderr', end: LineEnd) => void;
  /** Where the output goes; one log can outlive several processes. */
  readonly log?: BoundedLog;
}

/** Seconds of wall time for a program to obey: its own manner of stopping, then SIGTERM. */
export interface StopAllowances {
  readonly stop: number;
  readonly term: number;
}

/** Once a process has ended its pipes close at once, unless a child of it holds them. */
const CLOSE_WITHIN = 2;

/**
 * A child process in a process group of its own. Its output is always drained, its input held open, and the whole
 * group goes with it.
 */
export class Program {
  readonly pid: number;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #clock: Clock;
  readonly #log: BoundedLog;
  readonly #readers: Readonly<Record<'stdout' | 'stderr', LineReader>>;
  readonly #outputListeners = new Set<() => void>();
  /** Resolves when the process itself has ended; its children may live on until `stop`. */
  readonly whenEnded: Promise<Ended>;
  /** The same once its output is read to the end, or somebody else holds it open. */
  readonly whenDone: Promise<Ended>;
  readonly #release: () => void;
  #ended: Ended | undefined;

  private constructor(child: ChildProcessWithoutNullStreams, pid: number, options: ProgramOptions) {
    this.pid = pid;
    this.#child = child;
    this.#clock = options.clock;
    this.#log = options.log ?? new BoundedLog();
    const reader = (from: 'stdout' | 'stderr'): LineReader =>
      new LineReader((line, end) => options.onLine?.(line, from, end));
    this.#readers = { stdout: reader('stdout'), stderr: reader('stderr') };
    this.#drain('stdout');
    this.#drain('stderr');
    // A program that closes its input is not our error; the write that fails tells so itself.
    child.stdin.on('error', () => undefined);
    this.#release = watchOver(pid);
    this.whenEnded = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#ended = { code, signal };
        this.#tellOutput();
        resolve(this.#ended);
      });
    });
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
    this.whenDone = this.whenEnded.then(async (ended) => {
      await within(options.clock, CLOSE_WITHIN, closed);
      return ended;
    });
  }

  /** Starts a program; fails when there is none, it may not be run, or the folder is missing. */
  static start(options: ProgramOptions): Promise<Result<Program>> {
    const [command = '', ...rest] = options.argv;
    const spawnOptions = {
      detached: true,
      env: { ...process.env, ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    };
    return new Promise((resolve) => {
      let child: ChildProcessWithoutNullStreams;
      try {
        child = spawn(command, rest, spawnOptions);
      } catch (error) {
        resolve(failed(spawnProblem(command, options.cwd, error)));
        return;
      }
      child.once('error', (error) => resolve(failed(spawnProblem(command, options.cwd, error))));
      const { pid } = child;
      if (pid !== undefined) {
        const program = new Program(child, pid, options);
        child.once('spawn', () => resolve(ok(program)));
      }
    });
  }

  /** How the process ended, if it has. */
  ended(): Ended | undefined {
    return this.#ended;
  }

  log(): string {
    return this.#log.toString();
  }

  /** The lines that have begun and not ended, of both outputs. */
  pendingOutput(): readonly string[] {
    return [this.#readers.stdout.pending, this.#readers.stderr.pending];
  }

  /** Tells of each piece of output, and of the end. Returns how to stop telling. */
  onOutput(listener: () => void): () => void {
    this.#outputListeners.add(listener);
    return () => this.#outputListeners.delete(listener);
  }

  /** Writes one line to its input. */
  writeLine(line: string): Promise<Result<void>> {
    const problem = { code: 'program-input', message: `the input of process ${this.pid} is closed` };
    if (this.#ended || !this.#child.stdin.writable) return Promise.resolve(failed(problem));
    return new Promise((resolve) => {
      this.#child.stdin.write(`${line}\n`, (error) =>
        resolve(error ? failed({ ...problem, message: `${problem.message}: ${error.message}` }) : ok(undefined)),
      );
    });
  }

  endInput(): void {
    this.#child.stdin.end();
  }

  /** Signals the whole group. A group that is gone is no error. */
  signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, signal);
    } catch {
      // ESRCH: nobody is left to tell.
    }
  }

  /**
   * Stops the program: in its own manner, then by SIGTERM, then by SIGKILL; last, whatever is left of its group is killed.
   * Resolves with how the process ended, and with the step that was needed.
   */
  async stop(
    manner: StopManner,
    allowances: StopAllowances,
  ): Promise<{ readonly ended: Ended; readonly by: 'itself' | 'manner' | 'SIGTERM' | 'SIGKILL' }> {
    let by: 'itself' | 'manner' | 'SIGTERM' | 'SIGKILL' = 'itself';
    let ended = this.#ended;
    if (!ended) {
      by = 'manner';
      await this.#ask(manner);
      ended = await this.#endWithin(allowances.stop);
    }
    if (!ended) {
      by = 'SIGTERM';
      this.signal('SIGTERM');
      ended = await this.#endWithin(allowances.term);
    }
    if (!ended) by = 'SIGKILL';
    return { ended: await this.kill(), by };
  }

  /** Kills the whole group at once, as a power cut would. */
  async kill(): Promise<Ended> {
    this.signal('SIGKILL');
    const ended = await this.whenDone;
    this.#child.stdin.destroy();
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
    this.#release();
    return ended;
  }

  async #ask(manner: StopManner): Promise<void> {
    if (manner === 'end-of-input') this.endInput();
    else if (typeof manner === 'string') this.signal(manner);
    else await this.writeLine(manner.line);
  }

  #endWithin(seconds: number): Promise<Ended | undefined> {
    return within(this.#clock, seconds, this.whenEnded);
  }

  #drain(from: 'stdout' | 'stderr'): void {
    const reader = this.#readers[from];
    const stream = this.#child[from];
    stream.on('data', (bytes: Buffer) => {
      this.#log.append(bytes.toString('utf8'));
      reader.write(bytes);
      this.#tellOutput();
    });
    stream.once('end', () => reader.end());
    stream.on('error', () => undefined);
  }

  #tellOutput(): void {
    for (const listener of this.#outputListeners) listener();
  }
}

/** What `work` comes to, or undefined when `seconds` have passed before. */
export function within<T>(clock: Clock, seconds: number, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(seconds, () => resolve(undefined));
    work.then(
      (value) => {
        timer.cancel();
        resolve(value);
      },
      (error: unknown) => {
        timer.cancel();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

/** `exit code 3`, or `signal SIGSEGV`. */
export const formatEnded = (ended: Ended): string =>
  ended.signal === null ? `exit code ${String(ended.code)}` : `signal ${ended.signal}`;

function spawnProblem(command: string, cwd: string | undefined, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const place = command;
  if (code === 'ENOENT')
    return {
      code: 'program-missing',
      message: `there is no program ${JSON.stringify(command)}${cwd === undefined ? '' : `, or no folder ${JSON.stringify(cwd)}`}`,
      place,
      hint: 'give its path, or put it on PATH',
    };
  if (code === 'EACCES')
    return { code: 'program-forbidden', message: `${JSON.stringify(command)} may not be run`, place, hint: 'chmod +x' };
  return {
    code: 'program-start',
    message: `the program did not start: ${error instanceof Error ? error.message : String(error)}`,
    place,
  };
}
