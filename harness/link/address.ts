import { failed, ok, type Result } from '../base/error.js';
import type { Address } from './link.js';

/** The two parts of the address of a socket. */
export interface SocketAddress {
  /** An IPv4 or IPv6 address, without brackets; a zone stays: `fe80::1%eth0`. Or a host name. */
  readonly host: string;
  readonly port: number;
}

/** Reads `127.0.0.1:5683`, `[::1]:5683` or `device.local:5683`. */
export function parseAddress(text: Address): Result<SocketAddress> {
  const colon = text.lastIndexOf(':');
  const isBracketed = text.startsWith('[');
  const host = isBracketed ? text.slice(1, colon - 1) : text.slice(0, Math.max(colon, 0));
  const digits = text.slice(colon + 1);
  const wrong = (message: string, at: number): Result<never> =>
    failed({
      code: 'link-address',
      message,
      at,
      place: text,
      hint: 'write host:port, with an IPv6 address in brackets',
    });
  if (colon < 0) return wrong('the port is missing', text.length);
  if (isBracketed ? text[colon - 1] !== ']' : host.includes(':'))
    return wrong('an IPv6 address stands in brackets before the port', 0);
  if (host === '' || /[\s/[\]]/.test(host)) return wrong(`${JSON.stringify(host)} is no host`, isBracketed ? 1 : 0);
  if (isBracketed !== host.includes(':')) return wrong('only an IPv6 address stands in brackets', 0);
  if (!/^\d{1,5}$/.test(digits) || Number(digits) > 65_535)
    return wrong(`${JSON.stringify(digits)} is not a port of 0 to 65535`, colon + 1);
  return ok({ host, port: Number(digits) });
}

/** `127.0.0.1:5683`, or `[::1]:5683` for an IPv6 address. */
export const formatAddress = ({ host, port }: SocketAddress): Address =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
