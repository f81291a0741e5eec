import { readPackageJson } from '../base/package-files.js';
import { modelOf, type Model, type ObjectDefinition } from './definition.js';
import type { Enabler } from './party.js';
import { isDefinitionFile } from './registry-file.js';

/** The objects that the suite knows by itself; written by scripts/models.mjs. */
const OBJECTS = [0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 19, 20, 21, 23, 24, 25, 26, 27, 3303, 3441, 3442];

const LATER_CORE = { 23: '1.0', 24: '1.0', 25: '1.0', 26: '1.0', 27: '1.0' };

/**
 * Versions of the core objects that a link without `ver` has (TS 1.0 §6.2, Core 1.1 Table 7.2.3-1, Core 1.2 App. E).
 * For object 5 the table of 1.2 says 1.1 and the clause of the object 1.2; the table is followed.
 */
const CORE: Readonly<Record<Enabler, Readonly<Record<number, string>>>> = {
  '1.0': { 0: '1.0', 1: '1.0', 2: '1.0', 3: '1.0', 4: '1.0', 5: '1.0', 6: '1.0', 7: '1.0' },
  '1.1': { 0: '1.1', 1: '1.1', 2: '1.0', 3: '1.1', 4: '1.2', 5: '1.0', 6: '1.0', 7: '1.0', 21: '1.0' },
  '1.2': { 0: '1.2', 1: '1.2', 2: '1.1', 3: '1.2', 4: '1.3', 5: '1.1', 6: '1.0', 7: '1.0', 21: '2.0', ...LATER_CORE },
};

/** Objects that belong to some enabler: in an older one they have no version at all. */
const CORE_IDS: ReadonlySet<number> = new Set(Object.keys(CORE['1.2']).map(Number));

let loaded: readonly ObjectDefinition[] | undefined;
let grouped: ById | undefined;

/** All versions of an Object, by its id. */
type ById = ReadonlyMap<number, readonly ObjectDefinition[]>;

/** Every version of every object that the suite knows by itself, by object and version. */
export function definitions(): readonly ObjectDefinition[] {
  loaded ??= OBJECTS.flatMap((id) => readDefinitions(`harness/model/objects/${id}.json`));
  return loaded;
}

/** The definition of exactly this version. */
export const definition = (id: number, version: string): ObjectDefinition | undefined =>
  definitions().find((candidate) => candidate.id === id && candidate.version === version);

/**
 * The version of an object whose link carries no `ver`.
 *
 * @returns undefined for a core object that this enabler does not have
 */
export function defaultVersion(enabler: Enabler, object: number): string | undefined {
  return CORE_IDS.has(object) ? CORE[enabler][object] : '1.0';
}

/**
 * What a client of this enabler means by its objects.
 *
 * An unknown version is read as the newest known one with its major number (Core 1.1 §7.2.1). An object that is not core
 * and asks for a later enabler takes part only when `versions` names it.
 *
 * @param versions what the client announced with `ver`, by object id
 * @param own definitions of the user; they win over ours of the same object and version
 */
export function modelFor(
  enabler: Enabler,
  versions: Readonly<Record<number, string>> = {},
  own: Iterable<ObjectDefinition> = [],
): Model {
  const chosen = [...withOwn(own)].flatMap(([id, candidates]) => {
    const announced = versions[id];
    const picked = pick(candidates, announced ?? defaultVersion(enabler, id));
    if (!picked || (announced === undefined && !CORE_IDS.has(id) && picked.enabler > enabler)) return [];
    return [picked];
  });
  return modelOf(chosen);
}

/** Our definitions, and those of the user after them. */
function withOwn(own: Iterable<ObjectDefinition>): ById {
  grouped ??= byId(definitions());
  const ofUser = [...own];
  return ofUser.length === 0 ? grouped : byId([...definitions(), ...ofUser]);
}

function byId(known: readonly ObjectDefinition[]): ById {
  const groups = new Map<number, ObjectDefinition[]>();
  for (const one of known) groups.set(one.id, [...(groups.get(one.id) ?? []), one]);
  return groups;
}

function pick(candidates: readonly ObjectDefinition[], version: string | undefined): ObjectDefinition | undefined {
  const exact = candidates.findLast((candidate) => candidate.version === version);
  if (exact || version === undefined) return exact;
  const [major] = version.split('.');
  const compatible = candidates.filter((candidate) => candidate.version.split('.')[0] === major);
  return compatible.reduce<ObjectDefinition | undefined>(
    (best, one) => (best && minor(best) >= minor(one) ? best : one),
    undefined,
  );
}

const minor = (candidate: ObjectDefinition): number => Number(candidate.version.split('.')[1] ?? 0);

function readDefinitions(path: string): readonly ObjectDefinition[] {
  const content = readPackageJson(path);
  if (!isDefinitionFile(content)) throw new Error(`${path} holds no object definitions`);
  return content;
}
