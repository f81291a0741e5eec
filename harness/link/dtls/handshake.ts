import { concatBytes } from '../../base/bytes.js';
import { Reader, uint16, uint24, uint8, vector24 } from './vector.js';

/** HandshakeType (RFC 5246 §7.4, RFC 6347 §4.3.2, RFC 5077 §3.3). */
export const HANDSHAKE = {
  hello_request: 0,
  client_hello: 1,
  server_hello: 2,
  hello_verify_request: 3,
  new_session_ticket: 4,
  certificate: 11,
  server_key_exchange: 12,
  certificate_request: 13,
  server_hello_done: 14,
  certificate_verify: 15,
  client_key_exchange: 16,
  finished: 20,
} as const;

const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(HANDSHAKE).map(([name, type]) => [type, name]));

export const handshakeName = (type: number): string => NAMES.get(type) ?? `handshake-${type}`;

/** A whole handshake message. `sequence` is its `message_seq`. */
export interface HandshakeMessage {
  readonly type: number;
  readonly sequence: number;
  readonly body: Uint8Array;
}

export interface Fragment {
  readonly type: number;
  /** Of the whole body. */
  readonly length: number;
  readonly sequence: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export const HANDSHAKE_HEADER = 12;

/** RFC 6347 §4.2.2. */
export function encodeFragment({ type, length, sequence, offset, bytes }: Fragment): Uint8Array {
  return concatBytes(uint8(type), uint24(length), uint16(sequence), uint24(offset), vector24(bytes));
}

/** The message as one fragment: also what enters the transcript, however it travels (RFC 6347 §4.2.6). */
export const encodeWhole = ({ type, sequence, body }: HandshakeMessage): Uint8Array =>
  encodeFragment({ type, length: body.length, sequence, offset: 0, bytes: body });

/** Cuts a message into fragments of at most `size` bytes of body; an empty body is one empty fragment. */
export function cutMessage({ type, sequence, body }: HandshakeMessage, size: number): Fragment[] {
  const fragments: Fragment[] = [];
  for (let offset = 0; offset === 0 || offset < body.length; offset += size) {
    fragments.push({ type, length: body.length, sequence, offset, bytes: body.subarray(offset, offset + size) });
  }
  return fragments;
}

/** The fragments in a handshake record; several messages may share one. @throws Abort `decode_error` */
export function decodeFragments(record: Uint8Array): Fragment[] {
  const reader = new Reader(record, 'handshake record');
  const fragments: Fragment[] = [];
  do {
    const type = reader.uint8();
    const length = reader.uint24();
    const sequence = reader.uint16();
    const offset = reader.uint24();
    fragments.push({ type, length, sequence, offset, bytes: reader.vector24() });
  } while (reader.left > 0);
  return fragments;
}
