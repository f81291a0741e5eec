/** LwM2M CBOR by the grammar of Core 1.2.2 §7.5.4: maps whose keys are identifiers or arrays of them. */
import * as c from './cbor.mjs';

/** @typedef {import('../lib/values.mjs').Node} Node */

export const idsOf = (/** @type {string} */ path) => path.split('/').filter(Boolean).map(Number);
/** @param {number[]} ids */
export const keyOf = (ids) => (ids.length === 1 ? c.int(ids[0] ?? 0) : c.array(...ids.map((id) => c.int(id))));

/** One array key for each value. @param {Node[]} nodes */
export const flat = (nodes) =>
  c.map(...nodes.map((node) => /** @type {const} */ ([keyOf(idsOf(node.path)), c.valueItem(node)])));

/**
 * Array key down to `depth` identifiers, which all nodes share, then one map for each level.
 * @param {Node[]} nodes @param {number} depth @param {(...pairs: (readonly [string, string])[]) => string} [mapOf] definite or indefinite
 */
export function nestedBelow(nodes, depth, mapOf = c.map) {
  const base = idsOf(nodes[0]?.path ?? '').slice(0, depth);
  return mapOf([keyOf(base), level(nodes, depth, mapOf)]);
}

/** One map for each level. @param {Node[]} nodes @param {(...pairs: (readonly [string, string])[]) => string} [mapOf] */
export const nested = (nodes, mapOf = c.map) => level(nodes, 0, mapOf);

/** @param {Node[]} nodes @param {number} depth @param {(...pairs: (readonly [string, string])[]) => string} mapOf @returns {string} */
function level(nodes, depth, mapOf) {
  const only = nodes[0];
  if (only && idsOf(only.path).length === depth)
    return ['multiple', 'instance', 'object'].includes(only.type) ? c.map() : c.valueItem(only);
  /** @type {Map<number, Node[]>} */
  const children = new Map();
  for (const node of nodes) {
    const id = idsOf(node.path)[depth] ?? 0;
    children.set(id, [...(children.get(id) ?? []), node]);
  }
  return mapOf(...[...children].map(([id, list]) => /** @type {const} */ ([c.int(id), level(list, depth + 1, mapOf)])));
}
