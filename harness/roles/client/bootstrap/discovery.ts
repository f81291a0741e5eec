import { utf8 } from '../../../base/bytes.js';
import { equalPaths, type Path } from '../../../model/path.js';
import { ContentFormat } from '../../../wire/codec.js';
import { formatDiscover, type DescribedLink } from '../../../wire/core-link.js';
import { numberAt, textAt } from '../account.js';
import { reply, type Reply } from '../reply.js';
import type { ClientRole } from '../role.js';
import { isForBootstrap, linkedInstances } from './account.js';
import type { BootstrapCommand } from './command.js';

/** Objects whose instances belong to a Security instance, by the version that shows so (B-19). */
const LINKED = { '1.0': [], '1.1': [21], '1.2': [21, 23, 24] } as const;

/** Bootstrap-Discover: which Objects and Object Instances there are, and for which servers (Core 1.1 §6.1.7.3). */
export class BootstrapDiscovery {
  constructor(readonly client: ClientRole) {}

  discover({ path }: BootstrapCommand): Reply {
    if (!this.client.store.has(path)) return reply('4.04');
    return reply('2.05', { contentFormat: ContentFormat.link, payload: utf8(this.text(path)) });
  }

  /** The version stands first, whatever the scope: from 1.1 at the root link, in 1.0 alone (B-17, B-18). */
  text(path: Path): string {
    const { enabler } = this.client;
    const links = this.links(path);
    if (enabler !== '1.0') return formatDiscover([{ path: [], enabler, attributes: {} }, ...links]);
    return [`lwm2m="${enabler}"`, ...(links.length > 0 ? [formatDiscover(links)] : [])].join(',');
  }

  links([object]: Path): DescribedLink[] {
    return this.client.store
      .objects()
      .filter((id) => object === undefined || id === object)
      .flatMap((id) => [...this.objectLink(id), ...this.instanceLinks(id)]);
  }

  /** An Object is named where it has no instance, or a version that must be told. */
  objectLink(object: number): DescribedLink[] {
    const version = this.client.objectList.toldVersion(object, this.client.enabler);
    if (version === undefined && this.client.store.instances(object).length > 0) return [];
    return [{ path: [object], ...(version === undefined ? {} : { version }), attributes: {} }];
  }

  instanceLinks(object: number): DescribedLink[] {
    return this.client.store.instances(object).map((id) => ({
      path: [object, id],
      ...this.serverOf([object, id]),
      attributes: {},
    }));
  }

  /** Short Server ID and, from 1.1, URI of the server that an instance is about; nothing for the Bootstrap-Server (B-19). */
  serverOf(instance: Path): Pick<DescribedLink, 'serverId' | 'uri'> {
    const { store, enabler } = this.client;
    const [object = 0] = instance;
    if (object === 1) return ssid(numberAt(store, [...instance, 0]));
    if (object === 0) return isForBootstrap(store, instance) ? {} : this.ofSecurity(instance);
    const linked: readonly number[] = LINKED[enabler];
    const security = linked.includes(object) ? this.securityOf(instance) : undefined;
    return security ? ssid(numberAt(store, [...security, 10])) : {};
  }

  ofSecurity(security: Path): Pick<DescribedLink, 'serverId' | 'uri'> {
    const { store, enabler } = this.client;
    const uri = textAt(store, [...security, 0]);
    return {
      ...ssid(numberAt(store, [...security, 10])),
      ...(enabler === '1.0' || uri === undefined ? {} : { uri }),
    };
  }

  /** The Security instance of a server that links to an instance. */
  securityOf(instance: Path): Path | undefined {
    const { store } = this.client;
    return store
      .instances(0)
      .map((id): Path => [0, id])
      .filter((security) => !isForBootstrap(store, security))
      .find((security) => linkedInstances(store, security).some((linked) => equalPaths(linked, instance)));
  }
}

const ssid = (serverId: number | undefined): Pick<DescribedLink, 'serverId'> =>
  serverId === undefined ? {} : { serverId };
