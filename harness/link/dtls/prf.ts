import { createHash, createHmac } from 'node:crypto';
import { concatBytes, utf8 } from '../../base/bytes.js';

export const sha256 = (bytes: Uint8Array): Uint8Array => Uint8Array.from(createHash('sha256').update(bytes).digest());

export function hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return Uint8Array.from(mac.digest());
}

/** The pseudo-random function of TLS 1.2 with SHA-256: P_SHA256(secret, label + seed) (RFC 5246 §5). */
export function prf(secret: Uint8Array, label: string, seed: Uint8Array, length: number): Uint8Array {
  const labelled = concatBytes(utf8(label), seed);
  const blocks: Uint8Array[] = [];
  let a = labelled;
  for (let have = 0; have < length; have += 32) {
    a = hmacSha256(secret, a);
    blocks.push(hmacSha256(secret, a, labelled));
  }
  return concatBytes(...blocks).subarray(0, length);
}
