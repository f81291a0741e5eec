/** LwM2M JSON (Core 1.0 §6.4.4), member by member in the order written. */
import { base64 } from './text-value.mjs';

const LABEL = /** @type {Record<string, string>} */ ({
  string: 'sv',
  opaque: 'sv',
  boolean: 'bv',
  objlnk: 'ov',
  corelnk: 'sv',
});

/** JSON of the value. @param {import('../lib/values.mjs').Node} node */
function valueText(node) {
  if (node.type === 'opaque') return JSON.stringify(base64(String(node.value)));
  if (LABEL[node.type] === 'sv' || LABEL[node.type] === 'ov') return JSON.stringify(node.value);
  return String(node.value);
}

/** `{"n":…,"v":…}`; a name undefined is left out. @param {string | undefined} name @param {import('../lib/values.mjs').Node} node @param {string} [text] instead of the preferred value */
export const entry = (name, node, text = valueText(node)) =>
  `{${name === undefined ? '' : `"n":${JSON.stringify(name)},`}"${LABEL[node.type] ?? 'v'}":${text}}`;

/** @param {string | undefined} base @param {string[]} entries @param {string} [more] members after the base name, e.g. `"bt":1,` */
export const payload = (base, entries, more = '') =>
  `{${base === undefined ? '' : `"bn":${JSON.stringify(base)},`}${more}"e":[${entries.join(',')}]}`;

/** @param {string} base @param {import('../lib/values.mjs').Node[]} nodes */
export const under = (base, nodes) =>
  payload(
    base,
    nodes.map((node) => entry(node.path.slice(base.length), node)),
  );
