import { partyOf, type Peer } from '../model/party.js';
import type { CoapMessage } from '../wire/coap/message.js';
import type { Content } from './content.js';

/** What an exchange is for, as its request tells (Transport 1.1 §6.4, Tables 6.4.2-1 to 6.4.5-1). */
export type ExchangeKind =
  | 'register'
  | 'update'
  | 'deregister'
  | 'send'
  | 'bootstrap-request'
  | 'bootstrap-pack'
  | 'read'
  | 'discover'
  | 'observe'
  | 'cancel'
  | 'write'
  | 'write-attributes'
  | 'execute'
  | 'create'
  | 'delete'
  | 'read-composite'
  | 'write-composite'
  | 'observe-composite'
  | 'cancel-composite'
  | 'bootstrap-write'
  | 'bootstrap-read'
  | 'bootstrap-discover'
  | 'bootstrap-delete'
  | 'bootstrap-finish'
  | 'other';

export interface ObservedRequest {
  /** Place of its first datagram in the record: larger is later. */
  readonly position: number;
  /** Seconds since the case began, of its first transmission. */
  readonly t: number;
  /** `GET`, `POST` … or the code where RFC 7252 and RFC 8132 name none. */
  readonly method: string;
  /** Uri-Path without the client's alternate path, `/3/0/7`; the root is `/`. */
  readonly path: string;
  /** Value by key, in order; a bare key has the value ''. */
  readonly query: ReadonlyMap<string, string>;
  readonly observe: number | undefined;
  readonly contentFormat: number | undefined;
  readonly accept: number | undefined;
  /** The body, of however many blocks. */
  readonly payload: Uint8Array;
  readonly content: Content;
  readonly confirmable: boolean;
  /** It was sent to an address that the client no longer has: it cannot be answered. */
  readonly astray: boolean;
  /** The first message of the exchange. */
  readonly message: CoapMessage;
}

export interface ObservedResponse {
  /** Of its last block; before one came, the place and time of the request. */
  readonly position: number;
  readonly t: number;
  /** `none` until one came, `RST` when the request was reset: a silent peer misses its check, nothing throws. */
  readonly code: string;
  /** False while blocks of the body are missing. */
  readonly whole: boolean;
  readonly observe: number | undefined;
  readonly contentFormat: number | undefined;
  /** `/rd/5a3f`, from the Location-Path options. */
  readonly location: string | undefined;
  readonly payload: Uint8Array;
  readonly content: Content;
  readonly message: CoapMessage | undefined;
}

export interface Notification extends ObservedResponse {
  /** Seconds since the case began, of its first transmission. */
  readonly t: number;
  /** When it was sent, and each time that it was sent again, in seconds since the case began. */
  readonly transmissions: readonly number[];
  readonly confirmable: boolean;
  readonly answered: 'acknowledged' | 'reset' | 'no answer';
}

/** A request with everything that answered it. The view fills it while the traffic goes on. */
export interface Exchange {
  readonly kind: ExchangeKind;
  readonly from: Peer;
  readonly to: Peer;
  readonly request: ObservedRequest;
  readonly response: ObservedResponse;
  readonly notifications: readonly Notification[];
  /** How often the first request datagram was sent again. */
  readonly retransmissions: number;
  /** When the first request datagram was sent, and each time that it was sent again, in seconds since the case began. */
  readonly transmissions: readonly number[];
  /** A stimulus of the procedure caused it. */
  readonly claimed: boolean;
}

/** A datagram that is no CoAP message. */
export interface Malformed {
  readonly from: Peer;
  readonly position: number;
  readonly t: number;
  readonly bytes: Uint8Array;
  readonly problem: string;
}

/** Kinds that change a client: one that nobody asked for can explain a later miss. */
export const CHANGING: ReadonlySet<ExchangeKind> = new Set<ExchangeKind>([
  'write',
  'write-attributes',
  'execute',
  'create',
  'delete',
  'write-composite',
]);

/** The kind of a request by its sender, method, path and options. */
export function classify(from: Peer, request: Omit<ObservedRequest, 'content'>): ExchangeKind {
  if (partyOf(from) === 'client') return classifyUplink(request);
  if (from === 'bootstrap-server') return classifyBootstrap(request);
  const depth = request.path === '/' ? 0 : request.path.split('/').length - 1;
  switch (request.method) {
    case 'GET':
      if (request.observe === 0) return 'observe';
      if (request.observe === 1) return 'cancel';
      return request.accept === 40 ? 'discover' : 'read';
    case 'PUT':
      // A Content-Format makes it a Write, also of an empty value (Core 1.1 §6.3.3, §6.3.4).
      return request.contentFormat === undefined && request.payload.length === 0 ? 'write-attributes' : 'write';
    case 'POST':
      return depth === 1 ? 'create' : depth === 2 || isStructured(request.contentFormat) ? 'write' : 'execute';
    case 'DELETE':
      return 'delete';
    case 'FETCH':
      return request.observe === 0
        ? 'observe-composite'
        : request.observe === 1
          ? 'cancel-composite'
          : 'read-composite';
    case 'iPATCH':
      return 'write-composite';
    default:
      return 'other';
  }
}

function classifyUplink(request: Omit<ObservedRequest, 'content'>): ExchangeKind {
  // A server may hand out a location outside /rd, which is a miss of its own; De-register and Update still go there.
  if (request.method === 'DELETE') return 'deregister';
  if (request.method === 'GET' && request.path === '/bspack') return 'bootstrap-pack';
  if (request.method !== 'POST') return 'other';
  if (request.path === '/rd') return 'register';
  if (request.path === '/bs') return 'bootstrap-request';
  if (request.path === '/dp') return 'send';
  return 'update';
}

function classifyBootstrap(request: Omit<ObservedRequest, 'content'>): ExchangeKind {
  if (request.method === 'POST' && request.path === '/bs') return 'bootstrap-finish';
  if (request.method === 'PUT') return 'bootstrap-write';
  if (request.method === 'DELETE') return 'bootstrap-delete';
  if (request.method === 'GET') return request.accept === 40 ? 'bootstrap-discover' : 'bootstrap-read';
  return 'other';
}

const isStructured = (format: number | undefined): boolean =>
  format !== undefined && [110, 112, 11542, 11543, 11544, 1542, 1543].includes(format);
