import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { ProblemError } from '../base/error.js';
import type { Sut } from './contract.js';
import { isRecord } from './json.js';

const CALLS = ['describe', 'start', 'stimulate', 'stop'] as const;

/**
 * A Sut from an ES module of the user: its default export is a Sut, or a function that makes one.
 *
 * @param path of the file, relative to the working folder
 * @throws ProblemError `module-load`, `module-shape`
 */
export async function moduleSut(path: string): Promise<Sut> {
  let loaded: unknown;
  try {
    loaded = await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    throw new ProblemError({
      code: 'module-load',
      message: error instanceof Error ? error.message : String(error),
      place: path,
    });
  }
  const exported = isRecord(loaded) ? loaded['default'] : undefined;
  const made: unknown = isFactory(exported) ? await make(exported, path) : exported;
  if (isSut(made)) return made;
  throw new ProblemError({
    code: 'module-shape',
    message: 'the default export is no Sut',
    place: path,
    hint: `export default an object with ${CALLS.join(', ')}, or a function that returns one`,
  });
}

async function make(exported: () => unknown, path: string): Promise<unknown> {
  try {
    return await exported();
  } catch (error) {
    throw new ProblemError({
      code: 'module-load',
      message: error instanceof Error ? error.message : String(error),
      place: path,
    });
  }
}

const isFactory = (value: unknown): value is () => unknown => typeof value === 'function';

/** Methods may stand on the prototype, so that a class will do. */
const isSut = (value: unknown): value is Sut =>
  typeof value === 'object' && value !== null && CALLS.every((call) => typeof Reflect.get(value, call) === 'function');

/** A Sut whose module is loaded by the first call. */
export function moduleWhenCalled(path: string): Sut {
  let loaded: Promise<Sut> | undefined;
  const get = (): Promise<Sut> => (loaded ??= moduleSut(path));
  return {
    describe: async () => (await get()).describe(),
    start: async (setup) => (await get()).start(setup),
    stimulate: async (stimulus) => (await get()).stimulate(stimulus),
    stop: async () => (loaded ? (await loaded).stop() : undefined),
  };
}
