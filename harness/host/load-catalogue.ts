import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestCase } from '../case/test-case.js';
import { catalogue } from './catalogue.generated.js';
import { fileProblem } from './files.js';
import { CommandError } from './io.js';

/**
 * The cases of the project, and those of a folder of the user's: every .js and .mjs file in it, with a case as default export.
 *
 * @throws CommandError naming the file that has none, or an id that is there already
 */
export async function loadCatalogue(folder?: string): Promise<readonly TestCase[]> {
  const own = catalogue.map(({ testCase }) => testCase);
  if (folder === undefined) return own;
  const cases = [...own];
  for (const file of caseFiles(resolve(folder))) {
    const loaded = await load(file);
    if (cases.some(({ meta }) => meta.id === loaded.meta.id))
      throw new CommandError({ code: 'suites-id', message: `there is a case ${loaded.meta.id} already`, place: file });
    cases.push(loaded);
  }
  return cases;
}

function caseFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name))
      .flatMap((path) => (statSync(path).isDirectory() ? caseFiles(path) : /\.m?js$/.test(path) ? [path] : []));
  } catch (error) {
    throw new CommandError(fileProblem(error, folder));
  }
}

async function load(file: string): Promise<TestCase> {
  let loaded: unknown;
  try {
    loaded = await import(pathToFileURL(file).href);
  } catch (error) {
    throw new CommandError({
      code: 'suites-import',
      message: `it cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
      place: file,
    });
  }
  const value: unknown =
    typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined;
  if (isCase(value)) return value;
  throw new CommandError({
    code: 'suites-case',
    message: 'its default export is no case',
    place: file,
    hint: 'write export default testCase({ … }, async (…) => { … }), see docs/writing-a-case.md',
  });
}

const isCase = (value: unknown): value is TestCase =>
  typeof value === 'object' &&
  value !== null &&
  'meta' in value &&
  'procedure' in value &&
  typeof value.procedure === 'function';
