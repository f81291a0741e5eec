import { utf8 } from '../../base/bytes.js';
import { formatProblem, ok, type Problem, type Result } from '../../base/error.js';
import type { IncomingResponse, Outgoing } from '../../coap/types.js';
import type { Model } from '../../model/definition.js';
import { formatPath, MAX_ID, type Path } from '../../model/path.js';
import type { Plain, PlainContent } from '../../model/plain.js';
import { modelFor } from '../../model/registry.js';
import type { Entry } from '../../model/value.js';
import type { CoapMessage } from '../../wire/coap/message.js';
import { OptionNumber } from '../../wire/coap/options.js';
import { getLocationPath, getUint } from '../../wire/coap/read.js';
import { codecOf, encode } from '../../wire/formats.js';
import { ContentFormat } from '../../wire/codec.js';
import { entriesOf } from '../../wire/coerce.js';
import type { RegistrationPayload } from '../../wire/core-link.js';
import { formatAttributes } from '../../wire/queries-attributes.js';
import { outgoing } from '../shared/outgoing.js';
import { entriesIn, TOLERATED, valueAnswer, type Answer, type ReadingContext } from '../shared/answer.js';
import { newerThan, type Operation } from './operation.js';
import type { Registration } from './registration.js';
import { RequestGate } from './request-gate.js';

/** Notification attributes to write; null removes one. */
export type AttributeValues = Readonly<Record<string, number | string | null>>;

/** Formats for several values, the first that a client announces is taken. */
const STRUCTURED: readonly number[] = [ContentFormat.senmlCbor, ContentFormat.senmlJson, ContentFormat.tlv];

/**
 * The device management and service enablement interface of a server (Core 1.1 §6.3): one method makes each request, one
 * sends it. A request exists only in the version that the client registered with (V-5).
 */
export class DeviceManagement extends RequestGate {
  readonly #models = new WeakMap<RegistrationPayload, Model>();
  /** The format in which a client answered for several values last, where it announces none. */
  readonly #answered = new WeakMap<RegistrationPayload, number>();

  /** Read (Core 1.1 §6.3.1). `format` is asked for by Accept. */
  read(endpoint: string, path: Path, format?: number): Promise<Result<Answer>> {
    const operation: Operation = { name: 'read', paths: [path], format };
    return this.request(
      endpoint,
      operation,
      (registration) => ok(this.readRequest(registration, path, format)),
      (registration, message) => this.valuesShown(registration, path, message),
    );
  }

  readRequest(registration: Registration, path: Path, format?: number): Outgoing {
    return outgoing('0.01', { path: this.target(registration, path), ...this.acceptFor(registration, path, format) });
  }

  /** Discover (Core 1.1 §6.3.2). `depth` is of 1.2. */
  discover(endpoint: string, path: Path, depth?: number): Promise<Result<Answer>> {
    return this.request(
      endpoint,
      { name: 'discover', paths: [path], depth },
      (registration) => ok(this.discoverRequest(registration, path, depth)),
      (_, message) =>
        message.code === '2.05'
          ? { code: message.code, links: new TextDecoder().decode(message.payload) }
          : { code: message.code },
    );
  }

  discoverRequest(registration: Registration, path: Path, depth?: number): Outgoing {
    const query = depth === undefined ? [] : [`depth=${depth}`];
    return outgoing('0.01', { path: this.target(registration, path), query, accept: ContentFormat.link });
  }

  /** Write: PUT replaces, POST updates in part (Core 1.1 §6.3.3). */
  write(
    endpoint: string,
    path: Path,
    value: Plain | PlainContent,
    mode: 'replace' | 'update',
    format?: number,
  ): Promise<Result<Answer>> {
    return this.request(endpoint, { name: 'write', paths: [path], format }, (registration) =>
      this.writeRequest(registration, path, value, mode, format),
    );
  }

  writeRequest(
    registration: Registration,
    path: Path,
    value: Plain | PlainContent,
    mode: 'replace' | 'update',
    format?: number,
  ): Result<Outgoing> {
    const contentFormat = format ?? this.formatFor(registration, path);
    const payload = this.payload(registration, path, value, contentFormat);
    if (!payload.ok) return payload;
    return ok(
      outgoing(mode === 'replace' ? '0.03' : '0.02', {
        path: this.target(registration, path),
        contentFormat,
        payload: payload.value,
      }),
    );
  }

