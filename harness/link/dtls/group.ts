import { createECDH, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { concatBytes, fromHex } from '../../base/bytes.js';
import type { Random } from '../../base/random.js';
import { Abort } from './alert.js';

export type GroupName = 'secp256r1' | 'x25519';

/** One side of a Diffie-Hellman exchange. */
export interface KeyShare {
  /** As it stands in a key exchange message: an uncompressed point, or 32 bytes of X25519 (RFC 8422 §5.4). */
  readonly publicKey: Uint8Array;
  /** @throws Abort `illegal_parameter` when the peer's value is not a point of the group */
  shared(peer: Uint8Array): Uint8Array;
}

/** NamedCurve codes (RFC 8422 §5.1.1). Groups below 255 bits are not to be used (Transport 1.1 §5.2.8). */
export const GROUPS: Readonly<Record<GroupName, number>> = { secp256r1: 0x0017, x25519: 0x001d };

export function groupByCode(code: number): GroupName | undefined {
  if (code === GROUPS.secp256r1) return 'secp256r1';
  return code === GROUPS.x25519 ? 'x25519' : undefined;
}

/** A fresh key share with its private part drawn from `random`, so that one seed gives one handshake. */
export const keyShare = (group: GroupName, random: Random): KeyShare =>
  group === 'secp256r1' ? p256(random) : x25519(random);

function refuse(): never {
  throw new Abort('illegal_parameter', 'the public key of the key exchange is not a point of the group');
}

function p256(random: Random): KeyShare {
  const ecdh = createECDH('prime256v1');
  for (;;) {
    try {
      ecdh.setPrivateKey(random.bytes(32));
      break;
    } catch {
      // Zero, or not below the order of the curve: one draw in 2^32.
    }
  }
  return {
    publicKey: Uint8Array.from(ecdh.getPublicKey()),
    shared(peer) {
      if (peer.length !== 65 || peer[0] !== 4) refuse();
      try {
        return Uint8Array.from(ecdh.computeSecret(peer));
      } catch {
        return refuse();
      }
    },
  };
}

const X25519_PKCS8 = fromHex('302e020100300506032b656e04220420') ?? new Uint8Array();
const X25519_SPKI = fromHex('302a300506032b656e032100') ?? new Uint8Array();

function x25519(random: Random): KeyShare {
  const der = Buffer.from(concatBytes(X25519_PKCS8, random.bytes(32)));
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    publicKey: Uint8Array.from(spki.subarray(X25519_SPKI.length)),
    shared(peer) {
      if (peer.length !== 32) refuse();
      const key = Buffer.from(concatBytes(X25519_SPKI, peer));
      try {
        return Uint8Array.from(
          diffieHellman({ privateKey, publicKey: createPublicKey({ key, format: 'der', type: 'spki' }) }),
        );
      } catch {
        return refuse();
      }
    },
  };
}
