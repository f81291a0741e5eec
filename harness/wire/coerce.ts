import { fromHex, toHex } from '../base/bytes.js';
import { failed, ok, type Problem, type Result } from '../base/error.js';
import type { Model, ResourceDefinition } from '../model/definition.js';
import { equalPaths, formatPath, isWithin, parsePath, type Path } from '../model/path.js';
import type { Plain, PlainContent } from '../model/plain.js';
import { inRange } from '../model/range.js';
import { formatValue, type Entry, type ResourceType, type Value } from '../model/value.js';
import { parseTextValue } from './text-value.js';

/**
 * The typed value that a plain one stands for: integers and times as number or decimal string, floats also as `NaN` or
 * `Infinity`, opaque as hexadecimal, a link as `o:i`.
 *
 * Problem codes: `bad-type` (a number for a string, a fraction for an integer, any value for an executable),
 * `bad-value`, `out-of-range`.
 *
 * @example
 * toValue('4294967296', 'unsigned')
 * // => { ok: true, value: { type: 'unsigned', value: 4294967296n } }
 * toValue('DE:AD', 'opaque')
 * // => { ok: true, value: { type: 'opaque', value: Uint8Array.of(0xde, 0xad) } }
 */
export function toValue(plain: Plain, type: ResourceType): Result<Value> {
  switch (type) {
    case 'string':
    case 'corelnk':
      return typeof plain === 'string' ? ok({ type, value: plain }) : mismatch(plain, type, 'a text, in quotes');
    case 'integer':
    case 'unsigned':
    case 'time':
      if (typeof plain === 'number' && !Number.isSafeInteger(plain))
        return mismatch(plain, type, 'an integer, beyond 2^53 as a decimal string');
      return typeof plain === 'boolean' ? mismatch(plain, type, 'an integer') : parseTextValue(String(plain), type);
    case 'float':
      if (typeof plain === 'number') return ok({ type, value: plain });
      return typeof plain === 'string' ? parseTextValue(plain, type, NOT_FINITE) : mismatch(plain, type, 'a number');
    case 'boolean':
      if (plain === true || plain === 'true') return ok({ type, value: true });
      return plain === false || plain === 'false' ? ok({ type, value: false }) : mismatch(plain, type, 'true or false');
    case 'opaque': {
      const bytes = typeof plain === 'string' ? fromHex(plain) : undefined;
      return bytes ? ok({ type, value: bytes }) : mismatch(plain, type, 'hexadecimal digits, in quotes');
    }
    case 'objlnk':
      return typeof plain === 'string' ? parseTextValue(plain, type) : mismatch(plain, type, 'a link such as "3:0"');
    case 'none':
      return failed({ code: 'bad-type', message: 'an executable Resource has no value' });
  }
}

const NOT_FINITE: ReadonlySet<string> = new Set(['text-not-finite']);

const mismatch = (plain: Plain, type: ResourceType, expected: string): Result<never> =>
  failed({
    code: 'bad-type',
    message: `${JSON.stringify(plain)} is no value of type ${type}`,
    hint: `expected ${expected}`,
  });

/** The plain form of a value; {@link toValue} with the same type gives it back. Integers beyond 2^53 become decimal strings. */
export function toPlain(value: Value): Plain {
  switch (value.type) {
    case 'integer':
    case 'unsigned':
    case 'time': {
      const number = Number(value.value);
      return Number.isSafeInteger(number) ? number : String(value.value);
    }
    case 'float':
      return Number.isFinite(value.value) ? value.value : String(value.value);
    case 'opaque':
      return toHex(value.value);
    case 'objlnk':
      return `${value.value.object}:${value.value.instance}`;
    default:
      return value.value;
  }
}

/** The type that a plain value shows by itself, where no definition tells. */
function ownType(plain: Plain): ResourceType {
  if (typeof plain === 'boolean') return 'boolean';
  if (typeof plain === 'string') return 'string';
  return Number.isSafeInteger(plain) ? 'integer' : 'float';
}

/**
 * Values of a target, as a case or a SUT file writes them, as a list: one plain value for a Resource or Resource Instance,
 * or values by path relative to `path`. Types come from the model; for what it lacks from the value itself.
 *
 * Problem codes: those of {@link toValue} and `parsePath`, `bad-path`; `place` is the absolute path.
 *
 * @example
 * entriesOf([3, 0], { '14': '+02', '7/0': 3800 }, model)
 * // => { ok: true, value: [
 * //   { path: [3, 0, 14], value: { type: 'string', value: '+02' } },
 * //   { path: [3, 0, 7, 0], value: { type: 'integer', value: 3800n } },
 * // ] }
 */
export function entriesOf(path: Path, content: Plain | PlainContent, model?: Model): Result<readonly Entry[]> {
  if (typeof content !== 'object') {
    const entry = entryOf(path, content, model);
    return entry.ok ? ok([entry.value]) : entry;
  }
  const entries: Entry[] = [];
  for (const [key, plain] of Object.entries(content)) {
    const relative = parsePath(key.startsWith('/') ? key : `/${key}`);
    if (!relative.ok) return failed({ ...relative.problem, place: key });
    const entry = entryOf([...path, ...relative.value], plain, model);
    if (!entry.ok) return entry;
    entries.push(entry.value);
  }
  return ok(entries);
}

function entryOf(path: Path, plain: Plain, model: Model | undefined): Result<Entry> {
  const [object = 0, , resource = 0] = path;
  const located = (problem: Problem): Result<never> => failed({ ...problem, place: formatPath(path) });
  if (path.length < 3 || path.length > 4)
    return located({ code: 'bad-path', message: 'a value stands at a Resource or Resource Instance' });
  const definition = model?.resource(object, resource);
  if (definition && definition.multiple !== (path.length === 4))
    return located({
      code: 'bad-path',
      message: `the Resource ${definition.name} is ${definition.multiple ? 'multiple' : 'single'}`,
      hint: definition.multiple
        ? `expected ${formatPath(path)}/<instance>`
        : `expected ${formatPath(path.slice(0, 3))}`,
    });
  const value = toValue(plain, definition?.type ?? ownType(plain));
  return value.ok ? ok({ path, value: value.value }) : located(value.problem);
}

/** The reverse of {@link entriesOf}: the one value at `path` itself, else the values by path relative to it; entries outside are left out. */
export function contentOf(entries: readonly Entry[], path: Path): Plain | PlainContent {
  const [only] = entries;
  if (only?.value && entries.length === 1 && equalPaths(only.path, path)) return toPlain(only.value);
  const content: Record<string, Plain> = {};
  for (const entry of entries)
    if (entry.value && entry.path.length > path.length && isWithin(entry.path, path))
      content[entry.path.slice(path.length).join('/')] = toPlain(entry.value);
  return content;
}

/**
 * Whether a value lies in the range of its definition, of a String or Opaque the length in bytes (F-8, E-29).
 * Undefined is no problem, also where the range cannot be checked; the problem code is `out-of-range`.
 */
export function checkRange(value: Value, definition: ResourceDefinition): Problem | undefined {
  if (inRange(value, definition.range)) return undefined;
  return {
    code: 'out-of-range',
    message: `${formatValue(value)} is out of range for ${definition.name}`,
    hint: `expected ${definition.range.trim()}`,
  };
}
