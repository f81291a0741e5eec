import { createColors } from 'picocolors';
import type { Problem } from '../base/error.js';
import { formatProblem } from '../base/error.js';

/** Exit codes of every command. */
export const Exit = {
  /** Conforms; or the command did what it was asked. */
  ok: 0,
  /** Does not conform, or a baseline is stale, or a shard is missing. */
  nonconforming: 1,
  /** Wrong usage, unusable file, nothing selected, or the SUT never came up. */
  usage: 2,
  /** Our own fault. */
  harness: 3,
  interrupted: 130,
} as const;

/** Where a command writes. Results go to `out`, all else to `err`; colours only on a terminal. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Rewrites the last line of `err` on a terminal; nothing elsewhere. */
  status(text: string): void;
  /** Whether progress is seen by a person. */
  readonly isTerminal: boolean;
  readonly colors: ReturnType<typeof createColors>;
}

/** The terminal, or the pipes, of this process. */
export function processIo(): Io {
  const terminal = 'isTTY' in process.stderr && process.stderr.isTTY;
  const colors = createColors(terminal && process.env['NO_COLOR'] === undefined);
  // A reader that has had enough (`| head`) is no error.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  let shown = false;
  const clear = (): void => {
    if (shown) process.stderr.write('\r\u001b[2K');
    shown = false;
  };
  return {
    out: (text) => {
      clear();
      process.stdout.write(`${text}\n`);
    },
    err: (text) => {
      clear();
      process.stderr.write(`${text}\n`);
    },
    status: (text) => {
      if (!terminal) return;
      clear();
      process.stderr.write(text.slice(0, (process.stderr.columns || 80) - 1));
      shown = true;
    },
    isTerminal: terminal,
    colors,
  };
}

/** Ends a command with a problem and an exit code. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    readonly problem: Problem,
    readonly exitCode: number = Exit.usage,
  ) {
    super(formatProblem(problem));
  }
}
