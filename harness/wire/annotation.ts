import type { DecodeContext } from './codec.js';

/**
 * What a run of bytes of a payload means, for evidence and for people who look at a capture.
 *
 * Annotations come in the order of their offsets; a whole stands before its parts, which are one level deeper.
 * Together the annotations of depth 0 cover every byte of the payload, what cannot be read included.
 */
export interface Annotation {
  /** Byte offset in the payload. */
  readonly at: number;
  /** Number of bytes; 0 marks a place where something is missing. */
  readonly length: number;
  /** 0 at the top of the payload, one more for every container around. */
  readonly depth: number;
  /** For people: `resource 9 = 85`, `length 12 (8 bit)`. */
  readonly meaning: string;
  /** Class of the error that starts here; see Problem.code. */
  readonly problem?: string;
}

/** Explains a payload byte by byte; also one that does not decode, as far as it can be read. Does not throw. */
export type Annotate = (payload: Uint8Array, context: DecodeContext) => readonly Annotation[];
