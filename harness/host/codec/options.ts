import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unwrap } from '../../base/error.js';
import type { Model, ObjectDefinition } from '../../model/definition.js';
import { loadObjects } from '../../model/load.js';
import type { Enabler } from '../../model/party.js';
import { parsePath, type Path } from '../../model/path.js';
import { modelFor } from '../../model/registry.js';
import { CODECS, ContentFormat, LENIENCIES, STYLES, FAULTS, type Pack } from '../../wire/index.js';
import { fileProblem, readTextFile } from '../files.js';
import { CommandError } from '../io.js';
import { digitsOf, parsePayload, type InputForm } from './payload-input.js';

/** What `decode`, `encode` and `convert` share. */
export interface CodecFlags {
  readonly format: string;
  readonly path: string;
  readonly models?: string;
  readonly file?: string;
  readonly enabler: Enabler;
  readonly json: boolean;
}

/** Names by which people call the formats: those of the vector files. */
const NAMES: Readonly<Record<string, number>> = {
  text: 0,
  'link-format': 40,
  link: 40,
  opaque: 42,
  cbor: 60,
  'senml-json': 110,
  'senml-cbor': 112,
  'senml-etch-json': 320,
  'senml-etch-cbor': 322,
  tlv: 11542,
  'oma-json': 11543,
  json: 11543,
  'lwm2m-cbor': 11544,
};

/** The Content-Format number that `--format` names: a number, a name, a media type. @throws CommandError */
export function formatNumber(text: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : (NAMES[text] ?? CODECS.find(({ name }) => name === text)?.format);
  if (number !== undefined && CODECS.some(({ format }) => format === number)) return number;
  const known = CODECS.map(
    ({ format }) => `${format} ${Object.keys(NAMES).find((name) => NAMES[name] === format) ?? ''}`,
  );
  throw new CommandError({
    code: 'codec-format',
    message: `${JSON.stringify(text)} is no format of LwM2M`,
    hint: `formats are ${known.join(', ')}`,
  });
}

/** @throws CommandError */
export function pathOption(text: string): Path {
  const path = parsePath(text);
  if (path.ok) return path.value;
  throw new CommandError({ ...path.problem, place: `--path ${text}` });
}

/** The definitions of OMA, and those of `--models`. @throws CommandError, ProblemError */
export function modelOption({ models, enabler }: CodecFlags): Model {
  if (models === undefined) return modelFor(enabler);
  const own = xmlFiles(models).flatMap((file) => unwrap(loadObjects(readTextFile(file), file)).definitions);
  return modelFor(enabler, newestVersions(own), own);
}

/** Of several versions of an object in the folder, the last one given. */
const newestVersions = (own: readonly ObjectDefinition[]): Readonly<Record<number, string>> =>
  Object.fromEntries(own.map(({ id, version }) => [id, version]));

function xmlFiles(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path)
      .filter((name) => name.endsWith('.xml'))
      .sort()
      .map((name) => join(path, name));
  } catch (error) {
    throw unreadable(path, error);
  }
}

const unreadable = (place: string, error: unknown): CommandError => new CommandError(fileProblem(error, place));

/** The bytes given: an argument, a file, or else standard input. @throws CommandError */
export function inputBytes(argument: string | undefined, file: string | undefined): Uint8Array {
  if (argument !== undefined && file !== undefined)
    throw new CommandError({ code: 'input-twice', message: 'both an argument and --file are given' });
  if (argument !== undefined) return new TextEncoder().encode(argument);
  try {
    return readFileSync(file ?? 0);
  } catch (error) {
    throw unreadable(file ?? 'standard input', error);
  }
}

/** Formats whose payloads are texts that a person may type as they are. */
const TEXTUAL: ReadonlySet<number> = new Set([
  ContentFormat.text,
  ContentFormat.link,
  ContentFormat.senmlJson,
  ContentFormat.senmlEtchJson,
  ContentFormat.json,
]);

/** The payload given, in whatever form. @throws CommandError */
export function inputPayload(
  argument: string | undefined,
  file: string | undefined,
  form: InputForm,
  format: number,
): Uint8Array {
  const given = inputBytes(argument, file);
  const payload = parsePayload(given, form, argument === undefined ? 'stream' : 'argument', TEXTUAL.has(format));
  if (payload) return payload;
  const digits = form === 'base64' ? undefined : digitsOf(new TextDecoder('latin1').decode(given));
  const fault =
    digits === undefined
      ? `is ${form === 'auto' ? 'neither hexadecimal nor base64' : `not ${form}`}`
      : `has ${digits} hexadecimal digits: half a byte is missing`;
  throw new CommandError({
    code: 'payload',
    message: `the payload ${fault}`,
    hint: 'where it is something else, say so with --as hex, base64 or raw',
  });
}

/** Said where a payload without `--path` cannot be about the root. */
export const pathHint = (path: string): string =>
  path === '/' ? '; --path says what the request was about, such as --path /3/0' : '';

/** What records without values are. */
export const packOption = (pack: string | undefined): { readonly pack?: Pack } =>
  pack === 'paths' || pack === 'changes' || pack === 'values' ? { pack } : {};

/** Names of leniencies, or of styles and faults. @throws CommandError */
export function namesOption(names: readonly string[], what: 'leniency' | 'style'): ReadonlySet<string> {
  const known = what === 'leniency' ? LENIENCIES : { ...STYLES, ...FAULTS };
  const unknown = names.find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return new Set(names);
  throw new CommandError({
    code: `codec-${what}`,
    message: `${JSON.stringify(unknown)} is no ${what}`,
    hint: `one of ${Object.keys(known).sort().join(', ')}`,
  });
}
