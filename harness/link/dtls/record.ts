import { concatBytes, EMPTY } from '../../base/bytes.js';
import { uint16, uint48, vector16 } from './vector.js';

/** `tls12_cid` is the outer type of a record with a connection id (RFC 9146 §4). */
export const CONTENT = {
  change_cipher_spec: 20,
  alert: 21,
  handshake: 22,
  application_data: 23,
  tls12_cid: 25,
} as const;

export const DTLS_1_0 = 0xfeff;
export const DTLS_1_2 = 0xfefd;

/** A record as it stands on the wire: `fragment` is ciphertext from epoch 1 on (RFC 6347 §4.1). */
export interface WireRecord {
  readonly type: number;
  readonly version: number;
  readonly epoch: number;
  /** 48 bits. */
  readonly sequence: number;
  /** Empty unless the type is `tls12_cid`. */
  readonly connectionId: Uint8Array;
  readonly fragment: Uint8Array;
}

/** A record before protection, or after it has been removed. */
export interface PlainRecord {
  readonly type: number;
  readonly epoch: number;
  readonly sequence: number;
  readonly fragment: Uint8Array;
}

/** 2^14 bytes of content and what a cipher may add (RFC 5246 §6.2.3). */
const MAX_FRAGMENT = 2 ** 14 + 2048;
const HEADER = 13;

export function encodeRecord(record: WireRecord): Uint8Array {
  const { type, version, epoch, sequence, connectionId, fragment } = record;
  const head = concatBytes(Uint8Array.of(type), uint16(version), uint16(epoch), uint48(sequence));
  return concatBytes(head, connectionId, vector16(fragment));
}

/**
 * The records of a datagram. What does not parse ends the list: RFC 6347 §4.1.2.7 has invalid records dropped in silence.
 *
 * @param connectionIdLength length of the ids this side gave out; a `tls12_cid` record does not say it (RFC 9146 §4)
 */
export function decodeRecords(datagram: Uint8Array, connectionIdLength: number): WireRecord[] {
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.length);
  const records: WireRecord[] = [];
  let at = 0;
  while (at + HEADER <= datagram.length) {
    const type = view.getUint8(at);
    const cid = type === CONTENT.tls12_cid ? connectionIdLength : 0;
    const body = at + HEADER + cid;
    if (body > datagram.length) break;
    const length = view.getUint16(body - 2);
    if (length > MAX_FRAGMENT || body + length > datagram.length) break;
    records.push({
      type,
      version: view.getUint16(at + 1),
      epoch: view.getUint16(at + 3),
      sequence: view.getUint16(at + 5) * 2 ** 32 + view.getUint32(at + 7),
      connectionId: cid > 0 ? datagram.subarray(body - 2 - cid, body - 2) : EMPTY,
      fragment: datagram.subarray(body, body + length),
    });
    at = body + length;
  }
  return records;
}
