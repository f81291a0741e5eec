import { EMPTY } from '../base/bytes.js';
import { failed, ProblemError, type Result } from '../base/error.js';
import type { Address } from '../link/link.js';
import { isRequest, isResponse, isSuccess } from '../wire/coap/code.js';
import { decodeMessage } from '../wire/coap/codec.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { OptionNumber, uintOption } from '../wire/coap/option.js';
import { getOpaque } from '../wire/coap/read.js';
import { AnswerBlocks } from './answer-blocks.js';
import { BlockTransfers } from './block-transfer.js';
import { BodyAssembly } from './body-assembly.js';
import { Exchanges } from './exchanges.js';
import { Notifications } from './notifications.js';
import { OBSERVE_MODULUS } from './observe.js';
import { Outbox } from './outbox.js';
import { EndpointRules, type EndpointOptions } from './rules.js';
import { Serving } from './serving.js';
import type { Delivery, Handler, IncomingResponse, Outgoing } from './types.js';

export interface RequestOptions {
  /**
   * Takes the notifications of an observation, whole, as they arrive: their order is the caller's to check (`isNewer`).
   * Without it a registration is forgotten as soon as it is answered.
   */
  readonly onNotification?: (notification: IncomingResponse) => void;
  /** Seconds to wait for the response once the request is acknowledged, or sent if it is non-confirmable; 93 when left out. */
  readonly within?: number;
}

/**
 * A CoAP endpoint over UDP or a link like it: client and server at once (RFC 7252, 7641, 7959).
 *
 * Its decisions are the methods of `EndpointRules`; a subclass may override each of them.
 */
export class Endpoint extends EndpointRules {
  readonly #outbox: Outbox;
  readonly #exchanges: Exchanges;
  readonly #notifications: Notifications;
  readonly #transfers: BlockTransfers;
  readonly #answers: AnswerBlocks;
  readonly #serving: Serving;
  #handler: Handler | undefined;
  #closed = false;

