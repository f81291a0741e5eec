import { MAX_ID, type Path } from '../../../model/path.js';
import { integer } from '../../../model/value.js';
import { Right } from '../access-control.js';
import { numberAt, serverAccounts } from '../account.js';
import type { ClientRole } from '../role.js';
import { multiple, single, type ObjectStore } from '../store.js';

/** Objects whose instances stay whoever may use them. */
const STAYING: readonly number[] = [0, 1, 2, 3];

/**
 * Clears away what is left of a server whose account a bootstrap has removed: its Server instance, attributes and rights, and Object
 * Instances that nobody else may use (Core 1.0 App. E.1.3, Transport 1.1 §5.2.5; B-33). Nothing for a server that still has an account.
 */
export function forgetServer(client: ClientRole, server: number): void {
  const { store } = client;
  if (serverAccounts(store).some(({ shortServerId }) => shortServerId === server)) return;
  client.attributes.forgetServer(server);
  for (const id of store.instances(1)) if (numberAt(store, [1, id, 0]) === server) store.remove([1, id]);
  for (const id of store.instances(2)) forgetRights(client, [2, id], server);
}

function forgetRights(client: ClientRole, accessControl: Path, server: number): void {
  const { store } = client;
  const rights = rightsIn(store, accessControl);
  const owns = numberAt(store, [...accessControl, 3]) === server;
  if (!owns && !rights.has(server)) return;
  rights.delete(server);
  if (rights.size === 0 && owns) return removeTarget(client, accessControl);
  store.put([...accessControl, 2], multiple([...rights].map(([id, bits]) => [id, integer(bits)])));
  const heir = owns ? heirAmong(rights) : undefined;
  if (heir !== undefined) store.put([...accessControl, 3], single(integer(heir)));
}

function rightsIn(store: ObjectStore, accessControl: Path): Map<number, number> {
  const acl = store.entries([...accessControl, 2]);
  return new Map(acl.flatMap(({ path }) => (path[3] === undefined ? [] : [[path[3], numberAt(store, path) ?? 0]])));
}

function removeTarget({ store, attributes }: ClientRole, accessControl: Path): void {
  const [object, instance] = [0, 1].map((resource) => numberAt(store, [...accessControl, resource]));
  store.remove(accessControl);
  if (object === undefined || instance === undefined || instance === MAX_ID || STAYING.includes(object)) return;
  store.remove([object, instance]);
  attributes.forget([object, instance]);
}

/** The server with most of the rights Write and Delete; of several the first. The default entry inherits nothing. */
function heirAmong(rights: ReadonlyMap<number, number>): number | undefined {
  const weight = (bits: number): number => Number((bits & Right.write) !== 0) + Number((bits & Right.delete) !== 0);
  const [first] = [...rights].filter(([id]) => id !== 0).sort(([, a], [, b]) => weight(b) - weight(a));
  return first?.[0];
}
