import { OptionNumber, type CoapMessage } from '../../harness/case/index.js';

/** The Location-Path of a message, `/rd/5a3f`; a place that no server gives where there is none. */
export function locationIn(message: CoapMessage | undefined): string {
  const segments = message?.options.filter(({ number }) => number === OptionNumber.locationPath) ?? [];
  if (segments.length === 0) return '/rd/none-was-given';
  return segments.map(({ value }) => `/${new TextDecoder().decode(value)}`).join('');
}
