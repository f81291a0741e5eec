import { formatPath, type Path } from '../../../model/path.js';
import { numberAt, textAt } from '../account.js';
import type { ClientRole } from '../role.js';
import { isForBootstrap, linkedInstances } from './account.js';

/** Resources of a Security instance that hold the keys of each mode that this client has (Core 1.1 App. E.1). */
const KEYS: ReadonlyMap<number, readonly number[]> = new Map([
  [0, [3, 5]],
  [1, [3, 4, 5]],
  [2, [3, 4, 5]],
  [3, []],
]);

/** No security (Object 0, resource 2). */
const NO_SEC = 3;

/** Short Server ID, Lifetime, Notification Storing and Binding: what a Server instance must tell (Core 1.1 App. E.2). */
const OF_SERVER: readonly number[] = [0, 1, 6, 7];

/** Resources of the Object Access Control that a client cannot do without (Core 1.1 App. E.3). */
const OF_ACCESS_CONTROL: readonly number[] = [0, 1, 3];

/** Whether what a bootstrap left can be worked with: the check before Finish is answered (Core 1.1 §6.1.6, B-34). */
export class Consistency {
  constructor(readonly client: ClientRole) {}

  /** The first thing that is wrong, as a clause; undefined where nothing is. */
  problem(): string | undefined {
    return (
      this.accountsProblem() ??
      first(this.securityInstances(), (security) => this.securityProblem(security)) ??
      first(this.instances(1), (server) => this.serverProblem(server)) ??
      first(this.instances(2), (accessControl) => this.incompleteness(accessControl, OF_ACCESS_CONTROL))
    );
  }

  /** Of one Bootstrap-Server at most, of one server at least (B-3). */
  accountsProblem(): string | undefined {
    if (this.instances(0).length - this.securityInstances().length > 1) return 'there are two Bootstrap-Servers';
    return this.securityInstances().length === 0 ? 'there is no server' : undefined;
  }

  instances(object: number): Path[] {
    return this.client.store.instances(object).map((id) => [object, id]);
  }

  /** Security instances of servers. */
  securityInstances(): Path[] {
    return this.instances(0).filter((security) => !isForBootstrap(this.client.store, security));
  }

  securityProblem(security: Path): string | undefined {
    const id = numberAt(this.client.store, [...security, 10]);
    if (id === undefined || id < 1 || id > 65_534) return `${formatPath(security)} has no Short Server ID`;
    if (this.securityInstances().some((other) => this.isOf(other, 10, id, security)))
      return `the Short Server ID ${id} stands in two Security instances`;
    if (!this.instances(1).some((server) => numberAt(this.client.store, [...server, 0]) === id))
      return `there is no Server instance with the Short Server ID ${id}`;
    return this.channelProblem(security) ?? this.linkProblem(security);
  }

  /** URI, mode and keys, which must go together. */
  channelProblem(security: Path): string | undefined {
    const { store } = this.client;
    const uri = textAt(store, [...security, 0]) ?? '';
    const mode = numberAt(store, [...security, 2]);
    if (!/^[a-z][a-z+.-]*:\/\/[^/]+/i.test(uri)) return `${formatPath(security)} has no address of a server`;
    const keys = mode === undefined ? undefined : KEYS.get(mode);
    if (!keys) return `${formatPath(security)} has no security mode that this client knows`;
    if (/^coaps/i.test(uri) === (mode === NO_SEC)) return `the mode of ${formatPath(security)} does not go with ${uri}`;
    const missing = keys.find((key) => !this.isFilled([...security, key]));
    return missing === undefined ? undefined : `${formatPath([...security, missing])} is missing`;
  }

  isFilled(path: Path): boolean {
    const value = this.client.store.value(path);
    return value?.type === 'opaque' && value.value.length > 0;
  }

  linkProblem(security: Path): string | undefined {
    const dangling = linkedInstances(this.client.store, security).find((path) => !this.client.store.has(path));
    return dangling && `${formatPath(security)} links to ${formatPath(dangling)}, where nothing is`;
  }

  /** A Server instance without a Security instance is a rest of a server that went, or a mistake. */
  serverProblem(server: Path): string | undefined {
    const { store, bootstrapping } = this.client;
    const id = numberAt(store, [...server, 0]);
    if (id !== undefined && this.instances(1).some((other) => this.isOf(other, 0, id, server)))
      return `the Short Server ID ${id} stands in two Server instances`;
    const hasSecurity = this.securityInstances().some((security) => numberAt(store, [...security, 10]) === id);
    if (!hasSecurity && (id === undefined || !bootstrapping.knewServer(id)))
      return `there is no Security instance for ${formatPath(server)}`;
    return this.incompleteness(server, OF_SERVER);
  }

  /** Whether another instance than `self` has the Short Server ID. */
  isOf(other: Path, resource: number, id: number, self: Path): boolean {
    return other[1] !== self[1] && numberAt(this.client.store, [...other, resource]) === id;
  }

  incompleteness(instance: Path, resources: readonly number[]): string | undefined {
    const missing = resources.find((resource) => !this.client.store.has([...instance, resource]));
    return missing === undefined ? undefined : `${formatPath([...instance, missing])} is missing`;
  }
}

function first(instances: readonly Path[], problemOf: (instance: Path) => string | undefined): string | undefined {
  for (const instance of instances) {
    const problem = problemOf(instance);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
