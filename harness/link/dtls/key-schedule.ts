import { concatBytes } from '../../base/bytes.js';
import { prf } from './prf.js';
import type { Suite } from './suites.js';
import { uint16, vector16 } from './vector.js';

const MASTER_LENGTH = 48;
const VERIFY_DATA_LENGTH = 12;

/** Premaster secret of plain PSK: as many zeros as the key is long, then the key (RFC 4279 §2). */
export const pskPremaster = (key: Uint8Array): Uint8Array =>
  concatBytes(uint16(key.length), new Uint8Array(key.length), vector16(key));

/** Premaster secret of ECDHE_PSK: the shared point's x, then the key (RFC 5489 §2). */
export const ecdhePskPremaster = (shared: Uint8Array, key: Uint8Array): Uint8Array =>
  concatBytes(vector16(shared), vector16(key));

export interface Randoms {
  readonly client: Uint8Array;
  readonly server: Uint8Array;
}

/** RFC 5246 §8.1. */
export const masterSecret = (premaster: Uint8Array, { client, server }: Randoms): Uint8Array =>
  prf(premaster, 'master secret', concatBytes(client, server), MASTER_LENGTH);

/** `sessionHash` covers the messages up to and including ClientKeyExchange (RFC 7627 §4). */
export const extendedMasterSecret = (premaster: Uint8Array, sessionHash: Uint8Array): Uint8Array =>
  prf(premaster, 'extended master secret', sessionHash, MASTER_LENGTH);

/** Finished.verify_data (RFC 5246 §7.4.9). */
export const verifyData = (master: Uint8Array, side: Side, transcriptHash: Uint8Array): Uint8Array =>
  prf(master, `${side} finished`, transcriptHash, VERIFY_DATA_LENGTH);

export type Side = 'client' | 'server';

/** What one direction is protected with. `iv` is the fixed part of an AEAD's nonce; empty for CBC, whose IVs are explicit. */
export interface WriteKeys {
  readonly mac: Uint8Array;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

/** Cuts the key block (RFC 5246 §6.3; an AEAD has no MAC key, RFC 5288 §3, RFC 6655 §3). */
export function writeKeys(suite: Suite, master: Uint8Array, { client, server }: Randoms): Record<Side, WriteKeys> {
  const macLength = suite.cipher.kind === 'cbc' ? 32 : 0;
  const ivLength = suite.cipher.kind === 'cbc' ? 0 : 4;
  const lengths = [macLength, macLength, 16, 16, ivLength, ivLength];
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const block = prf(master, 'key expansion', concatBytes(server, client), total);
  let at = 0;
  const cut = (length: number): Uint8Array => block.subarray(at, (at += length));
  const clientMac = cut(macLength);
  const serverMac = cut(macLength);
  const clientKey = cut(16);
  const serverKey = cut(16);
  const clientIv = cut(ivLength);
  return {
    client: { mac: clientMac, key: clientKey, iv: clientIv },
    server: { mac: serverMac, key: serverKey, iv: cut(ivLength) },
  };
}
