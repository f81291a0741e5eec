import type { Codec, DecodeContext } from '../codec.js';

/** One line of an annotated payload: some bytes and what they say. Lines are in order and do not overlap. */
export interface Annotation {
  /** Byte offset. */
  readonly at: number;
  /** Bytes; 0 for a remark about the line before. */
  readonly length: number;
  readonly meaning: string;
  /** Levels below the payload as a whole, from 0. */
  readonly depth: number;
}

type Meanings = Readonly<Record<string, string>>;

/** A codec that tells what it can do besides the canonical form, and explains payloads. */
export interface DescribedCodec extends Codec {
  /** Permitted alternatives of encoding, by the name they have in `EncodeContext.style`. */
  readonly styles: Meanings;
  /** Deliberate faults, likewise names for `EncodeContext.style`. */
  readonly faults: Meanings;
  /** Deviations that decoding lets pass when `DecodeContext.lenient` names them. */
  readonly leniencies: Meanings;
  /** Explains a payload byte by byte, as far as it goes; what is wrong with it stands in a line starting with `!`. */
  annotate(payload: Uint8Array, context: DecodeContext): readonly Annotation[];
}
