import type { DecodeContext } from '../codec.js';

/** A deviation of every format for several values that can be let pass by name. */
export const emptyLeniencies = {
  'empty-payload': 'no byte at all in place of an empty pack, for an instance without readable resources (EN-33)',
} as const;

/** Whether there is no payload, and that is let pass. */
export const isNothing = (payload: Uint8Array, context: DecodeContext): boolean =>
  payload.length === 0 && (context.lenient?.has('empty-payload') ?? false);
