import { createHash } from 'node:crypto';
import { toHex } from '../base/bytes.js';

/** Shorter ones would be found by chance in what is no secret. */
const SHORTEST = 4;

/**
 * Takes keys out of text that may be shared: journals, results, logs. Each is replaced by a part of its hash, of the same length
 * and in the same form, so that messages which held it can still be read, and two that held the same key still agree.
 *
 * A key that was cut in two, by a block-wise transfer for one, is not found.
 */
export class Redaction {
  readonly #secrets = new Map<string, string>();
  #expression: RegExp | undefined;

  /** Adds a secret; one that is known already changes nothing. */
  add(secret: Uint8Array): void {
    if (secret.length < SHORTEST || this.#secrets.has(toHex(secret))) return;
    const stand = standIn(secret);
    const [forms, others] = [formsOf(secret), formsOf(stand)];
    forms.forEach((form, i) => this.#secrets.set(form, others[i] ?? ''));
    // The longest first: one form can begin with another.
    const all = [...this.#secrets.keys()].sort((a, b) => b.length - a.length);
    this.#expression = new RegExp(all.map(escape).join('|'), 'gi');
  }

  /** The text without the secrets: bytes, hexadecimal, base64, and base64 that is itself written in hexadecimal. */
  redact(text: string): string {
    const expression = this.#expression;
    return expression ? text.replace(expression, (found) => this.#insteadOf(found)) : text;
  }

  #insteadOf(found: string): string {
    const exact = this.#secrets.get(found) ?? this.#secrets.get(found.toLowerCase());
    // Base64 has a case; what only looks alike is no secret.
    return exact ?? found;
  }
}

/** Bytes of the same length that say nothing but whether two secrets are the same. */
function standIn(secret: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let i = 0; i * 32 < secret.length; i++)
    blocks.push(createHash('sha256').update(`redacted ${i}`).update(secret).digest());
  const isText = secret.every((byte) => byte >= 0x20 && byte < 0x7f);
  const bytes = Uint8Array.from(Buffer.concat(blocks)).slice(0, secret.length);
  // A key that is text stays text, where it stands in one.
  return isText ? bytes.map((byte) => 0x61 + (byte % 26)) : bytes;
}

/** The ways in which bytes are written, the same for a secret and for what stands in its place. */
function formsOf(bytes: Uint8Array): readonly string[] {
  const buffer = Buffer.from(bytes);
  const texts = [buffer.toString('base64'), buffer.toString('base64url')];
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  const hexadecimal = toHex(bytes);
  return [
    hexadecimal,
    // A payload of text holds the digits, or base64, and a journal has the payload in hexadecimal.
    toHex(Buffer.from(hexadecimal)),
    ...texts,
    ...texts.map((text) => toHex(Buffer.from(text))),
    ...(isText ? [buffer.toString('latin1')] : []),
  ];
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
