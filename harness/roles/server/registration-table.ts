import { toHex, utf8 } from '../../base/bytes.js';
import type { Clock, Timer } from '../../base/clock.js';
import { formatProblem, unwrap } from '../../base/error.js';
import type { Random } from '../../base/random.js';
import type { Endpoint } from '../../coap/endpoint.js';
import type { IncomingRequest } from '../../coap/types.js';
import type { Address } from '../../link/link.js';
import type { Model } from '../../model/definition.js';
import { ENABLERS, type Enabler } from '../../model/party.js';
import { locationPath } from '../../wire/coap/options.js';
import { getQuery } from '../../wire/coap/read.js';
import { parseRegistration, type RegistrationPayload } from '../../wire/core-link.js';
import type { RegisterParameters, UpdateParameters } from '../../wire/queries-registration.js';
import { pathText } from './path-text.js';
import { mergeLists, NO_OBJECTS, type Ending, type Registration, type ServerEvent } from './registration.js';

/** What a server stands on, and what it knows of its clients before they come. */
export interface ServerOptions {
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  readonly random: Random;
  /** Versions that are spoken; all unless told. */
  readonly enablers?: readonly Enabler[];
  /** The endpoint name that security proves for an address; nothing is proven without security. */
  readonly identityOf?: (address: Address) => string | undefined;
  /** Whether a name may register from an address; every name may unless told. */
  readonly permits?: (endpoint: string, from: Address) => boolean;
  /** Object lists that stand for a profile id, in link format. A list announced together with an id is learned. */
  readonly profiles?: Readonly<Record<string, string>>;
  /** Definitions of the user, for Objects that we do not know or know otherwise. */
  readonly model?: Model;
  readonly tell?: (event: ServerEvent) => void;
}

/** A Register whose payload and parameters could be read. */
export interface RegisterRequest {
  readonly request: IncomingRequest;
  readonly parameters: RegisterParameters;
  /** Present when there is a payload. */
  readonly list?: RegistrationPayload;
}

/** An Update of a registration, likewise. */
export interface UpdateRequest {
  readonly request: IncomingRequest;
  readonly parameters: UpdateParameters;
  readonly list?: RegistrationPayload;
}

/** Who is registered, for how long, and what for (Core 1.1 §6.2). */
export class RegistrationTable {
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  readonly random: Random;
  /** By endpoint name. */
  readonly table = new Map<string, Registration>();
  readonly timers = new Map<Registration, Timer>();
  readonly profiles = new Map<string, RegistrationPayload>();
  /** The table as a list, until the table changes. */
  #list: readonly Registration[] | undefined;

  constructor(readonly options: ServerOptions) {
    this.endpoint = options.endpoint;
    this.clock = options.clock;
    this.random = options.random;
    for (const [id, list] of Object.entries(options.profiles ?? {}))
      this.profiles.set(id, unwrap(parseRegistration(utf8(list), '1.2')));
  }

  /** Ends all waiting and forgets everybody; the CoAP endpoint is its owner's to close. */
  close(): void {
    for (const timer of this.timers.values()) timer.cancel();
    this.timers.clear();
    this.table.clear();
    this.#list = undefined;
  }

  registrations(): readonly Registration[] {
    this.#list ??= [...this.table.values()];
    return this.#list;
  }

  registrationOf(endpoint: string): Registration | undefined {
    return this.table.get(endpoint);
  }

  byLocation(location: string): Registration | undefined {
    return this.registrations().find((registration) => registration.location === location);
  }

  /** The registration whose client sends from an address: of several the latest. */
  byAddress(address: Address): Registration | undefined {
    return this.registrations().findLast((registration) => registration.address === address);
  }

  /** Versions that are spoken. */
  enablers(): readonly Enabler[] {
    return this.options.enablers ?? ENABLERS;
  }

  /** The endpoint name that security proves for an address. */
  identityOf(address: Address): string | undefined {
    return this.options.identityOf?.(address);
  }

  tell(event: ServerEvent): void {
    this.options.tell?.(event);
  }

  /** Makes the registration, in the place of an older one of the same name. */
  register(register: RegisterRequest): Registration {
    const registration = this.registrationFrom(register);
    const { endpoint, location } = registration;
    const old = this.table.get(endpoint);
    if (old) this.remove(old, 'replaced');
    this.table.set(endpoint, registration);
    this.#list = undefined;
    this.learnProfile(register);
    this.awaitExpiry(registration);
    this.tell({ event: 'registered', endpoint, path: location });
    for (const remark of register.list?.remarks ?? [])
      this.tell({ event: 'log', endpoint, text: `object list: ${formatProblem(remark)}` });
    return registration;
  }

