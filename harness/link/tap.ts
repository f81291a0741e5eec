import type { Address, Link } from './link.js';

/** Told of each datagram in the order it is sent or arrives, before it goes on. It must not change the bytes. */
export type Seen = (direction: 'out' | 'in', peer: Address, datagram: Uint8Array) => void;

/** The same link, observed. */
export function tap(link: Link, seen: Seen): Link {
  return {
    local: link.local,
    send: (to, datagram) => {
      seen('out', to, datagram);
      link.send(to, datagram);
    },
    onReceive: (receive) => {
      link.onReceive((from, datagram) => {
        seen('in', from, datagram);
        receive(from, datagram);
      });
    },
    close: () => link.close(),
  };
}
