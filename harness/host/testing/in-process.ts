import { createColors } from 'picocolors';
import { main } from '../cli.js';
import type { Io } from '../io.js';
import type { Finished } from './cli.js';

/**
 * Runs a command line in this process, without the half second that a process takes to start. For what reads no standard
 * input and writes through its {@link Io}.
 */
export async function inProcess(...args: string[]): Promise<Finished> {
  const texts = { out: '', err: '' };
  const io: Io = {
    out: (text) => (texts.out += `${text}\n`),
    err: (text) => (texts.err += `${text}\n`),
    status: () => undefined,
    isTerminal: false,
    colors: createColors(false),
  };
  return { code: await main(args, io), ...texts };
}
