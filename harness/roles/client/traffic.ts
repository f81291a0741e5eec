import type { Delivery, IncomingResponse, Outgoing } from '../../coap/types.js';
import type { Address } from '../../link/link.js';
import type { Registration } from './registration.js';
import type { ClientRole } from './role.js';
import { Waits } from './waits.js';

/** Seconds that a queue mode client listens after its last message: MAX_TRANSMIT_WAIT (Transport 1.1 §6.5). */
const AWAKE = 93;

/** What the client sends of its own accord, and whether it can be reached. */
export class Traffic {
  #lastAt = -Infinity;
  #onlineAt = -Infinity;
  readonly #waits: Waits;

  constructor(readonly client: ClientRole) {
    this.#waits = new Waits(client.clock);
  }

  /** The response, or undefined when none came. Waits until the network is there. */
  async request(to: Address, out: Outgoing): Promise<IncomingResponse | undefined> {
    if (!(await this.untilOnline())) return undefined;
    this.noteTraffic();
    const response = await this.client.coap.request(to, out);
    this.noteTraffic();
    return response.ok ? response.value : undefined;
  }

  /** Sends a notification. `onReset` may come long after a non-confirmable one. */
  notify(
    to: Address,
    token: Uint8Array,
    observe: number,
    out: Outgoing,
    onReset?: () => void,
  ): Promise<Delivery | 'sent'> {
    this.noteTraffic();
    return this.client.coap.notify(to, token, observe, out, onReset);
  }

  /** The network is cut for so many seconds, and the device knows. */
  offline(seconds: number): void {
    this.#onlineAt = Math.max(this.#onlineAt, this.client.clock.now() + seconds);
    void this.untilOnline().then((elapsed) => {
      if (elapsed) this.client.observations.onOnline();
    });
  }

  isOnline(): boolean {
    return this.client.clock.now() >= this.#onlineAt;
  }

  /** A client without queue mode always listens; with it, for a time after each message. */
  isListening(registration: Registration): boolean {
    return !registration.queueMode(registration.enabler) || this.client.clock.now() - this.#lastAt <= this.awakeTime();
  }

  awakeTime(): number {
    return AWAKE;
  }

  /** A message came or went: the time awake starts again. */
  noteTraffic(): void {
    this.#lastAt = this.client.clock.now();
  }

  /** False when the client is stopped before. */
  async untilOnline(): Promise<boolean> {
    while (!this.isOnline()) if (!(await this.#waits.wait(this.#onlineAt - this.client.clock.now()))) return false;
    return true;
  }

  /** Gives up what waits for the network. */
  stop(): void {
    this.#waits.giveUp();
  }
}
