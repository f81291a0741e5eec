import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseResults, type Results } from '../../reports/results.js';
import { CommandError } from './io.js';

/** Reads `results.json`, given itself or the folder of its run. @throws CommandError naming file and place */
export function readResults(path: string): Results {
  const file = isFolder(path) ? join(path, 'results.json') : path;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError({
      code: 'results-missing',
      message: error instanceof Error ? error.message : String(error),
      place: file,
    });
  }
  const results = parseResults(text);
  if (results.ok) return results.value;
  throw new CommandError({ ...results.problem, place: `${file} ${results.problem.place ?? ''}`.trim() });
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // what is wrong shows when it is read
  }
}
