import { sleep } from '../base/clock.js';
import type { PlainContent } from '../model/plain.js';
import type { Exchange } from '../record/exchange.js';
import type { ServerStimulus } from '../sut/contract.js';
import type { Bench } from './bench.js';
import { registrationOf } from './registration.js';
import type { Order } from './request-check.js';

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
   * @returns why the client is not as it was, or undefined
   */
  async run({ server, journal, clock, view, endpoint, allowances }: Bench): Promise<string | undefined> {
    if (this.#deeds.length === 0) return undefined;
    journal.add({ kind: 'phase', t: clock.now(), phase: 'undo' });
    const lasting = this.#deeds.find(({ back }) => back === undefined);
    if (lasting) return lasting.says;
    if (!registrationOf(view.exchanges, server.peer, endpoint)) return 'the client is not registered any more';
    for (const { says, back } of this.#deeds.toReversed()) {
      if (!back) continue;
      const outcome = await server.sut.stimulate(back).catch((thrown: unknown) => ({ failed: String(thrown) }));
      journal.add({ kind: 'note', t: clock.now(), text: `undone: ${says}: ${JSON.stringify(outcome)}` });
      if (typeof outcome === 'string' || 'failed' in outcome || 'refused' in outcome)
        return `it could not be undone: ${says}`;
    }
    await sleep(clock, allowances.settle); // what the client says to this must not be taken for an answer to the next case
    return undefined;
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
