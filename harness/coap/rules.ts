import type { Problem } from '../base/error.js';
import { EMPTY, utf8 } from '../base/bytes.js';
import type { Clock } from '../base/clock.js';
import type { Random } from '../base/random.js';
import type { Address, Link } from '../link/link.js';
import { encodeMessage, type Header } from '../wire/coap/codec.js';
import type { CoapMessage, CoapOption, MessageType } from '../wire/coap/message.js';
import { exponentOf, type Block, type BlockSize } from '../wire/coap/block.js';
import { findUnknownCritical, KNOWN_CRITICAL } from './critical.js';
import { MessageIds } from './message-ids.js';
import { Recent } from './recent.js';
import { DEFAULT_TRANSMISSION, transmissionTimes, type Transmission, type TransmissionTimes } from './transmission.js';
import type { IncomingRequest, Outgoing } from './types.js';

export interface EndpointOptions {
  /** The endpoint takes it over, and closes it. */
  readonly link: Link;
  readonly clock: Clock;
  /** Gives Message IDs, tokens and the spread of retransmissions. */
  readonly random: Random;
  readonly transmission?: Partial<Transmission>;
  /** Largest block sent and asked for, in bytes; 1024 when left out. Less than that is announced in requests (early negotiation). */
  readonly blockSize?: BlockSize;
  /** Numbers of critical options that the handler deals with, besides those of LwM2M. */
  readonly knownCritical?: Iterable<number>;
  /** Bytes of a token, 0 to 8; 4 when left out. More are taken where all shorter ones are in use. */
  readonly tokenLength?: number;
  /** Largest body put together from blocks, in bytes; 1 MiB when left out. */
  readonly maxBody?: number;
}

const MEBIBYTE = 1_048_576;

/**
 * What an endpoint decides, one method for each decision, each as RFC 7252 and 7959 want it.
 *
 * A deviation is a subclass of `Endpoint` that overrides one of these; the endpoint asks here and nowhere else.
 */
export abstract class EndpointRules {
  protected readonly link: Link;
  protected readonly clock: Clock;
  protected readonly random: Random;
  protected readonly recent: Recent;
  readonly transmission: Transmission;
  readonly times: TransmissionTimes;
  readonly maxBody: number;
  /** Size exponent of the largest block sent and asked for. */
  readonly szx: number;
  readonly #known: ReadonlySet<number>;
  readonly #ids: MessageIds;
  readonly #tokenLength: number;

  constructor(options: EndpointOptions) {
    this.link = options.link;
    this.clock = options.clock;
    this.random = options.random;
    this.transmission = { ...DEFAULT_TRANSMISSION, ...options.transmission };
    this.times = transmissionTimes(this.transmission);
    this.maxBody = options.maxBody ?? MEBIBYTE;
    this.szx = exponentOf(options.blockSize ?? 1024);
    this.recent = new Recent(options.clock, this.times);
    this.#known = new Set([...KNOWN_CRITICAL, ...(options.knownCritical ?? [])]);
    this.#ids = new MessageIds(options.clock, options.random.fork('message-id'), this.times.exchangeLifetime);
    this.#tokenLength = options.tokenLength ?? 4;
  }

  /** Message ID of the next message to `to` that is no reply; undefined while every one is taken (RFC 7252 §4.4). */
  nextMessageId(to: Address): number | undefined {
    return this.#ids.next(to);
  }

  /** A token for a request to `to`; `isTaken` tells which are live there (RFC 7252 §5.3.1). */
  nextToken(_to: Address, isTaken: (token: Uint8Array) => boolean): Uint8Array {
    for (let attempt = 0; ; attempt++) {
      // Of 0 or 1 bytes there may be no free token.
      const length = this.#tokenLength + (attempt >> 3);
      const token = length === 0 ? EMPTY : this.random.bytes(Math.min(length, 8));
      if (!isTaken(token)) return token;
    }
  }

  /** The token of a response: that of its request (RFC 7252 §5.3.1). */
  responseToken(request: CoapMessage): Uint8Array {
    return request.token;
  }

