import { concatBytes, EMPTY, fromUtf8, utf8 } from '../../base/bytes.js';
import { Abort } from './alert.js';
import { Reader, uint16, uint8, vector16, vector8 } from './vector.js';

/** ExtensionType values (RFC 6066, 8422, 5246, 7250, 7366, 7627, 5077, 9146, 5746). */
export const EXTENSION = {
  server_name: 0,
  max_fragment_length: 1,
  supported_groups: 10,
  ec_point_formats: 11,
  signature_algorithms: 13,
  client_certificate_type: 19,
  server_certificate_type: 20,
  encrypt_then_mac: 22,
  extended_master_secret: 23,
  session_ticket: 35,
  connection_id: 54,
  renegotiation_info: 0xff01,
} as const;

/** Extensions of a hello by type, in the order of the wire. */
export type Extensions = ReadonlyMap<number, Uint8Array>;

/** No block at all when there are none, as before TLS 1.2 had extensions (RFC 5246 §7.4.1.2). */
export function encodeExtensions(extensions: Extensions): Uint8Array {
  if (extensions.size === 0) return EMPTY;
  return vector16(...[...extensions].map(([type, body]) => concatBytes(uint16(type), vector16(body))));
}

/** @throws Abort `illegal_parameter` when a type comes twice (RFC 5246 §7.4.1.4) */
export function decodeExtensions(reader: Reader): Extensions {
  const extensions = new Map<number, Uint8Array>();
  if (reader.left === 0) return extensions;
  const block = new Reader(reader.vector16(), 'extensions');
  while (block.left > 0) {
    const type = block.uint16();
    if (extensions.has(type)) throw new Abort('illegal_parameter', `extension ${type} comes twice`);
    extensions.set(type, block.vector16());
  }
  return extensions;
}

const HOST_NAME = 0;

/** server_name of a client (RFC 6066 §3). */
export const encodeServerName = (name: string): Uint8Array => vector16(uint8(HOST_NAME), vector16(utf8(name)));

export function decodeServerName(body: Uint8Array): string | undefined {
  if (body.length === 0) return undefined;
  const list = new Reader(new Reader(body, 'server_name').vector16(), 'server_name');
  while (list.left > 0) {
    const type = list.uint8();
    const name = list.vector16();
    if (type === HOST_NAME) return fromUtf8(name);
  }
  return undefined;
}

const FRAGMENT_LENGTHS = [512, 1024, 2048, 4096] as const;
export type FragmentLength = (typeof FRAGMENT_LENGTHS)[number];

/** RFC 6066 §4: 1 for 512 to 4 for 4096. */
export const encodeFragmentLength = (length: FragmentLength): Uint8Array => uint8(FRAGMENT_LENGTHS.indexOf(length) + 1);

/** @throws Abort `illegal_parameter` for any other code */
export function decodeFragmentLength(body: Uint8Array): FragmentLength {
  const length = body.length === 1 ? FRAGMENT_LENGTHS[(body[0] ?? 0) - 1] : undefined;
  if (!length) throw new Abort('illegal_parameter', 'max_fragment_length has an unknown value');
  return length;
}

export const encodeList16 = (numbers: readonly number[]): Uint8Array => vector16(...numbers.map(uint16));

export function decodeList16(body: Uint8Array, what: string): number[] {
  const reader = new Reader(body, what);
  const numbers = reader.list16();
  reader.end();
  return numbers;
}

export const encodeList8 = (numbers: readonly number[]): Uint8Array => vector8(Uint8Array.from(numbers));

export function decodeList8(body: Uint8Array, what: string): number[] {
  const reader = new Reader(body, what);
  const numbers = [...reader.vector8()];
  reader.end();
  return numbers;
}

/** connection_id: the id that its sender wants to see in records to itself (RFC 9146 §3). */
export const encodeConnectionId = (id: Uint8Array): Uint8Array => vector8(id);

export function decodeConnectionId(body: Uint8Array): Uint8Array {
  const reader = new Reader(body, 'connection_id');
  const id = Uint8Array.from(reader.vector8());
  reader.end();
  return id;
}

/** CertificateType (RFC 7250 §3). */
export const CERTIFICATE_TYPE = { x509: 0, rpk: 2 } as const;
export type CertificateType = keyof typeof CERTIFICATE_TYPE;

export function certificateType(code: number | undefined): CertificateType | undefined {
  if (code === CERTIFICATE_TYPE.x509) return 'x509';
  return code === CERTIFICATE_TYPE.rpk ? 'rpk' : undefined;
}
