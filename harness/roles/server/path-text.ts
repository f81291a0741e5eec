import { EMPTY } from '../../base/bytes.js';
import type { CoapOption } from '../../wire/coap/message.js';
import { OptionNumber } from '../../wire/coap/options.js';
import { getPath } from '../../wire/coap/read.js';

/** Location-Path options as the text that `getPath` gives for a request to that location. */
export function pathText(location: readonly CoapOption[]): string {
  const options = location
    .filter(({ number }) => number === OptionNumber.locationPath)
    .map(({ value }) => ({ number: OptionNumber.uriPath, value }));
  return getPath({ type: 'CON', code: '0.00', id: 0, token: EMPTY, options, payload: EMPTY });
}
