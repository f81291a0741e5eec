import { toHex } from '../base/bytes.js';
import type { Clock } from '../base/clock.js';
import { formatProblem } from '../base/error.js';
import type { Model } from '../model/definition.js';
import type { Peer } from '../model/party.js';
import { decodeMessage } from '../wire/coap/codec.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { isRequest } from '../wire/coap/code.js';
import { ChannelView, type ChannelEntry } from './channel-view.js';
import { Folding, type Seen } from './folding.js';
import type { JournalEntry } from './journal.js';
import type { Exchange, Malformed, Notification } from './exchange.js';

/** An empty message that is neither an ACK nor an RST of a known one: a ping, or its answer. */
export interface EmptyMessage {
  readonly from: Peer;
  readonly t: number;
  readonly position: number;
  readonly message: CoapMessage;
}

/** A datagram as it was seen, with what it says. */
export interface Datagram {
  readonly from: Peer;
  readonly to: Peer;
  /** Place in the record: larger is later. */
  readonly position: number;
  /** Seconds since the case began. */
  readonly t: number;
  readonly bytes: Uint8Array;
  /** Undefined where it is no CoAP message. */
  readonly message: CoapMessage | undefined;
}

/** Something that is waited for, until a time of the clock. */
export interface Pending {
  readonly what: string;
  readonly until: number;
}

/**
 * Datagrams folded into exchanges: the only source of facts about traffic for a procedure, on every bench.
 * It is told every datagram that passes the tap, in order.
 */
export class WireView {
  /** All of them, in order. */
  readonly datagrams: Datagram[] = [];
  readonly malformed: Malformed[] = [];
  readonly empty: EmptyMessage[] = [];
  /** Responses that answer no request seen. */
  readonly stray: EmptyMessage[] = [];
  /** What passed below CoAP, where a channel protects it. */
  readonly channel = new ChannelView();
  #position = 0;
  #over: string | undefined;
  readonly #folding: Folding;
  readonly #waiting = new Set<() => void>();
  readonly #pending = new Set<Pending>();

  constructor(
    private readonly clock: Clock,
    model: Model,
  ) {
    this.#folding = new Folding(model);
  }

  get exchanges(): readonly Exchange[] {
    return this.#folding.exchanges;
  }

  /** How many datagrams were seen: a fact of a larger position is a later one. */
  get position(): number {
    return this.#position;
  }

  /** A datagram of a record. */
  replay({ from, to, bytes, t, astray }: Extract<JournalEntry, { readonly kind: 'datagram' }>): void {
    this.feed(from, to, bytes, t, astray && 'astray');
  }

  /** @param astray it was sent to an address that the client no longer has */
  feed(from: Peer, to: Peer, bytes: Uint8Array, t: number, astray?: 'astray'): void {
    const position = ++this.#position;
    const decoded = decodeMessage(bytes);
    this.datagrams.push({ from, to, position, t, bytes, message: decoded.ok ? decoded.message : undefined });
    if (!decoded.ok) this.malformed.push({ from, position, t, bytes, problem: formatProblem(decoded.problem) });
    else this.#fold({ from, to, message: decoded.message, position, t, astray: astray !== undefined });
    this.look();
  }

  /** An entry of a channel, of a record. */
  replayChannel(entry: ChannelEntry): void {
    this.channel.feed(entry, this.#position);
    this.look();
  }

  /** Has everyone who waits look again: something that is no datagram has changed. */
  look(): void {
    for (const look of [...this.#waiting]) look();
  }

  #fold(seen: Seen): void {
    const { message } = seen;
    if (isRequest(message.code)) this.#folding.request(seen);
    else if (message.code === '0.00') {
      if (!this.#folding.empty(seen)) this.empty.push(seen);
    } else if (!this.#folding.response(seen)) this.stray.push(seen);
  }

  /** Marks an exchange as caused by a stimulus. */
  claim(exchange: Exchange): void {
    this.#folding.claim(exchange);
  }

  /** What is waited for now, the latest last. */
  get pending(): readonly Pending[] {
    return [...this.#pending];
  }

  /** Nothing more will come, and why: every wait ends at once. */
  end(reason: string): void {
    this.#over ??= reason;
    this.look();
  }

  /** Why nothing more will come; undefined while something can. */
  get over(): string | undefined {
    return this.#over;
  }

  /** The first fact found, looking back first and then at each datagram; undefined once the clock has passed `until`. `what` is for people. */
  wait<T>(find: () => T | undefined, until: number, what?: string): Promise<T | undefined> {
    const found = find();
    if (found !== undefined || this.#over !== undefined || this.clock.now() >= until) return Promise.resolve(found);
    return new Promise((resolve) => {
      const pending = what === undefined ? undefined : { what, until };
      if (pending) this.#pending.add(pending);
      const end = (value: T | undefined): void => {
        this.#waiting.delete(look);
        if (pending) this.#pending.delete(pending);
        timer.cancel();
        resolve(value);
      };
      const look = (): void => {
        const value = find();
        if (value !== undefined || this.#over !== undefined) end(value);
      };
      const timer = this.clock.after(until - this.clock.now(), () => end(find()));
      this.#waiting.add(look);
    });
  }
}

/** `client → server 2.05 [token]`, for notes and reasons. */
export const describeMessage = (from: Peer, to: Peer, message: CoapMessage): string =>
  `${from} → ${to} ${message.type} ${message.code} id ${message.id} token ${toHex(message.token) || '-'}`;

export type { Exchange, Notification };
