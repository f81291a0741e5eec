import { StringDecoder } from 'node:string_decoder';

/** Bytes kept of the beginning, and of the end, of what a process writes. */
const DEFAULT_KEEP = { head: 64 * 1024, tail: 192 * 1024 };

/**
 * Output of a process, kept within bounds: the beginning tells how it was started, the end what came of it.
 * What lies between is counted and left out, so that a flood costs neither memory nor the evidence.
 */
export class BoundedLog {
  readonly #keep: { readonly head: number; readonly tail: number };
  #head = '';
  #tail = '';
  #left = 0;

  constructor(keep: { readonly head: number; readonly tail: number } = DEFAULT_KEEP) {
    this.#keep = keep;
  }

  append(text: string): void {
    const room = this.#keep.head - this.#head.length;
    if (room > 0) {
      this.#head += text.slice(0, room);
      text = text.slice(room);
    }
    this.#tail += text;
    // Cut only when the tail has doubled: cutting at every piece would copy the tail once per line.
    if (this.#tail.length > 2 * this.#keep.tail) this.#cut();
  }

  toString(): string {
    this.#cut();
    if (this.#left === 0) return this.#head + this.#tail;
    return `${this.#head}\n[… ${this.#left} characters left out …]\n${this.#tail}`;
  }

  #cut(): void {
    const excess = this.#tail.length - this.#keep.tail;
    if (excess <= 0) return;
    this.#left += excess;
    this.#tail = this.#tail.slice(excess);
  }
}

/** Why a line was handed on: it ended, or it grew past the limit and its rest is dropped. */
export type LineEnd = 'whole' | 'cut';

/** Splits a stream of bytes into lines without their ends; an unfinished one can be looked at. */
export class LineReader {
  readonly #decoder = new StringDecoder('utf8');
  readonly #limit: number;
  readonly #onLine: (line: string, end: LineEnd) => void;
  #pending = '';
  #dropping = false;

  constructor(onLine: (line: string, end: LineEnd) => void, limit = 4 * 1024 * 1024) {
    this.#onLine = onLine;
    this.#limit = limit;
  }

  /** The line that has begun and not ended: a prompt, for one. */
  get pending(): string {
    return this.#pending;
  }

  write(bytes: Uint8Array): void {
    const pieces = this.#decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).split('\n');
    pieces.forEach((piece, i) => {
      if (!this.#dropping) this.#pending += piece;
      if (this.#pending.length > this.#limit) this.#overflow();
      if (i < pieces.length - 1) this.#endLine();
    });
  }

  /** The stream has ended: what is pending is the last line. */
  end(): void {
    if (this.#pending.length > 0) this.#endLine();
  }

  #overflow(): void {
    const line = this.#pending.slice(0, this.#limit);
    this.#pending = '';
    this.#dropping = true;
    this.#onLine(line, 'cut');
  }

  #endLine(): void {
    const line = this.#pending;
    const dropped = this.#dropping;
    this.#pending = '';
    this.#dropping = false;
    if (!dropped) this.#onLine(line.endsWith('\r') ? line.slice(0, -1) : line, 'whole');
  }
}
