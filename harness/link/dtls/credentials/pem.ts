import { fromUtf8 } from '../../../base/bytes.js';

export interface PemBlock {
  /** `PRIVATE KEY`, `CERTIFICATE` …; `ENCRYPTED PRIVATE KEY` also where a header of RFC 1421 says so. */
  readonly label: string;
  readonly bytes: Uint8Array;
}

/** How OpenSSL marks a key of its older form (RFC 1421 §4.6.1.1). */
const ENCRYPTED = /^Proc-Type: 4,ENCRYPTED\s*$/m;

/** The blocks of a PEM text (RFC 7468); undefined when the bytes are no such text, as DER never is. */
export function parsePem(bytes: Uint8Array): PemBlock[] | undefined {
  const text = fromUtf8(bytes);
  if (text === undefined || !text.includes('-----BEGIN ')) return undefined;
  const blocks = text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/gs);
  return [...blocks].map(([, label = '', body = '']) => ({
    label: ENCRYPTED.test(body) ? 'ENCRYPTED PRIVATE KEY' : label,
    bytes: Uint8Array.from(Buffer.from(body, 'base64')),
  }));
}

/** RFC 7468 §2: lines of 64 characters. */
export function formatPem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
