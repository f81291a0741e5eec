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
    for (const { type, body } of messagesIn(entry.bytes)) this.events.push(eventOf(type, body, at));
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

/** Handshake messages in the clear that begin and end in one record (RFC 6347 §4.2.2). */
function messagesIn(datagram: Uint8Array): readonly { readonly type: number; readonly body: Uint8Array }[] {
  return decodeRecords(datagram, 0)
    .filter(({ type, epoch }) => type === CONTENT.handshake && epoch === 0)
    .flatMap(({ fragment }) => wholeMessages(fragment));
}

function wholeMessages(fragment: Uint8Array): readonly { readonly type: number; readonly body: Uint8Array }[] {
  const found: { type: number; body: Uint8Array }[] = [];
  const uint24 = (at: number): number =>
    ((fragment[at] ?? 0) << 16) | ((fragment[at + 1] ?? 0) << 8) | (fragment[at + 2] ?? 0);
  for (let at = 0; at + 12 <= fragment.length; at += 12 + uint24(at + 9)) {
    const length = uint24(at + 1);
    const isWhole = uint24(at + 6) === 0 && uint24(at + 9) === length && at + 12 + length <= fragment.length;
    if (isWhole) found.push({ type: fragment[at] ?? 0, body: fragment.slice(at + 12, at + 12 + length) });
  }
  return found;
}
