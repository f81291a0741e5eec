import type { Outgoing } from '../../coap/types.js';
import type { Code, CoapOption } from '../../wire/coap/message.js';
import { locationPath, OptionNumber, uintOption, uriPath, uriQuery } from '../../wire/coap/options.js';

/** What our roles put into a message, in the words of LwM2M. */
export interface Parts {
  /** Target of a request, `/3/0/9`. */
  readonly path?: string;
  /** Parameters as they stand: `lt=300`, `Q`. */
  readonly query?: readonly string[];
  /** Location of what was made, `/rd/5a3f`. */
  readonly location?: string;
  readonly contentFormat?: number;
  readonly accept?: number;
  /** 0 registers, 1 cancels (RFC 7641 §2); in a response the sequence number. */
  readonly observe?: number;
  readonly payload?: Uint8Array;
  readonly confirmable?: boolean;
}

/** A message with its options in ascending order. */
export function outgoing(code: Code, parts: Parts = {}): Outgoing {
  const uint = (number: number, value: number | undefined): CoapOption[] =>
    value === undefined ? [] : [uintOption(number, value)];
  const options = [
    ...uint(OptionNumber.observe, parts.observe),
    ...(parts.location === undefined ? [] : locationPath(parts.location)),
    ...(parts.path === undefined ? [] : uriPath(parts.path)),
    ...uint(OptionNumber.contentFormat, parts.contentFormat),
    ...uriQuery(parts.query ?? []),
    ...uint(OptionNumber.accept, parts.accept),
  ];
  return {
    code,
    options,
    ...(parts.payload === undefined ? {} : { payload: parts.payload }),
    ...(parts.confirmable === undefined ? {} : { confirmable: parts.confirmable }),
  };
}
