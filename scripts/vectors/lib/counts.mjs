import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';

const START = '<!-- counts: made by scripts/vectors/generate.mjs -->';
const END = '<!-- /counts -->';

/**
 * Vectors, and those that must be refused, of the largest other set in neutral files: `spec/vectors` of github.com/fiumaralabs/lwm2m as
 * it was in November 2026. Its further 144 (paths, object links, examples of the specification) belong to none of these formats.
 * @type {Readonly<Record<string, readonly [number, number]>>}
 */
const OTHER_SET = {
  'attributes-query': [75, 47],
  cbor: [63, 7],
  'link-format': [96, 31],
  'lwm2m-cbor': [97, 39],
  'oma-json': [77, 10],
  'senml-cbor': [68, 8],
  'senml-json': [37, 2],
  text: [60, 9],
  tlv: [86, 8],
};

/** What a project shows of itself in several ways is one witness: `leshan-encoder` is Leshan. @param {string} oracle */
const project = (oracle) => oracle.replace(/-(encoder|endpoint|server|lwm2m-links)$/, '');

/** @param {string[]} [oracles] */
const projects = (oracles = []) => new Set(oracles.map(project));

/** Two independent implementations: at least one agrees, and another agrees or, with `syntax`, reads the same syntax. */
const byTwo = (/** @type {any} */ { agree, syntax }, /** @type {boolean} */ countsSyntax) => {
  const agreeing = projects(agree);
  return agreeing.size > 0 && projects([...(agree ?? []), ...(countsSyntax ? (syntax ?? []) : [])]).size > 1;
};

/** @param {any[]} documents */
export function countRows(documents) {
  return documents
    .map((document) => {
      const tests = document.groups.flatMap((/** @type {any} */ group) => group.tests);
      const count = (/** @type {(test: any) => boolean} */ holds) => tests.filter(holds).length;
      const [other = 0, otherInvalid = 0] = OTHER_SET[document.format] ?? [];
      return {
        format: document.format,
        valid: count(({ result }) => result === 'valid'),
        acceptable: count(({ result }) => result === 'acceptable'),
        invalid: count(({ result }) => result === 'invalid'),
        total: tests.length,
        encode: count(({ encodingCheck }) => encodingCheck !== undefined),
        other,
        otherInvalid,
        external: count(({ evidence }) => evidence.status === 'external'),
        two: count(({ evidence }) => byTwo(evidence, false)),
        twoOnSyntax: count(({ evidence }) => byTwo(evidence, true)),
        internal: count(({ evidence }) => evidence.status === 'internal'),
        contested: count(({ evidence }) => evidence.status === 'contested'),
      };
    })
    .sort((a, b) => (a.format < b.format ? -1 : 1));
}

/** @typedef {ReturnType<typeof countRows>[number]} Row */

/** @param {Row[]} rows @returns {Row} */
const sumOf = (rows) =>
  rows.reduce((all, row) => {
    const added = Object.entries(row).map(([key, value]) => [
      key,
      typeof value === 'number' ? value + /** @type {any} */ (all)[key] : '**sum**',
    ]);
    return Object.fromEntries(added);
  });

/** @param {string[]} head @param {Row[]} rows @param {(row: Row) => (string | number)[]} cells */
const table = (head, rows, cells) =>
  [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...[...rows, sumOf(rows)].map(cells)]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');

/** @param {any[]} documents */
function tables(documents) {
  const rows = countRows(documents);
  const share = (/** @type {number} */ part, /** @type {Row} */ { total }) =>
    `${part} (${Math.floor((100 * part) / Math.max(1, total))} %)`;
  return [
    'How many, beside the largest other set in neutral files (github.com/fiumaralabs/lwm2m):',
    table(
      ['Format', 'valid', 'acceptable', 'invalid', 'total', 'also for encoders', 'other set', 'of them invalid'],
      rows,
      (row) => [
        row.format,
        row.valid,
        row.acceptable,
        row.invalid,
        row.total,
        row.encode,
        row.other || '–',
        row.other ? row.otherInvalid : '–',
      ],
    ),
    'How many are confirmed by implementations not written here:',
    table(
      ['Format', 'external', 'by two or more', 'by two, one on syntax alone', 'internal', 'contested'],
      rows,
      (row) => [
        row.format,
        share(row.external, row),
        share(row.two, row),
        share(row.twoOnSyntax, row),
        row.internal,
        row.contested,
      ],
    ),
  ].join('\n\n');
}

/**
 * Puts the table of counts into the README, between its two marks.
 * @param {string} path @param {any[]} documents @param {boolean} check @returns {Promise<string[]>} problems
 */
export async function countsTable(path, documents, check) {
  if (!existsSync(path)) return [];
  const old = readFileSync(path, 'utf8');
  const [start, end] = [old.indexOf(START), old.indexOf(END)];
  if (start < 0 || end < 0) return [`${path}: the marks of the table of counts are missing`];
  const made = `${old.slice(0, start + START.length)}\n\n${tables(documents)}\n\n${old.slice(end)}`;
  const now = await format(made, { parser: 'markdown', printWidth: 120 });
  if (now === old) return [];
  if (check) return [`${path}: the table of counts is stale`];
  writeFileSync(path, now);
  return [];
}
