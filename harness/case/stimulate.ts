import type { Outcome, Stimulus } from '../sut/contract.js';
import { partyOf, type Peer } from '../model/party.js';
import { partyAt, type Bench, type BenchParty } from './bench.js';
import { Interrupt } from './interrupt.js';
import { registrationOf } from './registration.js';

/** A stimulus under way: its outcome when there is one. It never rejects. */
export interface Stimulated {
  readonly stimulus: Stimulus | { readonly do: 'start' };
  readonly party: BenchParty;
  readonly outcome: () => Outcome | undefined;
  /** What it means when nothing comes of it: our own fault, unless the party is under test. */
  readonly blame: 'error' | 'inconclusive';
  /**
   * What it means when the party declines. Of two foreign systems, the one may know of the other that it does not have what is
   * asked for: nobody is to blame, as with an order that an adapter cannot give.
   */
  readonly declined: 'error' | 'inconclusive' | 'not-run';
}

/** Gives parties their stimuli, and writes them and their outcomes down. */
export class Stimulator {
  #count = 0;
  #isOver = false;

  constructor(private readonly bench: Bench) {}

  /** Orders of a procedure that was cut off and still goes on are refused from now on. */
  close(): void {
    this.#isOver = true;
  }

  /** @throws Interrupt when the case is over */
  refuseIfOver(): void {
    if (this.#isOver) throw new Interrupt('error', 'the case is over');
  }

  /** Gives the stimulus without waiting for its outcome. */
  begin(party: BenchParty, stimulus: Stimulus): Stimulated {
    return this.#begin(party, stimulus, () => party.sut.stimulate(stimulus));
  }

  /** Has the client started, where the case holds it back. @throws Interrupt when it does not come up */
  async start(): Promise<void> {
    const begun = this.#begin(partyAt(this.bench, 'client'), { do: 'start' }, async () => {
      await this.bench.startClient();
      return {};
    });
    await this.outcome(begun);
  }

  /** Gives the client another address; no stimulus, as no party does it. @throws Interrupt where nothing can */
  async rebind(): Promise<void> {
    const { journal, clock } = this.bench;
    await this.bench.rebind();
    journal.add({ kind: 'note', t: clock.now(), text: 'the client has another address' });
  }

  #begin(party: BenchParty, stimulus: Stimulated['stimulus'], work: () => Promise<Outcome>): Stimulated {
    this.refuseIfOver();
    const { journal, clock, view } = this.bench;
    const n = ++this.#count;
    let outcome: Outcome | undefined;
    journal.add({ kind: 'stimulus', t: clock.now(), n, peer: party.peer, stimulus });
    const end = (ended: Outcome): void => {
      outcome = ended;
      journal.add({ kind: 'outcome', t: clock.now(), n, outcome: ended });
      view.look();
    };
    work().then(end, (thrown: unknown) => end({ failed: thrown instanceof Error ? thrown.message : String(thrown) }));
    const blame = this.#isOurFault(party) ? 'error' : 'inconclusive';
    const declined = this.bench.kind === 'pair' && !party.ours ? 'not-run' : blame;
    return { stimulus, party, outcome: () => outcome, blame, declined };
  }

  /** A server of ours fails where a client is registered; one that has ended its registration leaves it nothing to do. */
  #isOurFault({ ours, peer }: BenchParty): boolean {
    const { judged } = this.bench;
    if (!ours || judged.includes(partyOf(peer))) return false;
    return partyOf(peer) !== 'server' || !this.#hasLeft(peer);
  }

  #hasLeft(peer: Peer): boolean {
    const { view, endpoint } = this.bench;
    const left = view.exchanges.some(({ kind, from, to }) => kind === 'deregister' && from === 'client' && to === peer);
    return left && registrationOf(view.exchanges, peer, endpoint) === undefined;
  }

  /** Waits for the outcome. Undefined when it does not come within the allowance. @throws Interrupt when it cannot be done */
  async outcome(stimulated: Stimulated): Promise<Outcome | undefined> {
    const { view, clock, allowances } = this.bench;
    const outcome = await view.wait(stimulated.outcome, clock.now() + allowances.stimulus);
    if (outcome !== undefined) refuse(stimulated, outcome);
    return outcome;
  }

  /** Has it done, and gives what the party told. @throws Interrupt */
  async ask(party: BenchParty, stimulus: Stimulus): Promise<unknown> {
    const outcome = await this.outcome(this.begin(party, stimulus));
    if (outcome === undefined)
      throw new Interrupt(
        'inconclusive',
        `the ${party.peer} gave no outcome of "${stimulus.do}" within ${this.bench.allowances.stimulus} s`,
      );
    return typeof outcome === 'object' && 'told' in outcome ? outcome.told : undefined;
  }
}

/** @throws Interrupt when the outcome says that nothing can come of the stimulus */
export function refuse({ party, stimulus, blame, declined }: Stimulated, outcome: Outcome): void {
  if (outcome === 'unsupported')
    throw new Interrupt(party.ours ? 'error' : 'not-run', `the ${party.peer}'s adapter cannot "${stimulus.do}"`);
  if ('failed' in outcome)
    throw new Interrupt(blame, `the ${party.peer}'s adapter failed at "${stimulus.do}": ${outcome.failed}`);
  if ('refused' in outcome)
    throw new Interrupt(declined, `the ${party.peer} refused "${stimulus.do}": ${outcome.refused}`);
}
