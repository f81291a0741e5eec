import type { DecodeContext } from './codec.js';

/**
 * One line of an explained payload: some bytes and what they say, for evidence and for people who look at a capture.
 * Lines are in the order of their offsets and do not overlap; a header stands before what it contains, one level higher.
 */
export interface Annotation {
  /** Byte offset in the payload. */
  readonly at: number;
  /** Number of bytes; 0 for a remark about this place. */
  readonly length: number;
  /** Levels below the payload as a whole, from 0. */
  readonly depth: number;
  /** For people: `resource 9, 1 byte`. What is wrong stands in a line that starts with `!`. */
  readonly meaning: string;
}

/** Explains a payload byte by byte; also one that does not decode, as far as it can be read. Does not throw. */
export type Annotate = (payload: Uint8Array, context: DecodeContext) => readonly Annotation[];
