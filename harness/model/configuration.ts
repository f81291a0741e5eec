import { failed, ok, type Problem, type Result } from '../base/error.js';
import type { Roles } from './configuration-roles.js';
import { isWithin, pathOf } from './path.js';
import type { PlainContent } from './plain.js';

/** `C.1` to `C.26` are those of the ETS; from `C.101` on they are ours. */
export type ConfigurationId = `C.${number}`;

/** Security Mode of a Security instance (Core 1.1 App. E.1). */
export const SECURITY_MODES = { psk: 0, rpk: 1, certificate: 2, nosec: 3, est: 4 } as const;

export type Scheme = 'coap' | 'coaps' | 'coap+tcp' | 'coaps+tcp' | 'mqtts';

/**
 * What a client needs to reach a server or the Bootstrap-Server. Where that is and what the secrets are comes with a
 * run; a configuration only names them.
 */
export interface Account {
  readonly party: 'server' | 'bootstrap-server';
  /** Instance of object 0. */
  readonly security: number;
  /** Equal in the Server instance; the Bootstrap-Server has none. */
  readonly shortServerId?: number;
  readonly scheme: Scheme;
  readonly mode: keyof typeof SECURITY_MODES;
  /** A host name that the URI must have instead of the address. */
  readonly host?: string;
  /** Name of a credential for a resource of the Security instance. */
  readonly credentials: Readonly<Record<number, CredentialName>>;
  /** Further resources of the Security instance: links, SMS and certificate settings. */
  readonly settings?: PlainContent;
}

/** Secrets and identities that a run makes. Each is opaque, or text where the resource is a string. */
export type CredentialName =
  | `psk.${'identity' | 'key'}${'' | '.2' | '.bootstrap'}`
  | `certificate.${'client' | 'client-key' | 'server' | 'ca'}`
  | `oscore.${'secret' | 'sender' | 'recipient' | 'salt'}${'' | '.bootstrap'}`
  | `cose.${'kid' | 'key'}${'' | '.bootstrap'}`
  | `mqtt.client${'' | '.bootstrap'}`
  | `sms.${'parameters' | 'keys' | 'number'}`;

/** What a client has when a case begins: a minimum, more is fine. */
export interface Configuration {
  readonly id: ConfigurationId;
  readonly title: string;
  /** Has all that this one has, and more or other values. */
  readonly extends?: ConfigurationId;
  /** Paths of the extended one that are left out, with all below. */
  readonly without?: readonly string[];
  /** In place of those of the extended one, when given. */
  readonly accounts?: readonly Account[];
  /** By absolute path. Object 0 is left to the accounts. */
  readonly values?: PlainContent;
  /** Values, or paths without one, that are the device's own: a case never compares them with these. */
  readonly ofDevice?: readonly string[];
  /** Values that are credentials, by absolute path outside object 0. */
  readonly secrets?: Readonly<Record<string, CredentialName>>;
  readonly executables?: readonly string[];
  /** Object versions other than the enabler's. */
  readonly versions?: Readonly<Record<number, string>>;
  readonly roles?: Roles;
  /** What a bootstrap turns it into. */
  readonly target?: ConfigurationId;
  /** Where the ETS is followed in another reading than its letter. */
  readonly errata?: readonly string[];
}

/** A configuration with everything that it takes from others. */
export interface ResolvedConfiguration {
  readonly id: ConfigurationId;
  readonly title: string;
  readonly accounts: readonly Account[];
  readonly values: PlainContent;
  readonly ofDevice: readonly string[];
  readonly secrets: Readonly<Record<string, CredentialName>>;
  readonly executables: readonly string[];
  readonly versions: Readonly<Record<number, string>>;
  readonly roles: Roles;
  readonly target?: ConfigurationId;
  readonly errata: readonly string[];
}

/** Joins a configuration with those it extends. A problem names an unknown id, or a circle. */
export function resolveConfiguration(
  id: string,
  all: readonly Configuration[],
  above: readonly string[] = [],
): Result<ResolvedConfiguration> {
  if (above.includes(id)) return failed(problem(`${[...above, id].join(' extends ')}: a circle`));
  const own = all.find((one) => one.id === id);
  if (!own) return failed(problem(`there is no configuration ${id}`));
  if (own.extends === undefined) return ok(join(own, NOTHING));
  const base = resolveConfiguration(own.extends, all, [...above, id]);
  return base.ok ? ok(join(own, base.value)) : base;
}

const problem = (message: string): Problem => ({ code: 'configuration', message });

const NOTHING: Omit<ResolvedConfiguration, 'id' | 'title'> = {
  ...{ accounts: [], values: {}, ofDevice: [], secrets: {}, executables: [], versions: {}, roles: {}, errata: [] },
};

function join(own: Configuration, base: Omit<ResolvedConfiguration, 'id' | 'title'>): ResolvedConfiguration {
  const without = (own.without ?? []).map(pathOf);
  const keeps = (path: string): boolean => !without.some((left) => isWithin(pathOf(path), left));
  const kept = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([path]) => keeps(path)));
  return {
    id: own.id,
    title: own.title,
    accounts: own.accounts ?? base.accounts,
    values: { ...kept(base.values), ...own.values },
    ofDevice: [...new Set([...base.ofDevice.filter(keeps), ...(own.ofDevice ?? [])])],
    secrets: { ...kept(base.secrets), ...own.secrets },
    executables: [...new Set([...base.executables.filter(keeps), ...(own.executables ?? [])])],
    versions: { ...base.versions, ...own.versions },
    roles: { ...base.roles, ...own.roles },
    ...(own.target !== undefined && { target: own.target }),
    errata: own.errata ?? [],
  };
}

/**
 * The Security instance of an account, by absolute path: what a Bootstrap-Server writes for it, or a client is given.
 *
 * @param address `host:port` of the party; the host gives way to the one that the account names
 * @param credentials hexadecimal for opaque resources, by name
 */
export function securityValues(
  account: Account,
  address: string,
  credentials: Readonly<Record<string, string>>,
): Result<PlainContent> {
  const path = (resource: number): string => `/0/${account.security}/${resource}`;
  const values: Record<string, PlainContent[string]> = {
    [path(0)]: `${account.scheme}://${withHost(address, account.host)}`,
    [path(1)]: account.party === 'bootstrap-server',
    [path(2)]: SECURITY_MODES[account.mode],
    ...Object.fromEntries([3, 4, 5].map((resource) => [path(resource), ''])),
    ...(account.shortServerId !== undefined && { [path(10)]: account.shortServerId }),
    ...account.settings,
  };
  for (const [resource, name] of Object.entries(account.credentials)) {
    const credential = credentials[name];
    if (credential === undefined) return failed(problem(`${path(Number(resource))} needs the credential ${name}`));
    values[path(Number(resource))] = credential;
  }
  return ok(values);
}

const withHost = (address: string, host: string | undefined): string =>
  host === undefined ? address : address.replace(/^(\[[^\]]*\]|[^:]*)/, host);
