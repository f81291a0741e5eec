import type { Path } from '../../../model/path.js';
import { reply, type Reply } from '../reply.js';
import type { ClientRole } from '../role.js';
import { isPartOf } from './account.js';
import type { BootstrapCommand } from './command.js';

/** Bootstrap-Delete: all instances of all Objects, of one Object, or one instance (Core 1.1 §6.1.7.6). */
export class BootstrapDeleting {
  constructor(readonly client: ClientRole) {}

  delete({ path }: BootstrapCommand): Reply {
    if (!this.client.store.has(path)) return reply('4.00');
    if (path.length === 2 && this.isProtected(path)) return reply('4.00');
    for (const instance of this.targets(path)) this.remove(instance);
    return reply('2.02');
  }

  /** The instances in scope that may go. */
  targets([object, instance]: Path): Path[] {
    const { store } = this.client;
    const objects = object === undefined ? store.objects() : [object];
    return objects
      .flatMap((o) => store.instances(o).map((i): Path => [o, i]))
      .filter(([, i]) => instance === undefined || i === instance)
      .filter((path) => !this.isProtected(path));
  }

  /** The account of the Bootstrap-Server whose session it is, and the only Device instance, are never removed (B-30). */
  isProtected(instance: Path): boolean {
    const account = this.client.bootstrapping.accountInForce();
    const isDevice = instance[0] === 3 && instance[1] === 0;
    return isDevice || (account !== undefined && isPartOf(this.client.store, account, instance));
  }

  remove(instance: Path): void {
    this.client.store.remove(instance);
    this.client.attributes.forget(instance);
  }
}
