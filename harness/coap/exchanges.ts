import { equalBytes, toHex } from '../base/bytes.js';
import type { Clock, Timer } from '../base/clock.js';
import { failed, ok, type Problem, type Result } from '../base/error.js';
import type { Address } from '../link/link.js';
import { isSuccess } from '../wire/coap/code.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { OptionNumber } from '../wire/coap/option.js';
import { getUint, hasOption } from '../wire/coap/read.js';
import type { Consignment, Outbox } from './outbox.js';
import type { IncomingResponse, Outgoing } from './types.js';

/** A request and where its answers go. */
export interface Asked {
  readonly to: Address;
  readonly token: Uint8Array;
  readonly request: CoapMessage;
  /** Seconds to wait for the response once the request is acknowledged, or sent if it is non-confirmable. */
  readonly within: number;
  readonly onNotification?: (notification: IncomingResponse) => void;
}

/** A request that waits for its response. */
interface Exchange extends Asked {
  consignment?: Consignment;
  timer?: Timer;
  readonly finish: (result: Result<IncomingResponse>) => void;
}

/** A token that stays live after the first response (RFC 7641 §3.1). */
interface Observation {
  readonly to: Address;
  readonly token: Uint8Array;
  readonly onNotification: (notification: IncomingResponse) => void;
}

export interface ExchangeRules {
  acceptsResponseFrom(asked: Address, from: Address): boolean;
}

/** Tokens remembered after their observation was forgotten. */
const MOST_FORGOTTEN = 1_000;

/** The requests of an endpoint: matches what comes in by token, peer and, on an ACK, Message ID (RFC 7252 §5.3.2). */
export class Exchanges {
  readonly #exchanges = new Map<string, Exchange[]>();
  readonly #observations = new Map<string, Observation[]>();
  readonly #forgotten = new Set<string>();

  constructor(
    private readonly clock: Clock,
    private readonly rules: ExchangeRules,
    private readonly outbox: Outbox,
  ) {}

