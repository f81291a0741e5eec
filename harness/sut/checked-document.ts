import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { readPackageJson } from '../base/package-files.js';
import { failed, ok, type Problem, type Result } from '../base/error.js';

/** A kind of file that people write. */
export interface DocumentKind {
  /** Problem code of what does not fit the schema; that of what is no YAML ends in `-yaml`. */
  readonly code: string;
  /** What it is: `a SUT file`. */
  readonly what: string;
  /** Path of its JSON Schema (2020-12) in the package. */
  readonly schema: string;
  readonly hint: string;
}

/**
 * Makes a reader of such files: YAML, or JSON, which is YAML too. A failure names file, line and field.
 *
 * The reader takes the text and the name of the file, for messages.
 */
export function documentReader<T>(kind: DocumentKind): (text: string, name: string) => Result<T> {
  let validate: ValidateFunction<T> | undefined;
  return (text, name) => {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const [error] = document.errors;
    if (error)
      return failed({
        code: `${kind.code}-yaml`,
        message: error.message,
        place: `${name}:${lines.linePos(error.pos[0]).line}`,
      });
    const value: unknown = document.toJS();
    validate ??= compiled<T>(kind.schema);
    if (validate(value)) return ok(value);
    return failed(describe(mostSpecific(validate.errors ?? []), document, lines, name, kind));
  };
}

function compiled<T>(path: string): ValidateFunction<T> {
  const schema = readPackageJson(path);
  if (typeof schema !== 'object' || schema === null) throw new Error(`${path} is no schema`);
  return new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile<T>(schema);
}

/** Of the errors of a choice the one deepest in the file says most; alternatives of another kind say nothing. */
function mostSpecific(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const wrongKind = new Set(
    errors.filter((error) => KIND.test(error.instancePath)).map((error) => branchOf(error.schemaPath)),
  );
  const telling = errors.filter((error) => !CHOICE.has(error.keyword) && !wrongKind.has(branchOf(error.schemaPath)));
  return [...(telling.length > 0 ? telling : errors)].sort((a, b) => b.instancePath.length - a.instancePath.length)[0];
}

/** Fields that tell the alternatives of a choice apart. */
const KIND = /\/(use|do|mode)$/;
const CHOICE: ReadonlySet<string> = new Set(['oneOf', 'anyOf']);

const branchOf = (schemaPath: string): string => /#\/\$defs\/\w+/.exec(schemaPath)?.[0] ?? schemaPath;

function describe(
  error: ErrorObject | undefined,
  document: Document,
  lines: LineCounter,
  name: string,
  { code, what, hint }: DocumentKind,
): Problem {
  const steps = stepsOf(error?.instancePath ?? '');
  const node: unknown = steps.length > 0 ? document.getIn(steps, true) : document.contents;
  const offset = hasRange(node) ? node.range[0] : 0;
  const extra: unknown = error?.params['additionalProperty'];
  const missing: unknown = error?.params['missingProperty'];
  const allowed: unknown = error?.params['allowedValues'];
  const message =
    typeof extra === 'string'
      ? `${JSON.stringify(extra)} is not known here`
      : typeof missing === 'string'
        ? `${JSON.stringify(missing)} is missing`
        : `${error?.message ?? `not ${what}`}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}`;
  const place = `${name}:${lines.linePos(offset).line}${steps.length > 0 ? ` ${steps.join('.')}` : ''}`;
  return { code, message, place, hint };
}

/** The keys of a JSON Pointer (RFC 6901 §4): an endpoint name or a path has a `/` in it. */
const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

const hasRange = (node: unknown): node is { readonly range: readonly [number, number, number] } =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
