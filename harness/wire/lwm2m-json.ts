import { utf8 } from '../base/bytes.js';
import { failed, ok, type Result } from '../base/error.js';
import { equalPaths, formatPath, isWithin, type Path } from '../model/path.js';
import type { Entry, Value } from '../model/value.js';
import type { DescribedCodec } from './annotation.js';
import { ContentFormat, type EncodeContext } from './codec.js';
import { annotateJson } from './lwm2m-json-annotate.js';
import { decodeJson } from './lwm2m-json-decode.js';
import { JSON_LENIENCIES } from './lwm2m-json-value.js';
import { formatTextValue } from './text-value.js';

/** Permitted alternatives that {@link encodeJson} writes by name. */
export const JSON_STYLES = {
  'json-relative-names': 'no bn: names relative to the request path',
  'json-absolute-names': 'no bn: names are whole paths',
} as const;

/** Deliberate faults, likewise. */
export const JSON_FAULTS = {
  'json-missing-slash': 'the base name without its final slash, so that it runs into the names',
  'json-untyped-value': 'texts and booleans under v (EN-22)',
} as const;

/** LwM2M JSON, Content-Format 11543 (Core 1.0 §6.4.4); withdrawn for clients from 1.1, for servers still to be read (F-2). */
export const jsonCodec: DescribedCodec = {
  format: ContentFormat.json,
  name: 'application/vnd.oma.lwm2m+json',
  styles: JSON_STYLES,
  faults: JSON_FAULTS,
  leniencies: JSON_LENIENCIES,
  decode: decodeJson,
  encode: encodeJson,
  annotate: annotateJson,
};

/**
 * Writes `{"bn":"/3/0/","e":[…]}`, of a single value `{"bn":"/3/0/9","e":[{"v":85}]}`, in the order of the entries and without blanks.
 * Entries without a value, empty containers, have no form of their own and are left out.
 * Problem codes: `outside-base`, `not-encodable` (NaN, times on some of the entries only, a value above a Resource).
 */
export function encodeJson(entries: readonly Entry[], context: EncodeContext): Result<Uint8Array> {
  const valued = entries.filter((entry) => entry.value);
  const base = baseName(valued, context);
  const time = baseTime(valued);
  if (!time.ok) return time;
  const items: string[] = [];
  for (const entry of valued) {
    const item = formatEntry(entry, base.from, time.value, context);
    if (!item.ok) return failed({ ...item.problem, place: formatPath(entry.path) });
    items.push(item.value);
  }
  const members = [
    ...(base.name === undefined ? [] : [`"bn":${JSON.stringify(base.name)}`]),
    ...(time.value === undefined ? [] : [`"bt":${time.value}`]),
    `"e":[${items.join(',')}]`,
  ];
  return ok(utf8(`{${members.join(',')}}`));
}

interface BaseName {
  /** `bn` */
  readonly name: string | undefined;
  /** Path that names are relative to; undefined: names are whole paths. */
  readonly from: Path | undefined;
}

function baseName(entries: readonly Entry[], { path, style }: EncodeContext): BaseName {
  if (style?.has('json-absolute-names')) return { name: undefined, from: undefined };
  if (style?.has('json-relative-names')) return { name: undefined, from: path };
  const isTarget = entries.length > 0 && entries.every((entry) => equalPaths(entry.path, path));
  const name = formatPath(path);
  const isWhole = isTarget || name === '/' || style?.has('json-missing-slash');
  return { name: isWhole ? name : `${name}/`, from: path };
}

/** The time of the first entry; 0 where a difference to it would not add up to the same number again. */
function baseTime(entries: readonly Entry[]): Result<number | undefined> {
  const timed = entries.filter(({ time }) => time !== undefined);
  const times = timed.map(({ time = 0 }) => time);
  const [first] = times;
  if (first === undefined) return ok(undefined);
  if (times.length < entries.length)
    return failed({ code: 'not-encodable', message: 'either all values have a time or none' });
  if (!times.every(Number.isFinite)) return failed({ code: 'not-encodable', message: 'a time is not finite' });
  return ok(times.every((time) => first + (time - first) === time) ? first : 0);
}

function formatEntry(
  { path, value, time }: Entry,
  from: Path | undefined,
  baseTime: number | undefined,
  context: EncodeContext,
): Result<string> {
  if (!isWithin(path, context.path))
    return failed({ code: 'outside-base', message: `the value lies outside ${formatPath(context.path)}` });
  if (!value || path.length < 3 || path.length > 4)
    return failed({ code: 'not-encodable', message: 'a value stands at a Resource or Resource Instance' });
  const text = formatJsonValue(value);
  if (!text.ok) return text;
  const name = from ? relativeName(path, from.length) : formatPath(path);
  const difference = time === undefined || baseTime === undefined ? 0 : time - baseTime;
  const member = context.style?.has('json-untyped-value') ? 'v' : text.value[0];
  const named = name === '' ? '' : `"n":"${name}",`;
  const timed = difference === 0 ? '' : `"t":${difference},`;
  return ok(`{${named}${timed}"${member}":${text.value[1]}}`);
}

/** The identifiers from there on. */
function relativeName(path: Path, from: number): string {
  let name = '';
  for (let i = from; i < path.length; i++) name += `${i === from ? '' : '/'}${String(path[i])}`;
  return name;
}

/** Member and JSON text of a value. */
function formatJsonValue(value: Value): Result<readonly [member: string, text: string]> {
  if (value.type === 'float' && Number.isFinite(value.value))
    return ok(['v', Object.is(value.value, -0) ? '-0' : String(value.value)]);
  const text = formatTextValue(value);
  if (!text.ok) return text;
  switch (value.type) {
    case 'string':
    case 'corelnk':
    case 'opaque':
      return ok(['sv', JSON.stringify(text.value)]);
    case 'boolean':
      return ok(['bv', String(value.value)]);
    case 'objlnk':
      return ok(['ov', JSON.stringify(text.value)]);
    default:
      return ok(['v', text.value]);
  }
}
