import { readPackageJson } from '../../harness/base/package-files.js';
import type { Enabler, Party } from '../../harness/model/party.js';
import { isEnabler, isParty, isRecord, isText } from './guards.js';

/** One normative fact. Its duty exists in the enablers that `clauses` names, and only there. */
export interface Requirement {
  /** `R-19`: prefix of the area and number. */
  readonly id: string;
  /** Where each enabler states it: `Core §6.2.2`. */
  readonly clauses: Readonly<Partial<Record<Enabler, string>>>;
  /**
   * The strongest force it has in any enabler. A row of the tables of answers is a must where whatever none of its readings
   * covers is wrong: those that differ are tolerated, with a remark.
   */
  readonly level: RequirementLevel;
  /** Who owes it; `any` when several do, or whoever plays the part. */
  readonly party: Party | 'any';
  /** One line, about the party. */
  readonly says: string;
  /** Why no check can judge it. */
  readonly notTestable?: string;
}

export type RequirementLevel = 'must' | 'should' | 'may' | 'info';

/** Derived, never stored: what the checks of the catalogue make of a requirement. */
export type Coverage =
  | { readonly status: 'open' }
  | { readonly status: 'covered'; readonly by: readonly string[] }
  | { readonly status: 'not-testable'; readonly why: string };

const AREAS = [
  'versions',
  'bootstrap',
  'registration',
  'management',
  'errors',
  'reporting',
  'formats',
  'objects',
  'access-security',
  'coap',
  'ambiguities',
] as const;

/** The RFCs that a check may cite by section: `rfc7252#5.4.1`. */
export const RFCS: ReadonlySet<number> = new Set([
  4279, 5246, 5280, 6066, 6125, 6347, 6655, 6690, 7250, 7251, 7252, 7627, 7641, 7925, 7959, 8132, 8323, 8428, 8613,
  8790, 8949, 9146, 9147, 9148, 9175,
]);

let rows: ReadonlyMap<string, Requirement> | undefined;

function ledger(): ReadonlyMap<string, Requirement> {
  rows ??= new Map(AREAS.flatMap((area) => readArea(`suites/requirements/${area}.json`)).map((row) => [row.id, row]));
  return rows;
}

/** All requirements, in the order of the areas. */
export const requirements = (): readonly Requirement[] => [...ledger().values()];

/** The requirement with this id, such as `R-19`. */
export const requirement = (id: string): Requirement | undefined => ledger().get(id);

/** Whether a check may name `ref`: the id of a requirement, or a section of a known RFC such as `rfc7252#5.4.1`. */
export function isRequirement(ref: string): boolean {
  const rfc = /^rfc(\d{4})#[1-9]\d*(\.[1-9]\d*)*$/.exec(ref);
  return rfc ? RFCS.has(Number(rfc[1])) : ledger().has(ref);
}

/**
 * What a catalogue of checks covers.
 *
 * @param named which check (`case.letter`) names which requirement; references to RFCs are passed over
 * @returns a status for every requirement, by id
 */
export function coverage(
  named: Iterable<{ readonly req: string; readonly check: string }>,
): ReadonlyMap<string, Coverage> {
  const checks = new Map<string, string[]>();
  for (const { req, check } of named) checks.set(req, [...(checks.get(req) ?? []), check]);
  return new Map(requirements().map((row) => [row.id, coverageOf(row, checks.get(row.id))]));
}

function coverageOf(row: Requirement, by: readonly string[] | undefined): Coverage {
  if (by) return { status: 'covered', by };
  return row.notTestable === undefined ? { status: 'open' } : { status: 'not-testable', why: row.notTestable };
}

function readArea(path: string): Requirement[] {
  const content = readPackageJson(path);
  if (!Array.isArray(content)) throw new Error(`${path} is not a list`);
  return content.map((row: unknown) => parseRequirement(row, path));
}

/** @throws Error naming the file and the row; the ledger ships with the package, so this is a fault of ours */
function parseRequirement(row: unknown, path: string): Requirement {
  if (!isRecord(row)) throw new Error(`${path}: a row is not an object`);
  const { id, clauses, level, party, says, status, why } = row;
  const place = `${path}, ${String(id)}`;
  if (typeof id !== 'string' || !/^[A-Z]-[1-9]\d*$/.test(id)) throw new Error(`${place}: id`);
  if (!isClauses(clauses)) throw new Error(`${place}: clauses`);
  if (!isLevel(level)) throw new Error(`${place}: level`);
  if (party !== 'any' && !isParty(party)) throw new Error(`${place}: party`);
  if (!isText(says)) throw new Error(`${place}: says`);
  if (status === undefined && why === undefined) return { id, clauses, level, party, says };
  if (status !== 'not-testable' || !isText(why)) throw new Error(`${place}: status`);
  return { id, clauses, level, party, says, notTestable: why };
}

const isClauses = (value: unknown): value is Requirement['clauses'] =>
  isRecord(value) &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([enabler, clause]) => isEnabler(enabler) && isText(clause));

const isLevel = (value: unknown): value is RequirementLevel =>
  value === 'must' || value === 'should' || value === 'may' || value === 'info';
