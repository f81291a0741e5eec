import { failed, ok, type Result } from '../base/error.js';

/**
 * A path of LwM2M identifiers: [] is the root, [3] an Object, [3, 0] an Object Instance, [3, 0, 7] a Resource,
 * [3, 0, 7, 1] a Resource Instance (Core 1.1 §7.3).
 */
export type Path = readonly number[];

export type Level = 'root' | 'object' | 'instance' | 'resource' | 'resource-instance';

const LEVELS: readonly Level[] = ['root', 'object', 'instance', 'resource', 'resource-instance'];

/** 65535 is reserved as MAX_ID (Core 1.1 §7.3). */
export const MAX_ID = 65_535;

/** `/3/0/7`; the root is `/`. */
export const formatPath = (path: Path): string => `/${path.join('/')}`;

/**
 * Reads `/3/0/7`: decimal identifiers without leading zeros, at most four, each below 65535 or, for null links, 65535.
 * A failure names the offset of the segment.
 */
export function parsePath(text: string): Result<Path> {
  const ids = identifiers(text);
  return ids ? ok(ids) : faultyPath(text);
}

const ZERO = 0x30;
const SLASH = 0x2f;

/** The identifiers of a path in one pass over its characters, as every payload needs many; undefined where anything is wrong. */
function identifiers(text: string): Path | undefined {
  if (text.charCodeAt(0) !== SLASH) return undefined;
  const path: number[] = [];
  if (text.length === 1) return path;
  let id: number | undefined;
  for (let at = 1; at < text.length; at++) {
    const letter = text.charCodeAt(at);
    if (letter === SLASH) {
      if (id === undefined) return undefined;
      path.push(id);
      id = undefined;
      continue;
    }
    const digit = letter - ZERO;
    if (digit < 0 || digit > 9 || id === 0) return undefined; // a zero leads no other digit
    id = (id ?? 0) * 10 + digit;
    if (id > MAX_ID) return undefined;
  }
  if (id === undefined) return undefined;
  path.push(id);
  return path.length <= 4 ? path : undefined;
}

/** What is wrong with a text that is no path. */
function faultyPath(text: string): Result<Path> {
  if (!text.startsWith('/'))
    return failed({ code: 'path-start', message: `a path starts with "/", not ${JSON.stringify(text)}`, at: 0 });
  let at = 1;
  for (const segment of text.slice(1).split('/')) {
    if (!/^(0|[1-9]\d{0,4})$/.test(segment) || Number(segment) > MAX_ID)
      return failed({
        code: 'path-segment',
        message: `${JSON.stringify(segment)} is not an identifier of 0 to ${MAX_ID}`,
        at,
      });
    at += segment.length + 1;
  }
  return failed({ code: 'path-depth', message: 'a path has at most four identifiers', at: 0 });
}

/** A path spelt in our own source. @throws Error when it is malformed */
export function pathOf(text: string): Path {
  const path = parsePath(text);
  if (!path.ok) throw new Error(`${text}: ${path.problem.message}`);
  return path.value;
}

export const levelOf = (path: Path): Level => LEVELS[path.length] ?? 'resource-instance';

/** Whether `path` is `ancestor` or lies below it. */
export function isWithin(path: Path, ancestor: Path): boolean {
  for (let i = 0; i < ancestor.length; i++) if (path[i] !== ancestor[i]) return false;
  return true;
}

export const equalPaths = (a: Path, b: Path): boolean => a.length === b.length && isWithin(a, b);

/** Ascending by identifier, ancestors first. */
export function comparePaths(a: Path, b: Path): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
