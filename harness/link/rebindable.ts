import type { Address, Link, Receive } from './link.js';

/** A link whose own address can change, as that of a client behind a NAT does which forgot it. */
export interface RebindableLink extends Link {
  /** Goes on over another link. What comes to the old address from now on is lost. */
  rebind(next: Link): void;
}

/**
 * The link, until it is given another.
 *
 * @param lost told of each datagram that comes to an address that was given up
 */
export function rebindable(first: Link, lost: Receive): RebindableLink {
  let current = first;
  let receive: Receive | undefined;
  const given: Link[] = [first];
  return {
    get local(): Address {
      return current.local;
    },
    send: (to, datagram) => current.send(to, datagram),
    onReceive(receiver) {
      receive = receiver;
      current.onReceive(receiver);
    },
    rebind(next) {
      current.onReceive(lost);
      current = next;
      given.push(next);
      if (receive) next.onReceive(receive);
    },
    async close() {
      await Promise.all(given.map((link) => link.close()));
    },
  };
}
