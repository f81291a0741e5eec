import { concatBytes, EMPTY, toHex } from '../base/bytes.js';
import type { Model } from '../model/definition.js';
import type { Peer } from '../model/party.js';
import { getBlock } from '../wire/coap/block.js';
import { formatCodeName } from '../wire/coap/code.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { OptionNumber } from '../wire/coap/options.js';
import { getLocationPath, getPath, getUint, queryMap } from '../wire/coap/read.js';
import { alternatePath } from '../wire/core-link.js';
import { Content } from './content.js';
import { classify, type Exchange, type Notification, type ObservedRequest, type ObservedResponse } from './exchange.js';

export interface Seen {
  readonly from: Peer;
  readonly to: Peer;
  readonly message: CoapMessage;
  readonly position: number;
  readonly t: number;
  readonly astray: boolean;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type OpenNotification = Mutable<Notification> & { transmissions: number[] };
type Open = Mutable<Exchange> & { notifications: OpenNotification[]; transmissions: number[] };

/** The body that a message of one token belongs to: the response of an exchange, or one of its notifications. */
interface Target {
  readonly exchange: Open;
  readonly notification?: OpenNotification;
  /** A later block of it was asked for, with a token that stands for nothing else. */
  readonly later?: true;
}

/** What a Message ID of a sender stood for. */
type Sent =
  | { readonly request: Open; readonly first: boolean }
  | { readonly response: true; readonly notification?: OpenNotification };

/** RFC 7252 §4.8.2, in seconds. */
const EXCHANGE_LIFETIME = 247;

/** Folds messages into exchanges: repeats counted, blocks joined, notifications with the request that asked for them. */
export class Folding {
  readonly exchanges: Open[] = [];
  readonly #tokens = new Map<string, Target>();
  readonly #ids = new Map<string, { readonly token: string; readonly sent: Sent; readonly t: number }>();
  /** Transfers by requester, responder and resource: where a later block belongs. */
  readonly #uploads = new Map<string, Open>();
  readonly #downloads = new Map<string, Target>();
  /** The observation that a token stood for before an active cancel took it over. */
  readonly #observations = new Map<string, Open>();
  #alternatePath = '';

  constructor(private readonly model: Model) {}

  claim(exchange: Exchange): void {
    const own = this.exchanges.findLast((candidate) => candidate === exchange);
    if (own) own.claimed = true;
  }

  request(seen: Seen): void {
    const { from, to, message } = seen;
    const token = tokenKey(from, to, message);
    const idKey = `${from}>${to}|${message.id}`;
    const known = this.#known(idKey, seen.t);
    if (known && 'request' in known.sent && known.token === token) {
      if (known.sent.first) this.#again(known.sent.request, seen.t);
      return;
    }
    const request = this.#observe(seen);
    const resource = `${from}>${to}|${request.path}?${[...request.query].join('&')}`;
    const continued = this.#continued(message, request.method, resource);
    if (!continued) this.#forgetWhole(resource);
    const target = continued ?? { exchange: this.#open(seen, request) };
    this.#tokens.set(token, target);
    this.#ids.set(idKey, { token, sent: { request: target.exchange, first: !continued }, t: seen.t });
    const upload = getBlock(message, OptionNumber.block1);
    if (upload) this.#uploads.set(`${resource}|${request.method}`, target.exchange);
    if (!continued || !upload) return;
    const body = concatBytes(target.exchange.request.payload, message.payload);
    target.exchange.request = {
      ...target.exchange.request,
      payload: body,
      content: this.#content(body, request.contentFormat, request.path),
    };
  }

  /** False when it answers nothing that was seen. */
  response(seen: Seen): boolean {
    const { from, to, message } = seen;
    const token = tokenKey(to, from, message);
    const target = this.#tokens.get(token);
    if (!target) return false;
    const idKey = `${from}>${to}|${message.id}`;
    const known = this.#known(idKey, seen.t);
    if (message.type !== 'ACK' && known?.token === token && 'response' in known.sent) {
      known.sent.notification?.transmissions.push(seen.t); // sent again
      return true;
    }
    const notification = this.#settle(seen, target, token);
    if (notification === 'stray') return false;
    if (message.type !== 'ACK')
      this.#ids.set(idKey, { token, sent: { response: true, ...(notification && { notification }) }, t: seen.t });
    return true;
  }

  /** What a Message ID stands for at a time: it may come back once its exchange is over. */
  #known(key: string, t: number): { readonly token: string; readonly sent: Sent } | undefined {
    const known = this.#ids.get(key);
    return known && t - known.t < EXCHANGE_LIFETIME ? known : undefined;
  }

