import { formatPath, type Path } from '../../model/path.js';
import type { Enabler } from '../../model/party.js';
import { defaultVersion } from '../../model/registry.js';
import { ContentFormat } from '../../wire/codec.js';
import { formatRegistration, type LinkAttribute, type RegisteredObject } from '../../wire/core-link.js';
import type { ClientRole } from './role.js';

/** The links that Register, Update and Discover carry: what Objects there are, where, in which version (Core 1.1 §6.2.1, §7.2). */
export class ObjectList {
  constructor(readonly client: ClientRole) {}

  /** Payload of Register and Update. */
  text(enabler: Enabler): string {
    const spec = {
      alternatePath: this.client.alternatePath(),
      formats: this.announcedFormats(enabler),
      objects: this.objects(enabler),
    };
    return formatRegistration(spec, this.style(enabler));
  }

  /** Permitted alternatives of the link format: the root link is always there, and 1.0 quotes `ver`. */
  style(enabler: Enabler): ReadonlySet<string> {
    return new Set(enabler === '1.0' ? ['link-root', 'link-quoted-version'] : ['link-root']);
  }

  /** 1.0 knows `ct` for LwM2M JSON alone; later every format that is not mandatory is named (Core 1.1 §6.2.1). */
  announcedFormats(enabler: Enabler): number[] {
    if (enabler === '1.0')
      return this.client.formats.supported(enabler).filter((format) => format === ContentFormat.json);
    const mandatory: readonly number[] = [ContentFormat.text, ContentFormat.opaque];
    return this.client.formats
      .supported(enabler)
      .filter((format) => !mandatory.includes(format))
      .sort((a, b) => a - b);
  }

  /** Objects that are told to servers, with those of their versions that have to be told. */
  objects(enabler: Enabler): RegisteredObject[] {
    const { store } = this.client;
    return store
      .objects()
      .filter((id) => !this.client.targets.isHidden(id, enabler))
      .map((id) => {
        const version = this.toldVersion(id, enabler);
        return { id, instances: store.instances(id), ...(version === undefined ? {} : { version }) };
      });
  }

  /** The version of an Object, unless it is the one that a link without `ver` means (Core 1.1 §7.2.2). */
  toldVersion(object: number, enabler: Enabler): string | undefined {
    const version = this.client.model.object(object)?.version;
    return version === defaultVersion(enabler, object) ? undefined : version;
  }

  versionAttributes(object: number, enabler: Enabler): LinkAttribute[] {
    const version = this.toldVersion(object, enabler);
    return version === undefined ? [] : [['ver', version, this.style(enabler).has('link-quoted-version')]];
  }

  /** A path below the alternate path. */
  pathOf(path: Path): string {
    const prefix = this.client.alternatePath();
    return path.length === 0 && prefix !== '' ? prefix : `${prefix}${formatPath(path)}`;
  }
}
