import { formatProblem, type Result } from '../../base/error.js';
import { Endpoint } from '../../coap/endpoint.js';
import type { EndpointOptions } from '../../coap/rules.js';
import type { IncomingRequest, Outgoing } from '../../coap/types.js';
import { formatPath, type Path } from '../../model/path.js';
import type { Plain, PlainContent } from '../../model/plain.js';
import type { Entry } from '../../model/value.js';
import { OptionNumber } from '../../wire/coap/options.js';
import { getUint } from '../../wire/coap/read.js';
import { ContentFormat } from '../../wire/codec.js';
import { decode } from '../../wire/formats.js';
import { outgoing } from '../shared/outgoing.js';
import type { Refusal } from '../shared/refusal.js';
import { InformationReporting } from './information-reporting.js';
import type { Registration } from './registration.js';
import { ShownValues } from './shown-values.js';

/** Formats of a Send (Core 1.1 §6.4.6); LwM2M CBOR from 1.2. */
const SEND_FORMATS: readonly number[] = [ContentFormat.senmlJson, ContentFormat.senmlCbor];

/**
 * A LwM2M server, complete for 1.0, 1.1 and 1.2: registration, device management, information reporting, Send. It does
 * what Core asks of a server and nothing of its own accord, but to observe again what was observed before a Register.
 *
 * Behaviour that differs is a subclass: `(Base: typeof ServerRole) => class extends Base { … }` that overrides the one method
 * which decides about it. The role itself has no switches for that.
 */
export class ServerRole extends InformationReporting {
  /** The CoAP endpoint that a server of this kind speaks through. */
  static createEndpoint(options: EndpointOptions): Endpoint {
    return new Endpoint(options);
  }

  /** By endpoint name. */
  readonly #shown = new Map<string, ShownValues>();

  /** The last value of a path that a client reported; null when it reported none. */
  shown(endpoint: string, path: Path): Plain | PlainContent | null {
    return this.#shown.get(endpoint)?.at(path) ?? null;
  }

  override show({ endpoint }: Registration, targets: readonly Path[], entries: readonly Entry[]): void {
    const values = this.#shown.get(endpoint) ?? new ShownValues();
    this.#shown.set(endpoint, values);
    values.take(targets, entries);
  }

  /** Send: values that the client reports of its own accord (Core 1.1 §6.4.6, I-31 to I-34). It renews no lifetime. */
  override answerSend(request: IncomingRequest): Outgoing | Promise<Outgoing> {
    const registration = this.byAddress(request.from);
    if (!registration || registration.enabler === '1.0')
      return this.refuse('4.04', 'nobody who may Send is registered from this address');
    const format = getUint(request.message, OptionNumber.contentFormat);
    if (format === undefined || !this.sendFormats(registration).includes(format))
      return this.refuse('4.15', `Content-Format ${String(format ?? 'none')} is not one of a Send`);
    const entries = this.readSend(registration, format, request.message.payload);
    if (!entries.ok) return this.refuse('4.00', formatProblem(entries.problem));
    const refusal = this.checkSend(registration, entries.value);
    if (refusal) return this.refuse(refusal.code, refusal.why);
    const paths = entries.value.map(({ path }) => path);
    this.show(registration, paths, entries.value);
    this.tell({ event: 'sent', endpoint: registration.endpoint, text: paths.map(formatPath).join(' ') });
    return outgoing('2.04');
  }

  sendFormats({ enabler }: Registration): readonly number[] {
    return enabler === '1.2' ? [...SEND_FORMATS, ContentFormat.lwm2mCbor] : SEND_FORMATS;
  }

  readSend(registration: Registration, format: number, payload: Uint8Array): Result<readonly Entry[]> {
    return decode(format, payload, this.readingOf(registration, []));
  }

  /** Values only of announced instances, and only readable ones (I-31, E-52). What we do not know is no error (V-6). */
  checkSend(registration: Registration, entries: readonly Entry[]): Refusal | undefined {
    for (const { path, value } of entries) {
      const [object = 0, instance = 0, resource = 0] = path;
      const announced = registration.objects.objects.find(({ id }) => id === object);
      if (!announced?.instances.includes(instance))
        return { code: '4.04', why: `/${object}/${instance} is not registered` };
      if (!value) return { code: '4.00', why: `${formatPath(path)} has no value` };
      const definition = this.modelOf(registration).resource(object, resource);
      if (definition && !definition.operations.includes('R'))
        return { code: '4.00', why: `${formatPath(path)} is not readable` };
    }
    return undefined;
  }
}
