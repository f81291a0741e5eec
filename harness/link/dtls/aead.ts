import {
  createCipheriv,
  createDecipheriv,
  type CipherCCM,
  type CipherGCM,
  type DecipherCCM,
  type DecipherGCM,
} from 'node:crypto';
import { concatBytes } from '../../base/bytes.js';

export interface AeadUse {
  readonly algorithm: 'aes-128-ccm' | 'aes-128-gcm';
  /** Bytes of the tag. */
  readonly tag: number;
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

/** Ciphertext and tag (RFC 5116 §2.1). */
export function sealAead(use: AeadUse, additional: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const cipher = encryptor(use);
  cipher.setAAD(additional, { plaintextLength: plaintext.length });
  const ciphertext = cipher.update(plaintext);
  cipher.final();
  return concatBytes(ciphertext, cipher.getAuthTag());
}

/** Undefined when the tag does not hold, or the bytes are too few for one. */
export function openAead(use: AeadUse, additional: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
  const length = sealed.length - use.tag;
  if (length < 0) return undefined;
  const cipher = decryptor(use);
  cipher.setAuthTag(sealed.subarray(length));
  cipher.setAAD(additional, { plaintextLength: length });
  try {
    const plaintext = cipher.update(sealed.subarray(0, length));
    cipher.final();
    return Uint8Array.from(plaintext);
  } catch {
    return undefined;
  }
}

// The overloads of node:crypto go by the literal name of the algorithm.
function encryptor({ algorithm, key, nonce, tag }: AeadUse): CipherCCM | CipherGCM {
  const options = { authTagLength: tag };
  return algorithm === 'aes-128-ccm'
    ? createCipheriv(algorithm, key, nonce, options)
    : createCipheriv(algorithm, key, nonce, options);
}

function decryptor({ algorithm, key, nonce, tag }: AeadUse): DecipherCCM | DecipherGCM {
  const options = { authTagLength: tag };
  return algorithm === 'aes-128-ccm'
    ? createDecipheriv(algorithm, key, nonce, options)
    : createDecipheriv(algorithm, key, nonce, options);
}
