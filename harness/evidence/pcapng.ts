import { concatBytes, toHex, utf8 } from '../base/bytes.js';
import { partyOf, type Peer } from '../model/party.js';
import type { JournalEntry } from '../record/journal.js';
import { encodePacket, type Endpoint } from './packet.js';

export interface CaptureOptions {
  /**
   * NSS key log: with it anybody can read what was protected. Only what belongs to the handshakes of the journal goes into the
   * capture; without it none does.
   */
  readonly keyLog?: string;
}

type Seen = Extract<JournalEntry, { readonly kind: 'datagram' | 'record' }>;

/** Block types (pcapng §4). */
const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const NAMES = 4;
const PACKET = 6;
const SECRETS = 10;
/** Secrets of the key log format of NSS (pcapng §4.7). */
const TLS_KEY_LOG = 0x544c534b;
/** Packets begin with their IP header. */
const LINKTYPE_RAW = 101;
/** Journals count from the start of their case; a capture needs a date. Microseconds from 1970 to 2000. */
const ORIGIN = 946_684_800_000_000n;

/** Addresses of documentation (RFC 5737), with the ports by which Wireshark knows the protocols. */
const ADDRESSES: Readonly<Record<Peer, readonly [number, number, number, number]>> = {
  client: [192, 0, 2, 1],
  server: [192, 0, 2, 2],
  server2: [192, 0, 2, 3],
  'bootstrap-server': [192, 0, 2, 4],
  client2: [192, 0, 2, 5],
};
const CLIENT_PORT = 56_830;

/**
 * A journal as a capture for Wireshark (pcapng). The first interface has what was under way: DTLS records where a channel protected
 * it, else CoAP. Where there are records and no key log, a second interface has the CoAP that they carried.
 */
export function encodeCapture(entries: readonly JournalEntry[], { keyLog }: CaptureOptions = {}): Uint8Array {
  const seen = entries.filter((entry): entry is Seen => entry.kind === 'datagram' || entry.kind === 'record');
  const covered = new Set(seen.flatMap((entry) => (entry.kind === 'record' ? [pairOf(entry)] : [])));
  const secrets = keyLog === undefined ? '' : secretsFor(seen, keyLog);
  const showsPlain = covered.size > 0 && secrets === '';
  const packets = seen.flatMap((entry) => {
    const isCarried = entry.kind === 'datagram' && covered.has(pairOf(entry));
    return isCarried && !showsPlain ? [] : [packetBlock(entry, isCarried ? 1 : 0)];
  });
  return concatBytes(
    sectionBlock(headOf(entries)),
    interfaceBlock('under way'),
    ...(showsPlain ? [interfaceBlock('CoAP, as it was opened')] : []),
    namesBlock(),
    ...(secrets === '' ? [] : [secretsBlock(secrets)]),
    ...packets,
  );
}

/** Client and server of a datagram, in either direction. */
const pairOf = ({ from, to }: Seen): string => [from, to].sort().join(' ');

function headOf(entries: readonly JournalEntry[]): string {
  const [head] = entries;
  return head?.kind === 'head' ? `${head.case}${head.variant === undefined ? '' : `[${head.variant}]`}` : '';
}

/** The lines of a key log whose client random is in a ClientHello of the journal. */
function secretsFor(seen: readonly Seen[], keyLog: string): string {
  const randoms = new Set(seen.flatMap((entry) => (entry.kind === 'record' ? clientRandoms(entry.bytes) : [])));
  const lines = keyLog.split(/\r?\n/).filter((line) => randoms.has(line.split(' ')[1]?.toLowerCase() ?? ''));
  return lines.map((line) => `${line}\n`).join('');
}

/** Client randoms of the ClientHellos that begin in a datagram of records (RFC 6347 §4.2.2). */
function clientRandoms(bytes: Uint8Array): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at + 13 <= bytes.length; at += 13 + (((bytes[at + 11] ?? 0) << 8) | (bytes[at + 12] ?? 0)))
    if (bytes[at] === 22 && bytes[at + 13] === 1) found.push(toHex(bytes.slice(at + 27, at + 59)));
  return found;
}

function packetBlock(entry: Seen, interfaceId: number): Uint8Array {
  const isRecord = entry.kind === 'record';
  const packet = encodePacket(endpointOf(entry.from, isRecord), endpointOf(entry.to, isRecord), entry.bytes);
  const time = ORIGIN + BigInt(Math.round(entry.t * 1e6));
  const header = [interfaceId, Number(time >> 32n), Number(time & 0xffffffffn), packet.length, packet.length];
  return block(PACKET, uint32(...header), padded(packet));
}

const endpointOf = (peer: Peer, isRecord: boolean): Endpoint => ({
  address: ADDRESSES[peer],
  port: partyOf(peer) === 'client' ? CLIENT_PORT : isRecord ? 5684 : 5683,
});

/** Byte order, version 1.0, length of the section not told; `shb_userappl` and a comment. */
const sectionBlock = (comment: string): Uint8Array =>
  block(
    SECTION,
    uint32(0x1a2b3c4d),
    uint16(1),
    uint16(0),
    uint32(0xffffffff, 0xffffffff),
    option(4, 'lwm2m-conformance'),
    ...(comment === '' ? [] : [option(1, comment)]),
    END,
  );

/** No limit on lengths, microseconds; `if_name`. */
const interfaceBlock = (name: string): Uint8Array =>
  block(INTERFACE, uint16(LINKTYPE_RAW), uint16(0), uint32(0), option(2, name), END);

/** Who is at which address: records of type IPv4 (pcapng §4.5). */
function namesBlock(): Uint8Array {
  const records = Object.entries(ADDRESSES).map(([peer, address]) => {
    const value = concatBytes(Uint8Array.from(address), utf8(`${peer}\0`));
    return concatBytes(uint16(1), uint16(value.length), padded(value));
  });
  return block(NAMES, ...records, END);
}

function secretsBlock(secrets: string): Uint8Array {
  const bytes = utf8(secrets);
  return block(SECRETS, uint32(TLS_KEY_LOG, bytes.length), padded(bytes));
}

function option(code: number, text: string): Uint8Array {
  const value = utf8(text);
  return concatBytes(uint16(code), uint16(value.length), padded(value));
}

/** End of options. */
const END = new Uint8Array(4);

function block(type: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(...parts);
  const length = uint32(body.length + 12);
  return concatBytes(uint32(type), length, body, length);
}

const padded = (bytes: Uint8Array): Uint8Array => concatBytes(bytes, new Uint8Array(-bytes.length & 3));

/** Numbers in the byte order of the section, the little one first. */
function uint32(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => view.setUint32(4 * i, value, true));
  return new Uint8Array(view.buffer);
}

const uint16 = (value: number): Uint8Array => Uint8Array.of(value & 0xff, value >> 8);
