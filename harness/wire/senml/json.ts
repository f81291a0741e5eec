import { failed, ok, ProblemError, type Problem, type Result } from '../../base/error.js';
import { JsonReader } from './json-reader.js';

interface Span {
  readonly at: number;
  readonly end: number;
}

export interface JsonMember {
  readonly key: JsonString;
  readonly value: JsonItem;
}

export interface JsonString extends Span {
  readonly kind: 'string';
  readonly value: string;
}

/** A value of JSON with its offsets. A number stays text: its digits decide what it is, not a float. */
export type JsonItem =
  | JsonString
  | (Span & { readonly kind: 'number'; readonly text: string })
  | (Span & { readonly kind: 'boolean'; readonly value: boolean })
  | (Span & { readonly kind: 'null' })
  | (Span & { readonly kind: 'array'; readonly items: readonly JsonItem[] })
  | (Span & { readonly kind: 'object'; readonly members: readonly JsonMember[] });

export interface JsonLimits {
  /** Levels of arrays and objects. */
  readonly depth: number;
  /** Values, counted as they are met. */
  readonly items: number;
}

export const JSON_LIMITS: JsonLimits = { depth: 64, items: 1_000_000 };

/** What could be read of a text: all of it, or the part before the problem. */
export interface PartialJson {
  readonly item?: JsonItem;
  readonly problem?: Problem;
}

/** Reads a JSON text in UTF-8 (RFC 8259), with byte offsets, numbers as they are written and duplicate members kept. */
export function readJson(bytes: Uint8Array, limits: JsonLimits = JSON_LIMITS): Result<JsonItem> {
  const { item, problem } = readPartialJson(bytes, limits);
  if (problem) return failed(problem);
  return item ? ok(item) : failed({ code: 'truncated', message: 'there is no value', at: 0 });
}

/**
 * For readers that know the form of a text and need no tree of it. Such do not count values: a text that could hold more than the limit
 * is left to `readJson`. @throws ProblemError
 */
export function openJson(bytes: Uint8Array): JsonReader {
  if (bytes.length > JSON_LIMITS.items) throw new ProblemError({ code: 'unsupported', message: 'a long text' });
  return new JsonReader(bytes, JSON_LIMITS);
}

/** As `readJson`, but of a malformed text gives the part that can be shown. */
export function readPartialJson(bytes: Uint8Array, limits: JsonLimits = JSON_LIMITS): PartialJson {
  let root: JsonItem | undefined;
  try {
    new JsonReader(bytes, limits).document((item) => (root = item));
    return root ? { item: root } : {};
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ...(root && { item: root }), problem: error.problem };
  }
}