  /**
   * Seconds from one transmission to the next, or from the last one to giving up (RFC 7252 §4.2).
   *
   * @param attempt 0 after the first transmission
   * @param previous what this returned for the transmission before; 0 at first
   */
  retransmissionDelay(attempt: number, previous: number): number {
    if (attempt > 0) return previous * 2;
    const { ackTimeout, ackRandomFactor } = this.transmission;
    return ackTimeout * (1 + this.random.next() * (ackRandomFactor - 1));
  }

  /** Whether a message was received before, within its lifetime (RFC 7252 §4.5). */
  isDuplicate(from: Address, message: CoapMessage): boolean {
    return this.recent.find(from, message) !== undefined;
  }

  /** Whether what comes from `from` can answer a request to `asked` (RFC 7252 §5.3.2). */
  acceptsResponseFrom(asked: Address, from: Address): boolean {
    return asked === from;
  }

  /** The first option that forces a message to be rejected (RFC 7252 §5.4.1). */
  unknownCritical(message: CoapMessage): CoapOption | undefined {
    return findUnknownCritical(message, this.#known);
  }

  /** Answer to a request with a critical option nobody here knows; undefined ignores it (RFC 7252 §5.4.1). */
  rejectCritical(_from: Address, request: CoapMessage, option: CoapOption): Outgoing | undefined {
    return request.type === 'CON' ? { code: '4.02', payload: utf8(`option ${option.number}`) } : undefined;
  }

  /** Answer to a method that no RFC defines (RFC 7252 §5.8). */
  rejectMethod(_from: Address, _request: CoapMessage): Outgoing | undefined {
    return { code: '4.05' };
  }

  /** Answer where the handler threw. */
  handlerFailed(thrown: unknown, _request: IncomingRequest): Outgoing | undefined {
    return { code: '5.00', payload: utf8(thrown instanceof Error ? thrown.message : String(thrown)) };
  }

  /** A ping came: an empty confirmable message (RFC 7252 §4.3). */
  answerPing(from: Address, ping: CoapMessage): void {
    this.reset(from, ping.id);
  }

  /** A datagram came that is no message. One of another version is ignored, as all but confirmable ones (RFC 7252 §3, §4.2, §4.3). */
  rejectMalformed(from: Address, problem: Problem, header: Header | undefined): void {
    if (problem.code !== 'coap-version' && header?.type === 'CON') this.reset(from, header.id);
  }

  /** A response or notification came that nobody waits for. Returns the bytes of the reply, if any (RFC 7252 §4.2, §4.3). */
  rejectUnexpected(from: Address, message: CoapMessage, wasForgotten: boolean): Uint8Array | undefined {
    return message.type === 'CON' || (message.type === 'NON' && wasForgotten)
      ? this.reset(from, message.id)
      : undefined;
  }

  /** Sends an empty ACK. */
  acknowledge(to: Address, id: number): Uint8Array {
    return this.sendEmpty('ACK', to, id);
  }

  /** Sends a Reset. */
  reset(to: Address, id: number): Uint8Array {
    return this.sendEmpty('RST', to, id);
  }

  /** Bytes of a message to `to`. @throws ProblemError when a field is out of range */
  encode(message: CoapMessage, _to: Address): Uint8Array {
    return encodeMessage(message);
  }

  /** Whether a Block1 of this number begins a body anew (RFC 7959 §2.5). */
  beginsBody(block: Block): boolean {
    return block.num === 0;
  }

  /** Whether a Block1 at `offset` goes on a body of which `received` bytes are there (RFC 7959 §2.5). */
  continuesBody(received: number, offset: number): boolean {
    return offset === received;
  }

  /** Size exponent to go on with, when a peer sends or asks for blocks of exponent `asked` (RFC 7959 §2.3, §2.4). */
  negotiate(asked: number): number {
    return Math.min(asked, this.szx);
  }

  /** Offset in the body of the Block2 that was asked for, in bytes (RFC 7959 §2.4). */
  blockOffset(asked: Block): number {
    return asked.num * 2 ** (asked.szx + 4);
  }

  protected sendEmpty(type: MessageType, to: Address, id: number): Uint8Array {
    const datagram = this.encode({ type, code: '0.00', id, token: EMPTY, options: [], payload: EMPTY }, to);
    this.link.send(to, datagram);
    return datagram;
  }
}
