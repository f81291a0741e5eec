/** SenML records as CBOR (RFC 8428 §6, Core 1.1 §7.4.6), label by label in the order written. */
import * as c from './cbor.mjs';

const LABELS = /** @type {const} */ ({
  bver: -1,
  bn: -2,
  bt: -3,
  bu: -4,
  bv: -5,
  bs: -6,
  n: 0,
  u: 1,
  v: 2,
  vs: 3,
  vb: 4,
  s: 5,
  t: 6,
  ut: 7,
  vd: 8,
});
const TEXTUAL = new Set(['bn', 'n', 'u', 'bu']);

/** Label as an integer where SenML has one, else as text. @param {string} name */
const labelItem = (name) => (name in LABELS ? c.int(LABELS[/** @type {keyof typeof LABELS} */ (name)]) : c.text(name));

/**
 * Names and units are texts, numbers integers; whatever else is an item in hexadecimal, written `{ raw: … }` where a label
 * has another type than usual.
 * @typedef {string | number | bigint | { raw: string }} Field
 */

/** @param {string} name @param {Field} field */
function fieldItem(name, field) {
  if (typeof field === 'object') return field.raw;
  if (typeof field !== 'string') return c.int(field);
  return TEXTUAL.has(name) ? c.text(field) : field;
}

/** @param {Record<string, Field>} fields @returns {[string, string][]} */
export const pairs = (fields) =>
  Object.entries(fields).map(([name, field]) => [labelItem(name), fieldItem(name, field)]);

/** @param {Record<string, Field>} fields */
export const record = (fields) => c.map(...pairs(fields));
/** @param {...Record<string, Field>} records */
export const pack = (...records) => c.array(...records.map(record));

/** @typedef {import('../lib/values.mjs').Node} Node */

const VALUE_LABEL = /** @type {Record<string, string>} */ ({
  integer: 'v',
  unsigned: 'v',
  time: 'v',
  float: 'v',
  none: 'v',
  string: 'vs',
  corelnk: 'vs',
  boolean: 'vb',
  opaque: 'vd',
  objlnk: 'vlo',
});

/** @param {Node} node @param {string} [item] instead of the preferred one */
export const valueField = (node, item = c.valueItem(node)) => ({ [VALUE_LABEL[node.type] ?? 'v']: item });

/** Full path in the name. @param {Node} node @param {string} [item] */
export const inName = (node, item) => ({ n: node.path, ...valueField(node, item) });
/** Full path in the base name. @param {Node} node @param {string} [item] */
export const inBase = (node, item) => ({ bn: node.path, ...valueField(node, item) });
/** Base name up to the last slash. @param {Node} node @param {string} [item] */
export function split(node, item) {
  const cut = node.path.lastIndexOf('/') + 1;
  return { bn: node.path.slice(0, cut), n: node.path.slice(cut), ...valueField(node, item) };
}

/** One base name for all. @param {string} base @param {Node[]} nodes */
export const underBase = (base, nodes) =>
  nodes.map((node, index) => ({
    ...(index ? {} : { bn: base }),
    n: node.path.slice(base.length),
    ...valueField(node),
  }));
