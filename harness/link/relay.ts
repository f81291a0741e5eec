import { failed, ok, type Problem, type Result } from '../base/error.js';
import type { Address, Link } from './link.js';

export type RelayDirection = 'to-server' | 'to-client';

export interface RelayOptions {
  /** Where clients send to; the relay takes it over. */
  readonly front: Link;
  readonly server: Address;
  /** Opens the link by which one client reaches the server. */
  readonly open: () => Promise<Result<Link>>;
  /** Told of each datagram before it goes on. It must not change the bytes. */
  readonly seen?: (direction: RelayDirection, client: Address, datagram: Uint8Array) => void;
  /** Told of what the server sends to an address that the client no longer has. */
  readonly lost?: (client: Address, datagram: Uint8Array) => void;
  /** Told when a link to the server cannot be opened; what the client had sent is lost. */
  readonly failed?: (problem: Problem) => void;
}

/** Stands between clients and a server, neither of which knows. */
export interface Relay {
  /** What the clients take for the server. */
  readonly local: Address;
  /** What the server takes for a client; undefined before its first datagram went on. */
  addressOf(client: Address): Address | undefined;
  /**
   * Gives a client another address towards the server, as a NAT does that forgot it: what the server sends to the old one is lost.
   * Gives the new one. Problems: `relay-client` (it has sent nothing so far), and those of `open`.
   */
  rebind(client: Address): Promise<Result<Address>>;
  close(): Promise<void>;
}

/** The way of one client to the server. */
interface Way {
  link: Link | undefined;
  /** What it sent while there was no link. */
  waiting: Uint8Array[];
  /** Links that it had before. */
  readonly left: Link[];
}

/** Passes datagrams on as they are, each client by one link of its own, kept until the end. */
export function relay({ front, server, open, seen, lost, failed: tell }: RelayOptions): Relay {
  const ways = new Map<Address, Way>();
  let closed = false;

  /** A datagram that does not come from the server's address is no answer, and a client must not take it for one. */
  const attach = (client: Address, way: Way, link: Link): void => {
    way.link = link;
    link.onReceive((from, datagram) => {
      if (closed || from !== server) return;
      if (way.link !== link) return lost?.(client, datagram);
      seen?.('to-client', client, datagram);
      front.send(client, datagram);
    });
    for (const datagram of way.waiting.splice(0)) link.send(server, datagram);
  };

  const openFor = async (client: Address, way: Way): Promise<Result<Address>> => {
    const opened = await open();
    if (!opened.ok) {
      tell?.(opened.problem);
      return opened;
    }
    if (closed) {
      await opened.value.close();
      return failed({ code: 'relay-closed', message: 'the relay is closed', place: client });
    }
    if (way.link) way.left.push(way.link);
    attach(client, way, opened.value);
    return ok(opened.value.local);
  };

  front.onReceive((client, datagram) => {
    if (closed) return;
    seen?.('to-server', client, datagram);
    const way = ways.get(client);
    if (way?.link) return way.link.send(server, datagram);
    if (way) return void way.waiting.push(datagram);
    const fresh: Way = { link: undefined, waiting: [datagram], left: [] };
    ways.set(client, fresh);
    void openFor(client, fresh).then((opened) => {
      if (!opened.ok) ways.delete(client);
    });
  });

  return {
    local: front.local,
    addressOf: (client) => ways.get(client)?.link?.local,
    async rebind(client) {
      const way = ways.get(client);
      if (!way?.link)
        return failed({ code: 'relay-client', message: 'the client has sent nothing so far', place: client });
      return openFor(client, way);
    },
    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([
        front.close(),
        ...[...ways.values()].flatMap(({ link, left }) => [link?.close(), ...left.map((old) => old.close())]),
      ]);
    },
  };
}
