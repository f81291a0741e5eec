/**
 * Which vectors cover each edge category, as vectors/CATEGORIES.md; a category without its vectors is a problem.
 *
 *     node scripts/vectors/coverage.mjs [--check]
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format as pretty } from 'prettier';
import { CATEGORIES } from './categories.mjs';

/**
 * @typedef {import('./categories.mjs').Category} Category
 * @typedef {{ tcId: number, comment: string, result: string, flags: string[] }} Vector
 * @typedef {{ format: string, groups: { id: string, tests: Vector[] }[] }} VectorFile
 */

/** @param {string} selector @param {string} group @param {Vector} vector */
function selects(selector, group, vector) {
  const [head = '', pattern] = selector.split(/~(.*)/u);
  if (pattern !== undefined && !new RegExp(pattern, 'iu').test(vector.comment)) return false;
  if (head === '') return true;
  return head.startsWith('#') ? head.slice(1) === group : vector.flags.includes(head);
}

/**
 * The vectors of each category of a file.
 * @param {VectorFile} file @returns {{ category: Category, vectors: Vector[], problems: string[] }[]}
 */
export function coverage(file) {
  return (CATEGORIES[file.format] ?? []).map((category) => {
    const groups = category.selectors.map((selector) =>
      file.groups.flatMap(({ id, tests }) => tests.filter((vector) => selects(selector, id, vector))),
    );
    const vectors = [...new Set(groups.flat())].sort((one, other) => one.tcId - other.tcId);
    const place = `${file.format}: ${category.category}`;
    const problems = [
      ...category.selectors.filter((_, at) => groups[at]?.length === 0).map((text) => `${place}: ${text} selects none`),
      ...category.results
        .filter((result) => !vectors.some((vector) => vector.result === result))
        .map((result) => `${place}: no ${result} vector`),
      ...(vectors.length < category.wanted ? [`${place}: ${vectors.length} of ${category.wanted} vectors`] : []),
    ];
    return { category, vectors, problems };
  });
}

/** `1 to 4, 7`. @param {number[]} ids ascending */
function ranges(ids) {
  /** @type {[number, number][]} */
  const runs = [];
  for (const id of ids) {
    const last = runs.at(-1);
    if (last && last[1] === id - 1) last[1] = id;
    else runs.push([id, id]);
  }
  return runs
    .map(([first, last]) => (first === last ? `${first}` : `${first}${last === first + 1 ? ',' : ' to'} ${last}`))
    .join(', ');
}

/** @param {Vector[]} vectors @param {string} result */
const idsOf = (vectors, result) =>
  ranges(vectors.filter((vector) => vector.result === result).map(({ tcId }) => tcId)) || '–';

/** @param {VectorFile} file */
const section = (file) =>
  [
    `## ${file.format}`,
    '',
    '| Category | valid | acceptable | invalid |',
    '| --- | --- | --- | --- |',
    ...coverage(file).map(
      ({ category, vectors }) =>
        `| ${category.category} | ${['valid', 'acceptable', 'invalid'].map((result) => idsOf(vectors, result)).join(' | ')} |`,
    ),
    '',
  ].join('\n');

const INTRODUCTION = `# What the vectors cover

For each format the edges that its vectors go to, and the ids of those that do; a vector may stand in several lines. The
lines are in [\`scripts/vectors/categories.mjs\`](../scripts/vectors/categories.mjs), and \`npm test\` fails for one
that lacks a verdict it must have, or has fewer than three vectors where more can be said.`;

/**
 * Writes the page, or says what is wrong with it.
 * @param {VectorFile[]} files @param {boolean} check @returns {Promise<string[]>} problems
 */
export async function categoriesPage(files, check) {
  const path = fileURLToPath(new URL('../../vectors/CATEGORIES.md', import.meta.url));
  const text = [INTRODUCTION, ...files.map(section)].join('\n\n');
  const now = await pretty(text, { parser: 'markdown', printWidth: 120 });
  const problems = files.flatMap((file) =>
    CATEGORIES[file.format] === undefined
      ? [`${file.format}: no categories`]
      : coverage(file).flatMap((row) => row.problems),
  );
  const old = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (old === now) return problems;
  if (check) return [...problems, `${path} is stale: run node scripts/vectors/coverage.mjs`];
  writeFileSync(path, now);
  return problems;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL('../../vectors/', import.meta.url);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
  const problems = await categoriesPage(files, process.argv.includes('--check'));
  for (const problem of problems) console.error(problem);
  if (problems.length) process.exitCode = 1;
}
