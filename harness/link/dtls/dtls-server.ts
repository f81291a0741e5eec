import { EMPTY, equalBytes, toHex } from '../../base/bytes.js';
import type { Problem } from '../../base/error.js';
import type { Address, Link, Receive } from '../link.js';
import type { AlertLevel } from './alert.js';
import { Association } from './association.js';
import { serverKeyExchanges, type ServerCredentials } from './credentials.js';
import { listen, sendPlaintext, type DtlsLink, type OnEvent } from './dtls-link.js';
import type { GroupName } from './group.js';
import type { HandshakeMessage } from './handshake.js';
import { HelloGate, isClientHello, type Greeting } from './hello-gate.js';
import { CONTENT, decodeRecords, type WireRecord } from './record.js';
import { ServerHandshake, type ServerContext } from './server-handshake.js';
import type { PeerIdentity, SessionInfo } from './session.js';
import { SessionCache, TicketSealer } from './session-store.js';
import { environmentOf, type CommonOptions, type Environment } from './settings.js';
import { chooseSuites, type SuiteName } from './suites.js';

export interface DtlsServerOptions extends CommonOptions {
  /** Carries the records. The server takes over its `onReceive`. */
  readonly link: Link;
  readonly credentials: ServerCredentials;
  /** In the order that decides. Default: all that the credentials can be used with, the mandatory ones first. */
  readonly suites?: readonly SuiteName[];
  /** Default: P-256, then X25519. */
  readonly groups?: readonly GroupName[];
  /** Default true. */
  readonly extendedMasterSecret?: boolean;
  /** Default true. */
  readonly encryptThenMac?: boolean;
  /** Whether tickets are given out; default true. */
  readonly tickets?: boolean;
  /** Seconds that a session can be resumed; default a day. */
  readonly sessionLifetime?: number;
  /** Whether a stored session may be resumed: false once its credential is gone. Default: always. */
  readonly isWelcome?: (identity: PeerIdentity) => boolean;
  /** Length of the connection ids given out; 0: only the client's is used. Left out: no connection ids. */
  readonly connectionIdLength?: number;
  /** Whether a cookie is asked for; default true. False lets the server be used to amplify traffic. */
  readonly cookies?: boolean;
  /** Handshakes under way at once; default 1000. The oldest gives way. */
  readonly maxHandshakes?: number;
  /** Sessions at once; default 10,000. The one not heard of longest gives way. */
  readonly maxSessions?: number;
  readonly onEvent?: OnEvent;
}

/**
 * DTLS 1.2 server (RFC 6347). Plaintext comes to `onReceive` by the peer's address; `session` says who the peer is.
 * Datagrams to an address without session are dropped: a server opens none.
 */
export function dtlsServer(options: DtlsServerOptions): DtlsLink {
  return new Server(options);
}

/** One client. Its address changes under a connection id (RFC 9146 §6). */
interface Client {
  address: Address;
  readonly association: Association;
  readonly handshake: ServerHandshake;
  readonly greeting: Greeting;
  /** Empty: none was given out. */
  readonly connectionId: Uint8Array;
}

class Server implements DtlsLink {
  readonly #link: Link;
  readonly #options: DtlsServerOptions;
  readonly #environment: Environment;
  readonly #context: ServerContext;
  readonly #gate: HelloGate;
  /** Handshakes under way, and sessions, by address; oldest first. A session stays until its successor stands (RFC 6347 §4.2.8). */
  readonly #handshakes = new Map<Address, Client>();
  readonly #sessions = new Map<Address, Client>();
  readonly #byConnectionId = new Map<string, Client>();
  readonly #onEvent: OnEvent | undefined;
  #receive: Receive = () => undefined;

