import { ok, type Result } from '../../base/error.js';
import type { Outgoing } from '../../coap/types.js';
import type { Path } from '../../model/path.js';
import type { PlainContent } from '../../model/plain.js';
import type { Entry } from '../../model/value.js';
import type { CoapMessage } from '../../wire/coap/message.js';
import { ContentFormat } from '../../wire/codec.js';
import { entriesOf } from '../../wire/coerce.js';
import { encode } from '../../wire/formats.js';
import type { Pack, PackEncodeContext } from '../../wire/senml/context.js';
import { outgoing } from '../shared/outgoing.js';
import { entriesIn, valueAnswer, type Answer } from '../shared/answer.js';
import { DeviceManagement } from './device-management.js';
import type { Registration } from './registration.js';

const ROOT: Path = [];

/** Read-Composite and Write-Composite of a server (Core 1.1 §6.3.8, §6.3.9). */
export class CompositeOperations extends DeviceManagement {
  /** Read-Composite: FETCH with a list of paths. The format is that of the list and of the answer. */
  readComposite(endpoint: string, paths: readonly Path[], format?: number): Promise<Result<Answer>> {
    return this.request(
      endpoint,
      { name: 'read-composite', paths, format },
      (registration) => this.fetchRequest(registration, paths, format),
      (registration, message) => this.compositeShown(registration, paths, message),
    );
  }

  fetchRequest(
    registration: Registration,
    paths: readonly Path[],
    format?: number,
    observe?: number,
  ): Result<Outgoing> {
    const contentFormat = format ?? this.compositeFormat(registration);
    const entries = paths.map((path): Entry => ({ path }));
    const payload = this.pack(registration, entries, contentFormat, 'paths');
    if (!payload.ok) return payload;
    const path = this.target(registration, ROOT);
    const accept = this.compositeAccept(contentFormat);
    return ok(
      outgoing('0.05', {
        path,
        contentFormat,
        accept,
        payload: payload.value,
        ...(observe === undefined ? {} : { observe }),
      }),
    );
  }

  /** Write-Composite: iPATCH with values by absolute path (without the first slash, or with it). */
  writeComposite(endpoint: string, values: PlainContent, format?: number): Promise<Result<Answer>> {
    return this.request(endpoint, { name: 'write-composite', paths: [], format }, (registration) =>
      this.patchRequest(registration, values, format),
    );
  }

  patchRequest(registration: Registration, values: PlainContent, format?: number): Result<Outgoing> {
    const contentFormat = format ?? this.compositeFormat(registration);
    const entries = entriesOf(ROOT, values, this.modelOf(registration));
    if (!entries.ok) return entries;
    const payload = this.pack(registration, entries.value, contentFormat, 'changes');
    if (!payload.ok) return payload;
    return ok(outgoing('0.07', { path: this.target(registration, ROOT), contentFormat, payload: payload.value }));
  }

  /** SenML CBOR unless the client announced only SenML JSON: a client with these operations has one of the two (M-42). */
  compositeFormat({ objects }: Registration): number {
    const { senmlCbor, senmlJson } = ContentFormat;
    return objects.formats.includes(senmlJson) && !objects.formats.includes(senmlCbor) ? senmlJson : senmlCbor;
  }

  /** Answers have SenML itself, never its ETCH form (F-29). */
  compositeAccept(contentFormat: number): number {
    if (contentFormat === ContentFormat.senmlEtchJson) return ContentFormat.senmlJson;
    return contentFormat === ContentFormat.senmlEtchCbor ? ContentFormat.senmlCbor : contentFormat;
  }

  pack(registration: Registration, entries: readonly Entry[], format: number, pack: Pack): Result<Uint8Array> {
    const { enabler, objects } = registration;
    const context: PackEncodeContext = {
      path: ROOT,
      model: this.modelOf(registration),
      enabler,
      pack,
      ...(objects.alternatePath === '' ? {} : { rootPath: objects.alternatePath }),
    };
    return encode(format, entries, context);
  }

  /** The values of a composite answer or notification, kept as what the server shows of the client. */
  compositeShown(registration: Registration, targets: readonly Path[], message: CoapMessage): Answer {
    const entries = entriesIn(message, this.readingOf(registration, ROOT));
    if (message.code === '2.05' && entries.ok) this.show(registration, targets, entries.value);
    return valueAnswer(message, entries, ROOT);
  }
}