  /** Puts a response where it belongs; the notification, when it is one. */
  #settle(seen: Seen, target: Target, token: string): OpenNotification | 'stray' | undefined {
    const { message } = seen;
    const { exchange } = target;
    const observation = target.later ? undefined : this.#observationOf(token, exchange, message);
    if (observation) return this.#notification(seen, observation);
    if (target.notification) this.#append(target.notification, seen, exchange.request.path);
    else if (message.code === '2.31')
      return undefined; // Continue: the transfer of the request goes on (RFC 7959 §2.9.1)
    else if (exchange.response.code === 'none' || exchange.response.code === 'RST') {
      exchange.response = this.#observeResponse(seen, exchange.request.path, EMPTY);
      if (!exchange.response.whole) this.#downloads.set(resourceOf(exchange), { exchange });
    } else if (!exchange.response.whole) {
      exchange.response = this.#observeResponse(
        seen,
        exchange.request.path,
        exchange.response.payload,
        exchange.response,
      );
    } else if (message.type !== 'ACK') return 'stray';
    return undefined;
  }

  /** An empty message: true when it acknowledges or resets something seen. */
  empty({ from, to, message, position, t }: Seen): boolean {
    if (message.type !== 'ACK' && message.type !== 'RST') return false;
    const known = this.#ids.get(`${to}>${from}|${message.id}`);
    if (!known) return false;
    if ('request' in known.sent) {
      const { request } = known.sent;
      if (message.type === 'RST' && request.response.code === 'none')
        request.response = { ...request.response, position, t, code: 'RST' };
    } else if (known.sent.notification)
      known.sent.notification.answered = message.type === 'ACK' ? 'acknowledged' : 'reset';
    return true;
  }

  #open(seen: Seen, request: ObservedRequest): Open {
    const exchange: Open = {
      kind: classify(seen.from, request),
      from: seen.from,
      to: seen.to,
      request,
      response: this.#none(request),
      notifications: [],
      retransmissions: 0,
      transmissions: [seen.t],
      claimed: false,
    };
    this.exchanges.push(exchange);
    if (exchange.kind === 'register') this.#alternatePath = alternatePath(request.payload);
    if (exchange.kind.startsWith('observe'))
      this.#observations.set(tokenKey(seen.from, seen.to, seen.message), exchange);
    return exchange;
  }

  #again(exchange: Open, t: number): void {
    exchange.retransmissions++;
    exchange.transmissions.push(t);
  }

  /** The transfer that a block of a number above 0 goes on with. */
  #continued(message: CoapMessage, method: string, resource: string): Target | undefined {
    const upload = getBlock(message, OptionNumber.block1);
    if (upload && upload.num > 0) {
      const exchange = this.#uploads.get(`${resource}|${method}`);
      // A block after the end of a transfer is none of it; after 4.08 one that was missing may follow (RFC 7959 §2.9.2).
      return exchange && UNFINISHED.has(exchange.response.code) ? { exchange } : undefined;
    }
    const download = getBlock(message, OptionNumber.block2);
    const target = download && download.num > 0 ? this.#downloads.get(resource) : undefined;
    return target && { ...target, later: true };
  }

  /** A new request begins a transfer of its own: a later block is none of one that had come to its end. */
  #forgetWhole(resource: string): void {
    const before = this.#downloads.get(resource);
    if (before && (before.notification ?? before.exchange.response).whole) this.#downloads.delete(resource);
  }

  /** The observation that a message notifies: one that was answered, and whose token is not waiting for another answer. */
  #observationOf(token: string, exchange: Open, message: CoapMessage): Open | undefined {
    if (message.type === 'ACK') return undefined;
    if (exchange.kind.startsWith('observe')) {
      // A first block is no later one of an answer that nobody fetched the rest of.
      const goesOn = !exchange.response.whole && (getBlock(message, OptionNumber.block2)?.num ?? 0) > 0;
      return exchange.response.code === 'none' || goesOn ? undefined : exchange;
    }
    const cancelled = exchange.kind.startsWith('cancel') && getUint(message, OptionNumber.observe) !== undefined;
    return cancelled ? this.#observations.get(token) : undefined;
  }

  #notification(seen: Seen, observation: Open): OpenNotification {
    const notification: OpenNotification = {
      ...this.#observeResponse(seen, observation.request.path, EMPTY),
      transmissions: [seen.t],
      confirmable: seen.message.type === 'CON',
      answered: 'no answer',
    };
    observation.notifications.push(notification);
    if (!notification.whole) this.#downloads.set(resourceOf(observation), { exchange: observation, notification });
    return notification;
  }

  #append(notification: OpenNotification, seen: Seen, path: string): void {
    const { t, position } = notification; // timing is judged on the first datagram
    Object.assign(notification, this.#observeResponse(seen, path, notification.payload, notification), { t, position });
  }

  #observe({ message, position, t, astray }: Seen): ObservedRequest {
    const path = this.#withoutAlternate(getPath(message));
    const contentFormat = getUint(message, OptionNumber.contentFormat);
    return {
      position,
      t,
      method: formatCodeName(message.code),
      path,
      query: queryMap(message),
      observe: getUint(message, OptionNumber.observe),
      contentFormat,
      accept: getUint(message, OptionNumber.accept),
      payload: message.payload,
      content: this.#content(message.payload, contentFormat, path),
      confirmable: message.type === 'CON',
      astray,
      message,
    };
  }

  #observeResponse(
    { message, position, t }: Seen,
    path: string,
    before: Uint8Array,
    first?: ObservedResponse,
  ): ObservedResponse {
    const payload = before.length > 0 ? concatBytes(before, message.payload) : message.payload;
    const contentFormat = getUint(message, OptionNumber.contentFormat) ?? first?.contentFormat;
    return {
      position,
      t,
      code: message.code,
      whole: getBlock(message, OptionNumber.block2)?.more !== true,
      observe: first?.observe ?? getUint(message, OptionNumber.observe),
      contentFormat,
      location: getLocationPath(message),
      payload,
      content: this.#content(payload, contentFormat, path),
      message,
    };
  }

  #none(request: ObservedRequest): ObservedResponse {
    return {
      position: request.position,
      t: request.t,
      code: 'none',
      whole: true,
      observe: undefined,
      contentFormat: undefined,
      location: undefined,
      payload: EMPTY,
      content: this.#content(EMPTY, undefined, request.path),
      message: undefined,
    };
  }

  #withoutAlternate(path: string): string {
    const prefix = this.#alternatePath;
    return prefix && (path === prefix || path.startsWith(`${prefix}/`)) ? path.slice(prefix.length) || '/' : path;
  }

  #content(payload: Uint8Array, format: number | undefined, path: string): Content {
    // A pack holds whole paths (Core 1.2 §6.1.7.7).
    return new Content(payload, format, path === '/bspack' ? '/' : path, this.model, this.#alternatePath);
  }
}

/** Codes of an upload whose answer is still to come. */
const UNFINISHED: ReadonlySet<string> = new Set(['none', '4.08']);

const tokenKey = (requester: Peer, responder: Peer, message: CoapMessage): string =>
  `${requester}>${responder}|${toHex(message.token)}`;

const resourceOf = ({ from, to, request }: Exchange): string =>
  `${from}>${to}|${request.path}?${[...request.query].join('&')}`;
