import type { PlainContent } from '../../model/plain.js';

/** A server that the client is to register at. */
export interface ServerToKnow {
  readonly uri: string;
  readonly shortServerId?: number;
}

/** No security (Object 0, resource 2). */
const NO_SEC = 3;

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
