import { EMPTY } from '../../base/bytes.js';
import { codeByte } from './code.js';
import { extensionSize, nibbleOf, TYPES, writeOptionHeader } from './codec.js';
import type { Code, CoapOption, MessageType } from './message.js';

/**
 * An option of a datagram built on purpose. Two ways to spell it:
 * a number and value as in a message, with a length that may be a lie;
 * or the two nibbles with whatever bytes shall follow them (extensions and value).
 */
export type RawOption =
  | (CoapOption & { readonly declaredLength?: number })
  | { readonly delta: number; readonly length: number; readonly bytes?: Uint8Array };

/** Every field of a datagram, each as it shall stand there whether the RFC allows it or not. */
export interface RawMessage {
  /** 0 to 3; 1 when left out. */
  readonly version?: number;
  readonly type?: MessageType;
  /** The TKL field, 0 to 15; the length of the token when left out. */
  readonly tokenLength?: number;
  /** A code of any class; `0.00` when left out. */
  readonly code?: Code;
  readonly id?: number;
  /** Any length. */
  readonly token?: Uint8Array;
  /** Written in this order. One with a lower number than the last gets a delta that passes 65535 and wraps. */
  readonly options?: readonly RawOption[];
  readonly payload?: Uint8Array;
  /** Whether the payload marker is written; when left out, if there is a payload. */
  readonly marker?: boolean;
  /** Bytes after everything else. */
  readonly trailing?: Uint8Array;
  /** Only so many bytes of the result. */
  readonly cut?: number;
}

/**
 * Builds a datagram that may be broken on purpose. Fields too large for their place lose their high bits.
 *
 * @throws ProblemError `coap-code` when the code is not `c.dd`
 */
export function encodeRaw(raw: RawMessage): Uint8Array {
  const token = raw.token ?? EMPTY;
  const payload = raw.payload ?? EMPTY;
  const id = raw.id ?? 0;
  const first =
    (((raw.version ?? 1) & 3) << 6) |
    (TYPES.indexOf(raw.type ?? 'CON') << 4) |
    ((raw.tokenLength ?? token.length) & 15);
  const bytes: number[] = [first, codeByte(raw.code ?? '0.00'), (id >> 8) & 255, id & 255, ...token];
  let previous = 0;
  for (const option of raw.options ?? []) {
    if ('number' in option) {
      bytes.push(
        ...optionHeader((option.number - previous) & 0xffff, option.declaredLength ?? option.value.length),
        ...option.value,
      );
      previous = option.number;
    } else bytes.push(((option.delta & 15) << 4) | (option.length & 15), ...(option.bytes ?? EMPTY));
  }
  if (raw.marker ?? payload.length > 0) bytes.push(0xff);
  bytes.push(...payload, ...(raw.trailing ?? EMPTY));
  return Uint8Array.from(raw.cut === undefined ? bytes : bytes.slice(0, raw.cut));
}

function optionHeader(delta: number, length: number): Uint8Array {
  const header = new Uint8Array(1 + extensionSize(nibbleOf(delta)) + extensionSize(nibbleOf(length)));
  writeOptionHeader(header, 0, delta, length);
  return header;
}
