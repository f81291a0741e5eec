import type { Clock } from '../../base/clock.js';
import { failed, ok, type Problem, type Result } from '../../base/error.js';
import { BoundedLog } from '../bounded-log.js';
import { parseCommandLine } from '../command-line.js';
import { excerpt, isRecord, parseJson } from '../json.js';
import { formatEnded, Program } from '../program.js';
import {
  TESTEE_PROTOCOL,
  type Answer,
  type Introduction,
  type Question,
  type Testee,
  type VectorModel,
} from './contract.js';
import { checkAnswer, checkDone, checkHello, type Request } from './validate.js';

export interface ProgramTesteeOptions {
  /** `python3 testee.py`, or its words. */
  readonly command: string | readonly string[];
  readonly clock: Clock;
  readonly cwd?: string;
  /** Seconds for an answer; 5 unless given. */
  readonly answerWithin?: number;
  /** Seconds to start and say hello; 60 unless given, for machines that compile first. */
  readonly helloWithin?: number;
}

/** How often in a row it may fail to start, or break down over a question, before it is given up: each new start takes its time. */
const MAX_FAILED_STARTS = 3;
const MAX_BREAKDOWNS = 20;

interface Pending {
  readonly seq: number;
  readonly settle: (result: Result<unknown>) => void;
}

/**
 * A testee behind a program: JSON lines on its standard input and output (docs/vectors-testee.md).
 *
 * A program that crashes, is silent, or writes what it may not is ended; that question's result is the problem, and the
 * next question starts it again and gives it the models once more.
 */
export class ProgramTestee implements Testee {
  readonly #options: ProgramTesteeOptions;
  readonly #log = new BoundedLog({ head: 2048, tail: 8192 });
  readonly #models = new Map<string, VectorModel>();
  #given = new Set<string>();
  #introduction: Introduction | undefined;
  #program: Program | undefined;
  #pending: Pending | undefined;
  /** What came when nothing was asked. */
  #stray: Problem | undefined;
  #seq = 0;
  #failedStarts = 0;
  #breakdowns = 0;
  /** Starts after the first. */
  restarts = -1;

  constructor(options: ProgramTesteeOptions) {
    this.#options = options;
  }

