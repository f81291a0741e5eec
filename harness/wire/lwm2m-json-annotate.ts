import { failed, ok } from '../base/error.js';
import { formatPath } from '../model/path.js';
import { formatValue, type Entry } from '../model/value.js';
import { problemLine, withProblem, type Annotation } from './annotation.js';
import type { DecodeContext } from './codec.js';
import { memberOf, readEntries } from './lwm2m-json-decode.js';
import { readPartialJson, type JsonItem } from './senml/json.js';

/** Explains a payload of format 11543: base name and time, then a line for each value. */
export function annotateJson(payload: Uint8Array, context: DecodeContext): readonly Annotation[] {
  const { item, problem } = readPartialJson(payload);
  const read = item && readEntries(item, context);
  const lines = item ? linesOf(item, read?.entries ?? []) : [];
  if (!problem) return withProblem(lines, read?.problem ? failed(read.problem) : ok(undefined));
  const last = lines.at(-1);
  const at = last ? last.at + last.length : 0;
  return [...lines, { at, length: payload.length - at, depth: 0, meaning: problemLine(problem) }];
}

const MEANINGS: Readonly<Record<string, string>> = { bn: 'base name', bt: 'base time', e: 'values' };

function linesOf(root: JsonItem, entries: readonly Entry[]): readonly Annotation[] {
  if (root.kind !== 'object') return [whole(root, `JSON ${root.kind}`, 0)];
  const list = memberOf(root, 'e')?.value;
  return root.members.flatMap(({ key, value }) => {
    const meaning = MEANINGS[key.value] ?? `unknown member ${key.value}`;
    if (value !== list || value.kind !== 'array')
      return [{ at: key.at, length: value.end - key.at, depth: 0, meaning: `${meaning}${shown(value)}` }];
    const header = { at: key.at, length: value.at + 1 - key.at, depth: 0, meaning };
    return [header, ...value.items.map((item, index) => whole(item, meaningOf(entries[index]), 1))];
  });
}

const whole = (item: JsonItem, meaning: string, depth: number): Annotation => ({
  at: item.at,
  length: item.end - item.at,
  depth,
  meaning,
});

function shown(value: JsonItem): string {
  if (value.kind === 'string') return ` ${JSON.stringify(value.value)}`;
  return value.kind === 'number' ? ` ${value.text}` : '';
}

function meaningOf(entry: Entry | undefined): string {
  if (!entry?.value) return 'a value';
  const time = entry.time === undefined ? '' : ` at ${entry.time}`;
  return `${formatPath(entry.path)} = ${formatValue(entry.value)}${time}`;
}
