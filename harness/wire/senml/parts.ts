import type { Value } from '../../model/value.js';
import { Label } from './labels.js';
import type { PlannedRecord, Style } from './plan.js';

/** One field of a record to be written: a known label, or the text of an unknown one. */
export interface Part {
  readonly label: number | string;
  readonly content: Content;
}

export type Content =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'null' };

/** The label of a value by its type (RFC 8428 §4.2; Core 1.1 §7.4.5 for the object link). */
export function valueLabel(value: Value | undefined, style: Style): number {
  switch (value?.type) {
    case 'string':
    case 'corelnk':
      return Label.vs;
    case 'boolean':
      return Label.vb;
    case 'opaque':
      return Label.vd;
    case 'objlnk':
      return style?.has('link-as-string') ? Label.vs : Label.vlo;
    default:
      return Label.v;
  }
}

/** The fields of a record in the order in which they are written: bn, bt, n, t, the value, then what a style adds. */
export function partsOf(record: PlannedRecord, isFirst: boolean, style: Style): readonly Part[] {
  const { bn, bt, n, t, valued, entry } = record;
  const parts: Part[] = [];
  if (isFirst && style?.has('version')) parts.push(number(Label.bver, 10));
  if (isFirst && style?.has('version-11')) parts.push(number(Label.bver, 11));
  if (bn !== undefined) parts.push({ label: Label.bn, content: { kind: 'text', value: bn } });
  if (bt !== undefined) parts.push(number(Label.bt, bt));
  if (n !== undefined) parts.push({ label: Label.n, content: { kind: 'text', value: n } });
  if (t !== undefined) parts.push(number(Label.t, t));
  if (valued) parts.push(...valueParts(entry.value, style));
  if (style?.has('unknown-label')) parts.push({ label: 'x', content: { kind: 'number', value: 1 } });
  if (style?.has('must-understand-label')) parts.push({ label: 'x_', content: { kind: 'number', value: 1 } });
  return style?.has('reversed-labels') ? parts.reverse() : parts;
}

const number = (label: number, value: number): Part => ({ label, content: { kind: 'number', value } });

function valueParts(value: Value | undefined, style: Style): Part[] {
  if (!value || style?.has('null-value')) return [{ label: Label.v, content: { kind: 'null' } }];
  const label = valueLabel(value, style);
  const halved = style?.has('base-value') ? halve(value) : undefined;
  const parts = halved ? [...halved] : [{ label, content: { kind: 'value' as const, value } }];
  if (style?.has('units')) parts.unshift({ label: Label.u, content: { kind: 'text', value: '%' } });
  if (style?.has('duplicate-label')) parts.push(parts[parts.length - 1] ?? number(label, 0));
  if (style?.has('two-values'))
    parts.push(label === Label.vs ? number(Label.v, 0) : { label: Label.vs, content: { kind: 'text', value: '' } });
  if (style?.has('sum')) parts.push(number(Label.s, 1));
  return parts;
}

/** An integer as the sum of bv and v; every record says its own bv, so that none gets another's. */
function halve(value: Value): Part[] {
  if (value.type !== 'integer' && value.type !== 'unsigned' && value.type !== 'time')
    return [number(Label.bv, 0), { label: valueLabel(value, undefined), content: { kind: 'value', value } }];
  const half = value.value / 2n;
  return [
    { label: Label.bv, content: { kind: 'value', value: { type: value.type, value: half } } },
    { label: Label.v, content: { kind: 'value', value: { type: value.type, value: value.value - half } } },
  ];
}
