import { toHex } from '../base/bytes.js';
import type { Result } from '../base/error.js';
import type { Model } from '../model/definition.js';
import { formatPath, MAX_ID, type Path } from '../model/path.js';
import type { Entry } from '../model/value.js';
import { attempt, fail } from './cbor/attempt.js';
import { checkEntry } from './cbor/check.js';
import { Major } from './cbor/reader.js';
import { writeSelfDescription } from './cbor/self-described.js';
import { writerFor } from './cbor/styled-writer.js';
import { writeValue } from './cbor/values.js';
import { CborWriter } from './cbor/writer.js';
import type { EncodeContext } from './codec.js';

/** Permitted layouts of LwM2M CBOR other than one map per level. */
export const LWM2M_CBOR_STYLES = {
  'array-keys': 'one map, whose keys are whole paths as arrays',
  'compact-keys': 'levels with a single key joined to one array key',
  'arrays-of-one': 'every key an array of one identifier',
  'indefinite-keys': 'every key an array of indefinite length',
  'split-instance': 'the second half of the values under array keys of their own',
  deterministic: 'keys in bytewise order (RFC 8949 §4.2.1)',
} as const;

/** Layouts that receivers must, or may, refuse. */
export const LWM2M_CBOR_FAULTS = {
  'relative-keys': 'keys start below the request path: only 1.2.0 allowed it, for Write and Create (X-26)',
  'duplicate-path': 'the last value again, under an array key (F-31)',
  'empty-array-key': 'a further key that is an empty array (EN-38)',
  'negative-keys': 'identifiers as negative integers',
  'text-keys': 'identifiers as text',
  'null-value': 'null in place of every value',
} as const;

type Style = ReadonlySet<string> | undefined;

/** One pair of a map: identifiers to add to the path, and a map or what is at the path. */
interface Pair {
  readonly key: Path;
  readonly content: readonly Pair[] | Entry;
}

/**
 * Writes values as format 11544, in the order in which their instances and resources first appear (Core 1.2 §7.5.4).
 * An entry without a value is null at a Resource Instance, or at a resource that the model knows to be an executable,
 * and an empty map anywhere else.
 *
 * Problem code: `not-encodable` (a time, a path twice, an identifier or a value out of range).
 */
export function encodeLwm2mCbor(entries: readonly Entry[], context: EncodeContext): Result<Uint8Array> {
  return attempt(() => {
    const { path: base, style } = context;
    for (const entry of entries) check(entry, base);
    const writer = writerFor(style);
    writeSelfDescription(writer, style);
    writePairs(writer, layOut(entries, style?.has('relative-keys') ? base.length : 0, style), context);
    return writer.finish();
  });
}

function check(entry: Entry, base: Path): void {
  checkEntry(entry, base);
  const { path, time } = entry;
  if (path.length === 0) fail('not-encodable', 'LwM2M CBOR has no key for the root');
  if (time !== undefined) fail('not-encodable', `LwM2M CBOR carries no time, and ${formatPath(path)} has one`);
  for (const [place, id] of path.entries())
    if (id === MAX_ID && (place !== 1 || base.length !== 1))
      fail('not-encodable', `${formatPath(path)} has an identifier that only a new instance may have, in a Create`);
}

function layOut(entries: readonly Entry[], depth: number, style: Style): readonly Pair[] {
  if (style?.has('array-keys')) return flat(entries, depth);
  const half = style?.has('split-instance') ? Math.ceil(entries.length / 2) : entries.length;
  const levels = nested(entries.slice(0, half), depth);
  const pairs = [
    ...(style?.has('compact-keys') || half < entries.length ? levels.map(joined) : levels),
    ...flat(entries.slice(half), depth),
  ];
  const last = entries[entries.length - 1];
  return style?.has('duplicate-path') && last ? [...pairs, ...flat([last], depth)] : pairs;
}

const flat = (entries: readonly Entry[], depth: number): Pair[] =>
  entries.map((entry) => ({ key: entry.path.slice(depth), content: entry }));

/** One map per level. */
function nested(entries: readonly Entry[], depth: number): Pair[] {
  const groups = new Map<number, Entry[]>();
  for (const entry of entries) {
    const id = entry.path[depth] ?? 0;
    const group = groups.get(id);
    if (group) group.push(entry);
    else groups.set(id, [entry]);
  }
  return [...groups].map(([id, group]) => ({ key: [id], content: below(group, depth + 1) }));
}

function below(group: readonly Entry[], depth: number): readonly Pair[] | Entry {
  const [first] = group;
  const isLeaf = group.some(({ path }) => path.length === depth);
  if (!isLeaf) return nested(group, depth);
  return group.length === 1 && first ? first : fail('not-encodable', `${formatPath(first?.path ?? [])} stands twice`);
}

const isLevel = (content: readonly Pair[] | Entry): content is readonly Pair[] => Array.isArray(content);

/** A level with one pair becomes part of the key above it. */
function joined({ key, content }: Pair): Pair {
  if (!isLevel(content)) return { key, content };
  const levels = content.map(joined);
  const [only] = levels;
  return levels.length === 1 && only ? { key: [...key, ...only.key], content: only.content } : { key, content: levels };
}

function writePairs(writer: CborWriter, pairs: readonly Pair[], context: EncodeContext): void {
  const { style } = context;
  const extra = style?.has('empty-array-key') ? 1 : 0;
  writer.map(pairs.length + extra);
  for (const { key, content } of style?.has('deterministic') ? inOrder(pairs, style) : pairs) {
    writeKey(writer, key, style);
    if (isLevel(content)) writePairs(writer, content, context);
    else writeEntry(writer, content, context);
  }
  if (extra) {
    writer.head(Major.array, 0);
    writer.integer(0);
  }
  writer.end();
}

function inOrder(pairs: readonly Pair[], style: Style): readonly Pair[] {
  return pairs
    .map((pair) => {
      const writer = new CborWriter();
      writeKey(writer, pair.key, style);
      return { pair, bytes: toHex(writer.finish()) };
    })
    .sort((a, b) => (a.bytes < b.bytes ? -1 : 1))
    .map(({ pair }) => pair);
}

function writeKey(writer: CborWriter, key: Path, style: Style): void {
  const [only] = key;
  const isOpen = style?.has('indefinite-keys') ?? false;
  const isArray = key.length > 1 || isOpen || style?.has('arrays-of-one');
  if (only !== undefined && !isArray) return writeIdentifier(writer, only, style);
  if (isOpen) writer.indefinite(Major.array);
  else writer.head(Major.array, key.length);
  for (const id of key) writeIdentifier(writer, id, style);
  if (isOpen) writer.break();
}

function writeIdentifier(writer: CborWriter, id: number, style: Style): void {
  if (style?.has('text-keys')) writer.key(String(id));
  else writer.integer(style?.has('negative-keys') ? -1 - id : id);
}

function writeEntry(writer: CborWriter, { path, value }: Entry, { model, style }: EncodeContext): void {
  if (style?.has('null-value')) return writer.null();
  if (value) return writeValue(writer, value, style);
  if (path.length === 4 || isExecutable(model, path)) return writer.null();
  writer.map(0);
  writer.end();
}

const isExecutable = (model: Model | undefined, path: Path): boolean =>
  path.length === 3 && model?.resource(path[0] ?? -1, path[2] ?? -1)?.type === 'none';