  /** Write-Attributes: a PUT with a query alone (Core 1.1 §6.3.4). */
  writeAttributes(endpoint: string, path: Path, attributes: AttributeValues): Promise<Result<Answer>> {
    const operation: Operation = { name: 'write-attributes', paths: [path], attributes: Object.keys(attributes) };
    return this.request(endpoint, operation, (registration) =>
      ok(this.writeAttributesRequest(registration, path, attributes)),
    );
  }

  writeAttributesRequest(registration: Registration, path: Path, attributes: AttributeValues): Outgoing {
    return outgoing('0.03', { path: this.target(registration, path), query: formatAttributes(attributes) });
  }

  /** Execute, with arguments as text (Core 1.1 §6.3.5). */
  execute(endpoint: string, path: Path, args?: string): Promise<Result<Answer>> {
    return this.request(endpoint, { name: 'execute', paths: [path] }, (registration) =>
      ok(this.executeRequest(registration, path, args)),
    );
  }

  executeRequest(registration: Registration, path: Path, args?: string): Outgoing {
    const content = args === undefined ? {} : { contentFormat: ContentFormat.text, payload: utf8(args) };
    return outgoing('0.02', { path: this.target(registration, path), ...content });
  }

  /** Create (Core 1.1 §6.3.6). Without `instance` the client picks the id, where the format can leave it out. */
  create(
    endpoint: string,
    path: Path,
    instance: number | undefined,
    value: PlainContent,
    format?: number,
  ): Promise<Result<Answer>> {
    return this.request(
      endpoint,
      { name: 'create', paths: [path], format },
      (registration) => this.createRequest(registration, path, instance, value, format),
      (registration, message) => {
        const location = getLocationPath(message);
        return {
          code: message.code,
          ...(location === undefined ? {} : { location: location.slice(registration.objects.alternatePath.length) }),
        };
      },
    );
  }

  createRequest(
    registration: Registration,
    path: Path,
    instance: number | undefined,
    value: PlainContent,
    format?: number,
  ): Result<Outgoing> {
    const contentFormat = format ?? this.formatFor(registration, path);
    const id = instance ?? this.newInstance(registration, path, contentFormat);
    const entries = entriesOf([...path, id], value, this.modelOf(registration));
    if (!entries.ok) return entries;
    const payload = this.encoded(registration, path, entries.value, contentFormat);
    if (!payload.ok) return payload;
    return ok(outgoing('0.02', { path: this.target(registration, path), contentFormat, payload: payload.value }));
  }

  /** No id where the format can say so (M-36); SenML cannot: there the first that is free. */
  newInstance(registration: Registration, [object]: Path, format: number): number {
    if (format === ContentFormat.tlv || format === ContentFormat.lwm2mCbor) return MAX_ID;
    const used = registration.objects.objects.find(({ id }) => id === object)?.instances ?? [];
    let free = 0;
    while (used.includes(free)) free++;
    return free;
  }

  /** Delete (Core 1.1 §6.3.7). */
  delete(endpoint: string, path: Path): Promise<Result<Answer>> {
    return this.request(endpoint, { name: 'delete', paths: [path] }, (registration) =>
      ok(outgoing('0.04', { path: this.target(registration, path) })),
    );
  }

  /** Sends a request and reads what comes back. Fails when it cannot be sent; that nothing comes back is an answer too. */
  request(
    endpoint: string,
    operation: Operation,
    make: (registration: Registration) => Result<Outgoing>,
    read: (registration: Registration, message: CoapMessage) => Answer = (_, { code }) => ({ code }),
  ): Promise<Result<Answer>> {
    return this.perform(endpoint, {
      check: (registration) => this.checkOperation(registration, operation),
      send: async (registration) => {
        const out = make(registration);
        if (!out.ok) return out;
        return ok(this.answerOf(registration, await this.send(registration, out.value), read));
      },
    });
  }

  answerOf(
    registration: Registration,
    response: Result<IncomingResponse>,
    read: (registration: Registration, message: CoapMessage) => Answer,
  ): Answer {
    const answer = response.ok
      ? read(registration, response.value.message)
      : ({ code: 'none', problem: response.problem } as const);
    if (answer.problem)
      this.tell({ event: 'log', endpoint: registration.endpoint, text: formatProblem(answer.problem) });
    return answer;
  }

  /** Why an operation must not be sent to this client (V-5). */
  checkOperation({ enabler }: Registration, operation: Operation): Problem | undefined {
    return newerThan(enabler, operation);
  }

