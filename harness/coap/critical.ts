import type { CoapMessage, CoapOption } from '../wire/coap/message.js';
import { hasValidLength, isCritical, isRepeatable, OptionNumber } from '../wire/coap/option.js';

/** Critical options that the endpoint and every handler of LwM2M understand. */
export const KNOWN_CRITICAL: readonly number[] = [
  OptionNumber.uriHost,
  OptionNumber.uriPort,
  OptionNumber.uriPath,
  OptionNumber.uriQuery,
  OptionNumber.accept,
  OptionNumber.block2,
  OptionNumber.block1,
];

/**
 * The first critical option that counts as unknown: not in `known`, of a length its number does not allow, or one too many
 * (RFC 7252 §5.4.1, §5.4.3, §5.4.5).
 */
export function findUnknownCritical(message: CoapMessage, known: ReadonlySet<number>): CoapOption | undefined {
  let previous = -1;
  for (const option of message.options) {
    const { number } = option;
    const repeated = number === previous && !isRepeatable(number);
    if (isCritical(number) && (repeated || !known.has(number) || !hasValidLength(option))) return option;
    previous = number;
  }
  return undefined;
}
