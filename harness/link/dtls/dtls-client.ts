import { failed, ok, type Problem, type Result } from '../../base/error.js';
import type { Address, Link, Receive } from '../link.js';
import type { AlertLevel } from './alert.js';
import { Association } from './association.js';
import { ClientHandshake, type StoredSession } from './client-handshake.js';
import type { Offer } from './client-offer.js';
import { clientKeyExchanges, type ClientCredentials } from './credentials.js';
import { listen, sendPlaintext, type DtlsClientLink, type OnEvent } from './dtls-link.js';
import type { FragmentLength } from './extension.js';
import type { GroupName } from './group.js';
import { decodeRecords } from './record.js';
import type { SessionInfo } from './session.js';
import { BoundedMap } from './session-store.js';
import { environmentOf, type CommonOptions, type Environment } from './settings.js';
import { chooseSuites, type SuiteName } from './suites.js';

export interface DtlsClientOptions extends CommonOptions {
  /** Carries the records. The client takes over its `onReceive`. */
  readonly link: Link;
  readonly credentials: ClientCredentials;
  /** Default: all that the credentials can be used with, the mandatory ones first. */
  readonly suites?: readonly SuiteName[];
  /** Default: P-256, then X25519. */
  readonly groups?: readonly GroupName[];
  /** Sent by SNI. Host name checks are the trust's (`trustServer`). */
  readonly serverName?: string;
  /** Default true. */
  readonly extendedMasterSecret?: boolean;
  /** Offered with CBC suites; default true. */
  readonly encryptThenMac?: boolean;
  /** In records to this client; empty: the client only uses the server's. Left out: no connection ids. */
  readonly connectionId?: Uint8Array;
  readonly maxFragmentLength?: FragmentLength;
  /** Whether sessions are resumed; default true. */
  readonly resume?: boolean;
  /** Whether tickets are asked for; default true. */
  readonly tickets?: boolean;
  readonly onEvent?: OnEvent;
}

/** Datagrams that wait for a handshake, per server. */
const QUEUE = 32;
/** Servers whose sessions are kept for resumption. */
const STORED = 256;

/**
 * DTLS 1.2 client (RFC 6347). A handshake begins with the first datagram to a server, or `connect`; datagrams sent meanwhile
 * wait for it, and are lost when it fails.
 *
 * @example
 * const link = dtlsClient({ link: udp, clock, random, credentials: { kind: 'psk', identity, key } });
 * const session = await link.connect('127.0.0.1:5684');
 */
export function dtlsClient(options: DtlsClientOptions): DtlsClientLink {
  return new Client(options);
}

interface Server {
  readonly association: Association;
  readonly queue: Uint8Array[];
  readonly waiting: ((result: Result<SessionInfo>) => void)[];
}

class Client implements DtlsClientLink {
  readonly #link: Link;
  readonly #environment: Environment;
  readonly #offer: Offer;
  readonly #servers = new Map<Address, Server>();
  readonly #stored = new BoundedMap<StoredSession>(STORED);
  readonly #resumes: boolean;
  readonly #onEvent: OnEvent | undefined;
  readonly #told: Pick<DtlsClientOptions, 'onEvent' | 'onPlaintext'>;
  #receive: Receive = () => undefined;

  constructor(options: DtlsClientOptions) {
    this.#link = options.link;
    this.#environment = environmentOf(options);
    this.#resumes = options.resume ?? true;
    this.#onEvent = options.onEvent;
    this.#told = options;
    this.#offer = {
      credentials: options.credentials,
      suites: chooseSuites(options.suites, clientKeyExchanges(options.credentials)),
      groups: options.groups ?? ['secp256r1', 'x25519'],
      serverName: options.serverName,
      extendedMasterSecret: options.extendedMasterSecret ?? true,
      encryptThenMac: options.encryptThenMac ?? true,
      connectionId: options.connectionId,
      maxFragmentLength: options.maxFragmentLength,
      tickets: options.tickets ?? true,
    };
    options.link.onReceive((from, datagram) => this.#onDatagram(from, datagram));
  }

  get local(): Address {
    return this.#link.local;
  }

  onReceive(receive: Receive): void {
    this.#receive = receive;
  }

  session(peer: Address): SessionInfo | undefined {
    return this.#servers.get(peer)?.association.session;
  }

