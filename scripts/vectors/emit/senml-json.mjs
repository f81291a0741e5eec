/** SenML records as JSON text (RFC 8428 §5, Core 1.1 §7.4.5), label by label in the order written. */
import { base64url } from './text-value.mjs';

const TEXTUAL = new Set(['bn', 'n', 'u', 'bu', 'vs', 'vd', 'vlo']);

/**
 * Names, units, strings, base64 and links are texts, numbers are written as they are given; `{ raw }` is JSON as it stands.
 * @typedef {string | number | boolean | { raw: string }} Field
 */

/** @param {string} name @param {Field} field */
function fieldText(name, field) {
  if (typeof field === 'object') return field.raw;
  if (typeof field !== 'string') return String(field);
  return TEXTUAL.has(name) ? JSON.stringify(field) : field;
}

/** @param {Record<string, Field>} fields */
export const record = (fields) =>
  `{${Object.entries(fields)
    .map(([name, field]) => `${JSON.stringify(name)}:${fieldText(name, field)}`)
    .join(',')}}`;
/** @param {...Record<string, Field>} records */
export const pack = (...records) => `[${records.map(record).join(',')}]`;

/** @typedef {import('../lib/values.mjs').Node} Node */

const LABEL = /** @type {Record<string, string>} */ ({
  string: 'vs',
  corelnk: 'vs',
  boolean: 'vb',
  opaque: 'vd',
  objlnk: 'vlo',
});

/** JSON of the value. @param {Node} node @returns {Field} */
function valueText(node) {
  if (node.type === 'none') return { raw: 'null' };
  if (node.type === 'opaque') return base64url(String(node.value));
  if (node.type === 'boolean') return { raw: String(node.value) };
  // RFC 8428 §4.4 has e in lower case, which is how a number prints here.
  return String(node.value);
}

/** @param {Node} node @param {Field} [text] instead of the preferred one @returns {Record<string, Field>} */
export const valueField = (node, text = valueText(node)) => ({ [LABEL[node.type] ?? 'v']: text });

/** Full path in the name. @param {Node} node @param {Field} [text] */
export const inName = (node, text) => ({ n: node.path, ...valueField(node, text) });
/** Full path in the base name. @param {Node} node @param {Field} [text] */
export const inBase = (node, text) => ({ bn: node.path, ...valueField(node, text) });
/** Base name up to the last slash. @param {Node} node @param {Field} [text] */
export function split(node, text) {
  const cut = node.path.lastIndexOf('/') + 1;
  return { bn: node.path.slice(0, cut), n: node.path.slice(cut), ...valueField(node, text) };
}

/** One base name for all. @param {string} base @param {Node[]} nodes */
export const underBase = (base, nodes) =>
  nodes.map((node, index) => ({
    ...(index ? {} : { bn: base }),
    n: node.path.slice(base.length),
    ...valueField(node),
  }));
