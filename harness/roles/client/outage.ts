import type { Clock } from '../../base/clock.js';
import type { Address, Link, Receive } from '../../link/link.js';

/** A link that loses everything for a time: the network of a device that is offline. */
export class Outage implements Link {
  #endsAt = -Infinity;

  constructor(
    readonly inner: Link,
    readonly clock: Clock,
  ) {}

  get local(): Address {
    return this.inner.local;
  }

  /** Loses what is sent and what arrives, for so many seconds from now. */
  begin(seconds: number): void {
    this.#endsAt = Math.max(this.#endsAt, this.clock.now() + seconds);
  }

  send(to: Address, datagram: Uint8Array): void {
    if (!this.#isOn()) this.inner.send(to, datagram);
  }

  onReceive(receive: Receive): void {
    this.inner.onReceive((from, datagram) => {
      if (!this.#isOn()) receive(from, datagram);
    });
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  #isOn(): boolean {
    return this.clock.now() < this.#endsAt;
  }
}
