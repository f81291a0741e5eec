import { concatBytes, EMPTY } from '../../base/bytes.js';
import { Abort } from './alert.js';
import { armKeys, checkFinished, deriveMaster, describeSession, finished, type Agreement } from './agreement.js';
import type { Association, Machine } from './association.js';
import { decodeServerName, EXTENSION } from './extension.js';
import { keyShare, GROUPS, type KeyShare } from './group.js';
import { HANDSHAKE, handshakeName, type HandshakeMessage } from './handshake.js';
import { encodeServerHello, NO_COMPRESSION, type ClientHello } from './hello.js';
import {
  decodeCertificateVerify,
  decodeClientKeyExchange,
  ECDSA_SHA256,
  ECDSA_SIGN,
  encodeCertificateRequest,
  encodeEcParameters,
  encodeNewSessionTicket,
  encodeServerKeyExchange,
} from './key-exchange.js';
import { ecdhePskPremaster, pskPremaster } from './key-schedule.js';
import { checkSignature, encodeOwn, judgeCertificate, type Claim } from './peer-certificate.js';
import { DTLS_1_0, DTLS_1_2 } from './record.js';
import { agree, answerExtensions, choose, type Choice, type ServerPolicy } from './server-choice.js';
import type { PeerIdentity, Resumable, SessionInfo } from './session.js';
import type { SessionCache, TicketSealer } from './session-store.js';

/** What the handshakes of one server share. */
export interface ServerContext {
  readonly policy: ServerPolicy;
  readonly cache: SessionCache;
  readonly sealer: TicketSealer;
  /** Seconds that a session can be resumed. */
  readonly lifetime: number;
  /** Whether the identity of a stored session is still welcome: a credential may have been removed since. */
  readonly isWelcome: (identity: PeerIdentity) => boolean;
}

type Expected = readonly (keyof typeof HANDSHAKE)[];

/** The server's side of a handshake, from a ClientHello whose cookie was good (RFC 5246 §7.3, RFC 6347 §4.2). */
export class ServerHandshake implements Machine {
  #expects: Expected = [];
  readonly #random: Uint8Array;
  #sessionId: Uint8Array = EMPTY;
  #agreement: Agreement | undefined;
  #choice: Choice | undefined;
  #share: KeyShare | undefined;
  #claim: Claim | undefined;
  #identity: PeerIdentity = { kind: 'anonymous' };
  #master: Uint8Array = EMPTY;
  #resumed: SessionInfo['resumed'] = false;

  constructor(
    readonly association: Association,
    readonly peer: string,
    readonly context: ServerContext,
    readonly hello: ClientHello,
    readonly connectionId: Uint8Array | undefined,
  ) {
    this.#random = association.environment.random.bytes(32);
  }

  /** @param message the ClientHello as it enters the transcript */
  start(message: HandshakeMessage): void {
    const { association, hello } = this;
    association.outbox.transcript.add(message);
    association.beginFlight();
    // Versions of DTLS count downwards.
    if (hello.version >>> 8 !== 0xfe || hello.version >= DTLS_1_0) {
      throw new Abort('protocol_version', 'the client does not offer DTLS 1.2');
    }
    const found = this.#findSession();
    if (found) this.#resume(found.session, found.by);
    else this.#sendServerFlight(choose(this.context.policy, hello));
  }

  handle(message: HandshakeMessage): void {
    const { type, body } = message;
    const expected = this.#expects.find((name) => HANDSHAKE[name] === type);
    if (!expected) {
      const due = this.#expects.join(' or ') || 'nothing';
      throw new Abort('unexpected_message', `${handshakeName(type)} came where ${due} was due`);
    }
    if (expected === 'finished') return this.#onFinished(message);
    if (expected === 'certificate_verify') return this.#onCertificateVerify(message);
    this.association.outbox.transcript.add(message);
    if (expected === 'certificate') this.#onCertificate(body);
    else this.#onClientKeyExchange(body);
  }

  get sessionId(): Uint8Array {
    return this.#sessionId;
  }

  // ---- resumption

