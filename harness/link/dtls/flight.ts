import type { Clock, Timer } from '../../base/clock.js';
import type { HandshakeMessage } from './handshake.js';
import type { TimerSettings } from './settings.js';

export type FlightPart =
  | { readonly kind: 'message'; readonly message: HandshakeMessage; readonly epoch: 0 | 1 }
  | { readonly kind: 'change-cipher-spec' };

/** The flight last sent, and the timer that sends it again (RFC 6347 §4.2.4). */
export class Flight {
  #parts: FlightPart[] = [];
  #timer: Timer | undefined;
  #repeats = 0;

  constructor(
    readonly clock: Clock,
    readonly settings: TimerSettings,
    readonly transmit: (parts: readonly FlightPart[]) => void,
    readonly giveUp: () => void,
  ) {}

  /** A new flight: the peer has answered the one before. */
  begin(): void {
    this.stop();
    this.#parts = [];
    this.#repeats = 0;
  }

  add(part: FlightPart): void {
    this.#parts.push(part);
  }

  /** @param awaiting whether an answer is due; the last flight of a handshake is only repeated when the peer repeats its own */
  send(awaiting: boolean): void {
    this.transmit(this.#parts);
    if (awaiting) this.#arm();
  }

  /** The peer repeated the flight before, so ours was lost (RFC 6347 §4.2.4). The timer goes on: a peer cannot hold it off. */
  repeat(): void {
    if (this.#parts.length > 0) this.transmit(this.#parts);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #arm(): void {
    const { initial, max, retransmissions } = this.settings;
    this.#timer = this.clock.after(Math.min(initial * 2 ** this.#repeats, max), () => {
      if (this.#repeats >= retransmissions) return this.giveUp();
      this.#repeats++;
      this.transmit(this.#parts);
      this.#arm();
    });
  }
}
