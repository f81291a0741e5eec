import { toHex } from '../../base/bytes.js';
import { formatProblem, type Problem, type Result } from '../../base/error.js';
import type { Model } from '../../model/definition.js';
import { formatPath, parsePath, type Path } from '../../model/path.js';
import type { Plain } from '../../model/plain.js';
import type { Entry, ResourceType } from '../../model/value.js';
import {
  annotate,
  ContentFormat,
  decode,
  encode,
  entriesOf,
  toPlain,
  toValue,
  type PackDecodeContext,
} from '../../wire/index.js';
import { formatAnnotations, formatEntries } from '../codec/annotated-text.js';
import {
  formatNumber,
  inputBytes,
  inputPayload,
  modelOption,
  namesOption,
  packOption,
  pathHint,
  pathOption,
  type CodecFlags,
} from '../codec/options.js';
import type { InputForm } from '../codec/payload-input.js';
import { CommandError, Exit, type Io } from '../io.js';

export interface DecodeFlags extends CodecFlags {
  readonly as: InputForm;
  readonly pack?: string;
  readonly lenient: readonly string[];
}

export type PrintForm = 'hex' | 'base64' | 'raw';

export interface EncodeFlags extends CodecFlags {
  readonly print: PrintForm;
  readonly pack?: string;
  readonly style: readonly string[];
}

export type ConvertFlags = DecodeFlags & EncodeFlags & { readonly to: string };

/** `decode`: what the bytes mean, one by one, and the values. Exit 1 when the payload is not valid. */
export function decodeCommand(payload: string | undefined, flags: DecodeFlags, io: Io): Promise<number> {
  const format = formatNumber(flags.format);
  const bytes = inputPayload(payload, flags.file, flags.as, format);
  const { context, model } = contextOf(flags);
  const entries = decode(format, bytes, context);
  if (flags.json) io.out(JSON.stringify(jsonOf(entries, bytes), null, 2));
  else {
    for (const line of formatAnnotations(bytes, annotate(format, bytes, context), io)) io.out(line);
    io.out('');
    if (entries.ok) for (const line of formatEntries(entries.value, model, io)) io.out(line);
    else io.out(io.colors.red(refusal(entries.problem, bytes, flags.path)));
  }
  return Promise.resolve(entries.ok ? Exit.ok : Exit.nonconforming);
}

function contextOf(flags: DecodeFlags): { readonly context: PackDecodeContext; readonly model: Model } {
  const model = modelOption(flags);
  const lenient = namesOption(flags.lenient, 'leniency');
  const { enabler } = flags;
  return { model, context: { path: pathOption(flags.path), model, enabler, lenient, ...packOption(flags.pack) } };
}

/** `not valid at byte 2 (0x64): truncated, …` */
function refusal(problem: Problem, bytes: Uint8Array, path: string): string {
  const { code, message, at, hint } = problem;
  const byte = at === undefined ? undefined : bytes[at];
  const shown = byte === undefined ? 'behind the end' : `0x${toHex(Uint8Array.of(byte))}`;
  const place = at === undefined ? '' : ` at byte ${at} (${shown})`;
  const missing = code === 'bad-path' && at === undefined ? pathHint(path) : '';
  return `not valid${place}: ${code}, ${message}${hint === undefined ? '' : ` (${hint})`}${missing}`;
}

function jsonOf(entries: Result<readonly Entry[]>, bytes: Uint8Array): object {
  if (!entries.ok) return { payload: toHex(bytes), error: entries.problem };
  return {
    payload: toHex(bytes),
    values: entries.value.map(({ path, value, time }) => ({
      path: formatPath(path),
      ...(value && { type: value.type, value: toPlain(value) }),
      ...(time !== undefined && { time }),
    })),
  };
}

/** `encode`: JSON values by path as a payload. */
export function encodeCommand(values: string | undefined, flags: EncodeFlags, io: Io): Promise<number> {
  const format = formatNumber(flags.format);
  const model = modelOption(flags);
  const path = pathOption(flags.path);
  const entries = valuesFrom(new TextDecoder().decode(inputBytes(values, flags.file)), path, model);
  return Promise.resolve(print(encodeWith(format, entries, path, model, flags), flags, io));
}

function encodeWith(
  format: number,
  entries: readonly Entry[],
  path: Path,
  model: Model,
  flags: Omit<EncodeFlags, 'format'>,
): Result<Uint8Array> {
  const style = namesOption(flags.style, 'style');
  return encode(format, entries, { path, model, enabler: flags.enabler, style, ...packOption(flags.pack) });
}

