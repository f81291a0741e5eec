import type { Address } from '../link/link.js';
import type { Code, CoapMessage, CoapOption } from '../wire/coap/message.js';

/** A request or response to send; the endpoint gives it type, Message ID and token where they are left out. */
export interface Outgoing {
  readonly code: Code;
  readonly options?: readonly CoapOption[];
  readonly payload?: Uint8Array;
  /** Requests, notifications: CON unless false. Responses: piggybacked on the ACK of a CON, NON to a NON, unless set. */
  readonly confirmable?: boolean;
  /** Requests only. */
  readonly token?: Uint8Array;
}

/** A request as the handler sees it: the body is whole, however many blocks brought it. */
export interface IncomingRequest {
  readonly from: Address;
  /** The (last) message, with `payload` replaced by the whole body. */
  readonly message: CoapMessage;
}

/** A response to a request of ours, or a notification; the body is whole. */
export interface IncomingResponse {
  readonly from: Address;
  readonly message: CoapMessage;
}

/** What became of a confirmable message. */
export type Delivery = 'acknowledged' | 'reset' | 'timeout';

/** Answers a request; a promise that takes long makes a separate response. `undefined` means: stay silent. */
export type Handler = (request: IncomingRequest) => Outgoing | undefined | Promise<Outgoing | undefined>;
