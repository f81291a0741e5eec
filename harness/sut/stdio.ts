import type { Clock } from '../base/clock.js';
import { failed, ok, unwrap, type Problem, type Result } from '../base/error.js';
import { BoundedLog, type LineEnd } from './bounded-log.js';
import { parseCommandLine } from './command-line.js';
import type { Description, Outcome, Setup, Stimulus, Sut, SutEvent } from './contract.js';
import { ControlClient, Notes, type CallAllowances } from './control-client.js';
import { EventStream } from './event-stream.js';
import { excerpt, isRecord, parseJson } from './json.js';
import { substituteAll, type Substitutes } from './placeholders.js';
import { formatEnded, Program, type Ended } from './program.js';
import type { MethodName } from './schema/messages.js';
import { checkAnswer, checkEvent } from './validate.js';

export interface StdioOptions {
  /** The adapter: any program that speaks the control protocol, one JSON value a line. */
  readonly command: string | readonly string[];
  readonly clock: Clock;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What the command may name: the program is started before there is a setup, so nothing of one. */
  readonly placeholders?: Substitutes;
  readonly allowances?: Partial<CallAllowances>;
}

/** A Sut behind an adapter program. */
export interface StdioSut extends Sut {
  events(): AsyncIterable<SutEvent>;
  /** Everything the adapter wrote, bounded. */
  log(): string;
  /** What it did wrong apart from an answer: late, double and foreign answers, lines that are no JSON. */
  notes(): readonly Problem[];
  /** How the adapter ended, if it did so by itself. */
  ended(): Ended | undefined;
}

/**
 * Speaks the control protocol with a program over its standard input and output. The program is started by the first
 * call and ended by `stop`; a later `start` starts it again.
 */
export function stdio(options: StdioOptions): StdioSut {
  return new Stdio(options);
}

interface Pending {
  readonly method: string;
  readonly settle: (result: Result<unknown>) => void;
}

class Stdio implements StdioSut {
  readonly #options: StdioOptions;
  readonly #log = new BoundedLog();
  readonly #notes = new Notes();
  readonly #events = new EventStream();
  readonly #client: ControlClient;
  readonly #pending = new Map<number, Pending>();
  /** Ids that were answered, or given up: what comes for them now is double, or late. */
  readonly #closed = new Map<number, 'answered' | 'given up'>();
  #lastId = 0;
  #opening: Promise<Result<Program>> | undefined;
  #program: Program | undefined;
  #stopping = false;
  #ended: Ended | undefined;

