import type { Annotate } from '../annotation.js';
import type { Codec } from '../codec.js';

type Meanings = Readonly<Record<string, string>>;

/** A codec that tells what it can do besides the canonical form, and explains payloads. */
export interface DescribedCodec extends Codec {
  /** Permitted alternatives of encoding, by the name they have in `EncodeContext.style`. */
  readonly styles: Meanings;
  /** Deliberate faults, likewise names for `EncodeContext.style`. */
  readonly faults: Meanings;
  /** Deviations that decoding lets pass when `DecodeContext.lenient` names them. */
  readonly leniencies: Meanings;
  /** Explains a payload byte by byte, as far as it goes. */
  readonly annotate: Annotate;
}
