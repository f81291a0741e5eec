/**
 * From what the oracles did to what a vector says about it. Recorded per format in `evidence/FORMAT.json`:
 * `{ "oracles": { "leshan": "2.0.0-M18" }, "outcomes": { "NAME": { "leshan": "agrees" } } }`, an outcome being
 * `agrees`, `syntax` (reads the same syntax, has no opinion on the meaning) or what it did instead, in words.
 */
import { RULINGS } from '../rulings.mjs';

/**
 * @typedef {{ oracles: Record<string, string>, outcomes: Record<string, Record<string, string>> }} Record_
 * @typedef {{ by: string, why: string, clause?: string, open?: true, format?: string[], names?: (string | RegExp)[], flags?: string[], saw?: RegExp }} Ruling
 */

/** @param {Ruling} ruling @param {string} format @param {any} test @param {string} by @param {string} saw */
function covers(ruling, format, test, by, saw) {
  if (ruling.by !== by) return false;
  if (ruling.format && !ruling.format.includes(format)) return false;
  if (ruling.saw && !ruling.saw.test(saw)) return false;
  if (ruling.flags && !ruling.flags.some((flag) => test.flags.includes(flag))) return false;
  if (
    ruling.names &&
    !ruling.names.some((name) => (typeof name === 'string' ? name === test.name : name.test(test.name)))
  )
    return false;
  return true;
}

/**
 * @param {string} format @param {any} test @param {Record<string, string>} outcomes
 * @returns {{ evidence: object, unruled: string[] }} unruled: disagreements that nobody has judged yet
 */
export function evidenceOf(format, test, outcomes) {
  const agree = Object.keys(outcomes).filter((by) => outcomes[by] === 'agrees');
  const syntax = Object.keys(outcomes).filter((by) => outcomes[by] === 'syntax');
  /** @type {string[]} */
  const unruled = [];
  const dissent = Object.entries(outcomes)
    .filter(([, saw]) => saw !== 'agrees' && saw !== 'syntax')
    .map(([by, saw]) => {
      const ruling = RULINGS.find((candidate) => covers(candidate, format, test, by, saw));
      if (!ruling) unruled.push(`${format}/${test.name}: ${by} ${saw}`);
      return {
        by,
        saw,
        why: ruling?.why ?? 'not looked into yet',
        ...(ruling?.clause ? { clause: ruling.clause } : {}),
        ...(!ruling || ruling.open ? { open: true } : {}),
      };
    });
  const status = dissent.some((entry) => 'open' in entry) ? 'contested' : agree.length ? 'external' : 'internal';
  return {
    evidence: {
      status,
      ...(agree.length ? { agree } : {}),
      ...(syntax.length ? { syntax } : {}),
      ...(dissent.length ? { dissent } : {}),
    },
    unruled,
  };
}
