import type { Address } from '../../link/link.js';
import type { Path } from '../../model/path.js';
import type { ObjectStore } from './store.js';

/** A server the client knows: a Security instance and the Server instance with the same Short Server ID (Core 1.1 App. E.1, E.2). */
export interface ServerAccount {
  readonly shortServerId: number;
  /** `coap://192.0.2.1:5683` (`/0/x/0`). */
  readonly uri: string;
  /** Path of the Security instance. */
  readonly security: Path;
  /** Path of the Server instance. */
  readonly server: Path;
}

/** Default ports of the schemes `coap` and `coaps` (RFC 7252 §6.1, §6.2). */
const COAP_PORT = 5683;
const COAPS_PORT = 5684;

/**
 * The accounts of LwM2M Servers (not of the Bootstrap-Server) in Objects 0 and 1, by Short Server ID ascending.
 * A Security instance without a Server instance, or the reverse, is no account.
 */
export function serverAccounts(store: ObjectStore): ServerAccount[] {
  const accounts = store.instances(0).flatMap((id): ServerAccount[] => {
    const security: Path = [0, id];
    const shortServerId = numberAt(store, [...security, 10]);
    const uri = textAt(store, [...security, 0]);
    if (booleanAt(store, [...security, 1]) === true || shortServerId === undefined || uri === undefined) return [];
    const instance = store.instances(1).find((x) => numberAt(store, [1, x, 0]) === shortServerId);
    return instance === undefined ? [] : [{ shortServerId, uri, security, server: [1, instance] }];
  });
  return accounts.sort((a, b) => a.shortServerId - b.shortServerId);
}

/**
 * The address in a CoAP URI, as a link writes it: host and port, the default one where there is none (RFC 7252 §6.1). A single word
 * without a port is taken as it is: memory networks have such names.
 */
export function addressOf(uri: string): Address {
  const authority = uri.replace(/^[a-z+]+:\/\//i, '').replace(/\/.*$/, '');
  const named = authority.replace(/^localhost(?=:|$)/i, '127.0.0.1');
  const port = /^coaps:/i.test(uri) ? COAPS_PORT : COAP_PORT;
  return /:\d+$|^\w+$/.test(named) ? named : `${named}:${port}`;
}

/** The integer, unsigned integer or time at a path as a number. */
export function numberAt(store: ObjectStore, path: Path): number | undefined {
  const value = store.value(path);
  return value && (value.type === 'integer' || value.type === 'unsigned' || value.type === 'time')
    ? Number(value.value)
    : undefined;
}

export function textAt(store: ObjectStore, path: Path): string | undefined {
  const value = store.value(path);
  return value?.type === 'string' ? value.value : undefined;
}

export function booleanAt(store: ObjectStore, path: Path): boolean | undefined {
  const value = store.value(path);
  return value?.type === 'boolean' ? value.value : undefined;
}
