import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { readPackageJson } from '../base/package-files.js';
import { failed, ok, type Problem, type Result } from '../base/error.js';
import type { Party } from '../model/party.js';
import type { StopManner } from './program.js';

type Command = string | readonly string[];
type Lines = Readonly<Record<string, string>>;

export type Control =
  | {
      readonly use: 'exec';
      readonly command: Command;
      readonly stimuli?: Lines;
      readonly ready?: string;
      readonly stop?: StopManner;
      readonly address?: string;
      readonly cwd?: string;
      readonly env?: Lines;
    }
  | { readonly use: 'stdio'; readonly command: Command; readonly cwd?: string; readonly env?: Lines }
  | { readonly use: 'http'; readonly url: string }
  | {
      readonly use: 'shell';
      readonly stimuli: Lines;
      readonly start?: string;
      readonly stop?: string;
      readonly address?: string;
      readonly cwd?: string;
    }
  | { readonly use: 'operator'; readonly starts?: boolean }
  | { readonly use: 'module'; readonly path: string };

/** Credentials of our party towards the system, under the names of the options of the command line; files from the SUT file's folder. */
export interface SutFileSecurity {
  readonly transport?: 'udp' | 'dtls-psk' | 'dtls-rpk' | 'dtls-x509';
  /** `identity:hexkey`. */
  readonly psk?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly trust?: string;
  readonly rpk?: string;
  readonly 'peer-rpk'?: string;
}

/** What a SUT file says. */
export interface SutFile {
  readonly name: string;
  readonly version?: string | number;
  readonly party: Party;
  readonly control: readonly Control[];
  readonly listen?: string;
  readonly advertise?: string;
  readonly lifecycle?: 'fresh' | 'warm' | 'external';
  readonly endpoint?: string;
  readonly bind?: Lines;
  readonly allowances?: Readonly<Partial<Record<'boot' | 'registration' | 'reaction' | 'stimulus' | 'settle', number>>>;
  readonly statement?: Readonly<Record<string, boolean>>;
  readonly security?: SutFileSecurity;
}

let validate: ReturnType<Ajv2020['compile']> | undefined;

/**
 * Reads a SUT file (YAML, or JSON, which is YAML too). A failure names file, line and field.
 *
 * @param name of the file, for messages
 */
export function parseSutFile(text: string, name: string): Result<SutFile> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error)
    return failed({
      code: 'sut-file-yaml',
      message: error.message,
      place: `${name}:${lines.linePos(error.pos[0]).line}`,
    });
  const value: unknown = document.toJS();
  validate ??= new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
    readPackageJson('harness/sut/schema/sut-file.schema.json') as object,
  );
  if (validate(value)) return ok(value as SutFile);
  return failed(describe(mostSpecific(validate.errors ?? []), document, lines, name));
}

/** Of the errors of a `oneOf`, the one deepest in the file says most; alternatives of another `use` say nothing. */
function mostSpecific(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const wrongUse = new Set(
    errors.filter((error) => error.instancePath.endsWith('/use')).map((error) => branchOf(error.schemaPath)),
  );
  const telling = errors.filter((error) => error.keyword !== 'oneOf' && !wrongUse.has(branchOf(error.schemaPath)));
  return [...(telling.length > 0 ? telling : errors)].sort((a, b) => b.instancePath.length - a.instancePath.length)[0];
}

const branchOf = (schemaPath: string): string => /#\/\$defs\/\w+/.exec(schemaPath)?.[0] ?? schemaPath;

function describe(error: ErrorObject | undefined, document: Document, lines: LineCounter, name: string): Problem {
  const steps = (error?.instancePath ?? '').split('/').slice(1);
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
        : `${error?.message ?? 'not a SUT file'}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}`;
  return {
    code: 'sut-file',
    message,
    place: `${name}:${lines.linePos(offset).line}${steps.length > 0 ? ` ${steps.join('.')}` : ''}`,
    hint: 'lwm2m-conformance init writes a commented SUT file',
  };
}

const hasRange = (node: unknown): node is { readonly range: readonly [number, number, number] } =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
