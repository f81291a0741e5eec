import { equalBytes, toHex } from '../base/bytes.js';
import type { Path } from './path.js';

/** Link to an Object Instance; 65535:65535 is the null link, o:65535 any instance (Core 1.1 App. C). */
export interface ObjectLink {
  readonly object: number;
  readonly instance: number;
}

/** A typed resource value (Core 1.1 App. C). Integers are exact 64-bit; a time is in seconds since 1970. */
export type Value =
  | { readonly type: 'string' | 'corelnk'; readonly value: string }
  | { readonly type: 'integer' | 'unsigned' | 'time'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'opaque'; readonly value: Uint8Array }
  | { readonly type: 'objlnk'; readonly value: ObjectLink };

export type ValueType = Value['type'];

/** The type of a resource in an object definition: `none` is an executable. */
export type ResourceType = ValueType | 'none';

/**
 * One value at a path: what every data format carries. A payload is a list of them, in the order of the wire.
 * `path` ends at a Resource or Resource Instance; a record without a value names a target (composite reads, SenML-ETCH delete).
 */
export interface Entry {
  readonly path: Path;
  readonly value?: Value;
  /** Seconds, as written: SenML time, absolute or relative (RFC 8428 §4.5.3). */
  readonly time?: number;
}

export const text = (value: string): Value => ({ type: 'string', value });
export const corelnk = (value: string): Value => ({ type: 'corelnk', value });
export const integer = (value: number | bigint): Value => ({ type: 'integer', value: BigInt(value) });
export const unsigned = (value: number | bigint): Value => ({ type: 'unsigned', value: BigInt(value) });
export const time = (value: number | bigint): Value => ({ type: 'time', value: BigInt(value) });
export const float = (value: number): Value => ({ type: 'float', value });
export const boolean = (value: boolean): Value => ({ type: 'boolean', value });
export const opaque = (value: Uint8Array): Value => ({ type: 'opaque', value });
export const objlnk = (object: number, instance: number): Value => ({ type: 'objlnk', value: { object, instance } });

/** Same type and same value; NaN equals NaN, -0 does not equal 0. */
export function equalValues(a: Value, b: Value): boolean {
  if (a.type === 'opaque' && b.type === 'opaque') return equalBytes(a.value, b.value);
  if (a.type === 'objlnk' && b.type === 'objlnk')
    return a.value.object === b.value.object && a.value.instance === b.value.instance;
  return a.type === b.type && Object.is(a.value, b.value);
}

/** For people: strings quoted, opaque as hex, links as `o:i`. */
export function formatValue(value: Value): string {
  switch (value.type) {
    case 'string':
    case 'corelnk':
      return JSON.stringify(value.value);
    case 'opaque':
      return `h'${toHex(value.value)}'`;
    case 'objlnk':
      return `${value.value.object}:${value.value.instance}`;
    default:
      return String(value.value);
  }
}
