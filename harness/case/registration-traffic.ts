import { toHex } from '../base/bytes.js';
import type { Peer } from '../model/party.js';
import { getBlock } from '../wire/coap/block.js';
import { isRequest } from '../wire/coap/code.js';
import { decodeMessage } from '../wire/coap/codec.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { OptionNumber } from '../wire/coap/options.js';
import { getPathSegments } from '../wire/coap/read.js';

/** A datagram of a session, at a time of its clock. */
export interface SessionDatagram {
  readonly from: Peer;
  readonly to: Peer;
  readonly bytes: Uint8Array;
  /** Seconds. */
  readonly t: number;
}

interface Kept {
  readonly datagram: SessionDatagram;
  /** It begins a Register: its first block, or the whole. */
  readonly begins: boolean;
}

/**
 * The datagrams that made the present registrations: what a case must know of the time before it began.
 * From the last Register that the server accepted, the Registers, Updates and De-registers with their answers.
 */
export class RegistrationTraffic {
  #kept: Kept[] = [];
  readonly #tokens = new Set<string>();

  see(datagram: SessionDatagram): void {
    const decoded = decodeMessage(datagram.bytes);
    if (!decoded.ok) return;
    const { message } = decoded;
    const key = toHex(message.token);
    if (isRequest(message.code)) {
      const [first, location] = getPathSegments(message);
      if (datagram.from !== 'client' || first !== 'rd') return;
      this.#tokens.add(key);
      this.#kept.push({ datagram, begins: location === undefined && isFirstBlock(message) });
    } else if (datagram.to === 'client' && this.#tokens.has(key)) {
      if (message.code === '2.01') this.#forgetUntilRegister();
      this.#kept.push({ datagram, begins: false });
    }
  }

  /** The datagrams with times relative to `origin`, which are negative. */
  before(origin: number): readonly SessionDatagram[] {
    return this.#kept.map(({ datagram }) => ({ ...datagram, t: datagram.t - origin }));
  }

  clear(): void {
    this.#kept = [];
    this.#tokens.clear();
  }

  /** What came before a Register that was accepted is over: a refused one ends nothing. */
  #forgetUntilRegister(): void {
    const begin = this.#kept.findLastIndex(({ begins }) => begins);
    if (begin > 0) this.#kept = this.#kept.slice(begin);
  }
}

const isFirstBlock = (message: CoapMessage): boolean => (getBlock(message, OptionNumber.block1)?.num ?? 0) === 0;
