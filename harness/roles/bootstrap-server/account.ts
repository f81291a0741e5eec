import { toHex, utf8 } from '../../base/bytes.js';
import type { Path } from '../../model/path.js';
import type { PlainContent } from '../../model/plain.js';
import type { DescribedLink } from '../../wire/core-link-discover.js';

/** How a client proves itself to a server (Object 0, resources 2 to 5). Opaque values are hexadecimal. */
export type AccountSecurity =
  | { readonly mode: 'nosec' }
  /** The identity as text. */
  | { readonly mode: 'psk'; readonly identity: string; readonly key: string }
  | {
      readonly mode: 'rpk' | 'x509';
      /** Of the client. */
      readonly publicKey: string;
      readonly serverPublicKey: string;
      readonly secretKey: string;
    };

/** The account of an LwM2M server: a Security and a Server Object Instance (Core 1.1 §6.1.2, B-3). */
export interface ServerAccount {
  readonly uri: string;
  readonly shortServerId: number;
  /** Seconds. */
  readonly lifetime?: number;
  readonly binding?: string;
  readonly security?: AccountSecurity;
  /** Ids of the instances; without them those that the client has free. */
  readonly securityInstance?: number;
  readonly serverInstance?: number;
  /** Values of the instances beside those that follow from the above, or in their place, by Resource. */
  readonly securityValues?: PlainContent;
  readonly serverValues?: PlainContent;
}

/** Where an account is to stand. */
export interface Place {
  readonly security: number;
  readonly server: number;
}

const DEFAULT_LIFETIME = 86_400;
const MODES: Readonly<Record<AccountSecurity['mode'], number>> = { psk: 0, rpk: 1, x509: 2, nosec: 3 };

/** The Security Object Instance: its mandatory Resources stand in it also where the mode has no use for them. */
export function securityInstance(account: ServerAccount): PlainContent {
  const { uri, shortServerId, security = { mode: 'nosec' }, securityValues } = account;
  const values = { '0': uri, '1': false, '2': MODES[security.mode], ...keysOf(security), '10': shortServerId };
  return { ...values, ...securityValues };
}

function keysOf(security: AccountSecurity): PlainContent {
  switch (security.mode) {
    case 'nosec':
      return { '3': '', '4': '', '5': '' };
    case 'psk':
      return { '3': toHex(utf8(security.identity)), '4': '', '5': security.key };
    default:
      return { '3': security.publicKey, '4': security.serverPublicKey, '5': security.secretKey };
  }
}

/** The Server Object Instance. */
export function serverInstance(account: ServerAccount): PlainContent {
  const { shortServerId, lifetime = DEFAULT_LIFETIME, binding = 'U', serverValues } = account;
  return { '0': shortServerId, '1': lifetime, '6': false, '7': binding, ...serverValues };
}

/**
 * Where an account can stand: where it says, else where the client has it already, else at the lowest id that is free in both
 * Objects.
 *
 * @param taken Object Instances that are there and are to stay
 * @param shown where the client has an account of this server: a second one would break it (B-3)
 */
export function placeOf(
  { securityInstance, serverInstance }: ServerAccount,
  taken: readonly Path[],
  shown: Partial<Place> = {},
): Place {
  const isTaken = (object: number, id: number): boolean =>
    taken.some(([takenObject, takenId]) => takenObject === object && takenId === id);
  let free = 0;
  while (isTaken(0, free) || isTaken(1, free)) free++;
  return {
    security: securityInstance ?? shown.security ?? serverInstance ?? free,
    server: serverInstance ?? shown.server ?? securityInstance ?? free,
  };
}

/** Instances of the Security and Server Objects in the answer to a Bootstrap-Discover. */
export const accountInstances = (links: readonly DescribedLink[]): readonly Path[] =>
  links.map(({ path }) => path).filter((path) => path.length === 2 && (path[0] === 0 || path[0] === 1));

/** Where the answer to a Bootstrap-Discover shows the account of a server, by Short Server ID (B-19); of several the first. */
export function accountShown(links: readonly DescribedLink[], shortServerId: number): Partial<Place> {
  const instance = (object: number): number | undefined =>
    links.find(({ path, serverId }) => path.length === 2 && path[0] === object && serverId === shortServerId)?.path[1];
  const [security, server] = [instance(0), instance(1)];
  return { ...(security !== undefined && { security }), ...(server !== undefined && { server }) };
}