  async hello(): Promise<Result<Introduction>> {
    const opened = await this.#open();
    if (!opened.ok) return opened;
    return this.#introduction
      ? ok(this.#introduction)
      : failed({ code: 'testee-absent', message: 'it has not started' });
  }

  model(id: string, model: VectorModel): Promise<Result<void>> {
    // Given to the program when a question needs it, so that a new start need not hear of all of them.
    this.#models.set(id, model);
    return Promise.resolve(ok(undefined));
  }

  async ask(question: Question): Promise<Result<Answer>> {
    const opened = await this.#open();
    if (!opened.ok) return opened;
    const given = await this.#give(question.context.model);
    if (!given.ok) return given;
    const answer = await this.#call(question, this.#options.answerWithin ?? 5);
    const checked = answer.ok ? checkAnswer(answer.value, question.cmd) : answer;
    this.#breakdowns = checked.ok ? 0 : this.#breakdowns + 1;
    // What it says from now on cannot be trusted, and it may be about to say more.
    if (!checked.ok) await this.#end();
    return checked;
  }

  async stop(): Promise<void> {
    const program = this.#program;
    if (!program) return;
    if (!program.ended()) await this.#call({ cmd: 'stop' }, 2);
    this.#program = undefined;
    await program.stop('end-of-input', { stop: 2, term: 2 });
  }

  log(): string {
    return this.#log.toString();
  }

  async #open(): Promise<Result<void>> {
    const program = this.#program;
    if (program && !program.ended() && !this.#stray) return ok(undefined);
    if (program) await this.#end();
    if (this.#failedStarts >= MAX_FAILED_STARTS)
      return failed({
        code: 'testee-lost',
        message: `it could not be started again, ${MAX_FAILED_STARTS} times in a row`,
      });
    if (this.#breakdowns >= MAX_BREAKDOWNS)
      return failed({
        code: 'testee-lost',
        message: `it broke down over ${MAX_BREAKDOWNS} questions in a row, and was given up`,
      });
    const started = await this.#launch();
    this.#failedStarts = started.ok ? 0 : this.#failedStarts + 1;
    if (!started.ok) await this.#end();
    return started;
  }

  async #launch(): Promise<Result<void>> {
    const { command, clock, cwd } = this.#options;
    const argv = typeof command === 'string' ? parseCommandLine(command) : ok(command);
    if (!argv.ok) return failed({ ...argv.problem, place: String(command) });
    this.#stray = undefined;
    this.#given = new Set();
    const started = await Program.start({
      argv: argv.value,
      clock,
      onLine: (line, from, end) => this.#onLine(line, from, end),
      ...(cwd === undefined ? {} : { cwd }),
    });
    if (!started.ok) return started;
    const program = started.value;
    this.#program = program;
    this.restarts++;
    void program.whenDone.then((ended) => {
      if (this.#program !== program) return;
      this.#pending?.settle(failed({ code: 'testee-died', message: `it ended: ${formatEnded(ended)}` }));
    });
    const answer = await this.#call({ cmd: 'hello', protocol: TESTEE_PROTOCOL }, this.#options.helloWithin ?? 60);
    const hello = answer.ok ? checkHello(answer.value) : answer;
    if (!hello.ok) return hello;
    this.#introduction = hello.value;
    return ok(undefined);
  }

  async #give(id: string | undefined): Promise<Result<void>> {
    const model = id === undefined ? undefined : this.#models.get(id);
    if (id === undefined || !model || this.#given.has(id)) return ok(undefined);
    const answer = await this.#call({ cmd: 'model', id, model }, this.#options.answerWithin ?? 5);
    // A model that it says it cannot take is a failure of the question, not of the conversation.
    if (answer.ok && isRecord(answer.value) && 'error' in answer.value)
      return failed({
        code: 'testee-model',
        message: `the model ${id} was refused: ${excerpt(JSON.stringify(answer.value['error']))}`,
      });
    const done = answer.ok ? checkDone(answer.value) : answer;
    if (!done.ok) {
      await this.#end();
      return done;
    }
    this.#given.add(id);
    return ok(undefined);
  }

  /** One request and what came back for it, whatever that is. */
  async #call(request: Request, within: number): Promise<Result<unknown>> {
    const program = this.#program;
    const ended = program?.ended();
    if (!program || ended)
      return failed({
        code: 'testee-died',
        message: ended ? `it had ended: ${formatEnded(ended)}` : 'it is not running',
      });
    if (this.#stray) return failed(this.#stray);
    const seq = ++this.#seq;
    const answer = new Promise<Result<unknown>>((resolve) => {
      const timer = this.#options.clock.after(within, () =>
        settle(failed({ code: 'testee-silent', message: `no answer to ${request.cmd} within ${within} s` })),
      );
      const settle = (result: Result<unknown>): void => {
        timer.cancel();
        this.#pending = undefined;
        resolve(result);
      };
      this.#pending = { seq, settle };
    });
    // A write that fails tells nothing: the end of the program, or its silence, does.
    void program.writeLine(JSON.stringify({ seq, ...request }));
    return answer;
  }

  #onLine(line: string, from: 'stdout' | 'stderr', end: 'whole' | 'cut'): void {
    if (from === 'stderr') return this.#log.append(`${line}\n`);
    if (line.trim() === '') return;
    const message = end === 'cut' ? failed({ code: 'line-long', message: 'a line without an end' }) : parseJson(line);
    const seq = message.ok && isRecord(message.value) ? message.value['seq'] : undefined;
    if (message.ok && this.#pending && seq === this.#pending.seq) return this.#pending.settle(ok(message.value));
    const problem: Problem = message.ok
      ? {
          code: 'testee-seq',
          message: `an answer with seq ${seq === undefined ? 'missing' : JSON.stringify(seq)} where ${this.#pending?.seq ?? 'none'} was asked: ${excerpt(line)}`,
        }
      : {
          code: 'testee-garbage',
          message: `a line that is no JSON: ${excerpt(line)}`,
          hint: 'logs belong on standard error',
        };
    if (this.#pending) this.#pending.settle(failed(problem));
    else this.#stray = problem;
  }

  async #end(): Promise<void> {
    const program = this.#program;
    this.#program = undefined;
    this.#stray = undefined;
    if (program) await program.kill();
  }
}