  constructor(options: EndpointOptions) {
    super(options);
    const { ackTimeout, ackRandomFactor, maxRetransmit, nstart } = this.transmission;
    this.#outbox = new Outbox(
      this.clock,
      {
        retransmissionDelay: (attempt, previous) => this.retransmissionDelay(attempt, previous),
        maxRetransmit,
        nstart,
        nonConfirmableWait: ackTimeout * ackRandomFactor,
      },
      (to, datagram) => this.link.send(to, datagram),
    );
    this.#exchanges = new Exchanges(this.clock, this, this.#outbox);
    this.#notifications = new Notifications(this.clock, this.times.nonLifetime, this.#outbox);
    this.#transfers = new BlockTransfers(this);
    this.#answers = new AnswerBlocks(this.clock, this.times.exchangeLifetime, this);
    const assembly = new BodyAssembly(this.clock, this.times.exchangeLifetime, this);
    this.#serving = new Serving(this.clock, this, assembly, this.#answers, {
      transmit: (to, message) => this.#transmit(to, message),
      post: (to, message) => this.#post(to, message),
    });
    this.link.onReceive((from, datagram) => this.#receive(from, datagram));
  }

  get local(): Address {
    return this.link.local;
  }

  /** Sets who answers requests. Without a handler a confirmable request is answered with a Reset. */
  onRequest(handler: Handler): void {
    this.#handler = handler;
  }

  /**
   * Sends a request and waits for its response, both whole however many blocks they take. An `out` that has a Block option
   * is sent as it is, and the response is given as it comes. Where the server asks for freshness (4.01 with an Echo option), the
   * request is sent once more with that Echo (RFC 9175 §2.3).
   *
   * Problems: `coap-timeout`, `coap-reset`, `coap-closed`, `coap-bad-option` (the response has an unknown critical option),
   * `coap-message-ids` (65,536 messages to one peer within 247 s), `coap-block-…` (the peer breaks RFC 7959), and those of
   * `encodeMessage` when `out` cannot be written.
   */
  async request(to: Address, out: Outgoing, options: RequestOptions = {}): Promise<Result<IncomingResponse>> {
    const { within = this.times.maxTransmitWait, onNotification } = options;
    const token = out.token ?? this.#newToken(to);
    const later = (block: Outgoing): Promise<Result<IncomingResponse>> =>
      this.#ask(to, block, this.#newToken(to), within);
    const deliver = onNotification && this.#collecting(out, later, onNotification);
    const first = (block: Outgoing): Promise<Result<IncomingResponse>> => this.#ask(to, block, token, within, deliver);
    const response = await this.#transfers.request(to, out, first, later);
    const fresh = response.ok ? withEcho(out, response.value.message) : undefined;
    return fresh ? this.#transfers.request(to, fresh, first, later) : response;
  }

  /** Ends an observation without a word: later notifications with its token are answered with a Reset (RFC 7641 §3.6). */
  forget(to: Address, token: Uint8Array): void {
    this.#exchanges.forget(to, token);
  }

  /**
   * Sends a notification. A confirmable one resolves when it is settled, a non-confirmable one is `sent` at once.
   *
   * @param observe sequence number, of which 24 bits are sent; left out of errors, and where `out` brings its own
   * @param onReset called when the peer answers with a Reset, to a non-confirmable one within NON_LIFETIME
   * @throws ProblemError (as a rejection) when `out` cannot be written
   */
  async notify(
    to: Address,
    token: Uint8Array,
    observe: number,
    out: Outgoing,
    onReset?: () => void,
  ): Promise<Delivery | 'sent'> {
    const confirmable = out.confirmable !== false;
    const id = this.#closed ? undefined : this.nextMessageId(to);
    if (id === undefined) return 'timeout';
    const numbered = isSuccess(out.code) ? withObserve(out, observe) : out;
    const { code, options = [], payload = EMPTY } = this.#answers.finishNotification(to, token, numbered);
    const message: CoapMessage = { type: confirmable ? 'CON' : 'NON', code, id, token, options, payload };
    if (confirmable) return this.#notifications.confirm(to, token, id, this.encode(message, to), onReset);
    this.#transmit(to, message);
    if (onReset) this.#notifications.remember(to, id, onReset);
    return 'sent';
  }

  /** Sends an empty confirmable message; a peer that is alive resets it (RFC 7252 §4.3). */
  ping(to: Address): Promise<Delivery> {
    return new Promise((resolve) => {
      const id = this.#closed ? undefined : this.nextMessageId(to);
      if (id === undefined) return resolve('timeout');
      const message: CoapMessage = { type: 'CON', code: '0.00', id, token: EMPTY, options: [], payload: EMPTY };
      this.#outbox.send({
        to,
        id,
        datagram: this.encode(message, to),
        confirmable: true,
        settled: (outcome) => resolve(outcome === 'closed' ? 'timeout' : outcome),
      });
    });
  }

  /** Sends bytes as they are. What comes back is treated like anything that comes. */
  sendRaw(to: Address, bytes: Uint8Array): void {
    if (!this.#closed) this.link.send(to, bytes);
  }

  /** Ends everything: requests fail with `coap-closed`, notifications and pings with `timeout`; then closes the link. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    // In this order: a request that ended would let the next one go.
    this.#outbox.close();
    this.#exchanges.close();
    await this.link.close();
  }

  #ask(
    to: Address,
    out: Outgoing,
    token: Uint8Array,
    within: number,
    onNotification?: (notification: IncomingResponse) => void,
  ): Promise<Result<IncomingResponse>> {
    const problem = (code: string, message: string): Promise<Result<IncomingResponse>> =>
      Promise.resolve(failed({ code, message, place: to }));
    if (this.#closed) return problem('coap-closed', 'the endpoint is closed');
    const id = this.nextMessageId(to);
    if (id === undefined) return problem('coap-message-ids', 'every Message ID is taken');
    const { code, options = [], payload = EMPTY } = out;
    const request: CoapMessage = { type: out.confirmable === false ? 'NON' : 'CON', code, id, token, options, payload };
    let datagram: Uint8Array;
    try {
      datagram = this.encode(request, to);
    } catch (thrown) {
      if (thrown instanceof ProblemError) return Promise.resolve(failed(thrown.problem));
      throw thrown;
    }
    return this.#exchanges.ask({ to, token, request, within, ...(onNotification && { onNotification }) }, datagram);
  }

  /** Passes notifications on when their later blocks are there too; a newer notification overtakes (RFC 7959 §2.6). */
  #collecting(
    out: Outgoing,
    later: (block: Outgoing) => Promise<Result<IncomingResponse>>,
    onNotification: (notification: IncomingResponse) => void,
  ): (notification: IncomingResponse) => void {
    let count = 0;
    return (notification) => {
      const turn = ++count;
      if (!this.#transfers.isPart(out, notification)) return onNotification(notification);
      void this.#transfers.collect(out, notification, later).then((whole) => {
        // An error to a request for a later block is no notification.
        if (whole.ok && isSuccess(whole.value.message.code) && turn === count) onNotification(whole.value);
      });
    };
  }

  #newToken(to: Address): Uint8Array {
    return this.nextToken(to, (token) => this.#exchanges.isLive(to, token));
  }

  #receive(from: Address, datagram: Uint8Array): void {
    if (this.#closed) return;
    const decoded = decodeMessage(datagram);
    if (!decoded.ok) return this.rejectMalformed(from, decoded.problem, decoded.header);
    const { message } = decoded;
    const { type, code } = message;
    if (code === '0.00') return this.#empty(from, message);
    // A Reset is empty, and a request is no reply: ignored (RFC 7252 §4.2, §4.3).
    if (type === 'RST' || (type === 'ACK' && isRequest(code))) return;
    if (type === 'ACK') return this.#response(from, message);
    if (this.isDuplicate(from, message)) return this.#again(from, message);
    if (isResponse(code)) this.#response(from, message);
    else this.#request(from, message);
  }

  #empty(from: Address, message: CoapMessage): void {
    if (message.type === 'CON') this.answerPing(from, message);
    else if (message.type === 'ACK') this.#outbox.react(from, message.id, 'acknowledged');
    else if (message.type === 'RST' && !this.#outbox.react(from, message.id, 'reset'))
      this.#notifications.reset(from, message.id);
  }

  #again(from: Address, message: CoapMessage): void {
    const received = this.recent.find(from, message);
    if (message.type !== 'CON' || !received) return;
    if (received.reply) this.link.send(from, received.reply);
    else received.onDuplicate?.();
  }

  #request(from: Address, message: CoapMessage): void {
    const received = this.recent.remember(from, message);
    if (this.#handler) this.#serving.handle(from, message, received, this.#handler);
    else if (message.type === 'CON') received.reply = this.reset(from, message.id);
  }

  #response(from: Address, message: CoapMessage): void {
    const received = message.type === 'ACK' ? undefined : this.recent.remember(from, message);
    const answer = (reply: Uint8Array | undefined): void => {
      if (received && reply) received.reply = reply;
    };
    const taker = this.#exchanges.taker(from, message);
    if (!taker) return answer(this.rejectUnexpected(from, message, this.#exchanges.wasForgotten(from, message.token)));
    const critical = this.unknownCritical(message);
    if (critical) {
      if (message.type === 'CON') answer(this.reset(from, message.id));
      const text = `the response has the critical option ${critical.number}, which cannot be accepted`;
      return taker.reject({ code: 'coap-bad-option', message: text, place: from });
    }
    if (message.type === 'CON') answer(this.acknowledge(from, message.id));
    taker.accept();
  }

  #transmit(to: Address, message: CoapMessage): Uint8Array {
    const datagram = this.encode(message, to);
    if (!this.#closed) this.link.send(to, datagram);
    return datagram;
  }

  /** A response in a message of its own. With no Message ID left it is lost, as any datagram may be. */
  #post(to: Address, message: Omit<CoapMessage, 'id'>): void {
    const id = this.#closed ? undefined : this.nextMessageId(to);
    if (id === undefined) return;
    const datagram = this.encode({ ...message, id }, to);
    if (message.type === 'NON') this.link.send(to, datagram);
    else this.#outbox.send({ to, id, datagram, confirmable: true, urgent: true, settled: () => undefined });
  }
}

function withObserve(out: Outgoing, observe: number): Outgoing {
  if (out.options?.some(({ number }) => number === OptionNumber.observe)) return out;
  return { ...out, options: [...(out.options ?? []), uintOption(OptionNumber.observe, observe % OBSERVE_MODULUS)] };
}

/** The request as a server wants it that doubts its freshness; undefined when it does not, or has been told already. */
function withEcho(out: Outgoing, response: CoapMessage): Outgoing | undefined {
  const echo = response.code === '4.01' ? getOpaque(response, OptionNumber.echo) : undefined;
  if (!echo || out.options?.some(({ number }) => number === OptionNumber.echo)) return undefined;
  return { ...out, options: [...(out.options ?? []), { number: OptionNumber.echo, value: echo }] };
}
