import { equalPaths, formatPath, isWithin, type Path } from '../../model/path.js';
import type { Pack, PackEncodeContext } from './context.js';

/** The names of a record; undefined: the field is not there. */
export interface Names {
  readonly bn: string | undefined;
  readonly n: string | undefined;
}

interface Named {
  readonly path: Path;
}

/**
 * Divides names into base names and names (RFC 8428 §4.5.1). In canonical form a pack of values about one resource has
 * its name in bn; neighbours that share an instance have a base name up to it (`/3/0/`); other names stand in n.
 * Path lists and patches have whole names in n, as in the examples of the standard.
 */
export function planNames(entries: readonly Named[], pack: Pack, context: PackEncodeContext): readonly Names[] {
  const { style, rootPath: root = '', path: base } = context;
  const fault = style && faultyName(style, base);
  if (fault) return entries.map(({ path }) => fault(`${root}${formatPath(path)}`, path));
  const split = style && splitting(style);
  if (split) return splitNames(entries, split, root);
  if (pack !== 'values' && !style?.has('base-names')) return wholeNames(entries, root);
  if (isOnePath(entries))
    return entries.map(({ path }, i) => ({ bn: i === 0 ? root + formatPath(path) : undefined, n: undefined }));
  return sharesInstance(entries) ? runNames(entries, root) : wholeNames(entries, root);
}

const isOnePath = (entries: readonly Named[]): boolean => {
  const first = entries[0]?.path ?? [];
  for (const { path } of entries) if (!equalPaths(path, first)) return false;
  return true;
};

const wholeNames = (entries: readonly Named[], root: string): Names[] =>
  entries.map(({ path }) => ({ bn: undefined, n: root + formatPath(path) }));

/** Whether both are resources or resource instances of one object instance. */
function areNeighbours(a: Path | undefined, b: Path | undefined): boolean {
  return a !== undefined && b !== undefined && a.length > 2 && b.length > 2 && a[0] === b[0] && a[1] === b[1];
}

function sharesInstance(entries: readonly Named[]): boolean {
  for (let i = 1; i < entries.length; i++) if (areNeighbours(entries[i - 1]?.path, entries[i]?.path)) return true;
  return false;
}

function runNames(entries: readonly Named[], root: string): Names[] {
  const names: Names[] = [];
  for (let i = 0; i < entries.length; i++) {
    const path = entries[i]?.path ?? [];
    const continues = areNeighbours(entries[i - 1]?.path, path);
    if (!continues && !areNeighbours(path, entries[i + 1]?.path))
      names.push({ bn: root + formatPath(path), n: undefined });
    else names.push({ bn: continues ? undefined : `${root}/${path[0]}/${path[1]}/`, n: restOf(path) });
  }
  return names;
}

/** The part of a name below the object instance. */
const restOf = (path: Path): string => (path.length === 3 ? `${path[2]}` : `${path[2]}/${path[3]}`);

/** Cuts a name in two: the length of the base name. */
type Split = (name: string, path: Path) => number;

function splitting(style: ReadonlySet<string>): Split | undefined {
  if (style.has('names-in-n')) return () => 0;
  if (style.has('names-in-bn')) return (name) => name.length;
  if (style.has('split-resource')) return (name, path) => (path.length > 2 ? name.lastIndexOf('/') + 1 : name.length);
  if (style.has('split-anywhere')) return (name) => name.length - 1;
  return undefined;
}

function splitNames(entries: readonly Named[], split: Split, root: string): Names[] {
  let current = '';
  return entries.map(({ path }) => {
    const name = root + formatPath(path);
    const cut = split(name, path);
    const bn = name.slice(0, cut);
    const n = name.slice(cut);
    const names = { bn: bn === current ? undefined : bn, n: n === '' ? undefined : n };
    current = bn;
    return names;
  });
}

function faultyName(style: ReadonlySet<string>, base: Path): ((name: string, path: Path) => Names) | undefined {
  const inName = (n: string): Names => ({ bn: undefined, n });
  if (style.has('no-name')) return () => ({ bn: undefined, n: undefined });
  if (style.has('double-slash')) return (name) => inName(name.replace(/\/([^/]*)$/, '//$1'));
  if (style.has('trailing-slash')) return (name) => inName(`${name}/`);
  if (style.has('relative-names'))
    return (_, path) => inName(path.slice(isWithin(path, base) ? base.length : 0).join('/'));
  return undefined;
}
