import { EMPTY } from '../base/bytes.js';
import type { Peer } from '../model/party.js';
import {
  CONTENT,
  decodeClientHello,
  decodeRecords,
  decodeServerHello,
  HANDSHAKE,
  handshakeName,
  suiteByCode,
} from '../link/dtls/index.js';
import type { ChannelFact } from './channel-fact.js';
import type { JournalEntry } from './journal.js';

/** Entries of a journal that tell of a channel. */
export type ChannelEntry = Extract<JournalEntry, { readonly kind: 'record' | 'security' }>;

interface At {
  readonly from: Peer;
  readonly to: Peer;
  /** Seconds since the case began. */
  readonly t: number;
  /** Datagrams of CoAP seen before it: what has a larger position is later. */
  readonly position: number;
}

/** What the hello of a client offers. */
export interface ClientHelloSeen extends At {
  readonly kind: 'client-hello';
  /** Names as `PSK_AES_128_CCM_8`, in the order of preference; of suites that we do not have four hexadecimal digits. */
  readonly suites: readonly string[];
  /** Types of extensions, in their order. */
  readonly extensions: readonly number[];
  readonly hasCookie: boolean;
  /** It wants to resume a session: by id, or by a ticket. */
  readonly resumes: boolean;
  /** `extension(10)`: the body of one, empty where it is not there. */
  extension(type: number): Uint8Array;
}

export interface ServerHelloSeen extends At {
  readonly kind: 'server-hello';
  readonly suite: string;
  readonly extensions: readonly number[];
  extension(type: number): Uint8Array;
}

/** Any other handshake message in the clear: `hello_verify_request`, `certificate`, `certificate_request` … */
export interface HandshakeSeen extends At {
  readonly kind: 'handshake';
  readonly message: string;
}

/** What the channel of one of our parties tells: of both ends, as far as it can know. */
export interface FactTold extends At {
  readonly kind: 'fact';
  /** Our party. */
  readonly by: Peer;
  readonly fact: ChannelFact;
}

export type ChannelEvent = ClientHelloSeen | ServerHelloSeen | HandshakeSeen | FactTold;

/**
 * What passes below CoAP, where a channel protects it: the hellos and other messages in the clear as facts of the wire, and what our
 * own channels tell of handshakes, alerts and ends. A function of the record, like the rest of the view.
 */
export class ChannelView {
  /** In order. */
  readonly events: ChannelEvent[] = [];
  /** Datagrams of records, in order. */
  readonly records: (At & { readonly bytes: Uint8Array })[] = [];

  /** By ends, type and number. */
  readonly #begun = new Map<string, Begun>();

  /** @param position datagrams of CoAP that were seen before */
  feed(entry: ChannelEntry, position: number): void {
    const { t } = entry;
    if (entry.kind === 'security') {
      const { peer, fact } = entry;
      const other: Peer = peer === 'client' ? 'server' : 'client';
      const fromUs =
        (fact.event === 'alert' && fact.direction === 'sent') || (fact.event === 'closed' && fact.by === 'self');
      this.events.push({
        kind: 'fact',
        from: fromUs ? peer : other,
        to: fromUs ? other : peer,
        t,
        position,
        by: peer,
        fact,
      });
      return;
    }
    const at: At = { from: entry.from, to: entry.to, t, position };
    this.records.push({ ...at, bytes: entry.bytes });
    for (const piece of piecesIn(entry.bytes)) {
      const body = this.#assembled(`${entry.from} ${entry.to} ${piece.type} ${piece.sequence}`, piece);
      if (body) this.events.push(eventOf(piece.type, body, at));
    }
  }

  /** The body of a message that a piece completes; it can come again, as a retransmission does. */
  #assembled(key: string, { length, offset, bytes }: Piece): Uint8Array | undefined {
    if (bytes.length === length) return bytes;
    const known = this.#begun.get(key);
    const begun: Begun =
      known?.body.length === length ? known : { body: new Uint8Array(length), missing: new Set(Array(length).keys()) };
    this.#begun.set(key, begun);
    begun.body.set(bytes, offset);
    for (let at = offset; at < offset + bytes.length; at++) begun.missing.delete(at);
    if (begun.missing.size > 0) return undefined;
    this.#begun.delete(key);
    return begun.body;
  }
}

function eventOf(type: number, body: Uint8Array, at: At): ChannelEvent {
  try {
    if (type === HANDSHAKE.client_hello) return clientHelloSeen(body, at);
    if (type === HANDSHAKE.server_hello) return serverHelloSeen(body, at);
  } catch {
    // A hello that cannot be read is seen all the same.
  }
  return { kind: 'handshake', message: handshakeName(type), ...at };
}

function clientHelloSeen(body: Uint8Array, at: At): ClientHelloSeen {
  const hello = decodeClientHello(body);
  return {
    kind: 'client-hello',
    ...at,
    suites: hello.suites.map(suiteText),
    extensions: [...hello.extensions.keys()],
    hasCookie: hello.cookie.length > 0,
    resumes: hello.sessionId.length > 0 || (hello.extensions.get(SESSION_TICKET)?.length ?? 0) > 0,
    extension: (type) => hello.extensions.get(type) ?? EMPTY,
  };
}

function serverHelloSeen(body: Uint8Array, at: At): ServerHelloSeen {
  const hello = decodeServerHello(body);
  return {
    kind: 'server-hello',
    ...at,
    suite: suiteText(hello.suite),
    extensions: [...hello.extensions.keys()],
    extension: (type) => hello.extensions.get(type) ?? EMPTY,
  };
}

const SESSION_TICKET = 35;

const suiteText = (code: number): string => suiteByCode(code)?.name ?? code.toString(16).padStart(4, '0');

/** A piece of a handshake message in the clear (RFC 6347 §4.2.2). */
interface Piece {
  readonly type: number;
  readonly sequence: number;
  /** Of the whole message. */
  readonly length: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** A message of which pieces have come. */
interface Begun {
  readonly body: Uint8Array;
  readonly missing: Set<number>;
}

const HEADER = 12;

function piecesIn(datagram: Uint8Array): readonly Piece[] {
  return decodeRecords(datagram, 0)
    .filter(({ type, epoch }) => type === CONTENT.handshake && epoch === 0)
    .flatMap(({ fragment }) => piecesOf(fragment));
}

function piecesOf(fragment: Uint8Array): readonly Piece[] {
  const found: Piece[] = [];
  const uint24 = (at: number): number =>
    ((fragment[at] ?? 0) << 16) | ((fragment[at + 1] ?? 0) << 8) | (fragment[at + 2] ?? 0);
  for (let at = 0; at + HEADER <= fragment.length; at += HEADER + uint24(at + 9)) {
    const [length, offset] = [uint24(at + 1), uint24(at + 6)];
    const bytes = fragment.slice(at + HEADER, at + HEADER + uint24(at + 9));
    const sequence = ((fragment[at + 4] ?? 0) << 8) | (fragment[at + 5] ?? 0);
    const isSound = bytes.length === uint24(at + 9) && offset + bytes.length <= length && length <= MOST;
    if (isSound) found.push({ type: fragment[at] ?? 0, sequence, length, offset, bytes });
  }
  return found;
}

/** Bytes of a message that are kept: a header can say any number. */
const MOST = 2 ** 15;
