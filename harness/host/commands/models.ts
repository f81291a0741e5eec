import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem } from '../../base/error.js';
import { loadObjects } from '../../model/load.js';
import { fileProblem, readTextFile } from '../files.js';
import { CommandError, Exit, type Io } from '../io.js';

/** `models check`: reads OMA XML, and says what is wrong with it. Exit 1 when something is. */
export function modelsCheck(paths: readonly string[], io: Io): Promise<number> {
  let wrong = 0;
  for (const file of paths.flatMap(xmlFiles)) {
    const loaded = loadObjects(readTextFile(file), file);
    if (!loaded.ok) {
      wrong++;
      io.out(`${io.colors.red('wrong')} ${formatProblem(loaded.problem)}`);
      continue;
    }
    const { definitions, remarks } = loaded.value;
    io.out(
      `${io.colors.green('fine ')} ${file}: ${definitions.map(({ id, name, version, resources }) => `${id} ${name} ${version}, ${resources.length} resources`).join('; ')}`,
    );
    for (const remark of remarks) io.out(`      ${io.colors.yellow('remark')} ${formatProblem(remark)}`);
  }
  return Promise.resolve(wrong > 0 ? Exit.nonconforming : Exit.ok);
}

function xmlFiles(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path)
      .sort()
      .flatMap((name) => xmlFiles(join(path, name)))
      .filter((file) => file.endsWith('.xml'));
  } catch (error) {
    throw new CommandError(fileProblem(error, path));
  }
}
