import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Party } from '../../model/party.js';
import type { PartyPlan } from '../../case/session.js';
import { BoundedLog } from '../../sut/bounded-log.js';
import type { Sut } from '../../sut/contract.js';

/** What the foreign systems of a session print, by party, within bounds: evidence beside the journal. */
export class Printed {
  readonly #present = new Map<Party, Sut>();
  /** Of systems that were stopped, and others made in their place. */
  readonly #before = new Map<Party, BoundedLog>();

  /** The same plan; what its system prints is known here. */
  by(party: Party, plan: PartyPlan): PartyPlan {
    if (plan.ours) return plan;
    return {
      ours: false,
      sut: (around) => {
        const made = plan.sut(around);
        this.#keepBefore(party);
        this.#present.set(party, made);
        return made;
      },
    };
  }

  /** What was printed so far, of those that printed something. */
  texts(): readonly (readonly [Party, string])[] {
    return [...this.#present]
      .map(([party, sut]) => [party, `${this.#before.get(party)?.toString() ?? ''}${sut.log?.() ?? ''}`] as const)
      .filter(([, text]) => text !== '');
  }

  #keepBefore(party: Party): void {
    const text = this.#present.get(party)?.log?.() ?? '';
    if (text === '') return;
    const before = this.#before.get(party) ?? new BoundedLog();
    before.append(text);
    this.#before.set(party, before);
  }
}

/**
 * Writes what was printed to `logs/`, a file for each party.
 *
 * @param name of the files: that of the case, or of the session
 * @returns their paths below `out`, by party
 */
export function writePrinted(
  printed: Printed,
  name: string,
  { out, redact = (text) => text }: { readonly out?: string; readonly redact?: (text: string) => string },
): Readonly<Partial<Record<Party, string>>> {
  const texts = out === undefined ? [] : printed.texts();
  if (out !== undefined && texts.length > 0) mkdirSync(join(out, 'logs'), { recursive: true });
  return Object.fromEntries(
    texts.map(([party, text]) => {
      const path = `logs/${name}.${party}.log`;
      if (out !== undefined) writeFileSync(join(out, path), redact(text));
      return [party, path];
    }),
  );
}
