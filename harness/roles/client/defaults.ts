import type { Model } from '../../model/definition.js';
import { MAX_ID, pathOf, type Path } from '../../model/path.js';
import type { PlainContent } from '../../model/plain.js';
import { integer, text, type Value } from '../../model/value.js';
import { entriesOf } from '../../wire/coerce.js';
import { unwrap } from '../../base/error.js';
import { freeInstance, Right } from './access-control.js';
import { serverAccounts, textAt } from './account.js';
import { bootstrapAccounts } from './bootstrap/account.js';
import { initialResource } from './initial-value.js';
import { multiple, single, type ObjectStore } from './store.js';

/** A plausible device: a battery, a clock, a thermometer. Accounts of servers are for the configuration to give. */
export const DEFAULT_VALUES: PlainContent = {
  '/3/0/0': 'lwm2m-conformance',
  '/3/0/1': 'Reference client',
  '/3/0/2': '0001',
  '/3/0/3': '1.0',
  '/3/0/6/0': 1,
  '/3/0/6/1': 5,
  '/3/0/7/0': 3800,
  '/3/0/7/1': 5000,
  '/3/0/8/0': 125,
  '/3/0/8/1': 900,
  '/3/0/9': 100,
  '/3/0/10': 15,
  '/3/0/11/0': 0,
  '/3/0/13': 1_700_000_000,
  '/3/0/14': '+02:00',
  '/3/0/15': 'Europe/Berlin',
  '/3/0/16': 'U',
  '/3303/0/5700': 20.5,
  '/3303/0/5701': 'Cel',
};

/** Values by absolute path over others: a multiple Resource is replaced as a whole, not mixed. */
export function overlay(values: PlainContent, under: PlainContent): PlainContent {
  const resourceOf = (path: string): string => path.split('/').slice(0, 4).join('/');
  const covered = new Set(Object.keys(values).map(resourceOf));
  return { ...Object.fromEntries(Object.entries(under).filter(([path]) => !covered.has(resourceOf(path)))), ...values };
}

/**
 * Fills a store: the values, and in each instance what makes it complete: mandatory Resources with their initial values, and
 * every executable of its Object.
 *
 * @param values by absolute path; Objects which the model lacks are left out of the defaults only, not of these
 * @throws ProblemError when a path or value does not fit the model
 */
export function fillStore(store: ObjectStore, values: PlainContent, model: Model): void {
  for (const { path, value } of unwrap(entriesOf([], values, model))) if (value) putConfigured(store, path, value);
  for (const object of store.objects())
    for (const instance of store.instances(object)) complete(store, [object, instance], model);
}

/** The defaults whose Objects and Resources the model has. */
export function defaultsFor(model: Model): PlainContent {
  return Object.fromEntries(
    DEFAULTS.filter(({ path: [object = 0, , resource = 0] }) => model.resource(object, resource) !== undefined).map(
      ({ entry }) => entry,
    ),
  );
}

const DEFAULTS = Object.entries(DEFAULT_VALUES).map((entry) => ({ entry, path: pathOf(entry[0]) }));

function putConfigured(store: ObjectStore, path: Path, value: Value): void {
  const [, , , id] = path;
  const before = store.resource(path);
  if (id === undefined) store.put(path, single(value));
  else store.put(path.slice(0, 3), multiple([...(before?.kind === 'multiple' ? before.values : []), [id, value]]));
}

function complete(store: ObjectStore, instance: Path, model: Model): void {
  const [object = 0] = instance;
  for (const definition of model.object(object)?.resources ?? []) {
    const path = [...instance, definition.id];
    if (!store.has(path) && (definition.mandatory || definition.type === 'none'))
      store.put(path, initialResource(definition));
  }
}

/** Asks for queue mode as 1.0 does: in the Binding of each Server instance, which the `b` of a Register must equal. */
export function putQueueLetters(store: ObjectStore): void {
  for (const { server } of serverAccounts(store)) {
    const path = [...server, 7];
    const binding = textAt(store, path) ?? 'U';
    if (!binding.includes('Q')) store.put(path, single(text(binding.replace(/^[US]/, '$&Q'))));
  }
}

/**
 * Access control for several servers where the configuration has none: each owns its own Server instance, all share the rest and
 * may create instances (Core 1.1 §8.1).
 */
export function shareAmongServers(store: ObjectStore): void {
  const accounts = serverAccounts(store);
  if (accounts.length < 2 || store.instances(2).length > 0) return;
  const everyone = (bits: number): [number, Value][] =>
    accounts.map(({ shortServerId }) => [shortServerId, integer(bits)]);
  const onInstance = Right.read | Right.write | Right.execute | Right.delete;
  for (const object of store.objects().filter((id) => id !== 0 && id !== 2)) {
    for (const instance of store.instances(object)) {
      const owner = accounts.find(({ server }) => object === 1 && server[1] === instance)?.shortServerId;
      const acl: [number, Value][] = owner === undefined ? everyone(onInstance) : [[owner, integer(onInstance)]];
      putAccessControl(store, [object, instance], acl, owner ?? MAX_ID);
    }
    putAccessControl(store, [object, MAX_ID], everyone(Right.create), MAX_ID);
  }
}

/** A client that a Bootstrap-Server is to give its accounts has the Objects for them, be they empty (Core 1.1 §6.1.2, §8.1). */
export function makeRoomForAccounts(store: ObjectStore): void {
  if (bootstrapAccounts(store).length > 0) for (const object of [1, 2]) store.addObject(object);
}

function putAccessControl(
  store: ObjectStore,
  [object = 0, instance = 0]: Path,
  acl: [number, Value][],
  owner: number,
): void {
  store.putInstance(
    2,
    freeInstance(store, 2),
    new Map([
      [0, single(integer(object))],
      [1, single(integer(instance))],
      [2, multiple(acl)],
      [3, single(integer(owner))],
    ]),
  );
}
