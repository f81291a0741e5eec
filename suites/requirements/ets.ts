import { readPackageJson } from '../../harness/base/package-files.js';
import type { Enabler, Party } from '../../harness/model/party.js';
import { isEnabler, isParty, isRecord, isText } from './guards.js';

/** One pass criterion of an ETS case, as a check of ours must name it. */
export interface EtsCriterion {
  /** A, B, … in the order of the steps; a criterion of two parties is two letters. */
  readonly letter: string;
  readonly by: Party;
  readonly says: string;
}

export type EtsKind = 'procedure' | 'delegated' | 'not-applicable' | 'placeholder';

export const ETS_GROUPS = [
  'bootstrap',
  'registration',
  'management',
  'reporting',
  'security',
  'core-objects',
  'additional-objects',
] as const;

export type EtsGroup = (typeof ETS_GROUPS)[number];

/** A case of the Enabler Test Specification for interoperability, 1.2 (155 ids). */
export interface EtsCase {
  /** `int-102` */
  readonly id: string;
  /** As OMA labels it: `1.1-int-102`. The release in it is where the case came, not what it needs. */
  readonly label: string;
  readonly group: EtsGroup;
  readonly title: string;
  readonly kind: EtsKind;
  /** First enabler whose operations suffice; procedures only. */
  readonly since?: Enabler;
  readonly judged: readonly Party[];
  /** Id of a configuration; the ETS leaves a few cases without. */
  readonly configuration?: string;
  /** Whose verdict counts instead. */
  readonly delegatesTo?: string;
  /** Why the catalogue has no case of it yet. */
  readonly open?: string;
  /** Empty unless it is a procedure. */
  readonly criteria: readonly EtsCriterion[];
}

const PATH = 'suites/requirements/ets.json';

let cases: ReadonlyMap<string, EtsCase> | undefined;

function catalogue(): ReadonlyMap<string, EtsCase> {
  cases ??= new Map(read().map((row) => [row.id, row]));
  return cases;
}

/** All cases, by ascending number. */
export const etsCases = (): readonly EtsCase[] => [...catalogue().values()];

/** The case with this id, such as `int-102`. */
export const etsCase = (id: string): EtsCase | undefined => catalogue().get(id);

/** Those that the catalogue has no case of yet, each with the reason. */
export const openEtsCases = (): readonly (EtsCase & Required<Pick<EtsCase, 'open' | 'since'>>)[] =>
  etsCases().flatMap((row) =>
    row.open === undefined || row.since === undefined ? [] : [{ ...row, open: row.open, since: row.since }],
  );

function read(): EtsCase[] {
  const content = readPackageJson(PATH);
  if (!Array.isArray(content)) throw new Error(`${PATH} is not a list`);
  return content.map(parseCase);
}

/** @throws Error naming the row; the file ships with the package */
function parseCase(row: unknown): EtsCase {
  if (!isRecord(row)) throw new Error(`${PATH}: a row is not an object`);
  const { id, label, group, title, kind, since, judged, configuration, delegatesTo, open, criteria } = row;
  const wrong = (field: string): Error => new Error(`${PATH}, ${String(id)}: ${field}`);
  if (!isText(id) || !/^int-\d+$/.test(id)) throw wrong('id');
  if (!isText(label)) throw wrong('label');
  if (!isGroup(group)) throw wrong('group');
  if (!isText(title)) throw wrong('title');
  if (!isKind(kind)) throw wrong('kind');
  if (since !== undefined && !isEnabler(since)) throw wrong('since');
  if (!Array.isArray(judged) || !judged.every(isParty)) throw wrong('judged');
  if (configuration !== undefined && !isText(configuration)) throw wrong('configuration');
  if (delegatesTo !== undefined && !isText(delegatesTo)) throw wrong('delegatesTo');
  if (open !== undefined && !isText(open)) throw wrong('open');
  if (criteria !== undefined && !(Array.isArray(criteria) && criteria.every(isCriterion))) throw wrong('criteria');
  return {
    ...{ id, label, group, title, kind, judged, criteria: criteria ?? [] },
    ...(since !== undefined && { since }),
    ...(configuration !== undefined && { configuration }),
    ...(delegatesTo !== undefined && { delegatesTo }),
    ...(open !== undefined && { open }),
  };
}

const isGroup = (value: unknown): value is EtsGroup => ETS_GROUPS.some((group) => group === value);

const isKind = (value: unknown): value is EtsKind =>
  value === 'procedure' || value === 'delegated' || value === 'not-applicable' || value === 'placeholder';

const isCriterion = (value: unknown): value is EtsCriterion =>
  isRecord(value) &&
  isText(value['letter']) &&
  /^[A-Z]$/.test(value['letter']) &&
  isParty(value['by']) &&
  isText(value['says']);