  /** Sends a request; settles with its response, or with why there is none: coap-timeout, coap-reset, coap-closed, coap-bad-option. */
  ask(asked: Asked, datagram: Uint8Array): Promise<Result<IncomingResponse>> {
    return new Promise((resolve) => {
      const exchange: Exchange = {
        ...asked,
        finish: (result) => {
          exchange.timer?.cancel();
          exchange.consignment?.end();
          remove(this.#exchanges, toHex(asked.token), exchange);
          resolve(result);
        },
      };
      this.#forgotten.delete(peerToken(asked.to, asked.token));
      append(this.#exchanges, toHex(asked.token), exchange);
      const confirmable = asked.request.type === 'CON';
      exchange.consignment = this.outbox.send({
        to: asked.to,
        id: asked.request.id,
        datagram,
        confirmable,
        sent: () => {
          if (!confirmable) this.#awaitResponse(exchange);
        },
        settled: (outcome) => {
          if (outcome === 'acknowledged') this.#awaitResponse(exchange);
          else exchange.finish(failed(problemOf(outcome, asked.to)));
        },
      });
    });
  }

  isLive(to: Address, token: Uint8Array): boolean {
    const key = toHex(token);
    const isAt = (entry: { to: Address }): boolean => entry.to === to;
    return (this.#exchanges.get(key)?.some(isAt) ?? false) || (this.#observations.get(key)?.some(isAt) ?? false);
  }

  /**
   * Who waits for a response: the request, or an observation whose notification it is. Undefined when nobody does.
   * What is returned hands the message over, and must be called at once.
   */
  taker(from: Address, message: CoapMessage): Taker | undefined {
    const key = toHex(message.token);
    const comesFrom = (entry: { readonly to: Address }): boolean => this.rules.acceptsResponseFrom(entry.to, from);
    const exchange = this.#exchanges
      .get(key)
      ?.find((entry) => comesFrom(entry) && (message.type !== 'ACK' || entry.request.id === message.id));
    // An ACK answers the request with its Message ID, never an observation.
    const observation = message.type === 'ACK' ? undefined : this.#observations.get(key)?.find(comesFrom);
    const isNotification = hasOption(message, OptionNumber.observe);
    if (exchange && !(observation && isNotification && !isRegistration(exchange.request)))
      return {
        accept: () => this.#respond(exchange, { from, message }),
        reject: (problem) => exchange.finish(failed(problem)),
      };
    if (!observation) return undefined;
    return {
      accept: () => {
        // One without Observe, or an error, is the last (RFC 7641 §3.2).
        if (!isNotification || !isSuccess(message.code)) remove(this.#observations, key, observation);
        observation.onNotification({ from, message });
      },
      reject: () => undefined,
    };
  }

  /** Ends the observation with a token; its later notifications are unexpected. */
  forget(to: Address, token: Uint8Array): void {
    this.#endObservation(to, token);
    this.#forgotten.add(peerToken(to, token));
    for (const oldest of this.#forgotten) {
      if (this.#forgotten.size <= MOST_FORGOTTEN) break;
      this.#forgotten.delete(oldest);
    }
  }

  wasForgotten(from: Address, token: Uint8Array): boolean {
    return this.#forgotten.has(peerToken(from, token));
  }

  close(): void {
    for (const exchange of [...this.#exchanges.values()].flat())
      exchange.finish(failed(problemOf('closed', exchange.to)));
    this.#observations.clear();
  }

  #awaitResponse(exchange: Exchange): void {
    exchange.timer = this.clock.after(exchange.within, () =>
      exchange.finish(
        failed({
          code: 'coap-timeout',
          message: `no response within ${exchange.within} s of the ${exchange.request.type === 'CON' ? 'acknowledgement' : 'request'}`,
          place: exchange.to,
        }),
      ),
    );
  }

  #respond(exchange: Exchange, response: IncomingResponse): void {
    const { to, token, request, onNotification } = exchange;
    const { message } = response;
    if (isSuccess(message.code) && message.code !== '2.31') {
      if (getUint(request, OptionNumber.observe) !== undefined) this.#endObservation(to, token);
      if (onNotification && isRegistration(request) && hasOption(message, OptionNumber.observe))
        append(this.#observations, toHex(token), { to, token, onNotification });
    }
    exchange.finish(ok(response));
  }

  #endObservation(to: Address, token: Uint8Array): void {
    const key = toHex(token);
    for (const observation of this.#observations.get(key) ?? [])
      if (observation.to === to && equalBytes(observation.token, token)) remove(this.#observations, key, observation);
  }
}

/** Who a response is for. */
export interface Taker {
  accept(): void;
  /** The response had to be rejected; a request ends with the problem, an observation goes on. */
  reject(problem: Problem): void;
}

/** Whether a request asks to observe (RFC 7641 §2). */
export const isRegistration = (request: Pick<CoapMessage, 'options'> | Outgoing): boolean =>
  (request.options ?? []).some(
    ({ number, value }) => number === OptionNumber.observe && value.every((byte) => byte === 0),
  );

function problemOf(outcome: 'reset' | 'timeout' | 'closed', to: Address): Problem {
  switch (outcome) {
    case 'reset':
      return { code: 'coap-reset', message: 'the request was answered with a Reset', place: to };
    case 'timeout':
      return {
        code: 'coap-timeout',
        message: 'the request was not acknowledged, however often it was sent',
        place: to,
      };
    case 'closed':
      return { code: 'coap-closed', message: 'the endpoint was closed', place: to };
  }
}

const peerToken = (peer: Address, token: Uint8Array): string => `${peer} ${toHex(token)}`;

function append<T>(table: Map<string, T[]>, key: string, entry: T): void {
  const entries = table.get(key);
  if (entries) entries.push(entry);
  else table.set(key, [entry]);
}

function remove<T>(table: Map<string, T[]>, key: string, entry: T): void {
  const entries = table.get(key)?.filter((candidate) => candidate !== entry);
  if (entries?.length) table.set(key, entries);
  else table.delete(key);
}