  connect(peer: Address): Promise<Result<SessionInfo>> {
    const server = this.#server(peer);
    if (!server.ok) return Promise.resolve(server);
    const session = server.value.association.session;
    if (session) return Promise.resolve(ok(session));
    return new Promise((resolve) => server.value.waiting.push(resolve));
  }

  send(to: Address, datagram: Uint8Array): void {
    const server = this.#server(to);
    if (!server.ok) return this.#onEvent?.({ kind: 'failed', peer: to, problem: server.problem });
    const { association, queue } = server.value;
    if (association.session) return sendPlaintext(association, to, datagram, this.#told);
    if (queue.length < QUEUE) queue.push(Uint8Array.from(datagram));
    else this.#onEvent?.({ kind: 'dropped', peer: to, reason: 'queue-full' });
  }

  disconnect(peer: Address): void {
    this.#servers.get(peer)?.association.close();
  }

  forget(peer: Address): void {
    this.#stored.delete(peer);
  }

  sendAlert(peer: Address, level: AlertLevel, code: number): void {
    this.#servers.get(peer)?.association.sendAlert(level, code);
  }

  sendRecord(peer: Address, type: number, fragment: Uint8Array, at?: { epoch?: 0 | 1; sequence?: number }): void {
    this.#servers.get(peer)?.association.outbox.record(type, fragment, at);
  }

  async close(): Promise<void> {
    for (const { association } of [...this.#servers.values()]) association.close();
    await this.#link.close();
  }

  #onDatagram(from: Address, datagram: Uint8Array): void {
    const association = this.#servers.get(from)?.association;
    if (!association) return;
    const records = decodeRecords(datagram, this.#offer.connectionId?.length ?? 0);
    if (records.length === 0) this.#onEvent?.({ kind: 'dropped', peer: from, reason: 'malformed' });
    for (const record of records) association.receive(record);
  }

  /** The association with a server; a handshake is begun when there is none. */
  #server(peer: Address): Result<Server> {
    const known = this.#servers.get(peer);
    if (known) return ok(known);
    if (this.#offer.suites.length === 0) {
      const hint = 'name suites of the same kind as the credentials, or none';
      return failed({ code: 'dtls-no-suite', message: 'no cipher suite can be offered with these credentials', hint });
    }
    const stored = this.#resumable(peer);
    const association: Association = new Association(
      'client',
      this.#environment,
      listen(() => peer, this.#onEvent, {
        transmit: (bytes) => this.#link.send(peer, bytes),
        deliver: (plaintext) => {
          this.#told.onPlaintext?.('in', peer, plaintext);
          this.#receive(peer, plaintext);
        },
        established: () => this.#established(peer),
        ended: (problem) => this.#end(peer, association, problem),
      }),
    );
    const server: Server = { association, queue: [], waiting: [] };
    this.#servers.set(peer, server);
    const keep = (session: StoredSession): void => {
      if (this.#resumes) this.#stored.set(peer, session);
    };
    const handshake = new ClientHandshake(association, peer, this.#offer, stored, keep);
    association.machine = handshake;
    association.run(() => handshake.start());
    return ok(server);
  }

  #resumable(peer: Address): StoredSession | undefined {
    const stored = this.#stored.get(peer);
    const fits =
      stored &&
      stored.session.expires > this.#environment.clock.now() &&
      this.#offer.suites.includes(stored.session.suite);
    return fits ? stored : undefined;
  }

  #established(peer: Address): SessionInfo | undefined {
    const server = this.#servers.get(peer);
    const session = server?.association.session;
    if (!server || !session) return undefined;
    for (const resolve of server.waiting.splice(0)) resolve(ok(session));
    for (const datagram of server.queue.splice(0)) sendPlaintext(server.association, peer, datagram, this.#told);
    return session;
  }

  #end(peer: Address, association: Association, problem: Problem | undefined): void {
    const server = this.#servers.get(peer);
    if (server?.association !== association) return;
    this.#servers.delete(peer);
    // A session that was ended by an alert must not be resumed (RFC 5246 §7.2.2).
    if (problem) this.#stored.delete(peer);
    const reason = problem ?? { code: 'dtls-closed', message: 'the session was closed before it was established' };
    for (const resolve of server.waiting) resolve(failed(reason));
  }
}
