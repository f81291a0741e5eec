import { fail } from '../cbor/attempt.js';
import type { Scalar, ScalarKind } from '../cbor/scalar.js';
import type { PackDecodeContext } from './context.js';
import { Label, LABEL_NAMES } from './labels.js';
import { isNumeric, type Numeric } from './number.js';
import type { Resolver } from './resolver.js';

/** The content of a field, as JSON or CBOR spells it. Each method reads one, and only one of them is called. */
export interface FieldSource {
  /** Offset of the content. */
  readonly contentAt: number;
  /** A name: the bytes of its text. */
  name(): void;
  readonly nameBytes: Uint8Array;
  readonly nameFrom: number;
  readonly nameTo: number;
  scalar(): Scalar;
  /** The content of `vd`. */
  data(): Scalar;
}

/** Deviations in records that can be let pass by name. */
export const recordLeniencies = {
  'link-as-string': 'an object link under vs, as Leshan 2.0 sends it',
  'leading-zeros': 'identifiers with leading zeros in names (X-63)',
  'duplicate-records': 'two records with the same name and time (F-26): both are given',
  sums: 'sums (bs, s): left out, as no resource value holds them',
} as const;

/** Reads the content of a field whose label was read, and hands it to the resolver. */
export class FieldReader {
  readonly #nullable: boolean;
  readonly #sums: boolean;

  constructor(
    readonly source: FieldSource,
    readonly resolver: Resolver,
    context: PackDecodeContext,
    etch: boolean,
  ) {
    this.#nullable = etch;
    this.#sums = context.lenient?.has('sums') ?? false;
  }

  /** @param labelAt offset of the label */
  read(label: number, labelAt: number): void {
    const { source, resolver } = this;
    resolver.label(label, labelAt);
    const at = source.contentAt;
    switch (label) {
      case Label.bn:
        source.name();
        return resolver.baseName(source.nameBytes, source.nameFrom, source.nameTo, at);
      case Label.n:
        source.name();
        return resolver.name(source.nameBytes, source.nameFrom, source.nameTo, at);
      case Label.v:
        return resolver.value(this.#checkNumber(source.scalar(), at), at);
      case Label.vd:
        return resolver.value(this.#only('bytes', source.data(), label, at), at);
      case Label.vs:
        return resolver.value(this.#only('text', source.scalar(), label, at), at);
      case Label.vb:
        return resolver.value(this.#only('boolean', source.scalar(), label, at), at);
      case Label.vlo:
        return resolver.value(toLink(this.#only('text', source.scalar(), label, at)), at);
      case Label.u:
      case Label.bu:
        this.#only('text', source.scalar(), label, at);
        return;
      default:
        return this.#number(label, labelAt, at);
    }
  }

  #number(label: number, labelAt: number, at: number): void {
    const scalar = this.source.scalar();
    if (!isNumeric(scalar)) return mismatch(label, scalar, at, 'a number');
    if ((label === Label.s || label === Label.bs) && !this.#sums)
      fail('unsupported', 'a sum has no place in a resource value', labelAt, 'v');
    this.resolver.number(label, scalar, at);
  }

  #checkNumber(scalar: Scalar, at: number): Numeric | Scalar {
    if (isNumeric(scalar) || scalar.kind === 'time') return scalar;
    if (scalar.kind === 'null' && this.#nullable) return scalar;
    return mismatch(Label.v, scalar, at, this.#nullable ? 'a number or null' : 'a number');
  }

  #only(kind: ScalarKind, scalar: Scalar, label: number, at: number): Scalar {
    return scalar.kind === kind ? scalar : mismatch(label, scalar, at, kind);
  }
}

function mismatch(label: number, scalar: Scalar, at: number, expected: string): never {
  return fail('bad-type', `${LABEL_NAMES.get(label) ?? label} holds ${scalar.kind}`, at, expected);
}

const toLink = (scalar: Scalar): Scalar => (scalar.kind === 'text' ? { kind: 'link', value: scalar.value } : scalar);
