import { toHex } from '../../base/bytes.js';
import { encodeItem } from './encode-item.js';
import { floatWidth } from './float.js';
import type { CborItem, MapItem } from './item.js';

/** The same value in its shortest, definite form: two keys are equal when these are (RFC 8949 §5.6). */
export function preferred(item: CborItem): CborItem {
  switch (item.kind) {
    case 'integer':
      return { kind: 'integer', value: item.value };
    case 'bytes':
      return { kind: 'bytes', value: item.value };
    case 'text':
      return { kind: 'text', value: item.value };
    case 'array':
      return { kind: 'array', items: item.items.map(preferred) };
    case 'map':
      return {
        kind: 'map',
        pairs: sorted(item.pairs.map(([key, value]) => [preferred(key), preferred(value)] as const)),
      };
    case 'tag':
      return { kind: 'tag', tag: item.tag, item: preferred(item.item) };
    case 'float':
      return { kind: 'float', value: item.value, width: floatWidth(item.value) };
    case 'simple':
      return { kind: 'simple', value: item.value };
    case 'raw':
      return item;
  }
}

type Pair = readonly [CborItem, CborItem];

/** Pairs in bytewise order of their keys as they would be encoded (RFC 8949 §4.2.1). */
export function sorted(pairs: readonly Pair[]): readonly Pair[] {
  return pairs
    .map((pair) => ({ pair, key: toHex(encodeItem(pair[0])) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ pair }) => pair);
}

/** The first key that equals an earlier one of the same map. */
export function duplicateKey(map: MapItem): CborItem | undefined {
  const seen = new Set<string>();
  for (const [key] of map.pairs) {
    const name = toHex(encodeItem(preferred(key)));
    if (seen.has(name)) return key;
    seen.add(name);
  }
  return undefined;
}

/** Whether the keys stand in bytewise order (RFC 8949 §4.2.1), in the older length-first order (§4.2.3), or in neither. */
export function keyOrder(map: MapItem): 'bytewise' | 'length-first' | 'none' {
  const keys = map.pairs.map(([key]) => toHex(encodeItem(preferred(key))));
  const ascends = (before: (a: string, b: string) => boolean): boolean =>
    keys.every((key, i) => i === 0 || before(keys[i - 1] ?? '', key));
  if (ascends((a, b) => a < b)) return 'bytewise';
  return ascends((a, b) => a.length < b.length || (a.length === b.length && a < b)) ? 'length-first' : 'none';
}
