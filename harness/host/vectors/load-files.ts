import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot, readPackageJson } from '../../base/package-files.js';
import { unwrap } from '../../base/error.js';
import { asVectorFile, modelId, VECTOR_FORMATS, type VectorFile } from '../../case/vectors/file.js';
import type { Testee } from '../../sut/testee/contract.js';
import { CommandError } from '../io.js';

/** The vector files of this package: all that there are, or the formats named. @throws CommandError */
export function loadVectorFiles(formats: readonly string[]): readonly VectorFile[] {
  const unknown = formats.find((format) => !VECTOR_FORMATS.some((known) => known === format));
  if (unknown !== undefined)
    throw new CommandError({
      code: 'vector-format',
      message: `there are no vectors of ${JSON.stringify(unknown)}`,
      hint: `formats are ${VECTOR_FORMATS.join(', ')}`,
    });
  const wanted = formats.length === 0 ? VECTOR_FORMATS : VECTOR_FORMATS.filter((format) => formats.includes(format));
  return wanted
    .map((format) => `vectors/${format}.json`)
    .filter((path) => existsSync(join(packageRoot(), path)))
    .map((path) => unwrap(asVectorFile(readPackageJson(path), path)));
}

/** Tells a testee every model that the contexts of these files name. */
export async function giveModels(testee: Testee, files: readonly VectorFile[]): Promise<void> {
  for (const { format, models } of files)
    for (const [name, model] of Object.entries(models)) await testee.model(modelId(format, name), model);
}
