import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let root: string | undefined;

/**
 * The folder of this package: the nearest one above this file with a package.json. It is the same whether the
 * sources run or what was built into dist/ (which has no package.json).
 */
export function packageRoot(): string {
  root ??= folderOf(dirname(fileURLToPath(import.meta.url)));
  return root;
}

function folderOf(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json above ${start}`);
  }
}

/**
 * A data file that ships with the package, parsed. Nothing is known of its shape.
 *
 * @param path relative to the package, with `/`: `suites/requirements/coap.json`
 * @throws Error when the file is missing or is no JSON: the package is damaged
 */
export function readPackageJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(join(packageRoot(), path), 'utf8'));
  } catch (error) {
    throw new Error(`${path} of the package cannot be read`, { cause: error });
  }
}
