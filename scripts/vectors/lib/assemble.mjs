import { evidenceOf } from './evidence.mjs';
import { inOrder } from './family.mjs';
import { MODELS } from './models.mjs';

export const SCHEMA = 'urn:lwm2m-conformance:vectors:1';
/** Of the files, apart from that of the package: a new vector is a minor step, a changed or withdrawn one a major step. */
export const VERSION = '1.0.0';
export const LICENSE = 'CC0-1.0';

/** Ids that a file has given out; a name keeps its id for ever, also when the vector is withdrawn. */
export class Ledger {
  /** @param {Record<string, number>} ids */
  constructor(ids) {
    this.ids = ids;
    this.next = Math.max(0, ...Object.values(ids)) + 1;
  }

  /** @param {string} name */
  idOf(name) {
    return (this.ids[name] ??= this.next++);
  }
}

/**
 * The file of a family.
 * @param {import('./family.mjs').Family} family
 * @param {Ledger} ledger
 * @param {import('./evidence.mjs').Record_} record
 */
export function assemble(family, ledger, record) {
  /** @type {string[]} */
  const unruled = [];
  const groups = family.groups.map((group) => ({
    ...group,
    tests: group.tests
      .map((test) => {
        const judged = evidenceOf(family.format, test, record.outcomes[test.name] ?? {});
        unruled.push(...judged.unruled);
        return inOrder({ ...test, tcId: ledger.idOf(test.name), evidence: judged.evidence });
      })
      // By id, so that a new vector stands at the end wherever the family writes it.
      .sort((a, b) => Number(a.tcId) - Number(b.tcId)),
  }));
  const models = Object.fromEntries(
    (family.models ?? []).map((name) => [name, MODELS[/** @type {keyof typeof MODELS} */ (name)]]),
  );
  const document = {
    schema: SCHEMA,
    format: family.format,
    contentFormat: family.contentFormat,
    version: VERSION,
    license: LICENSE,
    header: family.header,
    numberOfTests: groups.reduce((sum, group) => sum + group.tests.length, 0),
    oracles: record.oracles,
    flags: family.flags,
    models,
    groups,
  };
  return { document, unruled };
}
