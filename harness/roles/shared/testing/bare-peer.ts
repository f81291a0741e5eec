import { unwrap } from '../../../base/error.js';
import type { Endpoint } from '../../../coap/index.js';
import type { Handler, IncomingRequest } from '../../../coap/types.js';
import type { Address } from '../../../link/link.js';
import type { Code, CoapMessage } from '../../../wire/coap/message.js';
import { outgoing, type Parts } from '../outgoing.js';

/** For tests of a role: a bare CoAP endpoint as its opposite: what a test sends, and what it is sent. */
export class BarePeer {
  /** Requests of the role, in order. */
  readonly requests: IncomingRequest[] = [];
  /** Answers them; 2.04 unless a test sets another. */
  answer: Handler = () => ({ code: '2.04' });

  constructor(
    readonly endpoint: Endpoint,
    readonly address: Address,
    /** Where the role is. */
    readonly opposite: Address,
  ) {
    endpoint.onRequest((request) => {
      this.requests.push(request);
      return this.answer(request);
    });
  }

  async send(code: Code, parts: Parts = {}): Promise<CoapMessage> {
    return unwrap(await this.endpoint.request(this.opposite, outgoing(code, parts))).message;
  }
}
