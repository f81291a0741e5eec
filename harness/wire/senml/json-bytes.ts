// Parts of a JSON text as bytes.

const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** A name of up to four ASCII characters as a number: names of members are compared as such without making a string of each. */
export function nameCode(name: string): number {
  let code = 0;
  for (let i = 0; i < name.length; i++) code = code * 256 + name.charCodeAt(i);
  return code;
}

/** The end of the number of JSON that starts there; the start where there is none. */
export function numberEnd(bytes: Uint8Array, from: number): number {
  const whole = bytes[from] === MINUS ? from + 1 : from;
  let end = bytes[whole] === ZERO ? whole + 1 : digitsEnd(bytes, whole);
  if (end === whole) return from;
  if (bytes[end] === POINT) {
    const fraction = end + 1;
    end = digitsEnd(bytes, fraction);
    if (end === fraction) return from;
  }
  if (((bytes[end] ?? 0) | 0x20) !== 0x65) return end;
  const sign = bytes[end + 1];
  const exponent = sign === MINUS || sign === PLUS ? end + 2 : end + 1;
  end = digitsEnd(bytes, exponent);
  return end === exponent ? from : end;
}

function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte !== undefined && byte >= ZERO && byte <= NINE; byte = bytes[at]) at++;
  return at;
}

export const isNumberStart = (byte: number | undefined): boolean =>
  byte === MINUS || (byte !== undefined && byte >= ZERO && byte <= NINE);

/** Digits, signs, points and letters: all of a number, right or wrong. */
export function isNumberByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= ZERO && byte <= NINE) || byte === MINUS || byte === PLUS || byte === POINT || (byte | 0x20) === 0x65;
}

/** The bytes as characters of one byte each, as far as there are any. */
export function readLatin(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < Math.min(to, bytes.length); at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}