/** `convert`: a payload in another format. */
export function convertCommand(payload: string | undefined, flags: ConvertFlags, io: Io): Promise<number> {
  const [from, to] = [formatNumber(flags.format), formatNumber(flags.to)];
  const bytes = inputPayload(payload, flags.file, flags.as, from);
  const { context, model } = contextOf(flags);
  const entries = decode(from, bytes, context);
  if (!entries.ok) {
    io.err(io.colors.red(refusal(entries.problem, bytes, flags.path)));
    return Promise.resolve(Exit.nonconforming);
  }
  // One value in a format that knows no paths is about that value.
  const [only, second] = entries.value;
  const path = only && !second && SINGLE.has(to) ? only.path : context.path;
  return Promise.resolve(print(encodeWith(to, entries.value, path, model, flags), flags, io));
}

const SINGLE: ReadonlySet<number> = new Set([ContentFormat.text, ContentFormat.opaque, ContentFormat.cbor]);

function print(
  result: Result<Uint8Array>,
  { print: form, json, path }: Pick<EncodeFlags, 'print' | 'json' | 'path'>,
  io: Io,
): number {
  if (!result.ok) {
    if (json) io.out(JSON.stringify({ error: result.problem }, null, 2));
    const { code } = result.problem;
    const missing = code === 'bad-path' || code === 'not-encodable' ? pathHint(path) : '';
    io.err(io.colors.red(`cannot be written: ${code}, ${formatProblem(result.problem)}${missing}`));
    return Exit.nonconforming;
  }
  const bytes = result.value;
  if (json) io.out(JSON.stringify({ payload: toHex(bytes), bytes: bytes.length }, null, 2));
  else if (form === 'raw') process.stdout.write(bytes);
  else io.out(form === 'hex' ? toHex(bytes) : Buffer.from(bytes).toString('base64'));
  return Exit.ok;
}

/**
 * The values that a person wrote: by path (absolute with `/`, else below `--path`), null for a path without a value, `{type, value,
 * time}` where the model does not tell; or one value of the path itself. @throws CommandError
 */
function valuesFrom(text: string, path: Path, model: Model): readonly Entry[] {
  const json = parseJson(text);
  const content = isPlain(json) ? { [formatPath(path)]: json } : json;
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new CommandError({
      code: 'values',
      message: 'values are a JSON object by path, or one value',
      hint: `{"/3/0/9": 100}`,
    });
  return Object.entries(content).map(([key, given]: [string, unknown]) => entryFrom(key, given, path, model));
}

function entryFrom(key: string, given: unknown, path: Path, model: Model): Entry {
  const place = parsePath(key.startsWith('/') ? key : `${path.length === 0 ? '' : formatPath(path)}/${key}`);
  if (!place.ok) throw new CommandError({ ...place.problem, place: key });
  if (given === null) return { path: place.value };
  if (isPlain(given)) {
    const made = entriesOf(place.value, given, model);
    if (!made.ok && place.value.length === 0)
      throw new CommandError({ ...made.problem, place: key, hint: pathHint('/').slice(2) });
    const [entry] = orCommandError(made, key);
    if (entry) return entry;
  }
  if (!isTyped(given))
    throw new CommandError({ code: 'values', message: 'a value is a text, number, boolean or null', place: key });
  const { type, value, time } = given;
  return { path: place.value, value: orCommandError(toValue(value, type), key), ...(time !== undefined && { time }) };
}

interface Typed {
  readonly type: ResourceType;
  readonly value: Plain;
  readonly time?: number;
}

const TYPES: ReadonlySet<unknown> = new Set<ResourceType>([
  'string',
  'integer',
  'unsigned',
  'float',
  'boolean',
  'opaque',
  'time',
  'objlnk',
  'corelnk',
]);

const isPlain = (value: unknown): value is Plain => ['string', 'number', 'boolean'].includes(typeof value);

const isTyped = (value: unknown): value is Typed =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  TYPES.has(value.type) &&
  'value' in value &&
  isPlain(value.value) &&
  (!('time' in value) || typeof value.time === 'number');

function orCommandError<T>(result: Result<T>, place: string): T {
  if (result.ok) return result.value;
  throw new CommandError({ ...result.problem, place });
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    const message = `the values are not JSON: ${error instanceof Error ? error.message : String(error)}`;
    throw new CommandError({ code: 'values', message, hint: `{"/3/0/9": 100}` });
  }
}
