import { MAX_ID, type Path } from '../../model/path.js';
import { integer } from '../../model/value.js';
import { numberAt, serverAccounts } from './account.js';
import { multiple, single, type ObjectStore } from './store.js';

/** Bits of an ACL value (Core 1.1 §8.1, Object 2). */
export const Right = { read: 1, write: 2, execute: 4, delete: 8, create: 16 } as const;
export type RightName = keyof typeof Right;

/** Every right on an Object Instance: all but Create, which has a meaning on Objects only. */
const ALL_ON_INSTANCE = Right.read | Right.write | Right.execute | Right.delete;

/** Governs who may use what, from the instances of Object 2 (Core 1.1 §8). Deviations override single questions. */
export class AccessControl {
  constructor(readonly store: ObjectStore) {}

  /** Whether rights are looked at: only with two or more server accounts (Core 1.1 §8.1). */
  isOn(): boolean {
    // Asked for every Resource that is read: most clients have a single account, and it is enough to count.
    return this.store.instances(0).length > 1 && serverAccounts(this.store).length > 1;
  }

  mayRead(server: number, instance: Path): boolean {
    return this.has(server, instance, 'read');
  }

  mayWrite(server: number, instance: Path): boolean {
    return this.isAccessControl(instance) ? this.mayManage(server, instance) : this.has(server, instance, 'write');
  }

  mayExecute(server: number, instance: Path): boolean {
    return this.has(server, instance, 'execute');
  }

  mayDelete(server: number, instance: Path): boolean {
    return !(this.isOn() && this.isAccessControl(instance)) && this.has(server, instance, 'delete');
  }

  /** Create is granted on the Object, by its instance-less entry (Core 1.1 §8.1). Object 2 instances come and go with their targets. */
  mayCreate(server: number, object: number): boolean {
    if (!this.isOn()) return true;
    const governing = this.governing([object, MAX_ID]);
    return object !== 2 && governing !== undefined && (this.granted(server, governing) & Right.create) !== 0;
  }

  /** Write-Attributes: the Read right, and none at Object level (Core 1.1 §8.2). */
  mayWriteAttributes(server: number, path: Path): boolean {
    return path.length === 1 || this.mayRead(server, path.slice(0, 2));
  }

  /** Whether `server` may change an instance of Object 2: its owner alone (Core 1.1 §8.1). */
  mayManage(server: number, accessControl: Path): boolean {
    return !this.isOn() || this.ownerOf(accessControl) === server;
  }

  /** Anyone may read Object 2 itself: the text speaks only of managing it. */
  has(server: number, instance: Path, right: RightName): boolean {
    if (!this.isOn()) return true;
    if (this.isAccessControl(instance)) return right === 'read';
    return (this.rights(server, instance) & Right[right]) !== 0;
  }

  /** The rights of a server on an Object Instance, as ACL bits (Core 1.1 §8.2.2). Nobody has one on an ungoverned instance. */
  rights(server: number, instance: Path): number {
    const governing = this.governing(instance);
    return governing ? this.granted(server, governing) : 0;
  }

  /** Own entry, else everything for the owner, else the default entry, else nothing (Core 1.1 §8.2.2). */
  granted(server: number, accessControl: Path): number {
    const own = numberAt(this.store, [...accessControl, 2, server]);
    if (own !== undefined) return own;
    if (this.ownerOf(accessControl) === server) return ALL_ON_INSTANCE;
    return numberAt(this.store, [...accessControl, 2, 0]) ?? 0;
  }

  ownerOf(accessControl: Path): number | undefined {
    return numberAt(this.store, [...accessControl, 3]);
  }

  /** The Object 2 instance whose target is the given Object Instance, or the Object with instance 65535. */
  governing(target: Path): Path | undefined {
    const instance = this.store
      .instances(2)
      .find((id) => numberAt(this.store, [2, id, 0]) === target[0] && numberAt(this.store, [2, id, 1]) === target[1]);
    return instance === undefined ? undefined : [2, instance];
  }

  /** After a Create by `server`: an Object 2 instance that gives it, the owner, every right (Core 1.1 §8.1). */
  onCreated(server: number, instance: Path): void {
    if (!this.isOn()) return;
    this.store.putInstance(
      2,
      freeInstance(this.store, 2),
      new Map([
        [0, single(integer(instance[0] ?? 0))],
        [1, single(integer(instance[1] ?? 0))],
        [2, multiple([[server, integer(ALL_ON_INSTANCE)]])],
        [3, single(integer(server))],
      ]),
    );
  }

  /** After a Delete: the governing Object 2 instance goes too. */
  onDeleted(instance: Path): void {
    const governing = this.governing(instance);
    if (governing) this.store.remove(governing);
  }

  isAccessControl(path: Path): boolean {
    return path[0] === 2;
  }
}

/** The lowest instance id of an Object that is not in use. */
export function freeInstance(store: ObjectStore, object: number): number {
  const used = new Set(store.instances(object));
  let id = 0;
  while (used.has(id)) id++;
  return id;
}
