import { fromHex, toHex, utf8 } from '../base/bytes.js';

export { toHex, utf8 };

/** Bytes as a case writes them, `C1 06 02`. @throws Error when the text is not hexadecimal: a fault of the case */
export function octets(text: string): Uint8Array {
  const bytes = fromHex(text);
  if (!bytes) throw new Error(`no hexadecimal: ${text}`);
  return bytes;
}
