import { concatBytes, EMPTY, equalBytes } from '../../base/bytes.js';
import { Abort } from './alert.js';
import { armKeys, checkFinished, deriveMaster, describeSession, finished, type Agreement } from './agreement.js';
import type { Association, Machine } from './association.js';
import { offerExtensions, readAnswer, type Offer } from './client-offer.js';
import type { OwnCertificate } from './credentials.js';
import { groupByCode, keyShare, type GroupName } from './group.js';
import { HANDSHAKE, handshakeName, type HandshakeMessage } from './handshake.js';
import { decodeHelloVerifyRequest, decodeServerHello, encodeClientHello, NO_COMPRESSION } from './hello.js';
import {
  decodeCertificateRequest,
  decodeNewSessionTicket,
  decodeServerKeyExchange,
  ECDSA_SHA256,
  ECDSA_SIGN,
  encodeClientKeyExchange,
  encodeEcParameters,
  encodeSignature,
  type ServerKeyExchange,
} from './key-exchange.js';
import { ecdhePskPremaster, pskPremaster } from './key-schedule.js';
import { checkSignature, encodeOwn, judgeCertificate, type Claim } from './peer-certificate.js';
import { DTLS_1_2 } from './record.js';
import type { PeerIdentity, Resumable, SessionInfo } from './session.js';

/** A session as a client keeps it: with an id, a ticket, or both. */
export interface StoredSession {
  readonly session: Resumable;
  readonly id: Uint8Array;
  readonly ticket: Uint8Array;
}

/** Seconds that a client keeps a session by id (RFC 5246 §F.1.4: at most a day). */
const LIFETIME = 86_400;
/** HelloVerifyRequests that are answered in one handshake. */
const MAX_COOKIES = 3;

type Expected = readonly (keyof typeof HANDSHAKE)[];

/** The client's side of a handshake, full or abbreviated (RFC 5246 §7.3, RFC 6347 §4.2). */
export class ClientHandshake implements Machine {
  #expects: Expected = ['server_hello', 'hello_verify_request'];
  readonly #random: Uint8Array;
  #sentSessionId = EMPTY;
  #unproven: boolean | undefined;
  #cookies = 0;
  #sessionId: Uint8Array = EMPTY;
  #agreement: Agreement | undefined;
  #server: Claim | undefined;
  #exchange: ServerKeyExchange = {};
  #certificateRequested: { readonly usable: boolean } | undefined;
  #group: GroupName | undefined;
  #master: Uint8Array | undefined;
  #resumed: SessionInfo['resumed'] = false;
  #ticket: { readonly bytes: Uint8Array; readonly lifetime: number } | undefined;

  constructor(
    readonly association: Association,
    readonly peer: string,
    readonly offer: Offer,
    /** An earlier session with this server. */
    readonly stored: StoredSession | undefined,
    /** Takes the session when it stands. */
    readonly keep: (session: StoredSession) => void,
  ) {
    const { random } = association.environment;
    this.#random = random.bytes(32);
    // With a ticket an id of our own making shows whether the server took it (RFC 5077 §3.4).
    if (stored) this.#sentSessionId = stored.ticket.length > 0 ? random.bytes(32) : stored.id;
  }

  start(): void {
    this.#sendHello(EMPTY);
  }

  handle(message: HandshakeMessage): void {
    const { type, body } = message;
    const expected = this.#expects.find((name) => HANDSHAKE[name] === type);
    if (!expected) {
      throw new Abort('unexpected_message', `${handshakeName(type)} came where ${this.#expects.join(' or ')} was due`);
    }
    if (expected === 'hello_verify_request') return this.#onHelloVerifyRequest(body);
    if (expected === 'finished') return this.#onFinished(message);
    this.association.outbox.transcript.add(message);
    if (expected === 'server_hello') this.#onServerHello(body);
    else if (expected === 'certificate') this.#onCertificate(body);
    else if (expected === 'server_key_exchange') this.#onServerKeyExchange(body);
    else if (expected === 'certificate_request') this.#onCertificateRequest(body);
    else if (expected === 'server_hello_done') this.#onServerHelloDone(body);
    else this.#onNewSessionTicket(body);
  }

