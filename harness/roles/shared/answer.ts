import { failed, ok, type Problem, type Result } from '../../base/error.js';
import type { Path } from '../../model/path.js';
import type { Plain, PlainContent } from '../../model/plain.js';
import type { Entry } from '../../model/value.js';
import type { Code, CoapMessage } from '../../wire/coap/message.js';
import { OptionNumber } from '../../wire/coap/options.js';
import { getUint } from '../../wire/coap/read.js';
import { contentOf } from '../../wire/coerce.js';
import { decode } from '../../wire/formats.js';
import type { PackDecodeContext } from '../../wire/senml/context.js';

/** What came of a request that was sent. */
export interface Answer {
  /** `none`: no response came. */
  readonly code: Code;
  /** The values of a payload, as they are told to people. */
  readonly content?: Plain | PlainContent;
  /** Links of a Discover, as they stand. */
  readonly links?: string;
  /** Where an instance was created: `/3303/1`. */
  readonly location?: string;
  /** Why there is no response, or no value in it. */
  readonly problem?: Problem;
}

/** What a server must put up with in the payloads of clients (X-39, X-40, X-41, X-52, X-65, X-76; lwm2m-formats.md §6.1). */
export const TOLERATED: ReadonlySet<string> = new Set([
  'obsolete-format-numbers',
  'tlv-unwrapped-instance',
  'tlv-instance-wrapper',
  'tlv-bare-resource-instances',
  'tlv-resource-for-instance',
  'tlv-multiple-wrapper',
  'text-plus',
  'text-leading-zeros',
  'text-not-finite',
  'hex-null-link',
  'text-base64-unpadded',
]);

/** What is known about a payload: of what path, in what version, below which alternate path. */
export type ReadingContext = PackDecodeContext;

/** The values in a response or notification. A payload must say what it is (F-3, RP-21); none is no value. */
export function entriesIn(message: CoapMessage, context: ReadingContext): Result<readonly Entry[]> {
  const format = getUint(message, OptionNumber.contentFormat);
  if (format !== undefined) return decode(format, message.payload, context);
  if (message.payload.length === 0) return ok([]);
  return failed({
    code: 'no-content-format',
    message: `a payload of ${message.payload.length} bytes has no Content-Format`,
  });
}

/** The answer to a request for values. */
export function valueAnswer(message: CoapMessage, entries: Result<readonly Entry[]>, path: Path): Answer {
  if (message.code !== '2.05') return { code: message.code };
  if (!entries.ok) return { code: message.code, problem: entries.problem };
  return { code: message.code, content: contentOf(entries.value, path) };
}
