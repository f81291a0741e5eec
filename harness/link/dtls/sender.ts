import { concatBytes } from '../../base/bytes.js';
import type { FlightPart } from './flight.js';
import { cutMessage, encodeFragment, HANDSHAKE, HANDSHAKE_HEADER } from './handshake.js';
import { CONTENT, type PlainRecord } from './record.js';
import type { RecordLayer } from './record-layer.js';
import type { Environment } from './settings.js';

/** Cuts flights into records and datagrams, and lets a tester's hooks at both. */
export class Sender {
  constructor(
    readonly environment: Environment,
    readonly records: RecordLayer,
    readonly transmit: (datagram: Uint8Array) => void,
  ) {}

  /** Sends a flight with new record numbers: a retransmission is no replay (RFC 6347 §4.2.4). */
  sendFlight(parts: readonly FlightPart[]): void {
    let datagram: Uint8Array[] = [];
    let size = 0;
    const flush = (): void => {
      if (size > 0) this.#emit(concatBytes(...datagram));
      datagram = [];
      size = 0;
    };
    for (const record of parts.flatMap((part) => this.#recordsOf(part))) {
      if (size + record.length > this.environment.mtu || !this.environment.pack) flush();
      datagram.push(record);
      size += record.length;
    }
    flush();
  }

  sendRecord(record: PlainRecord): void {
    for (const bytes of this.#seal(record)) this.#emit(bytes);
  }

  #recordsOf(part: FlightPart): Uint8Array[] {
    if (part.kind === 'change-cipher-spec') return this.#next(CONTENT.change_cipher_spec, 0, Uint8Array.of(1));
    const { mtu, wholeHello } = this.environment;
    const isWhole = wholeHello && part.message.type === HANDSHAKE.client_hello;
    const fragment = isWhole ? undefined : this.environment.fragment;
    const room = Math.min(mtu - this.records.overhead(part.epoch), this.records.limit) - HANDSHAKE_HEADER;
    const size = Math.max(1, Math.min(room, fragment ?? room));
    return cutMessage(part.message, size).flatMap((cut) =>
      this.#next(CONTENT.handshake, part.epoch, encodeFragment(cut)),
    );
  }

  #next(type: number, epoch: 0 | 1, fragment: Uint8Array): Uint8Array[] {
    return this.#seal({ type, epoch, sequence: this.records.claimSequence(epoch), fragment });
  }

  #seal(record: PlainRecord): Uint8Array[] {
    return (this.environment.hooks.record?.(record) ?? [record]).map((one) => this.records.seal(one));
  }

  #emit(datagram: Uint8Array): void {
    for (const one of this.environment.hooks.datagram?.(datagram) ?? [datagram]) this.transmit(one);
  }
}
