import { createHash } from 'node:crypto';
import { toHex } from '../base/bytes.js';

/** Secrets of fewer bytes would be found by chance in what is no secret. */
const SHORTEST = 6;
/** Characters by which a form is looked up: no form is shorter. */
const PREFIX = 8;

/** One way in which a secret is written, and what stands in its place. */
interface Form {
  readonly text: string;
  readonly instead: string;
  /** Hexadecimal digits are the same in capitals. */
  readonly anyCase: boolean;
}

/**
 * Takes keys out of text that may be shared: journals, results, logs. Each is replaced by a part of its hash, of the same length
 * and in the same form, so that messages which held it can still be read, and two that held the same key still agree.
 *
 * A key that was cut in two, by a block-wise transfer for one, is not found.
 */
export class Redaction {
  readonly #known = new Set<string>();
  /** By their first characters in small letters. A run can have a key for each of its cases: a search must not ask for one after the other. */
  readonly #forms = new Map<string, Form[]>();

  /** Adds a secret; one that is known already changes nothing. */
  add(secret: Uint8Array): void {
    const name = toHex(secret);
    if (secret.length < SHORTEST || this.#known.has(name)) return;
    this.#known.add(name);
    const instead = formsOf(standIn(secret));
    formsOf(secret).forEach(({ text, anyCase }, i) => {
      if (text.length < PREFIX) return;
      const begin = text.slice(0, PREFIX).toLowerCase();
      const others = this.#forms.get(begin) ?? [];
      this.#forms.set(begin, [...others, { text, instead: instead[i]?.text ?? '', anyCase }]);
    });
  }

  /** The text without the secrets: bytes, hexadecimal, base64, and both of them written in hexadecimal once more. */
  redact(text: string): string {
    if (this.#forms.size === 0) return text;
    const small = text.toLowerCase();
    const parts: string[] = [];
    let kept = 0;
    for (let at = 0; at + PREFIX <= text.length; at++) {
      const form = this.#formAt(text, small, at);
      if (!form) continue;
      parts.push(text.slice(kept, at), form.instead);
      at += form.text.length - 1;
      kept = at + 1;
    }
    return kept === 0 ? text : `${parts.join('')}${text.slice(kept)}`;
  }

  #formAt(text: string, small: string, at: number): Form | undefined {
    return this.#forms
      .get(small.slice(at, at + PREFIX))
      ?.find((form) => (form.anyCase ? small : text).startsWith(form.text, at));
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
function formsOf(bytes: Uint8Array): readonly Omit<Form, 'instead'>[] {
  const buffer = Buffer.from(bytes);
  const hexadecimal = toHex(bytes);
  const texts = [buffer.toString('base64'), buffer.toString('base64url')];
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  const inHex = (text: string): Omit<Form, 'instead'> => ({ text: toHex(Buffer.from(text)), anyCase: true });
  return [
    { text: hexadecimal, anyCase: true },
    // A payload of text holds the digits, or base64, and a journal has the payload in hexadecimal.
    ...[hexadecimal, hexadecimal.toUpperCase(), ...texts].map(inHex),
    ...texts.map((text) => ({ text, anyCase: false })),
    ...(isText ? [{ text: buffer.toString('latin1'), anyCase: false }] : []),
  ];
}