  /** The path of a request: below the alternate path, if the client named one. */
  target({ objects: { alternatePath } }: Registration, path: Path): string {
    return path.length === 0 && alternatePath !== '' ? alternatePath : alternatePath + formatPath(path);
  }

  /** The Accept of a Read or Observe (F-6): none where a client has not said what it has for several values. */
  acceptFor(registration: Registration, path: Path, format?: number): { readonly accept?: number } {
    if (format !== undefined) return { accept: format };
    const isOpen = registration.enabler !== '1.0' && !this.isSingle(registration, path);
    return isOpen && !this.announced(registration) ? {} : { accept: this.formatFor(registration, path) };
  }

  /** The best format for several values that a client announced. */
  announced({ objects }: Registration): number | undefined {
    return STRUCTURED.find((format) => objects.formats.includes(format) && codecOf(format));
  }

  isSingle(registration: Registration, path: Path): boolean {
    const [object = 0, , resource = 0] = path;
    const definition = this.modelOf(registration).resource(object, resource);
    return path.length === 4 || (path.length === 3 && definition !== undefined && !definition.multiple);
  }

  /**
   * The format for a path: what the version makes every client speak, or what this one announced. A 1.0 client has to know TLV
   * alone, a later one text, and opaque where it has such values; of one that announces nothing else, what it answered in last,
   * and before that what it should have (F-1).
   */
  formatFor(registration: Registration, path: Path): number {
    const { enabler, objects } = registration;
    const [object = 0, , resource = 0] = path;
    if (enabler === '1.0') return ContentFormat.tlv;
    if (this.isSingle(registration, path)) {
      const type = this.modelOf(registration).resource(object, resource)?.type;
      return type === 'opaque' ? ContentFormat.opaque : ContentFormat.text;
    }
    return this.announced(registration) ?? this.#answered.get(objects) ?? ContentFormat.senmlCbor;
  }

  /** The payload for values at a path. */
  payload(registration: Registration, path: Path, value: Plain | PlainContent, format: number): Result<Uint8Array> {
    const entries = entriesOf(path, value, this.modelOf(registration));
    return entries.ok ? this.encoded(registration, path, entries.value, format) : entries;
  }

  encoded(registration: Registration, path: Path, entries: readonly Entry[], format: number): Result<Uint8Array> {
    return encode(format, entries, { path, model: this.modelOf(registration), enabler: registration.enabler });
  }

  /** What the client's Objects mean, in the versions that it announced (Core 1.1 §7.2). */
  modelOf({ enabler, objects }: Registration): Model {
    const known = this.#models.get(objects);
    if (known) return known;
    const versions = objects.objects.flatMap(({ id, version }) =>
      version === undefined ? [] : [[id, version] as const],
    );
    const model = joined(modelFor(enabler, Object.fromEntries(versions)), this.options.model);
    this.#models.set(objects, model);
    return model;
  }

  /** What is needed to read a payload about a path. */
  readingOf(registration: Registration, path: Path): ReadingContext {
    const { enabler, objects } = registration;
    const rootPath = objects.alternatePath === '' ? {} : { rootPath: objects.alternatePath };
    return { path, model: this.modelOf(registration), enabler, lenient: TOLERATED, pack: 'values', ...rootPath };
  }

  /** The values in a response, kept as what the server shows of the client. */
  valuesShown(registration: Registration, path: Path, message: CoapMessage): Answer {
    const entries = entriesIn(message, this.readingOf(registration, path));
    const format = getUint(message, OptionNumber.contentFormat);
    if (format !== undefined && STRUCTURED.includes(format)) this.#answered.set(registration.objects, format);
    if (message.code === '2.05' && entries.ok) this.show(registration, [path], entries.value);
    return valueAnswer(message, entries, path);
  }

  /** Values of targets have come in; this interface alone keeps none. */
  show(_registration: Registration, _targets: readonly Path[], _entries: readonly Entry[]): void {
    return undefined;
  }
}

/** The user's definition where it is of the version that the client means, or of an Object that we do not know. */
function joined(announced: Model, own: Model | undefined): Model {
  if (!own) return announced;
  const pick = (id: number): Model => {
    const ours = announced.object(id);
    const theirs = own.object(id);
    return theirs && (!ours || ours.version === theirs.version) ? own : announced;
  };
  return {
    object: (id) => pick(id).object(id),
    resource: (object, resource) => pick(object).resource(object, resource),
  };
}
