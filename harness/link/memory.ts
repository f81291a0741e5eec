import type { Clock } from '../base/clock.js';
import { ProblemError } from '../base/error.js';
import type { Address, Link, Receive } from './link.js';

/** A network without sockets: every address is a name. */
export interface MemoryNetwork {
  /**
   * Takes an address. It is free again once the link is closed.
   *
   * @throws ProblemError `link-address-in-use`
   */
  link(address: Address): Link;
}

export interface MemoryNetworkOptions {
  /** Seconds from send to arrival, the same for every datagram: their order stays. */
  readonly latency?: number;
}

/** A network that loses nothing and delivers through the clock; a datagram to an address nobody has is gone. */
export function memoryNetwork(clock: Clock, { latency = 0.001 }: MemoryNetworkOptions = {}): MemoryNetwork {
  const nodes = new Map<Address, { receive: Receive | undefined }>();
  return {
    link(address) {
      if (nodes.has(address))
        throw new ProblemError({
          code: 'link-address-in-use',
          message: 'the address is in use',
          place: address,
          hint: 'close its link first',
        });
      const node: { receive: Receive | undefined } = { receive: undefined };
      nodes.set(address, node);
      const isOpen = (): boolean => nodes.get(address) === node;
      return {
        local: address,
        send(to, datagram) {
          if (!isOpen()) return;
          const bytes = Uint8Array.from(datagram);
          clock.after(latency, () => nodes.get(to)?.receive?.(address, bytes));
        },
        onReceive(receive) {
          node.receive = receive;
        },
        close() {
          if (isOpen()) nodes.delete(address);
          return Promise.resolve();
        },
      };
    },
  };
}

/** Names for those on a memory network: `client:5683`, and for another address of the same `client:49152`, `client:49153` … */
export function memoryAddresses(): (name: string, another?: 'another') => Address {
  let port = 49_152;
  return (name, another) => `${name}:${another === undefined ? 5683 : port++}`;
}
