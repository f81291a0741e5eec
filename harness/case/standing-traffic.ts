import { toHex } from '../base/bytes.js';
import type { Enabler, Peer } from '../model/party.js';
import { partyOf, type Party } from '../model/party.js';
import type { Exchange } from '../record/exchange.js';
import type { Datagram, WireView } from '../record/wire-view.js';
import { isRequest } from '../wire/coap/code.js';
import type { CoapMessage } from '../wire/coap/message.js';

/** A datagram that is a message. */
export type Message = Datagram & { readonly message: CoapMessage };

/** What one party sent and received on a bench, in order. */
export class Traffic {
  readonly sent: readonly Datagram[];
  readonly received: readonly Datagram[];
  /** Whether there was traffic before what is seen: what refers to it cannot be judged. */
  readonly isContinued: boolean;
  readonly #receivedIds = new Map<number, Datagram[]>();
  readonly #askedTokens = new Map<string, number>();
  readonly #exchanges = new Map<number, Exchange>();

  constructor(
    readonly view: WireView,
    readonly party: Party,
    readonly enabler: Enabler,
  ) {
    this.sent = view.datagrams.filter(({ from }) => isOf(party, from));
    this.received = view.datagrams.filter(({ to }) => isOf(party, to));
    this.isContinued = view.datagrams.some(({ t }) => t < 0);
    for (const datagram of this.received) this.#take(datagram);
    for (const exchange of view.exchanges) this.#exchanges.set(exchange.request.position, exchange);
  }

  /** Datagrams of a Message ID that were received before another. */
  receivedBefore({ position }: Datagram, id: number): readonly Datagram[] {
    return (this.#receivedIds.get(id) ?? []).filter((datagram) => datagram.position < position);
  }

  /** Whether a request of this token was received before. */
  wasAsked({ position, message }: Message): boolean {
    return (this.#askedTokens.get(toHex(message.token)) ?? Infinity) < position;
  }

  /** The exchange that a datagram begins. */
  exchangeOf({ position }: Datagram): Exchange | undefined {
    return this.#exchanges.get(position);
  }

  #take(datagram: Datagram): void {
    const { bytes, message, position } = datagram;
    if (bytes.length >= 4) {
      const id = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
      this.#receivedIds.set(id, [...(this.#receivedIds.get(id) ?? []), datagram]);
    }
    const token = message && isRequest(message.code) ? toHex(message.token) : undefined;
    if (token !== undefined && !this.#askedTokens.has(token)) this.#askedTokens.set(token, position);
  }
}

const isOf = (party: Party, peer: Peer): boolean => partyOf(peer) === party;
