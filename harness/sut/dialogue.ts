import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../base/clock.js';
import { ProblemError, type Problem } from '../base/error.js';
import { LineReader } from './bounded-log.js';

const GONE: Problem = { code: 'operator-gone', message: 'nobody is there to answer: the input has ended' };

/** Questions to a person, one after the other, each answered with a line. */
export class Dialogue {
  readonly #output: Writable;
  readonly #clock: Clock;
  readonly #lines: LineReader;
  #waiting: ((line: string | undefined) => void) | undefined;
  #ended = false;
  /** The end of the question before. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(input: Readable, output: Writable, clock: Clock) {
    this.#output = output;
    this.#clock = clock;
    // A line that nobody asked for is an Enter too many, and answers nothing.
    this.#lines = new LineReader((line) => this.#waiting?.(line.trim()));
    input.on('data', (bytes: Uint8Array | string) =>
      this.#lines.write(typeof bytes === 'string' ? Buffer.from(bytes) : bytes),
    );
    input.once('end', () => this.#end());
    input.once('close', () => this.#end());
  }

  /**
   * Shows the lines and waits for one in return; asks again while it is no answer.
   *
   * @throws ProblemError `operator-silent`, `operator-gone`
   */
  ask(lines: readonly string[], within: number, isAnswer: (line: string) => boolean): Promise<string> {
    const turn = this.#last.then(() => this.#askNow(lines, within, isAnswer));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #askNow(lines: readonly string[], within: number, isAnswer: (line: string) => boolean): Promise<string> {
    for (;;) {
      if (this.#ended) throw new ProblemError(GONE);
      this.#output.write(`\n${lines.join('\n')}\n> `);
      const line = await this.#line(within);
      if (line === undefined) throw new ProblemError(GONE);
      if (isAnswer(line)) return line;
      this.#output.write('That was not understood.\n');
    }
  }

  #line(within: number): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(within, () => {
        this.#waiting = undefined;
        reject(
          new ProblemError({ code: 'operator-silent', message: `the operator did not answer within ${within} s` }),
        );
      });
      this.#waiting = (line) => {
        this.#waiting = undefined;
        timer.cancel();
        resolve(line);
      };
    });
  }

  #end(): void {
    if (this.#ended) return;
    this.#lines.end();
    this.#ended = true;
    this.#waiting?.(undefined);
  }
}
