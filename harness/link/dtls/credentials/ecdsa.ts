import { createECDH, createHmac } from 'node:crypto';
import { concatBytes } from '../../../base/bytes.js';
import { sha256 } from '../prf.js';

/** Order of the base point of P-256 (SEC 2 §2.4.2). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * Signs with P-256 and SHA-256 and a nonce that follows from key and message (RFC 6979 §3.2).
 *
 * node:crypto draws its own nonce, and a run with one seed would not be one run. The arithmetic is not constant in time:
 * good for a tester's keys, not for a key that an attacker beside this process is after.
 *
 * @param scalar private key, 32 bytes
 * @returns Ecdsa-Sig-Value in DER
 */
export function signP256(scalar: Uint8Array, message: Uint8Array): Uint8Array {
  const digest = sha256(message);
  const d = toNumber(scalar);
  const z = toNumber(digest);
  for (const nonce of nonces(scalar, digest)) {
    const k = toNumber(nonce);
    if (k === 0n || k >= ORDER) continue;
    const ecdh = createECDH('prime256v1');
    ecdh.setPrivateKey(nonce);
    const r = toNumber(ecdh.getPublicKey().subarray(1, 33)) % ORDER;
    const s = (inverse(k) * ((z + r * d) % ORDER)) % ORDER;
    if (r !== 0n && s !== 0n) return sequence(r, s);
  }
  throw new Error('unreachable: the stream of nonces has no end');
}

/** RFC 6979 §3.2 b to h. */
function* nonces(scalar: Uint8Array, digest: Uint8Array): Generator<Uint8Array, void> {
  const reduced = toBytes(toNumber(digest) % ORDER);
  let v = new Uint8Array(32).fill(1);
  let key = new Uint8Array(32);
  const mac = (...parts: Uint8Array[]): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(
      createHmac('sha256', key)
        .update(concatBytes(...parts))
        .digest(),
    );
  for (const step of [0, 1]) {
    key = mac(v, Uint8Array.of(step), scalar, reduced);
    v = mac(v);
  }
  for (;;) {
    v = mac(v);
    yield v;
    key = mac(v, Uint8Array.of(0));
    v = mac(v);
  }
}

const toNumber = (bytes: Uint8Array): bigint => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

const toBytes = (value: bigint): Uint8Array =>
  Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex'));

/** Modular inverse by the extended Euclidean algorithm. */
function inverse(value: bigint): bigint {
  let [a, b, x, y] = [value, ORDER, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % ORDER) + ORDER) % ORDER;
}

function sequence(r: bigint, s: bigint): Uint8Array {
  const content = concatBytes(integer(r), integer(s));
  return concatBytes(Uint8Array.of(0x30, content.length), content);
}

/** DER INTEGER: no needless leading zeros, one where the sign bit would be set. */
function integer(value: bigint): Uint8Array {
  const bytes = toBytes(value);
  const significant = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  const padded = (significant[0] ?? 0) >= 0x80 ? concatBytes(Uint8Array.of(0), significant) : significant;
  return concatBytes(Uint8Array.of(2, padded.length), padded);
}
