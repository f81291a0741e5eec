import type { Enabler } from '../../model/party.js';
import type { Path } from '../../model/path.js';
import type { ResourceType } from '../../model/value.js';
import type { Code } from '../../wire/coap/message.js';
import type { ClientRole } from './role.js';

/** Objects that no server may touch, by version (Core 1.1 §6.3). */
const HIDDEN: Readonly<Record<Enabler, readonly number[]>> = { '1.0': [0], '1.1': [0, 21], '1.2': [0, 21, 23] };

/** What the client has at a path, and what can be done with it. */
export class Targets {
  constructor(readonly client: ClientRole) {}

  /** Whether an Object is for bootstrap only: never listed, every operation on it is answered 4.01. */
  isHidden(object: number, enabler: Enabler): boolean {
    return HIDDEN[enabler].includes(object);
  }

  /** Why there is nothing at a path: 4.04, or 4.05 for an instance of a single Resource. 1.0 has no Resource Instance paths. */
  absence(path: Path, enabler: Enabler): Code | undefined {
    const { store } = this.client;
    if (path.length === 4 && enabler === '1.0') return '4.04';
    const resource = path.length === 4 ? store.resource(path) : undefined;
    if (resource && resource.kind !== 'multiple') return '4.05';
    return store.has(path) ? undefined : '4.04';
  }

  /** `R`, `W`, `RW`, `E` or nothing, of the Resource at or above a path; everything but E for one that no definition knows. */
  operations(path: Path): string {
    const [object = 0, , resource = 0] = path;
    return (
      this.client.model.resource(object, resource)?.operations ??
      (this.client.store.resource(path)?.kind === 'executable' ? 'E' : 'RW')
    );
  }

  isMultiple(path: Path): boolean {
    const [object = 0, , resource = 0] = path;
    return (
      this.client.model.resource(object, resource)?.multiple ?? this.client.store.resource(path)?.kind === 'multiple'
    );
  }

  typeOf(path: Path): ResourceType | undefined {
    const [object = 0, , resource = 0] = path;
    return this.client.model.resource(object, resource)?.type ?? this.client.store.value(path)?.type;
  }
}
