import { failed, ok, type Result } from '../../base/error.js';
import type { Decoded, VectorContext, VectorModel, VectorScript } from '../../sut/testee/contract.js';

export const VECTOR_SCHEMA = 'urn:lwm2m-conformance:vectors:1';

/** The files there are: one for each format, `vectors/FORMAT.json`. */
export const VECTOR_FORMATS = [
  'tlv',
  'oma-json',
  'senml-json',
  'senml-cbor',
  'senml-etch-json',
  'senml-etch-cbor',
  'lwm2m-cbor',
  'text',
  'opaque',
  'cbor',
  'link-format',
  'coap',
  'execute-args',
  'attributes-query',
  'registration-query',
  'bootstrap-query',
  'notification',
] as const;

/** Why a payload is refused, and what other readers say first. */
export interface ExpectedError {
  readonly class: string;
  readonly alsoAccept?: readonly string[];
}

/** One thing that may come of an `acceptable` vector. */
export interface Outcome {
  readonly decoded?: Decoded;
  readonly error?: ExpectedError;
  readonly why: string;
}

export interface SpecReference {
  readonly doc: string;
  readonly section: string;
  readonly level: 'MUST' | 'SHOULD' | 'MAY' | 'inferred';
}

/** In a file a context also names the Content-Format of the message, where it is another than the file's. */
export type FileContext = VectorContext & { readonly contentFormat?: number | null };

/** A permitted encoding besides the payload. */
export interface Encoding {
  readonly payload: string;
  readonly why: string;
  /** An encoder may write it, but no decoder is held to it: the text leaves the form open. */
  readonly decoders?: 'may-refuse';
}

/** One vector; vectors/schema/vectors.schema.json says what goes together. */
export interface Vector {
  readonly tcId: number;
  readonly name: string;
  readonly comment: string;
  readonly direction: 'decode' | 'encode' | 'both' | 'evaluate' | 'process';
  readonly result: 'valid' | 'invalid' | 'acceptable';
  readonly flags: readonly string[];
  readonly spec: readonly SpecReference[];
  readonly context?: FileContext;
  readonly payload?: string;
  readonly text?: string;
  readonly options?: readonly string[];
  readonly script?: VectorScript;
  readonly decoded?: Decoded;
  readonly encodingCheck?: 'bytes' | 'any-listed' | 'semantic';
  readonly encodings?: readonly Encoding[];
  readonly error?: ExpectedError;
  readonly outcomes?: readonly Outcome[];
  readonly reactions?: readonly string[];
  readonly equivalent?: string;
}

export interface VectorGroup {
  readonly id: string;
  readonly description: string;
  readonly context?: FileContext;
  readonly tests: readonly Vector[];
}

export interface VectorFile {
  readonly schema: typeof VECTOR_SCHEMA;
  readonly format: string;
  readonly contentFormat: number | null;
  readonly version: string;
  readonly models: Readonly<Record<string, VectorModel>>;
  readonly groups: readonly VectorGroup[];
}

/** A vector with its place, and its context laid over that of the group. */
export interface Placed {
  readonly file: VectorFile;
  readonly group: VectorGroup;
  readonly vector: Vector;
  /** `tlv/17` */
  readonly id: string;
  readonly context: VectorContext;
  /** Of the message; null where it names none. */
  readonly contentFormat: number | null;
}

/** A parsed file, recognised by what it says of itself. The files are checked against their schema where they are made. */
export function asVectorFile(value: unknown, place: string): Result<VectorFile> {
  if (isVectorFile(value)) return ok(value);
  return failed({
    code: 'vector-file',
    message: `not a file of vectors of the schema ${VECTOR_SCHEMA}`,
    place,
    hint: 'see vectors/schema/vectors.schema.json',
  });
}

const isVectorFile = (value: unknown): value is VectorFile =>
  typeof value === 'object' &&
  value !== null &&
  'schema' in value &&
  value.schema === VECTOR_SCHEMA &&
  'format' in value &&
  typeof value.format === 'string' &&
  'groups' in value &&
  Array.isArray(value.groups) &&
  'models' in value &&
  typeof value.models === 'object';

/** Every vector of a file, in its order. */
export function placedVectors(file: VectorFile): readonly Placed[] {
  return file.groups.flatMap((group) =>
    group.tests.map((vector): Placed => {
      const { contentFormat = file.contentFormat, model, ...context } = { ...group.context, ...vector.context };
      const named = model === undefined ? {} : { model: modelId(file.format, model) };
      return {
        file,
        group,
        vector,
        id: `${file.format}/${vector.tcId}`,
        context: { ...context, ...named },
        contentFormat,
      };
    }),
  );
}

/** Models of different files may share a name and not be the same. */
export const modelId = (format: string, name: string): string => `${format}/${name}`;
