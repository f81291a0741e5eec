import { concatBytes } from '../../base/bytes.js';
import { Abort } from './alert.js';
import { decodeExtensions, encodeExtensions, type Extensions } from './extension.js';
import { Reader, uint16, uint8, vector16, vector8 } from './vector.js';

/** RFC 5246 §7.4.1.2 with the cookie of RFC 6347 §4.2.1. */
export interface ClientHello {
  readonly version: number;
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly cookie: Uint8Array;
  /** Codes, in the order of preference. */
  readonly suites: readonly number[];
  readonly compression: readonly number[];
  readonly extensions: Extensions;
}

export const NO_COMPRESSION = 0;
/** TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 §3.3). */
export const RENEGOTIATION_SCSV = 0x00ff;

export function encodeClientHello(hello: ClientHello): Uint8Array {
  return concatBytes(
    uint16(hello.version),
    hello.random,
    vector8(hello.sessionId),
    vector8(hello.cookie),
    vector16(...hello.suites.map(uint16)),
    vector8(Uint8Array.from(hello.compression)),
    encodeExtensions(hello.extensions),
  );
}

/** @throws Abort */
export function decodeClientHello(body: Uint8Array): ClientHello {
  const reader = new Reader(body, 'ClientHello');
  const version = reader.uint16();
  const random = Uint8Array.from(reader.take(32));
  const sessionId = decodeSessionId(reader);
  const cookie = reader.vector8();
  const suites = reader.list16();
  if (suites.length === 0) throw new Abort('decode_error', 'ClientHello offers no cipher suite');
  const compression = [...reader.vector8()];
  if (!compression.includes(NO_COMPRESSION)) throw new Abort('decode_error', 'ClientHello leaves out null compression');
  const extensions = decodeExtensions(reader);
  reader.end();
  return { version, random, sessionId, cookie, suites, compression, extensions };
}

export interface ServerHello {
  readonly version: number;
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly suite: number;
  readonly compression: number;
  readonly extensions: Extensions;
}

export function encodeServerHello(hello: ServerHello): Uint8Array {
  return concatBytes(
    uint16(hello.version),
    hello.random,
    vector8(hello.sessionId),
    uint16(hello.suite),
    uint8(hello.compression),
    encodeExtensions(hello.extensions),
  );
}

/** @throws Abort */
export function decodeServerHello(body: Uint8Array): ServerHello {
  const reader = new Reader(body, 'ServerHello');
  const version = reader.uint16();
  const random = Uint8Array.from(reader.take(32));
  const sessionId = decodeSessionId(reader);
  const suite = reader.uint16();
  const compression = reader.uint8();
  const extensions = decodeExtensions(reader);
  reader.end();
  return { version, random, sessionId, suite, compression, extensions };
}

function decodeSessionId(reader: Reader): Uint8Array {
  const id = Uint8Array.from(reader.vector8());
  if (id.length > 32) throw new Abort('decode_error', `a session id of ${id.length} bytes`);
  return id;
}

/** RFC 6347 §4.2.1: the version only says how the message is laid out, DTLS 1.0 whatever follows. */
export const encodeHelloVerifyRequest = (version: number, cookie: Uint8Array): Uint8Array =>
  concatBytes(uint16(version), vector8(cookie));

export function decodeHelloVerifyRequest(body: Uint8Array): Uint8Array {
  const reader = new Reader(body, 'HelloVerifyRequest');
  reader.uint16();
  const cookie = Uint8Array.from(reader.vector8());
  reader.end();
  return cookie;
}
