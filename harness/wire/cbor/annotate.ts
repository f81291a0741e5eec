import type { Problem } from '../../base/error.js';
import { problemLine, type Annotation } from '../annotation.js';
import { formatItem } from './diagnostic.js';
import { isMinimal, type CborItem, type MapItem } from './item.js';
import { duplicateKey } from './keys.js';

const NAMES = { array: 'array', map: 'map', tag: 'tag' } as const;

/** Lines for an item and all below it, in diagnostic notation. `note` is put after the meaning of the item itself. */
export function annotateItem(item: CborItem, depth: number, note = ''): Annotation[] {
  switch (item.kind) {
    case 'array':
      return enclosed(
        item,
        depth,
        note,
        item.items.flatMap((child) => annotateItem(child, depth + 1)),
      );
    case 'map':
      return enclosed(
        item,
        depth,
        note,
        item.pairs.flatMap(([key, value]) => [...annotateItem(key, depth + 1, ':'), ...annotateItem(value, depth + 2)]),
      );
    case 'tag':
      return [headLine(item, depth, note), ...annotateItem(item.item, depth + 1)];
    default:
      return [{ at: item.span?.at ?? 0, length: lengthOf(item), meaning: formatItem(item) + note, depth }];
  }
}

type Enclosing = Extract<CborItem, { kind: keyof typeof NAMES }>;

/** The line of the head of an array, a map or a tag. */
export function headLine(item: Enclosing, depth: number, note = ''): Annotation {
  const remarks = [isMinimal(item) ? '' : 'longer head than needed', item.kind === 'map' ? duplicateRemark(item) : ''];
  const meaning = [`${describe(item)}${note}`, ...remarks.filter((remark) => remark !== '')].join(', ');
  return { at: item.span?.at ?? 0, length: 1 + (item.width ?? 0), meaning, depth };
}

/** The head of a container, its content, and its break when it has one. */
export function enclosed(item: Enclosing, depth: number, note: string, content: readonly Annotation[]): Annotation[] {
  const lines = [headLine(item, depth, note), ...content];
  const last = lines[lines.length - 1];
  const end = item.span?.end ?? 0;
  if (item.kind !== 'tag' && item.indefinite && last && last.at + last.length < end)
    lines.push({ at: end - 1, length: 1, meaning: 'break', depth });
  return lines;
}

function describe(item: Enclosing): string {
  if (item.kind === 'tag') return `tag ${item.tag}`;
  if (item.indefinite) return `${NAMES[item.kind]} of indefinite length`;
  return `${NAMES[item.kind]} of ${item.kind === 'array' ? item.items.length : item.pairs.length}`;
}

function duplicateRemark(item: MapItem): string {
  const key = duplicateKey(item);
  return key ? `the key ${formatItem(key)} is there twice` : '';
}

const lengthOf = (item: CborItem): number => (item.span ? item.span.end - item.span.at : 0);

/** Lines of what could be read of a malformed payload of `size` bytes, and the problem over the rest. */
export function withRest(lines: readonly Annotation[], problem: Problem, size: number): Annotation[] {
  const last = lines[lines.length - 1];
  const at = last ? last.at + last.length : 0;
  return [...lines, { at, length: size - at, meaning: problemLine(problem), depth: 0 }];
}
