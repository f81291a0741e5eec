import { toHex } from '../base/bytes.js';
import type { Peer } from '../model/party.js';
import { isRequest } from '../wire/coap/code.js';
import { decodeMessage } from '../wire/coap/codec.js';
import { getPathSegments } from '../wire/coap/read.js';

/** A datagram of a session, at a time of its clock. */
export interface SessionDatagram {
  readonly from: Peer;
  readonly to: Peer;
  readonly bytes: Uint8Array;
  /** Seconds. */
  readonly t: number;
}

/**
 * The datagrams that made the present registrations: what a case must know of the time before it began.
 * Since the last Register of the client, its Registers, Updates and De-registers with their answers.
 */
export class RegistrationTraffic {
  #kept: SessionDatagram[] = [];
  readonly #tokens = new Set<string>();

  see(datagram: SessionDatagram): void {
    const decoded = decodeMessage(datagram.bytes);
    if (!decoded.ok) return;
    const { code, token } = decoded.message;
    const key = toHex(token);
    if (isRequest(code)) {
      const [first, location] = getPathSegments(decoded.message);
      if (datagram.from !== 'client' || first !== 'rd') return;
      if (location === undefined) this.clear();
      this.#tokens.add(key);
      this.#kept.push(datagram);
    } else if (datagram.to === 'client' && this.#tokens.has(key)) this.#kept.push(datagram);
  }

  /** The datagrams with times relative to `origin`, which are negative. */
  before(origin: number): readonly SessionDatagram[] {
    return this.#kept.map((datagram) => ({ ...datagram, t: datagram.t - origin }));
  }

  clear(): void {
    this.#kept = [];
    this.#tokens.clear();
  }
}
