import type { CoapMessage } from './message.js';
import { decodeUint, hasValidLength, OptionNumber } from './option.js';

const lossy = new TextDecoder('utf-8', { ignoreBOM: true });

/** Values of an option in the order of the wire, those of a length it does not allow left out. */
export function getOpaques(message: CoapMessage, number: number): readonly Uint8Array[] {
  const values: Uint8Array[] = [];
  for (const option of message.options)
    if (option.number === number && hasValidLength(option)) values.push(option.value);
  return values;
}

/** The first value of an option, if there is one of a length it allows. */
export const getOpaque = (message: CoapMessage, number: number): Uint8Array | undefined =>
  getOpaques(message, number)[0];

/** Texts of an option; what is not UTF-8 in them is read as U+FFFD. */
export const getStrings = (message: CoapMessage, number: number): readonly string[] =>
  getOpaques(message, number).map((value) => lossy.decode(value));

/**
 * The first value of a uint option. A repetition counts as unknown (RFC 7252 §5.4.5), as does a value too long for its option
 * (§5.4.3): undefined when none is left.
 */
export function getUint(message: CoapMessage, number: number): number | undefined {
  for (const option of message.options)
    if (option.number === number && hasValidLength(option)) return decodeUint(option.value);
  return undefined;
}

export const hasOption = (message: CoapMessage, number: number): boolean =>
  message.options.some((option) => option.number === number);

/** Uri-Path, one text per segment; empty at the root. */
export const getPathSegments = (message: CoapMessage): readonly string[] => getStrings(message, OptionNumber.uriPath);

/** Uri-Path as `/3/0`, the root as `/`. A slash or `%` within a segment is percent-encoded, so that `uriPath` gives the same options. */
export const getPath = (message: CoapMessage): string => joinPath(getPathSegments(message));

/** Location-Path as `/rd/5a3f`; undefined when there is none. */
export function getLocationPath(message: CoapMessage): string | undefined {
  const segments = getStrings(message, OptionNumber.locationPath);
  return segments.length === 0 ? undefined : joinPath(segments);
}

/** Uri-Query parameters in order, as they stand: `ep=a`, `Q`. */
export const getQuery = (message: CoapMessage): readonly string[] => getStrings(message, OptionNumber.uriQuery);

/** Uri-Query parameters by key, split at the first `=`; a bare key has an empty value; of a repeated key the last counts. */
export function queryMap(message: CoapMessage): ReadonlyMap<string, string> {
  return new Map(
    getQuery(message).map((parameter) => {
      const split = parameter.indexOf('=');
      return split < 0 ? [parameter, ''] : [parameter.slice(0, split), parameter.slice(split + 1)];
    }),
  );
}

const joinPath = (segments: readonly string[]): string =>
  `/${segments.map((segment) => segment.replace(/%/g, '%25').replace(/\//g, '%2F')).join('/')}`;
