import { Flight } from './flight.js';
import type { RecordLayer } from './record-layer.js';
import { Sender } from './sender.js';
import type { Environment } from './settings.js';
import { Transcript } from './transcript.js';

/** Everything that one side sends in an association: numbered messages in flights, and single records. */
export class Outbox {
  readonly transcript = new Transcript();
  readonly #sender: Sender;
  readonly #flight: Flight;
  #epoch: 0 | 1 = 0;
  #nextMessage: number;

  constructor(
    readonly environment: Environment,
    readonly records: RecordLayer,
    firstMessage: number,
    transmit: (datagram: Uint8Array) => void,
    giveUp: () => void,
  ) {
    this.#nextMessage = firstMessage;
    this.#sender = new Sender(environment, records, transmit);
    const send = this.#sender.sendFlight.bind(this.#sender);
    this.#flight = new Flight(environment.clock, environment.timer, send, giveUp);
  }

  /** Forgets the flight before: it has been answered. */
  begin(): void {
    this.#flight.begin();
  }

  /** Adds a message to the flight and the transcript. */
  message(type: number, body: Uint8Array): void {
    const message = { type, sequence: this.#nextMessage, body };
    for (const sent of this.environment.hooks.message?.(message) ?? [message]) {
      const next = this.#nextMessage++;
      const numbered = sent.sequence === message.sequence ? { ...sent, sequence: next } : sent;
      this.transcript.add(numbered);
      this.#flight.add({ kind: 'message', message: numbered, epoch: this.#epoch });
    }
  }

  /** Adds it to the flight; what follows is of epoch 1. */
  changeCipherSpec(): void {
    this.#flight.add({ kind: 'change-cipher-spec' });
    this.#epoch = 1;
  }

  /** Sends the flight. @param awaiting whether the peer owes an answer, so that it is sent again without one */
  end(awaiting: boolean): void {
    this.#flight.send(awaiting);
  }

  repeat(): void {
    this.#flight.repeat();
  }

  /** The flight is not sent again unless the peer asks for it. */
  stop(): void {
    this.#flight.stop();
  }

  /** Sends a record of any type outside a flight: alerts, data, and what testers make up. */
  record(type: number, fragment: Uint8Array, at: { epoch?: 0 | 1; sequence?: number } = {}): void {
    const epoch = at.epoch ?? this.#epoch;
    const sequence = at.sequence ?? this.records.claimSequence(epoch);
    this.#sender.sendRecord({ type, epoch, sequence, fragment });
  }
}
