import type { Clock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import type { Address } from '../link.js';
import { Abort } from './alert.js';
import { CookieJar } from './cookie.js';
import { decodeFragments, encodeWhole, HANDSHAKE, type Fragment, type HandshakeMessage } from './handshake.js';
import { decodeClientHello, encodeHelloVerifyRequest, type ClientHello } from './hello.js';
import { Reassembly } from './reassembly.js';
import { CONTENT, DTLS_1_0, DTLS_1_2, encodeRecord, type WireRecord } from './record.js';
import { EMPTY } from '../../base/bytes.js';
import { BoundedMap } from './session-store.js';
import type { Hooks } from './settings.js';

/** Addresses of which fragments of a ClientHello are kept at once. */
const PARTIAL = 64;

/** Of a ClientHello: 0, or as many as there were cookies before it. */
const MAX_SEQUENCE = 8;

export interface Greeting {
  readonly hello: ClientHello;
  readonly message: HandshakeMessage;
}

export const isClientHello = ({ type, version, epoch, fragment }: WireRecord): boolean =>
  type === CONTENT.handshake &&
  (version === DTLS_1_0 || version === DTLS_1_2) &&
  epoch === 0 &&
  fragment[0] === HANDSHAKE.client_hello;

/**
 * Stands before a server: reads ClientHellos and asks for cookies without keeping anything for an address that has not shown
 * that it can be reached (RFC 6347 §4.2.1). Only fragments of long hellos are kept, and of few addresses.
 */
export class HelloGate {
  readonly #jar: CookieJar;
  readonly #partial = new BoundedMap<Reassembly>(PARTIAL);

  constructor(
    clock: Clock,
    random: Random,
    readonly hooks: Hooks,
  ) {
    this.#jar = new CookieJar(clock, random);
  }

  /** The hello that a record completes; undefined while it is in pieces, and for what is none. */
  read(from: Address, { fragment }: WireRecord): Greeting | undefined {
    try {
      const message = this.#assemble(from, decodeFragments(fragment));
      return message && { message, hello: decodeClientHello(message.body) };
    } catch (error) {
      // Nothing is said to an address that has not been verified.
      if (!(error instanceof Abort)) throw error;
      this.#partial.delete(from);
      return undefined;
    }
  }

  isVerified(from: Address, { hello }: Greeting): boolean {
    return this.#jar.isGood(from, hello);
  }

  /** The datagrams of a HelloVerifyRequest: it takes the numbers of the hello, so that none need be kept (RFC 6347 §4.2.1). */
  askForCookie(from: Address, { hello, message: asked }: Greeting, { sequence }: WireRecord): readonly Uint8Array[] {
    const body = encodeHelloVerifyRequest(DTLS_1_0, this.#jar.make(from, hello));
    const message = { type: HANDSHAKE.hello_verify_request, sequence: asked.sequence, body };
    const records = (this.hooks.message?.(message) ?? [message])
      .map((sent) => ({ type: CONTENT.handshake, epoch: 0, sequence, fragment: encodeWhole(sent) }))
      .flatMap((record) => this.hooks.record?.(record) ?? [record]);
    return records
      .map((record) => encodeRecord({ ...record, version: DTLS_1_0, connectionId: EMPTY }))
      .flatMap((datagram) => this.hooks.datagram?.(datagram) ?? [datagram]);
  }

  #assemble(from: Address, [first]: readonly Fragment[]): HandshakeMessage | undefined {
    if (!first || first.sequence > MAX_SEQUENCE) return undefined;
    const { type, sequence, length, bytes } = first;
    if (bytes.length === length) return { type, sequence, body: Uint8Array.from(bytes) };
    const known = this.#partial.get(from);
    const partial = known?.next === sequence ? known : new Reassembly(sequence);
    this.#partial.set(from, partial);
    partial.add(first);
    const message = partial.take();
    if (message) this.#partial.delete(from);
    return message;
  }
}
