import { VirtualClock } from '../../base/clock.js';
import { fromHex, toHex } from '../../base/bytes.js';
import { seeded } from '../../base/random.js';
import type { Address, Link } from '../../link/link.js';
import { memoryNetwork, type MemoryNetwork } from '../../link/memory.js';
import { decodeMessage, encodeMessage } from '../../wire/coap/codec.js';
import type { CoapMessage } from '../../wire/coap/message.js';
import { Endpoint } from '../endpoint.js';
import type { EndpointOptions } from '../rules.js';

export interface Seen {
  readonly t: number;
  readonly from: Address;
  readonly hex: string;
  readonly message: CoapMessage;
}

/** A peer that does by hand what an endpoint does by itself: for tests of the endpoint. */
export class HandPeer {
  readonly seen: Seen[] = [];
  readonly #waiting: ((seen: Seen) => void)[] = [];
  #taken = 0;

  constructor(
    private readonly clock: VirtualClock,
    private readonly link: Link,
  ) {
    link.onReceive((from, datagram) => {
      const decoded = decodeMessage(datagram);
      if (!decoded.ok) throw new Error(`the endpoint sent what is no message: ${toHex(datagram)}`);
      this.seen.push({ t: clock.now(), from, hex: toHex(datagram), message: decoded.message });
      this.#waiting.shift()?.(this.#take());
    });
  }

  /** The next message not taken so far, waited for. */
  next(): Promise<Seen> {
    if (this.#taken < this.seen.length) return Promise.resolve(this.#take());
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Messages that nobody took. */
  get rest(): readonly Seen[] {
    return this.seen.slice(this.#taken);
  }

  send(to: Address, message: Partial<CoapMessage>): void {
    const whole: CoapMessage = {
      type: 'CON',
      code: '0.00',
      id: 0,
      token: new Uint8Array(0),
      options: [],
      payload: new Uint8Array(0),
      ...message,
    };
    this.link.send(to, encodeMessage(whole));
  }

  sendHex(to: Address, hex: string): void {
    this.link.send(to, fromHex(hex) ?? new Uint8Array(0));
  }

  /** What comes back within a second of `hex`, as hexadecimal. */
  async probe(to: Address, hex: string): Promise<readonly string[]> {
    const before = this.seen.length;
    this.sendHex(to, hex);
    await new Promise<void>((resolve) => void this.clock.after(1, resolve));
    this.#taken = this.seen.length;
    return this.seen.slice(before).map((seen) => seen.hex);
  }

  #take(): Seen {
    const seen = this.seen[this.#taken++];
    if (!seen) throw new Error('nothing to take');
    return seen;
  }
}

/** A clock, a network and who is on it. */
export class Wire {
  readonly clock = new VirtualClock();
  readonly network: MemoryNetwork;

  constructor(readonly seed = 1) {
    this.network = memoryNetwork(this.clock);
  }

  endpoint(address: Address, options: Partial<EndpointOptions> = {}): Endpoint {
    return new Endpoint(this.optionsFor(address, options));
  }

  optionsFor(address: Address, options: Partial<EndpointOptions> = {}): EndpointOptions {
    const link = options.link ?? this.network.link(address);
    return { clock: this.clock, random: seeded(this.seed).fork(address), ...options, link };
  }

  peer(address: Address): HandPeer {
    return new HandPeer(this.clock, this.network.link(address));
  }

  sleep(seconds: number): Promise<void> {
    return new Promise((resolve) => void this.clock.after(seconds, resolve));
  }

  run<T>(body: () => Promise<T>): Promise<T> {
    return this.clock.run(body);
  }
}
