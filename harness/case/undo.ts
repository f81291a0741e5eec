import { sleep } from '../base/clock.js';
import type { PlainContent } from '../model/plain.js';
import type { Exchange } from '../record/exchange.js';
import type { Outcome, ServerStimulus } from '../sut/contract.js';
import { partyAt, type Bench } from './bench.js';
import { registrationOf } from './registration.js';
import type { Order } from './request-check.js';

type UndoBench = Pick<Bench, 'parties' | 'journal' | 'clock' | 'view' | 'endpoint' | 'allowances'>;

/** One thing that a procedure did to a client, and the order that takes it back; without one it cannot be taken back. */
interface Deed {
  readonly says: string;
  readonly back: ServerStimulus | undefined;
}

/** What a procedure did to a client: written down as it happens, taken back in reverse where the session goes on. */
export class UndoList {
  #deeds: Deed[] = [];

  /** @param initial values of the configuration by absolute path: what a write is taken back to */
  constructor(private readonly initial: PlainContent) {}

  /** Notes an order that the client carried out. */
  note(order: Order, { response }: Exchange): void {
    if (!response.code.startsWith('2.')) return;
    if (order.do === 'cancel')
      this.#deeds = this.#deeds.filter(({ back }) => back?.do !== 'cancel' || back.path !== order.path);
    const deed = this.#deedOf(order, response.location);
    if (deed) this.#deeds.push(deed);
  }

  /**
   * Takes everything back through the server. What it sends is recorded and not judged.
   *
   * @param whatCan also where something lasts or could not be undone: for a client that cannot be started anew
   * @returns why the client is not as it was, or undefined
   */
  async run(bench: UndoBench, whatCan?: 'what can be'): Promise<string | undefined> {
    const { journal, clock, view, endpoint, allowances } = bench;
    const server = partyAt(bench, 'server');
    if (this.#deeds.length === 0) return undefined;
    journal.add({ kind: 'phase', t: clock.now(), phase: 'undo' });
    let left = this.#deeds.find(({ back }) => back === undefined)?.says;
    if (!registrationOf(view.exchanges, server.peer, endpoint)) left ??= 'the client is not registered any more';
    for (const { says, back } of this.#deeds.toReversed()) {
      if (left !== undefined && whatCan === undefined) return left;
      if (!back) continue;
      const outcome = await this.#takeBack(bench, back);
      journal.add({ kind: 'note', t: clock.now(), text: `undone: ${says}: ${JSON.stringify(outcome)}` });
      if (typeof outcome === 'string' || 'failed' in outcome || 'refused' in outcome)
        left ??= `it could not be undone: ${says}`;
    }
    if (left !== undefined && whatCan === undefined) return left;
    await sleep(clock, allowances.settle); // what the client says to this must not be taken for an answer to the next case
    return left;
  }

  /** An adapter that says nothing is not waited for any longer than in a case. */
  #takeBack(bench: UndoBench, back: ServerStimulus): Promise<Outcome> {
    const { clock, allowances } = bench;
    return Promise.race([
      partyAt(bench, 'server')
        .sut.stimulate(back)
        .catch((thrown: unknown): Outcome => ({ failed: String(thrown) })),
      sleep(clock, allowances.stimulus).then((): Outcome => ({ failed: `nothing within ${allowances.stimulus} s` })),
    ]);
  }

  #deedOf(order: Order, location: string | undefined): Deed | undefined {
    const { endpoint, path } = order;
    switch (order.do) {
      case 'read':
      case 'discover':
      case 'cancel':
        return undefined;
      case 'write': {
        const before = this.initial[path];
        const back =
          before === undefined ? undefined : ({ do: 'write', endpoint, path, value: before, mode: 'replace' } as const);
        return { says: `write ${path}`, back };
      }
      case 'write-attributes': {
        const attributes = Object.fromEntries(Object.keys(order.attributes).map((name) => [name, null]));
        return { says: `attributes of ${path}`, back: { do: 'write-attributes', endpoint, path, attributes } };
      }
      case 'observe':
        return { says: `observation of ${path}`, back: { do: 'cancel', endpoint, path, how: 'active' } };
      case 'create': {
        const created = location ?? (order.instance === undefined ? undefined : `${path}/${order.instance}`);
        return {
          says: `creation in ${path}`,
          back: created === undefined ? undefined : { do: 'delete', endpoint, path: created },
        };
      }
      case 'execute':
      case 'delete':
        return { says: `${order.do} ${path}`, back: undefined };
    }
  }
}
