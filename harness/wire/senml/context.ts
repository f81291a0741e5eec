import type { DecodeContext, EncodeContext } from '../codec.js';

/**
 * What the records of a pack are.
 *
 * - `values`: each has one value (answers, notifications, writes, Send)
 * - `paths`: each names a target and has none (Read-Composite, Observe-Composite; the fetch pack of RFC 8790)
 * - `changes`: each has a value, or null, which deletes (the patch pack of RFC 8790, Write-Composite)
 *
 * A pack alone does not always tell: of entries without values, only the operation says whether they are to be read or
 * deleted. Without it, records decide: with no value in any they are paths.
 */
export type Pack = 'values' | 'paths' | 'changes';

interface PackOptions {
  readonly pack?: Pack;
  /** The alternate path, `/lwm2m`: in front of names (Core 1.2.1 §7.5); names without it are understood too. */
  readonly rootPath?: string;
}

/** What SenML decoding wants to know besides the common context. */
export type PackDecodeContext = DecodeContext & PackOptions;

/** What SenML encoding wants to know besides the common context. */
export type PackEncodeContext = EncodeContext & PackOptions;
