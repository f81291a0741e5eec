import { fromHex, toHex, utf8 } from '../../../base/bytes.js';
import { ProblemError, type Problem, type Result } from '../../../base/error.js';
import { modelOf, type Model, type ObjectDefinition } from '../../../model/definition.js';
import { parsePath, type Path } from '../../../model/path.js';
import type { Answer, Decoded, VectorContext, VectorModel } from '../contract.js';

/** A payload to be read, with all that is known of it. */
export interface Reading {
  readonly payload: Uint8Array;
  /** Of a query: its options. */
  readonly options?: readonly string[];
  readonly contentFormat: number | null;
  readonly context: VectorContext;
  readonly model?: Model;
}

/** Values to be written. */
export interface Writing {
  readonly decoded: Decoded;
  readonly contentFormat: number | null;
  readonly context: VectorContext;
  readonly model?: Model;
}

/** How one kind of vector file is read and written here. */
export interface Subject {
  read(reading: Reading): Answer;
  write(writing: Writing): Answer;
}

/** Classes of the vectors (vectors/schema/vectors.schema.json). */
const CLASSES: ReadonlySet<string> = new Set([
  'truncated',
  'not-well-formed',
  'trailing-data',
  'bad-structure',
  'bad-length',
  'bad-type',
  'bad-value',
  'out-of-range',
  'bad-path',
  'outside-base',
  'duplicate',
  'unknown-label',
  'unsupported',
  'invalid-utf8',
  'too-deep',
  'not-encodable',
]);

/** Codes of our own that are finer than the classes. */
const COARSER: Readonly<Record<string, string>> = {
  missing: 'bad-structure',
  'bad-level': 'bad-path',
  'path-start': 'bad-path',
  'path-segment': 'bad-path',
  'path-depth': 'bad-path',
};

export const refused = ({ code, message, at }: Problem): Answer => ({
  error: {
    class: CLASSES.has(code) ? code : (COARSER[code] ?? 'error'),
    message: at === undefined ? message : `${message} (offset ${at})`,
  },
});

/** The answer that a result of a codec makes. */
export const answerOf = <T>(result: Result<T>, answer: (value: T) => Answer): Answer =>
  result.ok ? answer(result.value) : refused(result.problem);

export const written = (bytes: Uint8Array): Answer => ({ payload: toHex(bytes) });
export const writtenText = (text: string): Answer => written(utf8(text));

/** Writers that throw their problems. */
export function caught(make: () => Answer): Answer {
  try {
    return make();
  } catch (thrown) {
    if (thrown instanceof ProblemError) return refused(thrown.problem);
    throw thrown;
  }
}

/** Values of a kind that a file of this format cannot have. */
export const foreignKind = (kind: string): Answer => ({
  error: { class: 'not-encodable', message: `this format has no ${kind}` },
});

export const bytesOf = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array();

/** Identifiers of a path as they stand: a vector may have one that no path may have. */
export const idsOf = (path: string): Path => path.split('/').filter(Boolean).map(Number);

/** A path of a context. */
export function contextPath(text: string | undefined): Path {
  const path = parsePath(text ?? '/');
  return path.ok ? path.value : [];
}

/** The definitions of a vector file. */
export function modelFrom({ objects }: VectorModel): Model {
  return modelOf(
    objects.map((object): ObjectDefinition => ({
      id: object.id,
      name: object.name ?? '',
      version: object.version,
      enabler: '1.0',
      multiple: object.multiple,
      mandatory: false,
      urn: '',
      resources: object.resources.map((resource) => ({
        ...resource,
        name: resource.name ?? '',
        mandatory: false,
        range: resource.range ?? '',
        units: '',
      })),
    })),
  );
}
