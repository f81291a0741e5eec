import { EMPTY, equalBytes } from '../base/bytes.js';
import { partyOf, type Peer } from '../model/party.js';
import type { Exchange } from '../record/exchange.js';
import type { Datagram } from '../record/wire-view.js';
import { outgoing } from '../roles/shared/outgoing.js';
import { METHOD, type Method } from '../wire/coap/code.js';
import type { Code, CoapMessage } from '../wire/coap/message.js';
import { alternatePath } from '../wire/core-link.js';
import type { Bench } from './bench.js';
import type { AnyRequest, OwnMessages } from './context.js';
import { Interrupt } from './interrupt.js';
import type { OwnHands } from './own-hands.js';
import { findSent, isSettled, sentOf, wholeMessage, type Sent, type ToSend } from './sending.js';
import { MAX_TRANSMIT_WAIT } from './whole-answer.js';

/** How many messages a procedure has made by itself: no two have one token, nor one Message ID at another address. */
export interface Made {
  count: number;
}

/** What a procedure says in the place of a party of ours, found again in the wire view. */
export class OwnTraffic implements OwnMessages {
  /**
   * @param answered waits for the whole answer to a request
   */
  constructor(
    private readonly bench: Bench,
    private readonly peer: Peer,
    private readonly hands: () => OwnHands,
    private readonly made: Made,
    private readonly answered: (exchange: Exchange) => Promise<void>,
  ) {}

  async request(request: AnyRequest): Promise<Exchange> {
    const { view, clock, allowances } = this.bench;
    const message = this.message(request);
    const since = view.exchanges.length;
    this.hands().ask(this.#numbered(message));
    const find = (): Exchange | undefined => {
      for (let at = view.exchanges.length - 1; at >= since; at--) {
        const exchange = view.exchanges[at];
        if (exchange?.from === this.peer && equalBytes(exchange.request.message.token, message.token)) return exchange;
      }
      return undefined;
    };
    const exchange = await view.wait(find, clock.now() + allowances.reaction);
    if (!exchange) throw new Interrupt('error', `our own ${request.method} ${request.path} was not seen`);
    await this.answered(exchange);
    view.claim(exchange);
    return exchange;
  }

  message(request: AnyRequest): ReturnType<OwnMessages['message']> {
    const number = ++this.made.count;
    const token = Uint8Array.of(0x6f, 0x77, number >> 8, number & 0xff, 0x21);
    const prefix = partyOf(this.peer) === 'server' ? alternatePathOf(this.bench.view.exchanges) : '';
    return { ...messageOf(request, prefix), token };
  }

  async send(datagram: Uint8Array | ToSend, { within = MAX_TRANSMIT_WAIT } = {}): Promise<Sent> {
    const { view, clock, allowances } = this.bench;
    const since = view.position;
    const sent = datagram instanceof Uint8Array ? datagram : this.#numbered(datagram);
    if (sent instanceof Uint8Array) this.hands().raw(sent);
    else this.hands().ask(wholeMessage(sent), 'once');
    const find = (): Datagram | undefined => findSent(view, this.peer, since, sent);
    const seen = await view.wait(find, clock.now() + allowances.reaction);
    if (!seen) throw new Interrupt('error', 'a datagram of our own was not seen');
    const begun = view.exchanges.findLast(({ request }) => request.position === seen.position);
    if (begun) view.claim(begun);
    const settled = (): Sent | undefined => {
      const now = sentOf(view, seen);
      return isSettled(now, seen) ? now : undefined;
    };
    return (await view.wait(settled, seen.t + within)) ?? sentOf(view, seen);
  }

  /** At addresses that share a name in the record, no two messages may have one Message ID. */
  #numbered<M extends ToSend>(message: M): M {
    if (this.peer !== 'client2' || message.id !== undefined) return message;
    return { ...message, id: (FIRST_ID + ++this.made.count) & 0xffff };
  }
}

/** Where the Message IDs of other addresses begin. */
const FIRST_ID = 0x2000;

/** Options and payload of a request, its path below an alternate path. */
function messageOf(
  { method, path, payload = EMPTY, ...parts }: AnyRequest,
  alternate: string,
): Pick<CoapMessage, 'code' | 'options' | 'payload'> {
  const { code, options } = outgoing(codeOfMethod(method), { ...parts, path: `${alternate}${path}` });
  return { code, options: options ?? [], payload };
}

const CODES: ReadonlyMap<Method, Code> = new Map(Object.entries(METHOD).map(([code, method]) => [method, code]));

const codeOfMethod = (method: Method): Code => CODES.get(method) ?? '0.01';

const alternatePathOf = (exchanges: readonly Exchange[]): string =>
  alternatePath(exchanges.findLast(({ kind }) => kind === 'register')?.request.payload ?? EMPTY);
