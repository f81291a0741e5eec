import { EMPTY } from '../base/bytes.js';
import type { Clock, Timer } from '../base/clock.js';
import { ProblemError } from '../base/error.js';
import type { Address } from '../link/link.js';
import type { CoapMessage, CoapOption } from '../wire/coap/message.js';
import { METHOD } from '../wire/coap/code.js';
import type { AnswerBlocks } from './answer-blocks.js';
import type { BodyAssembly } from './body-assembly.js';
import type { Received } from './recent.js';
import type { Handler, IncomingRequest, Outgoing } from './types.js';

export interface ServingRules {
  readonly transmission: { readonly piggybackWait: number };
  unknownCritical(message: CoapMessage): CoapOption | undefined;
  rejectCritical(from: Address, request: CoapMessage, option: CoapOption): Outgoing | undefined;
  rejectMethod(from: Address, request: CoapMessage): Outgoing | undefined;
  handlerFailed(thrown: unknown, request: IncomingRequest): Outgoing | undefined;
  responseToken(request: CoapMessage): Uint8Array;
  acknowledge(to: Address, id: number): Uint8Array;
}

/** How a response leaves, besides on an acknowledgement. */
export interface ServingPost {
  /** Encodes and sends a message; returns its bytes. @throws ProblemError when a field is out of range */
  transmit(to: Address, message: CoapMessage): Uint8Array;
  /** Sends a message of its own: confirmable ones until they are acknowledged. @throws ProblemError as above */
  post(to: Address, message: Omit<CoapMessage, 'id'>): void;
}

/** Answers requests: piggybacked, or separately where the handler takes long or the answer says so (RFC 7252 §5.2). */
export class Serving {
  constructor(
    private readonly clock: Clock,
    private readonly rules: ServingRules,
    private readonly assembly: BodyAssembly,
    private readonly answers: AnswerBlocks,
    private readonly port: ServingPost,
  ) {}

  handle(from: Address, message: CoapMessage, received: Received, handler: Handler): void {
    const reply = new Reply(this.clock, this.rules, this.port, from, message, received);
    const critical = this.rules.unknownCritical(message);
    if (critical) return reply.send(this.rules.rejectCritical(from, message, critical));
    if (!Object.hasOwn(METHOD, message.code)) return reply.send(this.rules.rejectMethod(from, message));
    const ready = this.answers.answer(from, message);
    if (ready) return reply.send(ready);
    const taken = this.assembly.take(from, message);
    if ('answer' in taken) return reply.send(taken.answer);
    this.#run({ from, message: taken.whole }, handler, reply);
  }

  #run(request: IncomingRequest, handler: Handler, reply: Reply): void {
    const finish = (out: Outgoing | undefined): void => {
      try {
        reply.send(out && this.answers.finish(request.from, request.message, out));
      } catch (thrown) {
        // The handler gave an answer that cannot be written.
        if (!(thrown instanceof ProblemError)) throw thrown;
        reply.send(this.rules.handlerFailed(thrown, request));
      }
    };
    const fail = (thrown: unknown): void => finish(this.rules.handlerFailed(thrown, request));
    let answer: ReturnType<Handler>;
    try {
      answer = handler(request);
    } catch (thrown) {
      return fail(thrown);
    }
    if (!(answer instanceof Promise)) return finish(answer);
    reply.awaitAnswer();
    answer.then(finish, fail);
  }
}

/** The answer to one request on its way out. */
class Reply {
  #acknowledged = false;
  #timer: Timer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly rules: ServingRules,
    private readonly port: ServingPost,
    private readonly from: Address,
    private readonly request: CoapMessage,
    private readonly received: Received,
  ) {}

  /** The handler has not answered yet: after a while, or when the peer asks again, it is told that the request arrived. */
  awaitAnswer(): void {
    if (this.request.type !== 'CON') return;
    const acknowledge = (): void => this.#acknowledge();
    this.#timer = this.clock.after(this.rules.transmission.piggybackWait, acknowledge);
    this.received.onDuplicate = acknowledge;
  }

  send(out: Outgoing | undefined): void {
    this.#timer?.cancel();
    delete this.received.onDuplicate;
    // What is ignored is as if it had not come: the peer repeats it, and may be heard then (RFC 7252 §4.2).
    if (!out) return this.#acknowledged ? undefined : this.received.forget();
    const { from, request } = this;
    const body = {
      code: out.code,
      token: this.rules.responseToken(request),
      options: out.options ?? [],
      payload: out.payload ?? EMPTY,
    };
    const isConfirmable = request.type === 'CON';
    if (isConfirmable && !this.#acknowledged && out.confirmable === undefined) {
      this.received.reply = this.port.transmit(from, { ...body, type: 'ACK', id: request.id });
      return;
    }
    if (isConfirmable) this.#acknowledge();
    this.port.post(from, { ...body, type: (out.confirmable ?? isConfirmable) ? 'CON' : 'NON' });
  }

  #acknowledge(): void {
    if (this.#acknowledged) return;
    this.#acknowledged = true;
    this.#timer?.cancel();
    this.received.reply = this.rules.acknowledge(this.from, this.request.id);
  }
}
