import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';

const START = '<!-- counts: made by scripts/vectors/generate.mjs -->';
const END = '<!-- /counts -->';

/** @param {any[]} documents */
export function countRows(documents) {
  return documents
    .map((document) => {
      const tests = document.groups.flatMap((/** @type {any} */ group) => group.tests);
      const of = (/** @type {string} */ result) =>
        tests.filter((/** @type {any} */ test) => test.result === result).length;
      const by = (/** @type {string} */ status) =>
        tests.filter((/** @type {any} */ test) => test.evidence.status === status).length;
      const encode = tests.filter((/** @type {any} */ test) => test.encodingCheck !== undefined).length;
      return {
        format: document.format,
        valid: of('valid'),
        acceptable: of('acceptable'),
        invalid: of('invalid'),
        total: tests.length,
        encode,
        external: by('external'),
        internal: by('internal'),
        contested: by('contested'),
      };
    })
    .sort((a, b) => (a.format < b.format ? -1 : 1));
}

/** @param {any[]} documents */
function table(documents) {
  const rows = countRows(documents);
  const sum = rows.reduce(
    (all, row) => ({
      format: '**sum**',
      valid: all.valid + row.valid,
      acceptable: all.acceptable + row.acceptable,
      invalid: all.invalid + row.invalid,
      total: all.total + row.total,
      encode: all.encode + row.encode,
      external: all.external + row.external,
      internal: all.internal + row.internal,
      contested: all.contested + row.contested,
    }),
    { format: '', valid: 0, acceptable: 0, invalid: 0, total: 0, encode: 0, external: 0, internal: 0, contested: 0 },
  );
  const line = (/** @type {typeof sum} */ row) =>
    `| ${row.format} | ${row.valid} | ${row.acceptable} | ${row.invalid} | ${row.total} | ${row.encode} | ${row.external} (${Math.floor((100 * row.external) / Math.max(1, row.total))} %) | ${row.internal} | ${row.contested} |`;
  return [
    '| Format | valid | acceptable | invalid | total | with encode check | external | internal | contested |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...rows.map(line),
    line(sum),
  ].join('\n');
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
  const made = `${old.slice(0, start + START.length)}\n\n${table(documents)}\n\n${old.slice(end)}`;
  const now = await format(made, { parser: 'markdown', printWidth: 120 });
  if (now === old) return [];
  if (check) return [`${path}: the table of counts is stale`];
  writeFileSync(path, now);
  return [];
}
