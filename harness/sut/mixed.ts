import type { Description, Outcome, Setup, Stimulus, StimulusKind, Sut, SutEvent } from './contract.js';
import { EventStream } from './event-stream.js';

/**
 * Several controls of one party: all are started in order, the first names it, and for each stimulus the first that supports it is asked.
 * One that answers `unsupported` in spite of its description passes the stimulus on.
 *
 * @throws Error when there is no control
 */
export function mixed(controls: readonly Sut[]): Sut {
  const [first] = controls;
  if (!first) throw new Error('a mixed control needs at least one control');
  return controls.length === 1 ? first : new Mixed(controls);
}

class Mixed implements Sut {
  readonly #controls: readonly Sut[];
  #descriptions: Promise<readonly Description[]> | undefined;

  constructor(controls: readonly Sut[]) {
    this.#controls = controls;
  }

  async describe(): Promise<Description> {
    const all = await this.#describeAll();
    const [first] = all;
    if (!first) throw new Error('there is no control');
    const stimuli = [...new Set<StimulusKind>(all.flatMap((description) => description.stimuli))];
    // What the first says of an item stands.
    const statement = all.reduceRight<Readonly<Record<string, boolean>>>(
      (sum, description) => ({ ...sum, ...description.statement }),
      {},
    );
    return { ...first, stimuli, ...(Object.keys(statement).length === 0 ? {} : { statement }) };
  }

  /** In order; one that fails stops those before it. The first address told is that of the party. */
  async start(setup: Setup): Promise<{ readonly address?: string }> {
    const addresses: string[] = [];
    for (const [i, control] of this.#controls.entries()) {
      try {
        const { address } = await control.start(setup);
        if (address !== undefined) addresses.push(address);
      } catch (error) {
        await stopAll(this.#controls.slice(0, i));
        throw error;
      }
    }
    const [address] = addresses;
    return address === undefined ? {} : { address };
  }

  async stimulate(stimulus: Stimulus): Promise<Outcome> {
    const descriptions = await this.#describeAll();
    for (const [i, control] of this.#controls.entries()) {
      if (!descriptions[i]?.stimuli.includes(stimulus.do)) continue;
      const outcome = await control.stimulate(stimulus);
      if (outcome !== 'unsupported') return outcome;
    }
    return 'unsupported';
  }

  /** The events of all of them, as they come. */
  events(): AsyncIterable<SutEvent> {
    const stream = new EventStream();
    const all = stream.read();
    const ended = this.#controls.map(async (control) => {
      if (!control.events) return;
      for await (const event of control.events()) stream.push(event);
    });
    void Promise.allSettled(ended).then(() => stream.end());
    return all;
  }

  ended(): { readonly code: number | null; readonly signal: string | null } | undefined {
    for (const control of this.#controls) {
      const ended = control.ended?.();
      if (ended) return ended;
    }
    return undefined;
  }

  log(): string {
    return this.#controls.map((control) => control.log?.() ?? '').join('');
  }

  stop(): Promise<void> {
    return stopAll(this.#controls);
  }

  #describeAll(): Promise<readonly Description[]> {
    this.#descriptions ??= Promise.all(this.#controls.map((control) => control.describe())).catch((error: unknown) => {
      this.#descriptions = undefined; // to be asked again, not remembered
      throw error;
    });
    return this.#descriptions;
  }
}

/** Stops all of them, the last first, whatever goes wrong with one; then the first error is thrown. */
async function stopAll(controls: readonly Sut[]): Promise<void> {
  const errors: unknown[] = [];
  for (const control of [...controls].reverse()) await control.stop().catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}
