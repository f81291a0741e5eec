import { fromHex } from '../../base/bytes.js';

export const INPUT_FORMS = ['auto', 'hex', 'base64', 'raw'] as const;
/** How a payload is written down; `auto` looks at it. */
export type InputForm = (typeof INPUT_FORMS)[number];

/**
 * The payload that a person gave, undefined where it is none of that form.
 *
 * Of `auto`: a dump (xxd, hexdump -C) or hexadecimal digits with blanks, colons, `0x`. Else a file, and an argument of a textual
 * format (JSON, links, plain text), is taken as it stands, and any other argument as base64, but never half a byte of hexadecimal.
 */
export function parsePayload(
  given: Uint8Array,
  form: InputForm,
  from: 'argument' | 'stream',
  isTextual = false,
): Uint8Array | undefined {
  const text = new TextDecoder('latin1').decode(given);
  switch (form) {
    case 'raw':
      return given;
    case 'hex':
      return fromDump(text);
    case 'base64':
      return fromBase64(text);
    case 'auto':
      return fromDump(text) ?? (from === 'stream' ? given : fromArgument(given, text, isTextual));
  }
}

function fromArgument(given: Uint8Array, text: string, isTextual: boolean): Uint8Array | undefined {
  if (digitsOf(text) !== undefined) return undefined;
  return isTextual ? given : fromBase64(text);
}

/** The number of digits of a text that is hexadecimal, of whole bytes or not; else undefined. */
export function digitsOf(text: string): number | undefined {
  const digits = text.replaceAll(/0x|[\s:]/gi, '');
  return /^[0-9a-f]+$/i.test(digits) ? digits.length : undefined;
}

/** A line of xxd or of hexdump -C: the offset, groups of digits, and the same once more as characters. */
const DUMPED = /^[0-9a-f]{4,16}(?::\s*|\s{2,})((?:[0-9a-f]{2,8} {1,2})*[0-9a-f]{2,8})(?:\s{2,}.*|\s+\|.*)?$/i;
/** The last line of hexdump: where it ended. */
const DUMP_END = /^[0-9a-f]{8}$/i;

function fromDump(text: string): Uint8Array | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) return new Uint8Array();
  const groups = lines.map((line) => DUMPED.exec(line)?.[1]);
  const isDump = groups.every(
    (group, i) => group !== undefined || (i > 0 && i === lines.length - 1 && DUMP_END.test(lines[i] ?? '')),
  );
  return fromHex(isDump ? groups.filter((group) => group !== undefined).join('') : text);
}

/** Base64, also the URL-safe one without padding that SenML JSON has. */
function fromBase64(text: string): Uint8Array | undefined {
  const characters = text.replaceAll(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/').replace(/=*$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(characters) || characters.length % 4 === 1) return undefined;
  return Uint8Array.from(Buffer.from(characters, 'base64'));
}
