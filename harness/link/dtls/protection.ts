import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';
import { concatBytes } from '../../base/bytes.js';
import type { Random } from '../../base/random.js';
import { openAead, sealAead } from './aead.js';
import type { WriteKeys } from './key-schedule.js';
import { hmacSha256 } from './prf.js';
import { CONTENT, DTLS_1_2 } from './record.js';
import type { AeadCipher, Suite } from './suites.js';
import { uint16, uint48 } from './vector.js';

/** What is authenticated with a fragment and does not stand in it. */
export interface RecordContext {
  readonly type: number;
  readonly epoch: number;
  readonly sequence: number;
  /** Empty: a record without connection id. */
  readonly connectionId: Uint8Array;
}

/** Protects one direction of an epoch. */
export interface Protection {
  /** The most bytes that `seal` adds. */
  readonly overhead: number;
  seal(context: RecordContext, plaintext: Uint8Array): Uint8Array;
  /** Undefined when the fragment was not made with these keys for this context. */
  open(context: RecordContext, fragment: Uint8Array): Uint8Array | undefined;
}

/** @param random for the explicit IVs of CBC */
export function makeProtection(suite: Suite, keys: WriteKeys, encryptThenMac: boolean, random: Random): Protection {
  if (suite.cipher.kind === 'aead') return aead(suite.cipher, keys);
  return encryptThenMac ? cbcEncryptThenMac(keys, random) : cbcMacThenEncrypt(keys, random);
}

const numbers = ({ epoch, sequence }: RecordContext): Uint8Array => concatBytes(uint16(epoch), uint48(sequence));
const PLACEHOLDER = new Uint8Array(8).fill(0xff);

/**
 * The header as it enters the MAC or the additional data. With a connection id the true type is inside the
 * protected content, and a placeholder keeps the two forms apart (RFC 9146 §5).
 */
function header(context: RecordContext, length: number): Uint8Array {
  const { type, connectionId } = context;
  if (connectionId.length === 0) {
    return concatBytes(numbers(context), Uint8Array.of(type), uint16(DTLS_1_2), uint16(length));
  }
  const outer = Uint8Array.of(CONTENT.tls12_cid, connectionId.length, CONTENT.tls12_cid);
  return concatBytes(PLACEHOLDER, outer, uint16(DTLS_1_2), numbers(context), connectionId, uint16(length));
}

const EXPLICIT_NONCE = 8;

/** Four secret and eight explicit bytes of nonce (RFC 5288 §3, RFC 6655 §3). */
function aead({ algorithm, tag }: AeadCipher, { key, iv }: WriteKeys): Protection {
  return {
    overhead: EXPLICIT_NONCE + tag,
    seal(context, plaintext) {
      const explicit = numbers(context);
      const nonce = concatBytes(iv, explicit);
      return concatBytes(
        explicit,
        sealAead({ algorithm, tag, key, nonce }, header(context, plaintext.length), plaintext),
      );
    },
    open(context, fragment) {
      const length = fragment.length - EXPLICIT_NONCE - tag;
      if (length < 0) return undefined;
      const nonce = concatBytes(iv, fragment.subarray(0, EXPLICIT_NONCE));
      return openAead({ algorithm, tag, key, nonce }, header(context, length), fragment.subarray(EXPLICIT_NONCE));
    },
  };
}

const BLOCK = 16;
const MAC = 32;

/** RFC 5246 §6.2.3.2: the MAC is inside the encryption. */
function cbcMacThenEncrypt(keys: WriteKeys, random: Random): Protection {
  return {
    overhead: BLOCK + MAC + BLOCK,
    seal(context, plaintext) {
      const mac = hmacSha256(keys.mac, header(context, plaintext.length), plaintext);
      return encryptCbc(keys.key, random.bytes(BLOCK), concatBytes(plaintext, mac));
    },
    open(context, fragment) {
      const content = decryptCbc(keys.key, fragment);
      if (!content || content.length < MAC) return undefined;
      const plaintext = content.subarray(0, content.length - MAC);
      const mac = hmacSha256(keys.mac, header(context, plaintext.length), plaintext);
      return timingSafeEqual(mac, content.subarray(plaintext.length)) ? plaintext : undefined;
    },
  };
}

/** RFC 7366 §3: the MAC covers IV and ciphertext. */
function cbcEncryptThenMac(keys: WriteKeys, random: Random): Protection {
  return {
    overhead: BLOCK + BLOCK + MAC,
    seal(context, plaintext) {
      const encrypted = encryptCbc(keys.key, random.bytes(BLOCK), plaintext);
      return concatBytes(encrypted, hmacSha256(keys.mac, header(context, encrypted.length), encrypted));
    },
    open(context, fragment) {
      const length = fragment.length - MAC;
      if (length < 0) return undefined;
      const encrypted = fragment.subarray(0, length);
      const mac = hmacSha256(keys.mac, header(context, length), encrypted);
      return timingSafeEqual(mac, fragment.subarray(length)) ? decryptCbc(keys.key, encrypted) : undefined;
    },
  };
}

/** IV, then the content with 1 to 16 bytes of padding, each the number of padding bytes before the last. */
function encryptCbc(key: Uint8Array, iv: Uint8Array, content: Uint8Array): Uint8Array {
  const padding = BLOCK - (content.length % BLOCK);
  const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return concatBytes(
    iv,
    cipher.update(concatBytes(content, new Uint8Array(padding).fill(padding - 1))),
    cipher.final(),
  );
}

function decryptCbc(key: Uint8Array, fragment: Uint8Array): Uint8Array | undefined {
  if (fragment.length < 2 * BLOCK || fragment.length % BLOCK !== 0) return undefined;
  const cipher = createDecipheriv('aes-128-cbc', key, fragment.subarray(0, BLOCK)).setAutoPadding(false);
  const padded = concatBytes(cipher.update(fragment.subarray(BLOCK)), cipher.final());
  const padding = padded.at(-1) ?? 0;
  const end = padded.length - padding - 1;
  if (end < 0 || padded.subarray(end).some((byte) => byte !== padding)) return undefined;
  return padded.subarray(0, end);
}
