import type { Problem, Result } from '../base/error.js';
import { failed, ok } from '../base/error.js';

/** What a TLV stands for: bits 7-6 of the type byte (Core 1.1 §7.4.4). */
export type TlvKind = 'instance' | 'resource-instance' | 'multiple-resource' | 'resource';

export type TlvIdBits = 8 | 16;
/** Width of the length field; 0: the length stands in the type byte. */
export type TlvLengthBits = 0 | 8 | 16 | 24;

/** A TLV as it stands in a payload. Given to {@link encodeTlvTree} it yields the same bytes again. */
export interface TlvNode {
  readonly kind: TlvKind;
  readonly id: number;
  /** Byte offset of the type byte. */
  readonly at: number;
  /** Byte offset of the value. */
  readonly valueAt: number;
  /** The value; of a container the bytes of its children. */
  readonly value: Uint8Array;
  /** Of an Object Instance or a multiple Resource; undefined where there can be none. */
  readonly children: readonly TlvNode[] | undefined;
  readonly idBits: TlvIdBits;
  readonly lengthBits: TlvLengthBits;
  /** Bits 2-0 of the type byte where a length field makes them meaningless. */
  readonly reserved: number;
}

/** A TLV to write. What is left out takes the shortest form. */
export interface TlvSpec {
  readonly kind: TlvKind;
  readonly id: number;
  /** Written when there are no children. */
  readonly value?: Uint8Array;
  readonly children?: readonly TlvSpec[] | undefined;
  readonly idBits?: TlvIdBits;
  readonly lengthBits?: TlvLengthBits;
  readonly reserved?: number;
}

/** What could be read of a payload, and what stopped it. */
export interface TlvTree {
  readonly nodes: readonly TlvNode[];
  readonly problem: Problem | undefined;
}

export const TLV_KINDS: readonly TlvKind[] = ['instance', 'resource-instance', 'multiple-resource', 'resource'];
const LENGTH_BITS: readonly TlvLengthBits[] = [0, 8, 16, 24];
const MAX_LENGTH = 0xff_ffff;

/** What may stand directly inside a container (F-14). */
const CHILDREN: Readonly<Record<TlvKind, readonly TlvKind[] | undefined>> = {
  instance: ['multiple-resource', 'resource'],
  'multiple-resource': ['resource-instance'],
  resource: undefined,
  'resource-instance': undefined,
};

/**
 * Splits a payload into TLVs, structure only: any kind may stand at the top, nesting is checked, values are not.
 *
 * Problem codes: `truncated` (the payload ends within a TLV), `bad-structure` (a TLV sticks out of its container, or
 * may not stand in it); `at` is the offset of that TLV. What stands before it is in `nodes`, the container cut short.
 */
export function decodeTlvTree(payload: Uint8Array): TlvTree {
  const nodes: TlvNode[] = [];
  const problem = readLevel(payload, 0, payload.length, undefined, nodes);
  return { nodes, problem };
}

function readLevel(
  payload: Uint8Array,
  from: number,
  to: number,
  parent: TlvKind | undefined,
  into: TlvNode[],
): Problem | undefined {
  let at = from;
  while (at < to) {
    const type = payload[at] ?? 0;
    const kind = TLV_KINDS[type >> 6] ?? 'resource';
    if (parent !== undefined && !CHILDREN[parent]?.includes(kind)) return misplaced(kind, parent, at);
    const idBytes = (type & 0x20) === 0 ? 1 : 2;
    const lengthBytes = (type >> 3) & 3;
    const valueAt = at + 1 + idBytes + lengthBytes;
    if (valueAt > to) return cut(payload, at, `its header needs ${valueAt - at} bytes, ${to - at} are left`, to);
    const id = readUint(payload, at + 1, idBytes);
    const length = lengthBytes === 0 ? type & 7 : readUint(payload, at + 1 + idBytes, lengthBytes);
    const end = valueAt + length;
    if (end > to)
      return cut(payload, at, `${kind} ${id} announces ${length} bytes of value, ${to - valueAt} are left`, to);
    const children: TlvNode[] | undefined = CHILDREN[kind] && [];
    into.push({
      kind,
      id,
      at,
      valueAt,
      value: payload.subarray(valueAt, end),
      children,
      idBits: idBytes === 1 ? 8 : 16,
      lengthBits: LENGTH_BITS[lengthBytes] ?? 0,
      reserved: lengthBytes === 0 ? 0 : type & 7,
    });
    if (children && length > 0) {
      const problem = readLevel(payload, valueAt, end, kind, children);
      if (problem) return problem;
    }
    at = end;
  }
  return undefined;
}

