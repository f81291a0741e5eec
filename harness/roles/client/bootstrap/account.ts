import type { Address } from '../../../link/link.js';
import { equalPaths, MAX_ID, type Path } from '../../../model/path.js';
import { addressOf, booleanAt, numberAt, textAt } from '../account.js';
import type { ObjectStore } from '../store.js';

/** The Bootstrap-Server as the client knows it: a Security instance without a Server instance (Core 1.1 §6.1.2). */
export interface BootstrapAccount {
  /** `coap://192.0.2.1:5683` (`/0/x/0`). */
  readonly uri: string;
  /** Path of the Security instance. */
  readonly security: Path;
}

/** Accounts of Bootstrap-Servers, by instance ascending. A device has one at most, a store under work may have more. */
export function bootstrapAccounts(store: ObjectStore): BootstrapAccount[] {
  return store.instances(0).flatMap((id): BootstrapAccount[] => {
    const uri = textAt(store, [0, id, 0]);
    return isForBootstrap(store, [0, id]) && uri !== undefined ? [{ uri, security: [0, id] }] : [];
  });
}

/** Whether a Security instance is for a Bootstrap-Server (`/0/x/1`). */
export const isForBootstrap = (store: ObjectStore, security: Path): boolean =>
  booleanAt(store, [...security, 1]) === true;

export const addressOfAccount = (account: BootstrapAccount): Address => addressOf(account.uri);

/**
 * The instances that make up the account, as long as its Security instance is for a Bootstrap-Server: that one, and what it
 * links to, of OSCORE, MQTT and COSE (Core 1.2 §6.1.2).
 */
export function instancesOf(store: ObjectStore, { security }: BootstrapAccount): Path[] {
  return isForBootstrap(store, security) ? [security, ...linkedInstances(store, security)] : [];
}

/** Whether the account would not be whole without this Object Instance. */
export const isPartOf = (store: ObjectStore, account: BootstrapAccount, instance: Path): boolean =>
  instancesOf(store, account).some((own) => equalPaths(own, instance));

/** What an Object Instance links to, null links left aside. */
export function linkedInstances(store: ObjectStore, instance: Path): Path[] {
  return store.entries(instance).flatMap(({ value }): Path[] => {
    if (value?.type !== 'objlnk' || value.value.instance === MAX_ID) return [];
    return [[value.value.object, value.value.instance]];
  });
}

/** Seconds between the decision to ask and the Bootstrap-Request (`/0/x/11`; Core 1.1 §6.1.4). */
export const holdOffTime = (store: ObjectStore, { security }: BootstrapAccount): number =>
  Math.max(0, numberAt(store, [...security, 11]) ?? 0);

/** Seconds after a bootstrap until the account is given up (`/0/x/12`); undefined: never (Core 1.1 App. E.1). */
export function accountTimeout(store: ObjectStore, { security }: BootstrapAccount): number | undefined {
  const seconds = numberAt(store, [...security, 12]) ?? 0;
  return seconds > 0 ? seconds : undefined;
}