  #sendHello(cookie: Uint8Array): void {
    const { association, offer } = this;
    association.outbox.transcript.restart();
    association.beginFlight();
    const hello = {
      version: DTLS_1_2,
      random: this.#random,
      sessionId: this.#sentSessionId,
      cookie,
      suites: offer.suites.map(({ code }) => code),
      compression: [NO_COMPRESSION],
      extensions: offerExtensions(offer, this.stored?.ticket ?? EMPTY),
    };
    association.outbox.message(HANDSHAKE.client_hello, encodeClientHello(hello));
    association.outbox.end(true);
  }

  #onHelloVerifyRequest(body: Uint8Array): void {
    if (++this.#cookies > MAX_COOKIES) throw new Abort('handshake_failure', 'the server goes on asking for cookies');
    const cookie = decodeHelloVerifyRequest(body);
    // The server can have sent nothing else before it saw a cookie.
    this.association.discardEarly();
    this.#sendHello(cookie);
  }

  #onServerHello(body: Uint8Array): void {
    const { offer, stored } = this;
    const hello = decodeServerHello(body);
    if (hello.version !== DTLS_1_2) throw new Abort('protocol_version', 'the server does not choose DTLS 1.2');
    const suite = offer.suites.find(({ code }) => code === hello.suite);
    if (!suite || hello.compression !== NO_COMPRESSION) {
      throw new Abort('illegal_parameter', 'the server chooses a suite or compression that was not offered');
    }
    const agreement = readAnswer(offer, hello, suite, { client: this.#random, server: hello.random });
    this.#agreement = agreement;
    this.#sessionId = hello.sessionId;
    if (stored && hello.sessionId.length > 0 && equalBytes(hello.sessionId, this.#sentSessionId)) {
      return this.#resume(stored, agreement);
    }
    if (suite.keyExchange === 'ecdhe-ecdsa') this.#expects = ['certificate'];
    else
      this.#expects =
        suite.keyExchange === 'psk' ? ['server_key_exchange', 'server_hello_done'] : ['server_key_exchange'];
  }

  #resume({ session, ticket }: StoredSession, agreement: Agreement): void {
    if (agreement.suite !== session.suite)
      throw new Abort('illegal_parameter', 'the server resumes with another suite');
    if (agreement.extendedMasterSecret !== session.extendedMasterSecret) {
      throw new Abort('handshake_failure', 'the server resumes with another extended_master_secret (RFC 7627 §5.3)');
    }
    this.#resumed = ticket.length > 0 ? 'ticket' : 'id';
    this.#master = session.master;
    armKeys(this.association, agreement, session.master);
    this.#expects = agreement.ticket ? ['new_session_ticket'] : ['finished'];
  }

  #onCertificate(body: Uint8Array): void {
    const { credentials } = this.offer;
    const { serverCertificateType } = this.#agreed;
    if (credentials.kind !== 'certificate' || !credentials.trust.accepts.includes(serverCertificateType)) {
      throw new Abort('unsupported_certificate', `the server presents a certificate of type ${serverCertificateType}`);
    }
    this.#server = judgeCertificate(body, serverCertificateType, credentials.trust);
    this.#unproven = credentials.trust.unproven;
    if (!this.#server) throw new Abort('bad_certificate', 'the server presents no certificate');
    this.#expects = ['server_key_exchange'];
  }

  #onServerKeyExchange(body: Uint8Array): void {
    const { suite, randoms } = this.#agreed;
    this.#exchange = decodeServerKeyExchange(body, suite.keyExchange);
    const { parameters, signature } = this.#exchange;
    if (parameters) {
      this.#group = groupByCode(parameters.group);
      if (!this.#group || !this.offer.groups.includes(this.#group)) {
        throw new Abort('illegal_parameter', 'the server chooses a group that was not offered');
      }
    }
    if (signature && parameters && this.#server) {
      const signed = concatBytes(randoms.client, randoms.server, encodeEcParameters(parameters));
      checkSignature(signature, this.#server.spki, signed, 'the key exchange', this.#unproven);
    }
    this.#expects =
      suite.keyExchange === 'ecdhe-ecdsa' ? ['certificate_request', 'server_hello_done'] : ['server_hello_done'];
  }

  #onCertificateRequest(body: Uint8Array): void {
    const { types, algorithms } = decodeCertificateRequest(body);
    this.#certificateRequested = { usable: types.includes(ECDSA_SIGN) && algorithms.includes(ECDSA_SHA256) };
    this.#expects = ['server_hello_done'];
  }

  #onServerHelloDone(body: Uint8Array): void {
    if (body.length > 0) throw new Abort('decode_error', 'ServerHelloDone is not empty');
    const { association } = this;
    const agreement = this.#agreed;
    association.beginFlight();
    const own = this.#sendCertificate(agreement);
    const premaster = this.#sendKeyExchange(agreement);
    const master = deriveMaster(association, agreement, premaster);
    this.#master = master;
    armKeys(association, agreement, master);
    if (own) {
      const signature = { algorithm: ECDSA_SHA256, bytes: own.privateKey.sign(association.outbox.transcript.bytes()) };
      association.outbox.message(HANDSHAKE.certificate_verify, encodeSignature(signature));
    }
    this.#sendFinished(master, true);
    this.#expects = agreement.ticket ? ['new_session_ticket'] : ['finished'];
  }

  /** @returns the certificate that must be proven, when one was sent */
  #sendCertificate({ clientCertificateType }: Agreement): OwnCertificate | undefined {
    const { credentials } = this.offer;
    if (!this.#certificateRequested) return undefined;
    const own = credentials.kind === 'certificate' && this.#certificateRequested.usable ? credentials.own : undefined;
    const shown = own?.kind === clientCertificateType ? own : undefined;
    this.association.outbox.message(HANDSHAKE.certificate, encodeOwn(shown, clientCertificateType));
    return shown;
  }

  #sendKeyExchange({ suite }: Agreement): Uint8Array {
    const { credentials } = this.offer;
    const { parameters } = this.#exchange;
    const share = this.#group && keyShare(this.#group, this.association.environment.random);
    const shared = share && parameters ? share.shared(parameters.publicKey) : EMPTY;
    this.association.outbox.message(
      HANDSHAKE.client_key_exchange,
      encodeClientKeyExchange({
        ...(credentials.kind === 'psk' ? { identity: credentials.identity } : {}),
        ...(share ? { publicKey: share.publicKey } : {}),
      }),
    );
    if (credentials.kind !== 'psk') return shared;
    return suite.keyExchange === 'psk' ? pskPremaster(credentials.key) : ecdhePskPremaster(shared, credentials.key);
  }

  #sendFinished(master: Uint8Array, awaiting: boolean): void {
    this.association.outbox.changeCipherSpec();
    this.association.outbox.message(HANDSHAKE.finished, finished(this.association, 'client', master));
    this.association.outbox.end(awaiting);
  }

  #onNewSessionTicket(body: Uint8Array): void {
    const { ticket, lifetime } = decodeNewSessionTicket(body);
    this.#ticket = { bytes: ticket, lifetime };
    this.#expects = ['finished'];
  }

  #onFinished(message: HandshakeMessage): void {
    const { association } = this;
    const agreement = this.#agreed;
    const master = this.#master ?? EMPTY;
    checkFinished(association, message.body, master);
    association.outbox.transcript.add(message);
    this.#expects = [];
    if (this.#resumed) {
      association.beginFlight();
      this.#sendFinished(master, false);
    }
    const identity = this.#identity();
    this.#keepSession(agreement, master, identity);
    association.establish(
      describeSession(this.peer, agreement, identity, { group: this.#group, resumed: this.#resumed }),
    );
  }

  #identity(): PeerIdentity {
    const { credentials } = this.offer;
    if (this.#resumed && this.stored) return this.stored.session.identity;
    if (credentials.kind !== 'psk') return this.#server?.identity ?? { kind: 'anonymous' };
    const { hint } = this.#exchange;
    return { kind: 'psk', identity: credentials.identity, ...(hint ? { hint } : {}) };
  }

  #keepSession(agreement: Agreement, master: Uint8Array, identity: PeerIdentity): void {
    const { suite, extendedMasterSecret, serverName } = agreement;
    const ticket = this.#ticket?.bytes ?? (this.#resumed ? (this.stored?.ticket ?? EMPTY) : EMPTY);
    if (ticket.length === 0 && this.#sessionId.length === 0) return;
    const expires = this.association.environment.clock.now() + (this.#ticket?.lifetime || LIFETIME);
    this.keep({
      id: this.#sessionId,
      ticket,
      session: { suite, master, extendedMasterSecret, identity, serverName, expires },
    });
  }

  get #agreed(): Agreement {
    if (!this.#agreement) throw new Abort('unexpected_message', 'a message of the server before its ServerHello');
    return this.#agreement;
  }
}
