import type { PlainContent } from '../../model/plain.js';

/** A server that the client is to register at. */
export interface ServerToKnow {
  readonly uri: string;
  readonly shortServerId?: number;
}

/** Whom a client knows when it leaves the factory. */
export interface Acquaintances {
  readonly servers: readonly ServerToKnow[];
  /** URI of the Bootstrap-Server. */
  readonly bootstrapServer?: string;
  /** In seconds, for all servers; that of the values when left out. */
  readonly lifetime?: number;
}

/** No security (Object 0, resource 2). */
const NO_SEC = 3;

/**
 * Values with the accounts of a client that may have a Bootstrap-Server. With no server at all, but one that it can ask for servers,
 * nothing of the values that is about servers remains: the client begins unbootstrapped.
 */
export function accountsOf(values: PlainContent, { servers, bootstrapServer, lifetime }: Acquaintances): PlainContent {
  if (bootstrapServer === undefined) return withAccounts(values, servers, lifetime);
  const own = servers.length > 0 ? values : withoutServers(values);
  return withAccounts(withBootstrapServer(own, bootstrapServer), servers, lifetime);
}

/**
 * Values under those of a smart card, which prevail: an Object Instance that the card has, an account for a server that the card
 * has one for, and an account for a Bootstrap-Server when the card has one, are the card's alone (Core 1.1 §6.1.3.2).
 */
export function withSmartCard(values: PlainContent, card: PlainContent): PlainContent {
  const instanceOf = (path: string): string => path.split('/').slice(0, 3).join('/');
  const serverIds = serverIdsIn(card);
  const bootstrap = bootstrapInstances(card).length > 0 ? bootstrapInstances(values) : [];
  const given = new Set([
    ...Object.keys(card).map(instanceOf),
    ...bootstrap.map((instance) => `/0/${instance}`),
    ...[...serverIdsIn(values)].filter(([, id]) => [...serverIds.values()].includes(id)).map(([instance]) => instance),
  ]);
  return { ...Object.fromEntries(Object.entries(values).filter(([path]) => !given.has(instanceOf(path)))), ...card };
}

/** Short Server ID by Security or Server instance. */
const serverIdsIn = (values: PlainContent): Map<string, number> =>
  new Map(
    Object.entries(values).flatMap(([path, id]): [string, number][] => {
      const instance = /^(\/0\/\d+)\/10$|^(\/1\/\d+)\/0$/.exec(path);
      const found = instance?.[1] ?? instance?.[2];
      return found === undefined ? [] : [[found, Number(id)]];
    }),
  );

/** In the Security instance that is for it already, else in the first that is for nobody. */
function withBootstrapServer(values: PlainContent, uri: string): PlainContent {
  const security = `/0/${bootstrapInstances(values)[0] ?? unclaimedInstance(values, 0, 10)}`;
  return {
    ...values,
    [`${security}/0`]: uri,
    [`${security}/1`]: true,
    ...(uri.startsWith('coap:') ? { [`${security}/2`]: NO_SEC } : {}),
  };
}

/** Nothing of Server and Access Control, and of Security only what is for a Bootstrap-Server. */
function withoutServers(values: PlainContent): PlainContent {
  const kept = bootstrapInstances(values);
  return Object.fromEntries(
    Object.entries(values).filter(([path]) => {
      const [, object, instance] = path.split('/').map(Number);
      return object === 0 ? instance !== undefined && kept.includes(instance) : object !== 1 && object !== 2;
    }),
  );
}

/** Security instances that are for a Bootstrap-Server. */
const bootstrapInstances = (values: PlainContent): number[] =>
  Object.entries(values).flatMap(([path, value]) => {
    const instance = /^\/0\/(\d+)\/1$/.exec(path)?.[1];
    return instance !== undefined && value === true ? [Number(instance)] : [];
  });

/**
 * Values with an account for every server: its address goes into the Security instance with its Short Server ID, or into a new one;
 * what a Server instance lacks is filled in.
 *
 * @param lifetime in seconds, for all of them; that of the values when left out
 */
export function withAccounts(values: PlainContent, servers: readonly ServerToKnow[], lifetime?: number): PlainContent {
  return servers.reduce<PlainContent>(
    (all, server, index) => withAccount(all, { shortServerId: index + 1, ...server }, lifetime),
    values,
  );
}

function withAccount(
  values: PlainContent,
  { uri, shortServerId }: Required<ServerToKnow>,
  lifetime: number | undefined,
): PlainContent {
  const security = `/0/${instanceWith(values, 0, 10, shortServerId) ?? unclaimedInstance(values, 0, 10)}`;
  const server = `/1/${instanceWith(values, 1, 0, shortServerId) ?? unclaimedInstance(values, 1, 0)}`;
  return {
    [`${server}/1`]: 86_400,
    [`${server}/6`]: true,
    [`${server}/7`]: 'U',
    ...values,
    [`${security}/0`]: uri,
    [`${security}/1`]: false,
    [`${security}/10`]: shortServerId,
    ...(uri.startsWith('coap:') ? { [`${security}/2`]: NO_SEC } : {}),
    [`${server}/0`]: shortServerId,
    ...(lifetime === undefined ? {} : { [`${server}/1`]: lifetime }),
  };
}

/** The instance of an Object whose resource has this value. */
function instanceWith(values: PlainContent, object: number, resource: number, value: number): number | undefined {
  const found = Object.entries(values).find(([path, plain]) => {
    const [, o, , r] = path.split('/').map(Number);
    return o === object && r === resource && Number(plain) === value;
  });
  return found && Number(found[0].split('/')[2]);
}

/** The lowest instance, there already or not, that has no Short Server ID yet and is not for the Bootstrap-Server. */
function unclaimedInstance(values: PlainContent, object: number, resource: number): number {
  const isClaimed = (id: number): boolean =>
    `/${object}/${id}/${resource}` in values || (object === 0 && values[`/0/${id}/1`] === true);
  let id = 0;
  while (isClaimed(id)) id++;
  return id;
}