function readUint(payload: Uint8Array, at: number, bytes: number): number {
  let value = 0;
  for (let i = at; i < at + bytes; i++) value = value * 256 + (payload[i] ?? 0);
  return value;
}

function cut(payload: Uint8Array, at: number, what: string, to: number): Problem {
  return to === payload.length
    ? { code: 'truncated', message: `the payload ends within a TLV: ${what}`, at }
    : { code: 'bad-structure', message: `a TLV sticks out of its container: ${what}`, at };
}

function misplaced(kind: TlvKind, parent: TlvKind, at: number): Problem {
  const allowed = (CHILDREN[parent] ?? []).join(' or ');
  return {
    code: 'bad-structure',
    message: `a TLV of kind ${kind} cannot stand in one of kind ${parent}`,
    at,
    hint: `expected ${allowed}`,
  };
}

/**
 * Writes TLVs one after the other. Widths that are not given are the shortest that hold the id and the length;
 * given ones are used as they are, also longer than needed. Nesting is not checked: a tester may want it wrong.
 *
 * Problem code: `not-encodable`, with the kind and id of the TLV as `place`.
 */
export function encodeTlvTree(nodes: readonly TlvSpec[]): Result<Uint8Array> {
  const out = new Uint8Array(sizeOfAll(nodes));
  const problem = writeAll(nodes, out, 0);
  return problem ? failed(problem) : ok(out);
}

function sizeOfAll(nodes: readonly TlvSpec[]): number {
  let size = 0;
  for (const node of nodes) {
    const length = lengthOf(node);
    size += 1 + (idBitsOf(node) + lengthBitsOf(node, length)) / 8 + length;
  }
  return size;
}

function lengthOf(node: TlvSpec): number {
  return node.children ? sizeOfAll(node.children) : (node.value?.length ?? 0);
}

const idBitsOf = (node: TlvSpec): TlvIdBits => node.idBits ?? (node.id > 0xff ? 16 : 8);

function lengthBitsOf(node: TlvSpec, length: number): TlvLengthBits {
  if (node.lengthBits !== undefined) return node.lengthBits;
  if (length < 8) return 0;
  if (length <= 0xff) return 8;
  return length <= 0xffff ? 16 : 24;
}

function writeAll(nodes: readonly TlvSpec[], out: Uint8Array, from: number): Problem | undefined {
  let at = from;
  for (const node of nodes) {
    const length = lengthOf(node);
    const idBits = idBitsOf(node);
    const lengthBits = lengthBitsOf(node, length);
    const problem = misfit(node, length, idBits, lengthBits);
    if (problem) return problem;
    const low = lengthBits === 0 ? length : (node.reserved ?? 0) & 7;
    out[at] = (TLV_KINDS.indexOf(node.kind) << 6) | (idBits === 16 ? 0x20 : 0) | lengthBits | low;
    at = writeUint(out, at + 1, node.id, idBits);
    at = writeUint(out, at, length, lengthBits);
    if (node.children) {
      const inner = writeAll(node.children, out, at);
      if (inner) return inner;
    } else if (node.value) out.set(node.value, at);
    at += length;
  }
  return undefined;
}

function writeUint(out: Uint8Array, at: number, value: number, bits: number): number {
  for (let shift = bits - 8, i = at; shift >= 0; shift -= 8, i++) out[i] = value >>> shift;
  return at + bits / 8;
}

function misfit(node: TlvSpec, length: number, idBits: TlvIdBits, lengthBits: TlvLengthBits): Problem | undefined {
  const problem = (message: string): Problem => ({
    code: 'not-encodable',
    message,
    place: `${node.kind} ${node.id}`,
  });
  const idFits = Number.isInteger(node.id) && node.id >= 0 && node.id < 2 ** idBits;
  if (!idFits) return problem(`the identifier does not fit into ${idBits} bits`);
  const most = lengthBits === 0 ? 7 : Math.min(2 ** lengthBits - 1, MAX_LENGTH);
  return length > most ? problem(`a length of ${length} exceeds ${most}`) : undefined;
}

/** The first node whose id an earlier one has. Ascending ids, which nearly all senders write, need no set. */
export function findRepeated<T extends { readonly id: number }>(nodes: readonly T[]): T | undefined {
  let last = -1;
  let seen: Set<number> | undefined;
  for (const [index, node] of nodes.entries()) {
    if (node.id <= last) seen ??= new Set(nodes.slice(0, index).map((earlier) => earlier.id));
    if (seen?.has(node.id)) return node;
    seen?.add(node.id);
    last = node.id;
  }
  return undefined;
}
