import { toHex } from '../base/bytes.js';
import type { Address } from '../link/link.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { isNoCacheKey, OptionNumber } from '../wire/coap/option.js';

/** Options that differ between the blocks of one transfer. Observe is in the first request only (RFC 7959 §2.6). */
const VARYING: ReadonlySet<number> = new Set([OptionNumber.block1, OptionNumber.block2, OptionNumber.observe]);

/**
 * What the requests of one block-wise transfer have in common: the peer, the method and all options but those that vary or are
 * no part of the cache key. A Request-Tag is part of it (RFC 7959 §2.4, §2.5; RFC 9175 §3.3).
 */
export function requestKey(from: Address, request: Pick<CoapMessage, 'code' | 'options'>): string {
  const options = request.options.filter(({ number }) => !VARYING.has(number) && !isNoCacheKey(number));
  return `${from} ${request.code} ${options.map(({ number, value }) => `${number}:${toHex(value)}`).join(' ')}`;
}
