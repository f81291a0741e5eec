import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { failed, ok, type Problem, type Result } from '../base/error.js';
import { formatAddress, parseAddress } from './address.js';
import type { Address, Link, Receive } from './link.js';

export interface UdpOptions {
  /** An address of this machine; `127.0.0.1` when left out, `0.0.0.0` or `::` for all of one family. */
  readonly host?: string;
  /** 0, or left out, takes any free one. */
  readonly port?: number;
}

/**
 * Opens a UDP socket.
 *
 * Peers are told apart by the text of their address: use what `resolveAddress` gives. What cannot be sent (another address family,
 * a host name, too large, closed) is lost like any datagram.
 *
 * Problems: `link-address`, `link-address-in-use`, `link-address-unavailable`, `link-permission`, `link-family`, `link-socket`.
 */
export async function udpLink({ host = '127.0.0.1', port = 0 }: UdpOptions = {}): Promise<Result<Link>> {
  const family = isIP(host.split('%')[0] ?? '');
  const place = formatAddress({ host, port });
  if (family === 0) return failed({ code: 'link-address', message: `${JSON.stringify(host)} is no IP address`, place });
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return failed({ code: 'link-address', message: `${port} is not a port of 0 to 65535`, place });
  const socket = createSocket({
    type: family === 4 ? 'udp4' : 'udp6',
    ipv6Only: family === 6,
    // Only addresses are sent to: without a look-up, a datagram leaves within the call.
    lookup: (name, _options, done) => {
      const known = isIP(name.split('%')[0] ?? '');
      if (known === family) done(null, name, family);
      else done(new Error(`${name} is no address of IPv${family}`), '', family);
    },
  });
  try {
    await bound(socket, host, port);
  } catch (thrown) {
    socket.close();
    return failed(problemOf(thrown, place));
  }
  return ok(linkOf(socket));
}

/**
 * The address by which a socket tells a peer: the name looked up, an IPv6 address in its shortest form.
 *
 * Problems: `link-address`, `link-name`.
 *
 * @param near address of the socket that is to reach it, which reaches its own family alone; either when left out
 */
export async function resolveAddress(text: Address, near?: Address): Promise<Result<Address>> {
  const parsed = parseAddress(text);
  if (!parsed.ok) return parsed;
  const { host, port } = parsed.value;
  try {
    const { address } = await lookup(host, near === undefined ? 0 : near.startsWith('[') ? 6 : 4);
    return ok(formatAddress({ host: shortest(address), port }));
  } catch (thrown) {
    return failed({
      code: 'link-name',
      message: `the name ${JSON.stringify(host)} leads to no address (${codeOf(thrown)})`,
      place: text,
    });
  }
}

function linkOf(socket: Socket): Link {
  let receive: Receive | undefined;
  let closing: Promise<void> | undefined;
  socket.on('message', (datagram, { address, port }) => {
    const bytes = new Uint8Array(datagram.buffer, datagram.byteOffset, datagram.length);
    receive?.(formatAddress({ host: address, port }), bytes);
  });
  // What the network reports of datagrams sent before concerns nobody: delivery is not promised.
  socket.on('error', () => undefined);
  const { address: host, port } = socket.address();
  return {
    local: formatAddress({ host, port }),
    send(to, datagram) {
      const peer = parseAddress(to);
      if (closing || !peer.ok || peer.value.port === 0) return;
      socket.send(datagram, peer.value.port, peer.value.host, () => undefined);
    },
    onReceive(receiver) {
      receive = receiver;
    },
    close() {
      closing ??= new Promise((resolve) => socket.close(() => resolve()));
      return closing;
    },
  };
}

function bound(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

const HINTS: Readonly<Record<string, Pick<Problem, 'code' | 'message' | 'hint'>>> = {
  EADDRINUSE: {
    code: 'link-address-in-use',
    message: 'the port is in use',
    hint: 'stop the other program, or take another port; 0 takes any',
  },
  EADDRNOTAVAIL: {
    code: 'link-address-unavailable',
    message: 'this machine does not have the address',
    hint: 'take one of its own',
  },
  EACCES: { code: 'link-permission', message: 'the port may not be opened', hint: 'take one above 1023' },
  EAFNOSUPPORT: { code: 'link-family', message: 'this machine has no IPv6', hint: 'use an IPv4 address' },
  EINVAL: {
    code: 'link-address',
    message: 'the address cannot be used',
    hint: 'a link-local address needs its zone: fe80::1%eth0',
  },
};

function problemOf(thrown: unknown, place: string): Problem {
  const known = HINTS[codeOf(thrown)];
  if (known) return { ...known, place };
  return { code: 'link-socket', message: `the socket could not be opened (${codeOf(thrown)})`, place };
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : String(thrown);
}

/** As the system writes an IPv6 address: `0:0:0:0:0:0:0:1` → `::1`. */
function shortest(address: string): string {
  const [bare = '', zone] = address.split('%');
  if (isIP(bare) !== 6) return address;
  const short = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  return zone === undefined ? short : `${short}%${zone}`;
}
