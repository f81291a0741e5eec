import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { utf8 } from '../../base/bytes.js';
import { failed, ok, type Result } from '../../base/error.js';
import {
  keyMismatch,
  readCertificates,
  readPrivateKey,
  readPublicKey,
  type PrivateKey,
} from '../../link/dtls/index.js';
import type { Credentials, PskPair } from './credentials.js';

/** Where files are looked for, and how an option is called in a message. */
export interface Place {
  readonly folder: string;
  /** `--psk`, or `sut.yaml security.psk`. */
  name(option: string): string;
}

/** What RFC 4279 §5.3 and Transport 1.1 §5.2.8.1 let every server take. */
const MAX_IDENTITY = 128;
const MAX_KEY = 64;

/**
 * Reads `identity:hexkey`; the identity may hold colons. Nothing of the key is in a problem.
 *
 * Problems: `psk-format`, `psk-identity`, `psk-key`.
 */
export function parsePsk(text: string, place: string): Result<PskPair> {
  const colon = text.lastIndexOf(':');
  const wrong = (code: string, message: string, hint: string, at?: number): Result<never> =>
    failed({ code, message, place, hint, ...(at !== undefined && { at }) });
  if (colon < 0) return wrong('psk-format', 'there is no colon', 'write identity:key, the key in hexadecimal');
  const identity = utf8(text.slice(0, colon));
  const digits = text.slice(colon + 1);
  const stray = digits.search(/[^0-9a-f]/i);
  if (stray >= 0)
    return wrong(
      'psk-key',
      'the key is not hexadecimal',
      `write its bytes as 0-9 and a-f, two each`,
      colon + 1 + stray,
    );
  if (digits.length === 0 || digits.length % 2 !== 0)
    return wrong(
      'psk-key',
      digits.length === 0 ? 'the key is empty' : `the key has ${digits.length} digits, half a byte too many`,
      'two hexadecimal digits for each byte',
      text.length,
    );
  if (digits.length / 2 > MAX_KEY)
    return wrong('psk-key', `the key has ${digits.length / 2} bytes`, `${MAX_KEY} at most`, colon + 1);
  if (identity.length > MAX_IDENTITY)
    return wrong('psk-identity', `the identity has ${identity.length} bytes`, `${MAX_IDENTITY} at most`, 0);
  return ok({ identity, key: Uint8Array.from(Buffer.from(digits, 'hex')) });
}

/** Reads a raw public key: our private key, and the public key of the peer. */
export function readRawKeys(own: string, peer: string, place: Place): Result<Credentials> {
  const privateKey = readKey(own, 'rpk', place);
  if (!privateKey.ok) return privateKey;
  const publicKey = fileAt(peer, 'peer-rpk', place, readPublicKey);
  if (!publicKey.ok) return publicKey;
  const { curve } = publicKey.value;
  if (curve !== 'P-256') return wrongCurve(curve, placeOf(peer, 'peer-rpk', place));
  return ok({ kind: 'rpk', privateKey: privateKey.value, peer: publicKey.value });
}

/** Reads our certificate with those above it, its key, and the certificates that the peer is judged by. */
export function readCertificateFiles(
  files: { readonly cert: string; readonly key: string; readonly trust: string },
  place: Place,
): Result<Credentials> {
  const chain = fileAt(files.cert, 'cert', place, readCertificates);
  if (!chain.ok) return chain;
  const privateKey = readKey(files.key, 'key', place);
  if (!privateKey.ok) return privateKey;
  const [leaf] = chain.value;
  const mismatch = leaf && keyMismatch(leaf, privateKey.value, placeOf(files.cert, 'cert', place));
  if (mismatch) return failed(mismatch);
  const trust = fileAt(files.trust, 'trust', place, readCertificates);
  if (!trust.ok) return trust;
  return ok({ kind: 'x509', privateKey: privateKey.value, chain: chain.value, trust: trust.value });
}

function readKey(file: string, option: string, place: Place): Result<PrivateKey> {
  const key = fileAt(file, option, place, readPrivateKey);
  if (!key.ok || key.value.curve === 'P-256') return key;
  return wrongCurve(key.value.curve, placeOf(file, option, place));
}

const wrongCurve = (curve: string | undefined, place: string): Result<never> =>
  failed({
    code: 'key-wrong-curve',
    message: curve === undefined ? 'it is not an elliptic-curve key' : `the key is on ${curve}`,
    place,
    hint: 'LwM2M uses P-256 (secp256r1): openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256',
  });

const placeOf = (file: string, option: string, place: Place): string => `${place.name(option)} ${file}`;

function fileAt<T>(
  file: string,
  option: string,
  place: Place,
  read: (bytes: Uint8Array, place: string) => Result<T>,
): Result<T> {
  const where = placeOf(file, option, place);
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(readFileSync(resolve(place.folder, file)));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'there is no such file',
      EACCES: 'the file may not be read',
      EISDIR: 'this is a folder',
    };
    return failed({
      code: 'file-unreadable',
      message: reasons[code] ?? `the file cannot be read (${code})`,
      place: where,
    });
  }
  if (bytes.length === 0) return failed({ code: 'file-empty', message: 'the file is empty', place: where });
  return read(bytes, where);
}