  registrationFrom(register: RegisterRequest): Registration {
    const { request, parameters } = register;
    const { enabler, binding = 'U', lifetime, sms, profile } = parameters;
    const endpoint = this.endpointOf(register);
    const now = this.clock.now();
    return {
      endpoint,
      location: pathText(locationPath(this.locationOf(endpoint))),
      address: request.from,
      lifetime,
      enabler,
      binding,
      queueMode: this.isQueueMode(enabler, binding, parameters.queueMode),
      ...(sms === undefined ? {} : { sms }),
      ...(profile === undefined ? {} : { profile }),
      query: getQuery(request.message),
      payload: request.message.payload,
      objects: this.objectsOf(register) ?? NO_OBJECTS,
      registeredAt: now,
      updatedAt: now,
      heardAt: now,
      open: false,
    };
  }

  endpointOf({ request, parameters }: RegisterRequest): string {
    return parameters.endpoint ?? this.identityOf(request.from) ?? '';
  }

  /** Where the registration is to be found: `/rd` and an id of our choice. */
  locationOf(_endpoint: string): string {
    return `/rd/${toHex(this.random.bytes(5))}`;
  }

  /** What the client has: its list, that of its profile, or both as one. */
  objectsOf({ parameters, list }: RegisterRequest): RegistrationPayload | undefined {
    const known = parameters.profile === undefined ? undefined : this.profiles.get(parameters.profile);
    return known && list ? mergeLists(known, list) : (list ?? known);
  }

  /** A list that comes with an unknown profile id is what it stands for from now on. */
  learnProfile({ parameters: { profile }, list }: RegisterRequest): void {
    if (profile !== undefined && list && !this.profiles.has(profile)) this.profiles.set(profile, list);
  }

  /** In 1.0 queue mode stands in the binding, later in a flag of its own. */
  isQueueMode(enabler: Enabler, binding: string, flag: boolean | undefined): boolean {
    return enabler === '1.0' ? binding.includes('Q') : flag === true;
  }

  /** What an Update says replaces what was known, what it leaves out stays; the lifetime begins again. */
  update(registration: Registration, { request, parameters, list }: UpdateRequest): void {
    const { lifetime, binding, queueMode, sms } = parameters;
    const { enabler, endpoint, location } = registration;
    registration.address = this.addressAfter(registration, request.from);
    registration.updatedAt = this.clock.now();
    if (lifetime !== undefined) registration.lifetime = lifetime;
    if (binding !== undefined) registration.binding = binding;
    // From 1.1 an Update can only turn queue mode on: without Q it says nothing of it.
    if (queueMode || (enabler === '1.0' && binding !== undefined))
      registration.queueMode = this.isQueueMode(enabler, registration.binding, true);
    if (sms !== undefined) registration.sms = sms;
    if (list) {
      registration.payload = request.message.payload;
      registration.objects = this.objectsAfter(registration, list);
    }
    this.awaitExpiry(registration);
    this.tell({ event: 'updated', endpoint, path: location });
  }

  /** Requests follow an Update from a new address (X-73: nothing binds a server without security). */
  addressAfter(_registration: Registration, from: Address): Address {
    return from;
  }

  /** The list of an Update is the whole list; formats stay where it has no root link to name them. */
  objectsAfter(registration: Registration, list: RegistrationPayload): RegistrationPayload {
    return list.formats.length > 0 ? list : { ...list, formats: registration.objects.formats };
  }

  /** Begins the lifetime, again after an Update. */
  awaitExpiry(registration: Registration): void {
    this.timers.get(registration)?.cancel();
    this.timers.delete(registration);
    const delay = this.expiryDelay(registration);
    if (delay !== undefined)
      this.timers.set(
        registration,
        this.clock.after(delay, () => this.remove(registration, 'expired')),
      );
  }

  /** Seconds until a registration is dropped; undefined: never. Not before the lifetime has passed; 0 has no end. */
  expiryDelay({ lifetime }: Registration): number | undefined {
    return lifetime === 0 ? undefined : lifetime;
  }

  /** Forgets a registration and all that hangs on it. */
  remove(registration: Registration, ending: Ending): void {
    this.timers.get(registration)?.cancel();
    this.timers.delete(registration);
    const { endpoint, location } = registration;
    if (this.table.get(endpoint) === registration) this.table.delete(endpoint);
    this.#list = undefined;
    if (ending !== 'replaced') this.tell({ event: 'deregistered', endpoint, path: location, text: ending });
  }
}
