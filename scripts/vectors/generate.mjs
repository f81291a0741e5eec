/**
 * Writes vectors/FORMAT.json from scripts/vectors/families/FORMAT.mjs and the recorded evidence.
 *
 *     node scripts/vectors/generate.mjs [FORMAT …] [--check]
 *
 * `--check` writes nothing and fails when a file on disk is not what would be written.
 */
import { readdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { assemble, Ledger } from './lib/assemble.mjs';
import { inconsistencies, unequalEquivalents } from './lib/consistency.mjs';
import { layout } from './lib/layout.mjs';
import { FORMATS, schemaProblems } from './lib/schema.mjs';
import { countsTable } from './lib/counts.mjs';
import { categoriesPage } from './coverage.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
/** @param {string} path @param {any} fallback */
const readJson = (path, fallback) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : fallback);

/** @param {string} format */
export async function build(format) {
  const family = (await import(`./families/${format}.mjs`)).default;
  const ledger = new Ledger(readJson(here(`./ids/${format}.json`), {}));
  const record = readJson(here(`./evidence/${format}.json`), { oracles: {}, outcomes: {} });
  return { family, ledger, ...assemble(family, ledger, record) };
}

/** Formats of the schema that have a family; other modules beside them are their parts. */
export const familyNames = () => FORMATS.filter((format) => existsSync(here(`./families/${format}.mjs`))).sort();

/** Formats on disk, whether or not they were asked for. */
export const readVectorFiles = () =>
  readdirSync(here('../../vectors'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => readJson(here(`../../vectors/${name}`), undefined));

/** @param {string[]} args */
async function main(args) {
  const check = args.includes('--check');
  const asked = args.filter((arg) => !arg.startsWith('--'));
  /** @type {string[]} */
  const problems = [];
  for (const format of asked.length ? asked : familyNames()) {
    const { document, ledger, unruled } = await build(format);
    problems.push(...schemaProblems(document), ...inconsistencies(document), ...unruled);
    const files = [
      [here(`../../vectors/${format}.json`), `${layout(document)}\n`],
      [here(`./ids/${format}.json`), `${JSON.stringify(ledger.ids, null, 1)}\n`],
    ];
    for (const [path = '', content = ''] of files) {
      if (!check) writeFileSync(path, content);
      else if (!existsSync(path) || readFileSync(path, 'utf8') !== content)
        problems.push(`${path} is stale: run node scripts/vectors/generate.mjs ${format}`);
    }
    console.log(`${format}: ${document.numberOfTests}`);
  }
  problems.push(...unequalEquivalents(readVectorFiles()));
  problems.push(...(await countsTable(here('../../vectors/README.md'), readVectorFiles(), check)));
  problems.push(...(await categoriesPage(readVectorFiles(), check)));
  for (const problem of problems) console.error(problem);
  if (problems.length) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
