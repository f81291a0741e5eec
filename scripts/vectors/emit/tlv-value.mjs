/** The bytes of one value in a TLV (Core 1.1 App. C), narrowest form. */
import { bigEndian, float32, float64, utf8 } from '../lib/bytes.mjs';
import { multiple, resource, resourceInstance, signed, unsignedBytes } from './tlv.mjs';

/** @typedef {import('../lib/values.mjs').Node} Node */

/** @param {Node} node @returns {string} */
export function tlvValue({ type, value }) {
  switch (type) {
    case 'string':
    case 'corelnk':
      return utf8(String(value));
    case 'integer':
    case 'time':
      return signed(String(value));
    case 'unsigned':
      return unsignedBytes(String(value));
    case 'float': {
      const number = Number(value);
      return Math.fround(number) === number || Number.isNaN(number) ? float32(number) : float64(number);
    }
    case 'boolean':
      return value ? '01' : '00';
    case 'opaque':
      return String(value);
    case 'objlnk':
      return String(value)
        .split(':')
        .map((id) => bigEndian(id === undefined ? 0 : Number(id), 2))
        .join('');
    default:
      throw new Error(`no TLV value for ${type}`);
  }
}

/** A float in 8 bytes where 4 would do. @param {Node} node */
export const wideFloat = (node) => float64(Number(node.value));

const ids = (/** @type {string} */ path) => path.split('/').slice(1).map(Number);

/** Resources and multiple resources of one instance, in the order given. @param {Node[]} nodes */
export function instanceContent(nodes) {
  /** @type {Map<number, Node[]>} */
  const byResource = new Map();
  for (const node of nodes) {
    const id = ids(node.path)[2] ?? 0;
    byResource.set(id, [...(byResource.get(id) ?? []), node]);
  }
  return [...byResource]
    .map(([id, list]) => {
      const first = list[0];
      if (first && ids(first.path).length === 3)
        return first.type === 'multiple' ? multiple(id, '') : resource(id, tlvValue(first));
      return multiple(id, list.map((node) => resourceInstance(ids(node.path)[3] ?? 0, tlvValue(node))).join(''));
    })
    .join('');
}
