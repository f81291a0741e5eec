import { toHex } from '../../base/bytes.js';
import { floatWidth } from './float.js';
import { isMinimal, type CborItem } from './item.js';

const INDICATORS: Readonly<Record<number, string>> = { 0: '_i', 1: '_0', 2: '_1', 4: '_2', 8: '_3' };

/**
 * Diagnostic notation with encoding indicators (RFC 8949 §8.1): `{1: 25_1, "a": (_ h'01', h'02')}`.
 * What is encoded in preferred form carries no indicator; a float carries one when a narrower width would hold it.
 */
export function formatItem(item: CborItem): string {
  switch (item.kind) {
    case 'integer':
      return `${item.value}${indicator(item)}`;
    case 'bytes':
    case 'text':
      return formatString(item);
    case 'array':
      return `[${opening(item)}${item.items.map(formatItem).join(', ')}]`;
    case 'map':
      return `{${opening(item)}${item.pairs.map(([key, value]) => `${formatItem(key)}: ${formatItem(value)}`).join(', ')}}`;
    case 'tag':
      return `${item.tag}${indicator(item)}(${formatItem(item.item)})`;
    case 'simple':
      return SIMPLE[item.value] ?? `simple(${item.value})`;
    case 'float':
      return `${formatFloat(item.value)}${item.width && item.width > floatWidth(item.value) ? (INDICATORS[item.width] ?? '') : ''}`;
    case 'raw':
      return `raw'${toHex(item.bytes)}'`;
  }
}

const SIMPLE: Readonly<Record<number, string>> = { 20: 'false', 21: 'true', 22: 'null', 23: 'undefined' };

const indicator = (item: CborItem): string =>
  isMinimal(item) || item.kind === 'raw' ? '' : (INDICATORS[item.width ?? 0] ?? '');

function opening(item: Extract<CborItem, { kind: 'array' | 'map' }>): string {
  if (item.indefinite) return '_ ';
  const mark = indicator(item);
  return mark ? `${mark} ` : '';
}

function formatString(item: Extract<CborItem, { kind: 'bytes' | 'text' }>): string {
  if (item.indefinite) {
    const chunks = item.chunks ?? [];
    return chunks.length === 0 ? (item.kind === 'text' ? '""_' : "''_") : `(_ ${chunks.map(formatItem).join(', ')})`;
  }
  return `${item.kind === 'text' ? JSON.stringify(item.value) : `h'${toHex(item.value)}'`}${indicator(item)}`;
}

/** A float always shows that it is one: `1.0`, `-0.0`, `Infinity`, `1.0e+300`. */
function formatFloat(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const text = Object.is(value, -0) ? '-0' : String(value);
  if (text.includes('.')) return text;
  return text.includes('e') ? text.replace('e', '.0e') : `${text}.0`;
}
