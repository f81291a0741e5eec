import { statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { below, parseResults, type Results } from '../../reports/results.js';
import { readTextFile } from './files.js';
import { CommandError } from './io.js';

/** Reads `results.json`, given itself or the folder of its run. @throws CommandError naming file and place */
export function readResults(path: string): Results {
  const file = isFolder(path) ? join(path, 'results.json') : path;
  const results = parseResults(readTextFile(file, 'name the folder that a run wrote to (--out), or its results.json'));
  if (results.ok) return results.value;
  throw new CommandError({ ...results.problem, place: `${file} ${results.problem.place ?? ''}`.trim() });
}

/** The same for results that go to another folder: their evidence is found from there. @throws CommandError */
export function readResultsFor(out: string, path: string): Results {
  const results = readResults(path);
  const folder = relative(resolve(out), resolve(isFolder(path) ? path : dirname(path)));
  return folder === '' ? results : { ...results, cases: results.cases.map((result) => below(folder, result)) };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // what is wrong shows when it is read
  }
}