  #findSession(): { session: Resumable; by: 'id' | 'ticket' } | undefined {
    const { hello, context } = this;
    const { cache, sealer, policy } = context;
    const ticket = policy.tickets ? hello.extensions.get(EXTENSION.session_ticket) : undefined;
    const sealed = ticket?.length ? sealer.open(ticket) : undefined;
    const cached = hello.sessionId.length > 0 && !ticket?.length ? cache.find(hello.sessionId) : undefined;
    const session = sealed ?? cached;
    if (!session || !this.#mayResume(session)) return undefined;
    return { session, by: sealed ? 'ticket' : 'id' };
  }

  /** RFC 5246 §7.4.1.3, RFC 7627 §5.3. @throws Abort when a session with extended master secret comes without it */
  #mayResume({ suite, extendedMasterSecret, identity, serverName }: Resumable): boolean {
    const { hello, context } = this;
    const name = hello.extensions.get(EXTENSION.server_name);
    // A session for one name is none for another (RFC 6066 §3).
    if ((name && decodeServerName(name)) !== serverName) return false;
    const offers = hello.extensions.has(EXTENSION.extended_master_secret) && context.policy.extendedMasterSecret;
    if (extendedMasterSecret && !offers) {
      throw new Abort(
        'handshake_failure',
        'the client resumes without the extended_master_secret that the session has',
      );
    }
    return offers === extendedMasterSecret && hello.suites.includes(suite.code) && context.isWelcome(identity);
  }

  #resume(session: Resumable, by: 'id' | 'ticket'): void {
    const { association, hello, context } = this;
    const choice: Choice = { suite: session.suite, group: undefined, own: undefined, clientCertificateType: 'x509' };
    const agreement = agree(context.policy, hello, choice, this.#random, this.connectionId);
    this.#agreement = agreement;
    this.#resumed = by;
    this.#identity = session.identity;
    this.#master = session.master;
    this.#sessionId = hello.sessionId;
    this.#sendHello(agreement, choice, false);
    armKeys(association, agreement, session.master);
    this.#sendTicket(agreement);
    this.#sendFinished(true);
    this.#expects = ['finished'];
  }

  // ---- full handshake

  #sendServerFlight(choice: Choice): void {
    const { association, hello, context } = this;
    const { random } = association.environment;
    const agreement = agree(context.policy, hello, choice, this.#random, this.connectionId);
    this.#agreement = agreement;
    this.#choice = choice;
    this.#sessionId = random.bytes(32);
    const asks = choice.own !== undefined && context.policy.credentials.trust !== undefined;
    this.#sendHello(agreement, choice, asks);
    if (choice.own) association.outbox.message(HANDSHAKE.certificate, encodeOwn(choice.own, choice.own.kind));
    if (choice.group) this.#share = keyShare(choice.group, random);
    this.#sendKeyExchange(choice, agreement);
    if (asks) this.#sendCertificateRequest();
    association.outbox.message(HANDSHAKE.server_hello_done, EMPTY);
    association.outbox.end(true);
    this.#expects = asks ? ['certificate'] : ['client_key_exchange'];
  }

  #sendHello(agreement: Agreement, choice: Choice, asksClient: boolean): void {
    const hello = {
      version: DTLS_1_2,
      random: this.#random,
      sessionId: this.#sessionId,
      suite: agreement.suite.code,
      compression: NO_COMPRESSION,
      extensions: answerExtensions(this.hello, agreement, choice, asksClient),
    };
    this.association.outbox.message(HANDSHAKE.server_hello, encodeServerHello(hello));
  }

  #sendKeyExchange({ suite, group, own }: Choice, { randoms }: Agreement): void {
    const { psk } = this.context.policy.credentials;
    const parameters = group && this.#share && { group: GROUPS[group], publicKey: this.#share.publicKey };
    // Plain PSK needs the message for a hint only (RFC 4279 §2).
    const hint = suite.keyExchange === 'ecdhe-ecdsa' ? undefined : (psk?.hint ?? (parameters ? EMPTY : undefined));
    if (!hint && !parameters) return;
    const signed = parameters && concatBytes(randoms.client, randoms.server, encodeEcParameters(parameters));
    const exchange = {
      ...(hint ? { hint } : {}),
      ...(parameters ? { parameters } : {}),
      ...(own && signed ? { signature: { algorithm: ECDSA_SHA256, bytes: own.privateKey.sign(signed) } } : {}),
    };
    this.association.outbox.message(HANDSHAKE.server_key_exchange, encodeServerKeyExchange(exchange));
  }

  #sendCertificateRequest(): void {
    const authorities = this.context.policy.credentials.trust?.authorities ?? [];
    const request = {
      types: [ECDSA_SIGN],
      algorithms: [ECDSA_SHA256],
      authorities: authorities.map(({ subjectName }) => subjectName),
    };
    this.association.outbox.message(HANDSHAKE.certificate_request, encodeCertificateRequest(request));
  }

  #onCertificate(body: Uint8Array): void {
    const { trust, allowAnonymous } = this.context.policy.credentials;
    if (!trust) throw new Abort('internal_error', 'a certificate was requested with nothing to judge it by');
    this.#claim = judgeCertificate(body, this.#agreed.clientCertificateType, trust);
    if (!this.#claim && !allowAnonymous) throw new Abort('handshake_failure', 'the client presents no certificate');
    this.#expects = ['client_key_exchange'];
  }

  #onClientKeyExchange(body: Uint8Array): void {
    const { association } = this;
    const agreement = this.#agreed;
    const { identity, publicKey } = decodeClientKeyExchange(body, agreement.suite.keyExchange);
    const shared = this.#share && publicKey ? this.#share.shared(publicKey) : EMPTY;
    const premaster = identity ? this.#pskPremaster(identity, shared) : shared;
    this.#master = deriveMaster(association, agreement, premaster);
    armKeys(association, agreement, this.#master);
    this.#expects = this.#claim ? ['certificate_verify'] : ['finished'];
  }

  #pskPremaster(identity: Uint8Array, shared: Uint8Array): Uint8Array {
    const key = this.context.policy.credentials.psk?.lookup(identity);
    if (!key) throw new Abort('unknown_psk_identity', `no key is known for the identity ${quote(identity)}`);
    this.#identity = { kind: 'psk', identity };
    return this.#agreed.suite.keyExchange === 'psk' ? pskPremaster(key) : ecdhePskPremaster(shared, key);
  }

  #onCertificateVerify(message: HandshakeMessage): void {
    const { association } = this;
    const claim = this.#claim;
    if (!claim) throw new Abort('unexpected_message', 'a CertificateVerify without certificate');
    checkSignature(
      decodeCertificateVerify(message.body),
      claim.spki,
      association.outbox.transcript.bytes(),
      'the handshake',
      this.context.policy.credentials.trust?.unproven,
    );
    this.#identity = claim.identity;
    association.outbox.transcript.add(message);
    this.#expects = ['finished'];
  }

  #onFinished(message: HandshakeMessage): void {
    const { association } = this;
    const agreement = this.#agreed;
    checkFinished(association, message.body, this.#master);
    association.outbox.transcript.add(message);
    this.#expects = [];
    if (!this.#resumed) {
      association.beginFlight();
      this.#sendTicket(agreement);
      this.#sendFinished(false);
      this.context.cache.add(this.#sessionId, this.#resumable(agreement));
    }
    const how = { group: this.#choice?.group, resumed: this.#resumed };
    association.establish(describeSession(this.peer, agreement, this.#identity, how));
  }

  // ---- both

  #sendTicket(agreement: Agreement): void {
    if (!agreement.ticket) return;
    const { sealer, lifetime } = this.context;
    const ticket = sealer.seal(this.#resumable(agreement));
    this.association.outbox.message(HANDSHAKE.new_session_ticket, encodeNewSessionTicket({ lifetime, ticket }));
  }

  #sendFinished(awaiting: boolean): void {
    this.association.outbox.changeCipherSpec();
    this.association.outbox.message(HANDSHAKE.finished, finished(this.association, 'server', this.#master));
    this.association.outbox.end(awaiting);
  }

  #resumable({ suite, extendedMasterSecret, serverName }: Agreement): Resumable {
    const expires = this.association.environment.clock.now() + this.context.lifetime;
    return { suite, extendedMasterSecret, serverName, master: this.#master, identity: this.#identity, expires };
  }

  get #agreed(): Agreement {
    if (!this.#agreement) throw new Abort('internal_error', 'the handshake goes on before it has begun');
    return this.#agreement;
  }
}

/** An identity for a message: printable, and no longer than a line. */
function quote(identity: Uint8Array): string {
  const text = Buffer.from(identity.subarray(0, 64))
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, '?');
  return `"${text}"${identity.length > 64 ? ` and ${identity.length - 64} bytes more` : ''}`;
}