  constructor(options: StdioOptions) {
    this.#options = options;
    this.#client = new ControlClient(
      (method, params, within) => this.#call(method, params, within),
      options.allowances,
    );
  }

  async describe(): Promise<Description> {
    unwrap(await this.#open());
    return this.#client.describe();
  }

  async start(setup: Setup): Promise<{ readonly address?: string }> {
    unwrap(await this.#open());
    return this.#client.start(setup);
  }

  async stimulate(stimulus: Stimulus): Promise<Outcome> {
    if (!this.#opening) return { failed: 'the adapter has not been started' };
    return this.#client.stimulate(stimulus);
  }

  events(): AsyncIterable<SutEvent> {
    return this.#events.read();
  }

  async stop(): Promise<void> {
    const opened = await this.#opening;
    if (!opened?.ok) return;
    const program = opened.value;
    this.#stopping = true;
    if (!program.ended()) await this.#client.stop();
    this.#opening = undefined;
    await program.stop('end-of-input', { stop: 2, term: 2 });
    this.#events.end();
  }

  log(): string {
    return this.#log.toString();
  }

  notes(): readonly Problem[] {
    return this.#notes.list();
  }

  ended(): Ended | undefined {
    return this.#ended;
  }

  #open(): Promise<Result<Program>> {
    this.#opening ??= this.#launch().then((opened) => {
      // A failed start shall be tried again by the next call, not remembered.
      if (!opened.ok) this.#opening = undefined;
      return opened;
    });
    return this.#opening;
  }

  async #launch(): Promise<Result<Program>> {
    const { command, clock, cwd, env, placeholders = {} } = this.#options;
    const words = typeof command === 'string' ? parseCommandLine(command) : ok(command);
    const argv = words.ok ? substituteAll(words.value, placeholders) : words;
    if (!argv.ok) return failed({ ...argv.problem, place: String(command) });
    const started = await Program.start({
      argv: argv.value,
      clock,
      log: this.#log,
      onLine: (line, from, end) => (from === 'stdout' ? this.#onLine(line, end) : undefined),
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
    });
    if (!started.ok) return started;
    const program = started.value;
    this.#ended = undefined;
    this.#stopping = false;
    this.#program = program;
    void program.whenDone.then((ended) => this.#onEnd(program, ended));
    const welcome = await this.#client.hello();
    if (welcome.ok) return started;
    await program.kill();
    return welcome;
  }

  async #call(method: MethodName, params: unknown, within: number): Promise<Result<unknown>> {
    const program = this.#program;
    if (!program) return failed({ code: 'adapter-absent', message: 'the adapter has not been started' });
    const ended = program.ended();
    if (ended) return failed(died(ended, method));
    const id = ++this.#lastId;
    const answer = new Promise<Result<unknown>>((resolve) => {
      const timer = this.#options.clock.after(within, () => {
        this.#close(id, 'given up');
        resolve(failed({ code: 'adapter-silent', message: `the adapter did not answer ${method} within ${within} s` }));
      });
      const settle = (result: Result<unknown>): void => {
        timer.cancel();
        resolve(result);
      };
      this.#pending.set(id, { method, settle });
    });
    const written = await program.writeLine(
      JSON.stringify({ id, method, ...(params === undefined ? {} : { params }) }),
    );
    // When the write fails since the program is dying, its end tells more; wait for that.
    if (!written.ok && !program.ended()) this.#settle(id, failed(written.problem));
    return answer;
  }

  #onLine(line: string, end: LineEnd): void {
    if (line.trim() === '') return;
    if (end === 'cut') {
      this.#notes.add({
        code: 'adapter-line-long',
        message: `a line of more than ${line.length} characters was dropped: ${excerpt(line)}`,
      });
      return;
    }
    const message = parseJson(line);
    if (!message.ok) this.#notes.add({ ...message.problem, message: `${message.problem.message}: ${excerpt(line)}` });
    else if (isRecord(message.value) && 'event' in message.value) this.#onEvent(message.value['event']);
    else this.#onAnswer(message.value, line);
  }

  #onEvent(value: unknown): void {
    const event = checkEvent(value);
    if (event.ok) this.#events.push(event.value);
    else this.#notes.add(event.problem);
  }

  #onAnswer(value: unknown, line: string): void {
    const answer = checkAnswer(value);
    if (!answer.ok) {
      // An answer to a call in a shape that we cannot read is that call's failure, not one more silence.
      if (isRecord(value) && typeof value['id'] === 'number' && this.#pending.has(value['id']))
        this.#settle(value['id'], answer);
      else this.#notes.add({ ...answer.problem, message: `${answer.problem.message}: ${excerpt(line)}` });
      return;
    }
    const { id } = answer.value;
    if (id !== null && this.#pending.has(id))
      this.#settle(id, 'error' in answer.value ? failed(answer.value.error) : ok(answer.value.result));
    else this.#notes.add(this.#strayProblem(id, line));
  }

  #strayProblem(id: number | null, line: string): Problem {
    const before = id === null ? undefined : this.#closed.get(id);
    if (before === 'answered')
      return { code: 'adapter-answer-double', message: `call ${id} was answered again: ${excerpt(line)}` };
    if (before === 'given up')
      return { code: 'adapter-answer-late', message: `call ${id} was answered after its time: ${excerpt(line)}` };
    return {
      code: 'adapter-answer-foreign',
      message: `an answer for id ${String(id)}, which was never called: ${excerpt(line)}`,
    };
  }

  #settle(id: number, result: Result<unknown>): void {
    const pending = this.#pending.get(id);
    this.#close(id, 'answered');
    pending?.settle(result);
  }

  #close(id: number, how: 'answered' | 'given up'): void {
    this.#pending.delete(id);
    this.#closed.set(id, how);
  }

  #onEnd(program: Program, ended: Ended): void {
    if (this.#program !== program) return;
    if (!this.#stopping) this.#ended = ended;
    for (const [id, { method }] of [...this.#pending]) this.#settle(id, failed(died(ended, method)));
  }
}

const died = (ended: Ended, method: string): Problem => ({
  code: 'adapter-died',
  message: `the adapter ended during ${method}: ${formatEnded(ended)}`,
});
