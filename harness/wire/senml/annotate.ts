import type { Result } from '../../base/error.js';
import { formatPath } from '../../model/path.js';
import { formatValue, type Entry } from '../../model/value.js';
import { withProblem, type Annotation } from '../annotation.js';
import { annotateItem, enclosed, withRest } from '../cbor/annotate.js';
import { attempt } from '../cbor/attempt.js';
import { formatItem } from '../cbor/diagnostic.js';
import { isNothing } from '../cbor/empty.js';
import type { CborItem } from '../cbor/item.js';
import { readPartial } from '../cbor/tree.js';
import { readCborRecords } from './cbor-decode.js';
import type { PackDecodeContext } from './context.js';
import { readPartialJson, type JsonItem } from './json.js';
import { readJsonRecords, withoutMark } from './json-decode.js';
import { LABEL_MEANINGS, LABEL_NAMES } from './labels.js';
import { checkPack, type Family } from './pack.js';
import { Resolver } from './resolver.js';

type Read = (payload: Uint8Array, resolver: Resolver, family: Family, context: PackDecodeContext) => void;

/** Explains a pack of SenML CBOR: every item, the names of labels, and what each record says when resolved. */
export function annotateCborPack(
  payload: Uint8Array,
  family: Family,
  context: PackDecodeContext,
): readonly Annotation[] {
  if (isNothing(payload, context)) return [];
  const { item, problem } = readPartial(payload);
  const { entries, result } = resolve(payload, readCborRecords, family, context);
  const lines = item ? packLines(item, entries) : [];
  if (problem) return withRest(lines, problem, payload.length);
  return withProblem(lines, result);
}

/** Explains a pack of SenML JSON likewise. */
export function annotateJsonPack(
  payload: Uint8Array,
  family: Family,
  context: PackDecodeContext,
): readonly Annotation[] {
  if (isNothing(payload, context)) return [];
  const { item, problem } = readPartialJson(withoutMark(payload, context.lenient));
  const { entries, result } = resolve(payload, readJsonRecords, family, context);
  const lines = item ? jsonLines(item, 0, (i) => meaningOf(entries[i])) : [];
  if (problem) return withRest(lines, problem, payload.length);
  return withProblem(lines, result);
}

/** The entries up to the first problem, and whether there is one. */
function resolve(
  payload: Uint8Array,
  read: Read,
  family: Family,
  context: PackDecodeContext,
): { entries: readonly Entry[]; result: Result<void> } {
  const resolver = new Resolver(context);
  const result = attempt(() => {
    read(payload, resolver, family, context);
    checkPack(resolver, family, context);
  });
  return { entries: resolver.entries, result };
}

/** ` /3/0/9 = 85 at 1700000000`, or nothing. */
function meaningOf(entry: Entry | undefined): string {
  if (!entry) return '';
  const value = entry.value ? ` = ${formatValue(entry.value)}` : '';
  return `: ${formatPath(entry.path)}${value}${entry.time === undefined ? '' : ` at ${entry.time}`}`;
}

function packLines(root: CborItem, entries: readonly Entry[]): readonly Annotation[] {
  if (root.kind !== 'array') return annotateItem(root, 0);
  const records = root.items.flatMap((record, i) => {
    if (record.kind !== 'map') return annotateItem(record, 1);
    const fields = record.pairs.flatMap(([key, value]) => [
      ...annotateItem(key, 2, labelNote(key)),
      ...annotateItem(value, 3),
    ]);
    return enclosed(record, 1, meaningOf(entries[i]), fields);
  });
  return enclosed(root, 0, '', records);
}

function labelNote(key: CborItem): string {
  const name =
    key.kind === 'integer' ? LABEL_NAMES.get(Number(key.value)) : key.kind === 'text' ? key.value : formatItem(key);
  const meaning = name === undefined ? undefined : LABEL_MEANINGS[name];
  return meaning === undefined ? ': unknown label' : `: ${name}, ${meaning}`;
}

function jsonLines(item: JsonItem, depth: number, note: (index: number) => string): Annotation[] {
  const closing = { at: item.end - 1, length: 1, depth };
  const isClosed = item.end > item.at + 1;
  switch (item.kind) {
    case 'array': {
      const opening = { at: item.at, length: 1, meaning: `array of ${item.items.length}`, depth };
      const content = item.items.flatMap((child, i) => recordLines(child, depth + 1, note(i)));
      return [opening, ...content, ...(isClosed ? [{ ...closing, meaning: 'end of the array' }] : [])];
    }
    case 'object':
      return recordLines(item, depth, '');
    case 'string':
      return [{ at: item.at, length: item.end - item.at, meaning: JSON.stringify(item.value), depth }];
    case 'number':
      return [{ at: item.at, length: item.end - item.at, meaning: item.text, depth }];
    case 'boolean':
      return [{ at: item.at, length: item.end - item.at, meaning: String(item.value), depth }];
    case 'null':
      return [{ at: item.at, length: item.end - item.at, meaning: 'null', depth }];
  }
}

function recordLines(item: JsonItem, depth: number, note: string): Annotation[] {
  if (item.kind !== 'object') return jsonLines(item, depth, () => '');
  const lines: Annotation[] = [{ at: item.at, length: 1, meaning: `object of ${item.members.length}${note}`, depth }];
  for (const { key, value } of item.members) {
    const meaning = LABEL_MEANINGS[key.value];
    lines.push({
      at: key.at,
      length: key.end - key.at,
      meaning: `${key.value}: ${meaning ?? 'unknown label'}`,
      depth: depth + 1,
    });
    lines.push(...jsonLines(value, depth + 2, () => ''));
  }
  if (item.end > item.at + 1) lines.push({ at: item.end - 1, length: 1, meaning: 'end of the object', depth });
  return lines;
}
