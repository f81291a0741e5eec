import type { Leniency } from '../codec.js';
import type { CborReader } from './reader.js';
import type { CborWriter } from './writer.js';

/** Tag 55799 in front of a payload says that it is CBOR (RFC 8949 §3.4.6): harmless, and in no LwM2M format. */
export const selfDescribed = {
  faults: { 'self-described': 'the tag 55799 in front; receivers may take or refuse it' },
  leniencies: { 'self-described': 'the tag 55799 in front of the payload' },
} as const;

const TAG = [0xd9, 0xd9, 0xf7] as const;

export function skipSelfDescription(reader: CborReader, lenient: ReadonlySet<Leniency> | undefined): void {
  if (lenient?.has('self-described') && TAG.every((byte, i) => reader.bytes[i] === byte)) reader.at = TAG.length;
}

export function writeSelfDescription(writer: CborWriter, style: ReadonlySet<string> | undefined): void {
  if (style?.has('self-described')) writer.tag(55_799);
}