  constructor(options: DtlsServerOptions) {
    const { link, clock, random, credentials } = options;
    this.#link = link;
    this.#options = options;
    this.#onEvent = options.onEvent;
    this.#environment = environmentOf(options);
    this.#gate = new HelloGate(clock, random, this.#environment.hooks);
    this.#context = {
      policy: {
        credentials,
        suites: chooseSuites(options.suites, serverKeyExchanges(credentials)),
        groups: options.groups ?? ['secp256r1', 'x25519'],
        extendedMasterSecret: options.extendedMasterSecret ?? true,
        encryptThenMac: options.encryptThenMac ?? true,
        tickets: options.tickets ?? true,
      },
      cache: new SessionCache(clock, options.maxSessions ?? 10_000),
      sealer: new TicketSealer(clock, random),
      lifetime: options.sessionLifetime ?? 86_400,
      isWelcome: options.isWelcome ?? (() => true),
    };
    link.onReceive((from, datagram) => this.#onDatagram(from, datagram));
  }

  get local(): Address {
    return this.#link.local;
  }

  onReceive(receive: Receive): void {
    this.#receive = receive;
  }

  session(peer: Address): SessionInfo | undefined {
    return this.#sessions.get(peer)?.association.session;
  }

  send(to: Address, datagram: Uint8Array): void {
    const client = this.#sessions.get(to);
    if (client) return sendPlaintext(client.association, to, datagram, this.#options);
    const message = `${to} has no session, and a server opens none`;
    this.#onEvent?.({ kind: 'failed', peer: to, problem: { code: 'dtls-no-session', message } });
  }

  disconnect(peer: Address): void {
    this.#sessions.get(peer)?.association.close();
  }

  sendAlert(peer: Address, level: AlertLevel, code: number): void {
    this.#find(peer)?.association.sendAlert(level, code);
  }

  sendRecord(peer: Address, type: number, fragment: Uint8Array, at?: { epoch?: 0 | 1; sequence?: number }): void {
    this.#find(peer)?.association.outbox.record(type, fragment, at);
  }

  async close(): Promise<void> {
    for (const { association } of [...this.#handshakes.values(), ...this.#sessions.values()]) association.close();
    await this.#link.close();
  }

  #find(peer: Address): Client | undefined {
    return this.#sessions.get(peer) ?? this.#handshakes.get(peer);
  }

  // ---- receiving

  #onDatagram(from: Address, datagram: Uint8Array): void {
    const records = decodeRecords(datagram, this.#options.connectionIdLength ?? 0);
    if (records.length === 0) this.#onEvent?.({ kind: 'dropped', peer: from, reason: 'malformed' });
    for (const record of records) {
      if (record.type === CONTENT.tls12_cid) this.#onIdentified(from, record);
      else if (isClientHello(record)) this.#onHello(from, record);
      else this.#onRecord(from, record);
    }
  }

  #onRecord(from: Address, record: WireRecord): void {
    const session = this.#sessions.get(from);
    const handshake = this.#handshakes.get(from);
    // During a new handshake the old session goes on, and either may be meant.
    const isOld = session && (!handshake || session.association.records.isOurs(record));
    if (!isOld) return void handshake?.association.receive(record);
    if (session.association.receive(record)) this.#touch(session);
  }

  #onIdentified(from: Address, record: WireRecord): void {
    const client = this.#byConnectionId.get(toHex(record.connectionId));
    if (!client) return this.#onEvent?.({ kind: 'dropped', peer: from, reason: 'connection-id' });
    const { association } = client;
    const moves = from !== client.address && association.session !== undefined && association.records.isNewest(record);
    // The new address must be in place before what the record holds is delivered.
    if (association.receive(record, () => moves && this.#move(client, from))) this.#touch(client);
  }

  #move(client: Client, to: Address): void {
    const from = client.address;
    if (this.#sessions.get(from) === client) this.#sessions.delete(from);
    client.address = to;
    const previous = this.#sessions.get(to);
    this.#sessions.set(to, client);
    previous?.association.abandon({ code: 'dtls-replaced', message: 'another peer has moved to the address' });
    client.association.moveTo(to);
    this.#onEvent?.({ kind: 'moved', peer: to, from });
  }

  #touch(client: Client): void {
    if (this.#sessions.get(client.address) !== client) return;
    this.#sessions.delete(client.address);
    this.#sessions.set(client.address, client);
  }

  #onHello(from: Address, record: WireRecord): void {
    const greeting = this.#gate.read(from, record);
    if (!greeting) return;
    const same = [this.#handshakes.get(from), this.#sessions.get(from)].find(
      (client) => client && isSameMessage(client.greeting.message, greeting.message),
    );
    const cookies = this.#options.cookies ?? true;
    if (same && (greeting.hello.cookie.length > 0 || !cookies)) return same.association.repeatFlight();
    if (cookies && !this.#gate.isVerified(from, greeting)) {
      for (const datagram of this.#gate.askForCookie(from, greeting, record)) this.#link.send(from, datagram);
      return;
    }
    this.#begin(from, greeting, record);
  }

  #begin(from: Address, greeting: Greeting, { sequence }: WireRecord): void {
    const { hello, message } = greeting;
    const replaced = { code: 'dtls-replaced', message: 'the peer has begun another handshake' };
    this.#handshakes.get(from)?.association.abandon(replaced);
    const connectionId = this.#options.connectionIdLength === undefined ? undefined : this.#freeConnectionId();
    const association: Association = new Association(
      'server',
      this.#environment,
      listen(() => client.address, this.#onEvent, {
        transmit: (datagram) => this.#link.send(client.address, datagram),
        deliver: (plaintext) => {
          this.#options.onPlaintext?.('in', client.address, plaintext);
          this.#receive(client.address, plaintext);
        },
        established: () => this.#established(client),
        ended: (problem) => this.#end(client, problem),
      }),
      { recordSequence: sequence, messageSequence: message.sequence },
    );
    const handshake = new ServerHandshake(association, from, this.#context, hello, connectionId);
    const client: Client = { address: from, association, handshake, greeting, connectionId: connectionId ?? EMPTY };
    this.#handshakes.set(from, client);
    if (connectionId?.length) this.#byConnectionId.set(toHex(connectionId), client);
    this.#evict(this.#handshakes, this.#options.maxHandshakes ?? 1000);
    association.machine = handshake;
    association.run(() => handshake.start(message));
  }

  #freeConnectionId(): Uint8Array {
    const length = this.#options.connectionIdLength ?? 0;
    for (;;) {
      const id = this.#options.random.bytes(length);
      if (length === 0 || !this.#byConnectionId.has(toHex(id))) return id;
    }
  }

  // ---- the life of a client

  #established(client: Client): SessionInfo | undefined {
    const { address } = client;
    if (this.#handshakes.get(address) === client) this.#handshakes.delete(address);
    const previous = this.#sessions.get(address);
    this.#sessions.set(address, client);
    previous?.association.abandon({ code: 'dtls-replaced', message: 'the peer has established another session' });
    this.#evict(this.#sessions, this.#options.maxSessions ?? 10_000);
    return client.association.session;
  }

  #evict(clients: Map<Address, Client>, limit: number): void {
    for (const { association } of clients.values()) {
      if (clients.size <= limit) return;
      if (association.session) association.close();
      else association.abandon({ code: 'dtls-evicted', message: `more than ${limit} handshakes are under way` });
    }
  }

  #end(client: Client, problem: Problem | undefined): void {
    for (const clients of [this.#handshakes, this.#sessions]) {
      if (clients.get(client.address) === client) clients.delete(client.address);
    }
    if (client.connectionId.length > 0) this.#byConnectionId.delete(toHex(client.connectionId));
    // A session that an alert has ended must not be resumed (RFC 5246 §7.2.2).
    if (problem?.code === 'dtls-alert-received') this.#context.cache.remove(client.handshake.sessionId);
  }
}

const isSameMessage = (a: HandshakeMessage, b: HandshakeMessage): boolean =>
  a.sequence === b.sequence && equalBytes(a.body, b.body);
