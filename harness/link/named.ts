import type { Clock } from '../base/clock.js';
import type { Problem, Result } from '../base/error.js';
import type { Address, Link, Receive } from './link.js';

/** The address by which a socket tells whom a name means (`resolveAddress` of the UDP link). */
export type Resolve = (address: Address) => Promise<Result<Address>>;

export interface NamedLinkOptions {
  /** Knows numbers alone. The named link takes over its `onReceive`. */
  readonly link: Link;
  readonly clock: Clock;
  readonly resolve: Resolve;
  /** Told of a name that leads nowhere; what was sent there is lost. */
  readonly failed?: (problem: Problem) => void;
}

/** Seconds of silence after which a name is looked up again: whoever moved is found, and a session stays where it is. */
const SILENCE = 60;

/** Datagrams kept for a name while it is looked up. */
const MOST_WAITING = 16;

interface Named {
  /** Undefined while the name is looked up. */
  address: Address | undefined;
  waiting: Uint8Array[];
  /** When it was looked up, or heard last. */
  last: number;
}

/**
 * A link that also takes host names: `server.example.com:5684`. Who was sent to by name is heard under that name, so that all
 * above (accounts, channels, what is expected of a certificate) knows one word for a peer.
 */
export function namedLink(options: NamedLinkOptions): Link {
  return new NamedLink(options);
}

class NamedLink implements Link {
  readonly #options: NamedLinkOptions;
  readonly #names = new Map<Address, Named>();
  /** By address: the name under which it was sent to last. */
  readonly #nameOf = new Map<Address, Address>();
  #receive: Receive = () => undefined;
  #closed = false;

  constructor(options: NamedLinkOptions) {
    this.#options = options;
    options.link.onReceive((from, datagram) => this.#onDatagram(from, datagram));
  }

  get local(): Address {
    return this.#options.link.local;
  }

  onReceive(receive: Receive): void {
    this.#receive = receive;
  }

  send(to: Address, datagram: Uint8Array): void {
    if (isNumeric(to)) {
      this.#nameOf.delete(to);
      return this.#options.link.send(to, datagram);
    }
    const known = this.#names.get(to);
    const isSilent = known?.address !== undefined && this.#options.clock.now() - known.last > SILENCE;
    if (known?.address !== undefined && !isSilent) return this.#pass(to, known.address, datagram);
    if (known && !isSilent) {
      if (known.waiting.length < MOST_WAITING) known.waiting.push(datagram);
      return;
    }
    const named: Named = { address: undefined, waiting: [datagram], last: 0 };
    this.#names.set(to, named);
    void this.#lookUp(to, named);
  }

  close(): Promise<void> {
    this.#closed = true;
    return this.#options.link.close();
  }

  async #lookUp(name: Address, named: Named): Promise<void> {
    const { resolve, failed, clock } = this.#options;
    const found = await clock.hold(resolve(name));
    if (this.#closed) return;
    if (!found.ok) {
      this.#names.delete(name);
      return failed?.(found.problem);
    }
    named.address = found.value;
    named.last = clock.now();
    for (const datagram of named.waiting.splice(0)) this.#pass(name, found.value, datagram);
  }

  #pass(name: Address, address: Address, datagram: Uint8Array): void {
    this.#nameOf.set(address, name);
    this.#options.link.send(address, datagram);
  }

  #onDatagram(from: Address, datagram: Uint8Array): void {
    const name = this.#nameOf.get(from);
    const named = name === undefined ? undefined : this.#names.get(name);
    if (named) named.last = this.#options.clock.now();
    this.#receive(name ?? from, datagram);
  }
}

/** An IPv6 address may be written in several ways, so that it is looked up like a name. */
const isNumeric = (address: Address): boolean => /^\d+\.\d+\.\d+\.\d+:\d+$/.test(address);
