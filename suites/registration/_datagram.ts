import {
  encodeMessage,
  getQuery,
  OptionNumber,
  uriPath,
  uriQuery,
  type CoapMessage,
} from '../../harness/case/index.js';
import type { Exchange } from '../../harness/case/index.js';

/** Message ID and token which no role of ours is likely to use at the same time. */
const OURS = { id: 0xa5c3, token: Uint8Array.of(0xa5, 0xc3, 0x0f, 0xf0) } as const;

const EMPTY = new Uint8Array(0);

/** A confirmable POST without parameters or payload, as a datagram: a bare Update. */
export const postDatagram = (path: string): Uint8Array =>
  encodeMessage({ type: 'CON', code: '0.02', ...OURS, options: uriPath(path), payload: EMPTY });

/** What differs in a request that is sent once more. */
export interface Difference {
  /** Parameters instead of those that were sent. */
  readonly query?: (sent: readonly string[]) => readonly string[];
  /** Content-Format; null for none. */
  readonly contentFormat?: Uint8Array | null;
  readonly payload?: Uint8Array;
}

/** What the first of several blocks says of itself. */
const OF_ONE_BLOCK: ReadonlySet<number> = new Set([OptionNumber.block1, OptionNumber.size1]);

/** The request of an exchange once more, as a new one and with differences. */
export function alteredDatagram({ request }: Exchange, difference: Difference): Uint8Array {
  const { message } = request;
  const query = uriQuery(difference.query?.(getQuery(message)) ?? getQuery(message));
  const format = difference.contentFormat;
  const kept = message.options.filter(
    ({ number }) =>
      !OF_ONE_BLOCK.has(number) &&
      number !== OptionNumber.uriQuery &&
      !(number === OptionNumber.contentFormat && format !== undefined),
  );
  const options: CoapMessage['options'] = [
    ...kept,
    ...query,
    ...(format ? [{ number: OptionNumber.contentFormat, value: format }] : []),
  ].sort((a, b) => a.number - b.number);
  return encodeMessage({ ...message, ...OURS, options, payload: difference.payload ?? request.payload });
}
