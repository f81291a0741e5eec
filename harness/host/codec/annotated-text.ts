import { toHex } from '../../base/bytes.js';
import type { Model } from '../../model/definition.js';
import { formatPath } from '../../model/path.js';
import { formatValue, type Entry } from '../../model/value.js';
import type { Annotation } from '../../wire/index.js';
import type { Io } from '../io.js';

/** Bytes on a line; a longer value is shown by its beginning. */
const SHOWN = 12;

/** `0002    64                 100`: offset, bytes by depth, meaning; a remark (`!`) stands under the byte it is about. */
export function formatAnnotations(payload: Uint8Array, lines: readonly Annotation[], io: Io): readonly string[] {
  const { dim, red } = io.colors;
  const cells = lines.map(({ at, length, depth }) => '  '.repeat(depth) + hexOf(payload, at, length));
  const width = Math.max(0, ...cells.map((cell) => cell.length));
  const digits = Math.max(4, payload.length.toString(16).length);
  return lines.map(({ at, meaning }, i) => {
    const offset = at.toString(16).padStart(digits, '0');
    const wrong = meaning.startsWith('!');
    // A remark points at its byte, which may lie inside of what the line above shows, or behind the end.
    const cell = wrong ? '^^'.padStart((cells[i]?.length ?? 0) + 2) : (cells[i] ?? '');
    return `${dim(offset)}  ${wrong ? red(cell.padEnd(width)) : cell.padEnd(width)}  ${wrong ? red(meaning) : meaning}`;
  });
}

function hexOf(payload: Uint8Array, at: number, length: number): string {
  const bytes = [...payload.subarray(at, at + Math.min(length, SHOWN))].map((byte) => toHex(Uint8Array.of(byte)));
  return `${bytes.join(' ')}${length > SHOWN ? ' …' : ''}`;
}

/** `/3/0/9  integer  100  Battery Level` */
export function formatEntries(entries: readonly Entry[], model: Model, io: Io): readonly string[] {
  const rows = entries.map(({ path, value, time }) => {
    const [object, , resource] = path;
    const name = object !== undefined && resource !== undefined ? model.resource(object, resource)?.name : undefined;
    const shown = value ? formatValue(value) : '-';
    return [
      formatPath(path),
      value?.type ?? 'no value',
      shown.length > 80 ? `${shown.slice(0, 79)}…` : shown,
      `${name ?? (object === undefined ? '' : (model.object(object)?.name ?? ''))}${time === undefined ? '' : ` at ${time}`}`,
    ] as const;
  });
  const width = (column: 0 | 1 | 2): number => Math.max(0, ...rows.map((row) => row[column].length));
  return rows.map(([path, type, value, name]) =>
    `${path.padEnd(width(0))}  ${io.colors.dim(type.padEnd(width(1)))}  ${value.padEnd(width(2))}  ${io.colors.dim(name)}`.trimEnd(),
  );
}
