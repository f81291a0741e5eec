import type { Result } from '../base/error.js';
import type { Model } from '../model/definition.js';
import type { Enabler } from '../model/party.js';
import type { Path } from '../model/path.js';
import type { Entry } from '../model/value.js';

/** Content-Format numbers (Core 1.2 §7.5, RFC 7252 §12.3). */
export const ContentFormat = {
  text: 0,
  link: 40,
  opaque: 42,
  cbor: 60,
  senmlJson: 110,
  senmlCbor: 112,
  senmlEtchJson: 320,
  senmlEtchCbor: 322,
  tlv: 11542,
  json: 11543,
  lwm2mCbor: 11544,
} as const;

/** Deviations that real senders show; each is accepted only where it is named (spec notes, X rows). */
export type Leniency = string;

export interface DecodeContext {
  /** The path of the request: what the payload is about. */
  readonly path: Path;
  /** Types of the resources; without it, or for a resource it lacks, values get the type the format itself tells. */
  readonly model?: Model;
  readonly enabler?: Enabler;
  readonly lenient?: ReadonlySet<Leniency>;
}

export interface EncodeContext {
  readonly path: Path;
  readonly model?: Model;
  readonly enabler?: Enabler;
  /** Names of permitted alternatives or deliberate faults, per codec; without it the canonical form. */
  readonly style?: ReadonlySet<string>;
}

/**
 * One data format. Decoding is strict: the first thing wrong ends it, with class, offset and what was expected.
 * Neither direction throws.
 */
export interface Codec {
  readonly format: number;
  readonly name: string;
  decode(payload: Uint8Array, context: DecodeContext): Result<readonly Entry[]>;
  encode(entries: readonly Entry[], context: EncodeContext): Result<Uint8Array>;
}
