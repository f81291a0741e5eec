import { failed, type Problem, type Result } from '../base/error.js';
import type { DecodeContext } from './codec.js';

export type { DescribedCodec } from './cbor/described.js';

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

/** A problem as a line of an explained payload. */
export function problemLine(problem: Problem): string {
  const { code, message, hint } = problem;
  return `! ${code}: ${message}${hint === undefined ? '' : `; ${hint}`}`;
}

/** The lines, and after the one that holds its offset a remark on the problem of a decoding, if it has one. */
export function withProblem(lines: readonly Annotation[], decoded: Result<unknown>): readonly Annotation[] {
  if (decoded.ok) return lines;
  const at = decoded.problem.at ?? 0;
  const before = lines.findLastIndex((line) => line.at <= at);
  const remark = { at, length: 0, depth: lines[before]?.depth ?? 0, meaning: problemLine(decoded.problem) };
  return lines.toSpliced(before + 1, 0, remark);
}

/** One line for a payload that cannot be taken apart. */
export const unreadable = (payload: Uint8Array, problem: Problem): readonly Annotation[] =>
  withProblem([{ at: 0, length: payload.length, depth: 0, meaning: `${payload.length} bytes` }], failed(problem));
