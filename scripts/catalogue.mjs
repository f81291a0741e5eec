// Writes the catalogue: one import per case file under suites/. Run by the build; nobody edits what it writes.
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const NOT_CASES = new Set(['requirements', 'profiles']);

/** Paths of the case files below suites/, sorted, with `/`. */
export function caseFiles() {
  return readdirSync(join(root, 'suites'), { withFileTypes: true })
    .filter((folder) => folder.isDirectory() && !NOT_CASES.has(folder.name))
    .flatMap((folder) =>
      readdirSync(join(root, 'suites', folder.name)).map((file) => join('suites', folder.name, file)),
    )
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/[\\/]_/.test(file))
    .map((file) => file.split(sep).join('/'))
    .sort();
}

export function writeCatalogue() {
  const target = join(root, 'harness', 'host', 'catalogue.generated.ts');
  const files = caseFiles();
  const imports = files.map(
    (file, i) =>
      `import case${i} from '${relative('harness/host', file).split(sep).join('/').replace(/\.ts$/, '.js')}';`,
  );
  const text = `// Written by scripts/catalogue.mjs.
import type { TestCase } from '../case/test-case.js';
${imports.join('\n')}

export const catalogue: readonly { readonly file: string; readonly testCase: TestCase }[] = [
${files.map((file, i) => `  { file: '${file}', testCase: case${i} },`).join('\n')}
];
`;
  writeFileSync(target, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeCatalogue();
