import { parsePath } from '../model/path.js';
import type { Peer } from '../model/party.js';
import type { Exchange } from '../record/exchange.js';
import { alternatePath, decodeLinksWithRemarks } from '../wire/core-link.js';
import type { Registration } from './context.js';

/**
 * The live registration of an endpoint at a server, as the wire shows it: the last Register that was answered 2.01,
 * with what later Updates changed. Undefined when there is none, or it was ended.
 */
export function registrationOf(
  exchanges: readonly Exchange[],
  server: Peer,
  endpoint: string,
): Registration | undefined {
  const toServer = exchanges.filter((exchange) => exchange.from === 'client' && exchange.to === server);
  const register = toServer.findLast(
    (exchange) =>
      exchange.kind === 'register' &&
      exchange.response.code === '2.01' &&
      (exchange.request.query.get('ep') ?? endpoint) === endpoint,
  );
  if (!register) return undefined;
  const location = register.response.location ?? '';
  const later = toServer.filter(
    (exchange) => exchange.request.position > register.request.position && exchange.request.path === location,
  );
  if (later.some((exchange) => exchange.kind === 'deregister' && exchange.response.code === '2.02')) return undefined;
  const updates = later.filter((exchange) => exchange.kind === 'update' && exchange.response.code === '2.04');
  const all = [register, ...updates];
  const listed = all.findLast((exchange) => exchange.request.payload.length > 0) ?? register;
  const objects = announcedPaths(listed.request.payload);
  const lifetime = all.findLast((exchange) => exchange.request.query.has('lt'))?.request.query.get('lt');
  return {
    endpoint,
    location,
    lifetime: Number(lifetime ?? 86_400),
    serverObject: objects.find((path) => /^\/1\/\d+$/.test(path)) ?? '/1/0',
    objects,
    exchange: register,
  };
}

/** The Short Server ID under which a server of a bench is known to the client. */
export const shortServerIdOf = (peer: Peer): number => (peer === 'server2' ? 2 : 1);

/**
 * Paths of a registration payload as they are listed, without the alternate path and the root link, also those that may
 * not stand there; empty when it is malformed.
 */
export function announcedPaths(payload: Uint8Array): readonly string[] {
  const decoded = decodeLinksWithRemarks(payload);
  if (!decoded.ok) return [];
  const prefix = alternatePath(payload);
  return decoded.value.links
    .map(({ path }) => (path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path))
    .filter((path) => path !== '/' && parsePath(path).ok);
}
