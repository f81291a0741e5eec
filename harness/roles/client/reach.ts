import { EMPTY } from '../../base/bytes.js';
import type { Reach, SecurityInstance } from '../../link/dtls/index.js';
import type { Address } from '../../link/link.js';
import type { Path } from '../../model/path.js';
import { addressOf, numberAt, textAt } from './account.js';
import type { ObjectStore } from './store.js';

/** No security (Core 1.1 App. E.1, resource 2). */
const NO_SEC = 3;

/**
 * How the Security instances ask for a peer to be reached. Of one who has none nothing is taken, unless the client has no
 * secured account at all: then anybody in its network may be heard.
 */
export function reachOf(store: ObjectStore, peer: Address): Reach {
  const instances = store.instances(0).map((id) => securityInstance(store, [0, id]));
  const own = instances.find(({ uri }) => addressOf(uri) === peer);
  return own ?? (instances.every(({ mode }) => mode === NO_SEC) ? 'plain' : 'never');
}

function securityInstance(store: ObjectStore, at: Path): SecurityInstance {
  const bytes = (resource: number): Uint8Array => {
    const value = store.value([...at, resource]);
    return value?.type === 'opaque' ? value.value : EMPTY;
  };
  const matching = numberAt(store, [...at, 13]);
  const serverName = textAt(store, [...at, 14]);
  const usage = numberAt(store, [...at, 15]);
  const suites = numbersAt(store, [...at, 16]);
  return {
    uri: textAt(store, [...at, 0]) ?? '',
    mode: numberAt(store, [...at, 2]) ?? NO_SEC,
    identity: bytes(3),
    serverKey: bytes(4),
    secretKey: bytes(5),
    ...(matching !== undefined && { matching }),
    ...(serverName !== undefined && { serverName }),
    ...(usage !== undefined && { usage }),
    ...(suites.length > 0 && { suites }),
  };
}

function numbersAt(store: ObjectStore, path: Path): readonly number[] {
  return store.entries(path).flatMap(({ value }) => (value?.type === 'unsigned' ? [Number(value.value)] : []));
}
