import type { Delivery, IncomingResponse, Outgoing } from '../../coap/types.js';
import type { Address } from '../../link/link.js';
import type { Registration } from './registration.js';
import type { ClientRole } from './role.js';

/** Seconds that a queue mode client listens after its last message: MAX_TRANSMIT_WAIT (Transport 1.1 §6.5). */
const AWAKE = 93;

/** What the client sends of its own accord, and whether it can be reached. */
export class Traffic {
  #lastAt = -Infinity;
  #onlineAt = -Infinity;

  constructor(readonly client: ClientRole) {}

  /** The response, or undefined when none came. Waits until the network is there. */
  async request(to: Address, out: Outgoing): Promise<IncomingResponse | undefined> {
    const { life } = this.client;
    while (!this.isOnline()) await this.untilOnline();
    if (life !== this.client.life) return undefined;
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
    const { life } = this.client;
    void this.untilOnline().then(() => {
      if (life === this.client.life && this.isOnline()) this.client.observations.onOnline();
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

  untilOnline(): Promise<void> {
    const left = this.#onlineAt - this.client.clock.now();
    return new Promise((resolve) => void this.client.clock.after(left, resolve));
  }
}
