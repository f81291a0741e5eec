import { concatBytes } from '../base/bytes.js';

export interface Endpoint {
  /** IPv4. */
  readonly address: readonly [number, number, number, number];
  readonly port: number;
}

const IP_HEADER = 20;
const UDP_HEADER = 8;
const UDP = 17;

/** A UDP datagram in an IPv4 packet (RFC 791 §3.1, RFC 768). The checksum of UDP is left out, as IPv4 allows. */
export function encodePacket(from: Endpoint, to: Endpoint, payload: Uint8Array): Uint8Array {
  const length = UDP_HEADER + payload.length;
  const header = concatBytes(
    Uint8Array.of(0x45, 0),
    uint16(IP_HEADER + length),
    // Identification 0, must not be fragmented; 64 hops.
    Uint8Array.of(0, 0, 0x40, 0, 64, UDP, 0, 0),
    Uint8Array.from(from.address),
    Uint8Array.from(to.address),
  );
  header.set(uint16(checksum(header)), 10);
  return concatBytes(header, uint16(from.port), uint16(to.port), uint16(length), uint16(0), payload);
}

/** The ones' complement of the ones' complement sum of all 16-bit words (RFC 1071). */
function checksum(header: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < header.length; at += 2) sum += ((header[at] ?? 0) << 8) | (header[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}

/** In network order. */
const uint16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff);
