import type { Clock } from '../../base/clock.js';
import { unwrap } from '../../base/error.js';
import { Endpoint } from '../../coap/endpoint.js';
import type { EndpointOptions } from '../../coap/rules.js';
import type { Reach } from '../../link/dtls/index.js';
import type { Address } from '../../link/link.js';
import type { Model } from '../../model/definition.js';
import type { Enabler } from '../../model/party.js';
import { isWithin, parsePath, type Path } from '../../model/path.js';
import type { Plain, PlainContent } from '../../model/plain.js';
import { contentOf, entriesOf } from '../../wire/coerce.js';
import { AccessControl } from './access-control.js';
import { serverAccounts, type ServerAccount } from './account.js';
import { Attributes } from './attributes.js';
import { Bootstrapping } from './bootstrap/bootstrapping.js';
import { BootstrapInterface } from './bootstrap/interface.js';
import {
  defaultsFor,
  fillStore,
  makeRoomForAccounts,
  overlay,
  putQueueLetters,
  shareAmongServers,
} from './defaults.js';
import { Device } from './device.js';
import { Discovery } from './discovery.js';
import { Dispatcher } from './dispatcher.js';
import { Executing } from './executing.js';
import { Formats } from './formats.js';
import { LifeCycle } from './life-cycle.js';
import type { ClientEvent, ClientOptions } from './client-options.js';
import { withSmartCard } from './configured-accounts.js';
import { ObjectList } from './object-list.js';
import { Observations } from './observations.js';
import { Reading } from './reading.js';
import { Registration } from './registration.js';
import { startUp } from './start-up.js';
import { ObjectStore, single } from './store.js';
import { Targets } from './targets.js';
import { Traffic } from './traffic.js';
import { Writing } from './writing.js';

/**
 * The reference LwM2M client, of the enabler versions 1.0 to 1.2 (without composite operations and Send).
 *
 * It is made of parts, each of small public methods. A deviation is a mixin that overrides one: a method of the role itself, or of
 * a part through the factory of that part, which takes the class to make it of, so that mixins can be stacked:
 *
 * @example
 * const LateUpdate = (Base: typeof ClientRole) =>
 *   class extends Base {
 *     override createRegistration(account: ServerAccount, Kind = Registration) {
 *       return super.createRegistration(account, class extends Kind {
 *         override renewalDelay() { return this.lifetime() + 1; }
 *       });
 *     }
 *   };
 */
export class ClientRole {
  /** What a client of this kind makes of its values and those of a smart card. */
  static readonly withSmartCard = withSmartCard;
  /** The CoAP endpoint that a client of this kind speaks through. */
  static createEndpoint(options: EndpointOptions): Endpoint {
    return new Endpoint(options);
  }

  readonly clock: Clock;
  readonly store: ObjectStore;
  readonly targets: Targets;
  readonly formats: Formats;
  readonly objectList: ObjectList;
  readonly access: AccessControl;
  readonly attributes: Attributes;
  readonly reading: Reading;
  readonly writing: Writing;
  readonly executing: Executing;
  readonly lifeCycle: LifeCycle;
  readonly discovery: Discovery;
  readonly observations: Observations;
  readonly device: Device;
  readonly traffic: Traffic;
  readonly bootstrapping: Bootstrapping;
  readonly bootstrapInterface: BootstrapInterface;
  readonly dispatcher: Dispatcher;
  /** By Short Server ID. */
  readonly registrations = new Map<number, Registration>();
  /** Another one after each restart: what began before it has no effect after it. */
  life: object = {};
  /** Short Server IDs of the servers that ever accepted a registration. */
  readonly known = new Set<number>();
  readonly #listeners = new Set<(event: ClientEvent) => void>();
  readonly #factory: ReturnType<ObjectStore['snapshot']>;

  /** @throws ProblemError when a value does not fit the model */
  constructor(
    readonly coap: Endpoint,
    readonly model: Model,
    readonly options: ClientOptions,
    clock: Clock,
  ) {
    this.clock = clock;
    this.store = new ObjectStore();
    fillStore(this.store, overlay(options.values ?? {}, defaultsFor(model)), model);
    if (options.enabler === '1.0' && options.queueMode === true) putQueueLetters(this.store);
    shareAmongServers(this.store);
    makeRoomForAccounts(this.store);
    this.#factory = this.store.snapshot();
    this.targets = this.createTargets();
    this.formats = this.createFormats();
    this.objectList = this.createObjectList();
    this.access = this.createAccessControl();
    this.attributes = this.createAttributes();
    this.reading = this.createReading();
    this.writing = this.createWriting();
    this.executing = this.createExecuting();
    this.lifeCycle = this.createLifeCycle();
    this.discovery = this.createDiscovery();
    this.observations = this.createObservations();
    this.device = this.createDevice();
    this.traffic = this.createTraffic();
    this.bootstrapping = this.createBootstrapping();
    this.bootstrapInterface = this.createBootstrapInterface();
    this.dispatcher = this.createDispatcher();
    this.device.startClock();
    this.store.onChange((path) => this.onChange(path));
    coap.onRequest((request) => this.dispatcher.receive(request));
  }

  // ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  createObjectList(Kind = ObjectList): ObjectList {
    return new Kind(this);
  }

  createAccessControl(Kind = AccessControl): AccessControl {
    return new Kind(this.store);
  }

  createAttributes(Kind = Attributes): Attributes {
    return new Kind(this);
  }

  createReading(Kind = Reading): Reading {
    return new Kind(this);
  }

  createWriting(Kind = Writing): Writing {
    return new Kind(this);
  }

  createExecuting(Kind = Executing): Executing {
    return new Kind(this);
  }

  createLifeCycle(Kind = LifeCycle): LifeCycle {
    return new Kind(this);
  }

  createDiscovery(Kind = Discovery): Discovery {
    return new Kind(this);
  }

  createObservations(Kind = Observations): Observations {
    return new Kind(this);
  }

  createDevice(Kind = Device): Device {
    return new Kind(this);
  }

  createFormats(Kind = Formats): Formats {
    return new Kind(this);
  }

  createTargets(Kind = Targets): Targets {
    return new Kind(this);
  }

  createDispatcher(Kind = Dispatcher): Dispatcher {
    return new Kind(this);
  }

  createTraffic(Kind = Traffic): Traffic {
    return new Kind(this);
  }

  createBootstrapping(Kind = Bootstrapping): Bootstrapping {
    return new Kind(this);
  }

  createBootstrapInterface(Kind = BootstrapInterface): BootstrapInterface {
    return new Kind(this);
  }

  createRegistration(account: ServerAccount, Kind = Registration): Registration {
    return new Kind(this, account);
  }

  // ── at the device ──────────────────────────────────────────────────────────────────────────────────────────────────

  /** Prepares the registrations at the servers of `/0` and `/1`; `start` begins them. */
  prepare(): void {
    this.stop();
    this.registrations.clear();
    for (const account of serverAccounts(this.store))
      this.registrations.set(account.shortServerId, this.createRegistration(account));
  }

  /** Registers at every server of `/0` and `/1`; with none, or when all fail, the Bootstrap-Server is asked (Core 1.1 §6.1.4). */
  start(): void {
    this.prepare();
    void startUp(this);
  }

  /** Ends without a word, as when the power goes. */
  stop(): void {
    this.life = {};
    this.traffic.stop();
    this.bootstrapping.stop();
    for (const registration of this.registrations.values()) registration.stop();
  }

  /** As after a reboot: values stay; registrations, observations and attributes are lost. */
  async restart(): Promise<void> {
    this.stop();
    this.attributes.clear();
    const { life } = this;
    await new Promise<void>((resolve) => void this.clock.after(this.device.rebootTime(), resolve));
    if (life === this.life) this.start();
  }

  /** The values of the factory again. */
  resetToFactory(): void {
    this.store.restore(this.#factory);
    this.bootstrapping.accountTerm.reset();
    this.device.startClock();
  }

  /** Sends an Update to every server it is registered at, and registers where it is not and has not been told to stay away. */
  async update(): Promise<void> {
    const all = [...this.registrations.values()];
    await Promise.all(
      all.map((registration) =>
        registration.state === 'unregistered' ? registration.register() : registration.update(),
      ),
    );
  }

  /** De-registers everywhere, and stays away until it is started again. */
  async deregister(): Promise<void> {
    await Promise.all([...this.registrations.values()].map((registration) => registration.deregister()));
  }

  /**
   * Changes a value at the device; servers that observe it may be told.
   *
   * @throws ProblemError when path and value do not fit the model
   */
  set(path: string, value: Plain): void {
    const [entry] = unwrap(entriesOf(unwrap(parsePath(path)), value, this.model));
    if (!entry?.value) return;
    if (entry.path.length === 4) this.store.putValue(entry.path, entry.value);
    else this.store.put(entry.path, this.device.held(entry.path, single(entry.value)));
  }

  /**
   * The value at a path, or the content by relative path; null where nothing is.
   *
   * @throws ProblemError when the path is malformed
   */
  value(path: string): Plain | PlainContent | null {
    const at = unwrap(parsePath(path));
    return this.store.has(at) ? contentOf(this.store.entries(at), at) : null;
  }

  onEvent(listener: (event: ClientEvent) => void): void {
    this.#listeners.add(listener);
  }

  emit(event: ClientEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  // ── what the parts ask and tell ────────────────────────────────────────────────────────────────────────────────────

  get enabler(): Enabler {
    return this.options.enabler;
  }

  /** The `ep` of Register; undefined where the security layer tells it. */
  endpointName(): string | undefined {
    return this.options.endpoint;
  }

  alternatePath(): string {
    return this.options.alternatePath ?? '';
  }

  /** The registration at the server of a Server instance, `/1/x`. */
  registrationOfInstance(path: Path): Registration | undefined {
    return [...this.registrations.values()].find((registration) => isWithin(path, registration.account.server));
  }

  onRegistered(registration: Registration): void {
    this.known.add(registration.account.shortServerId);
  }

  /** Observations end with the registration (Core 1.1 §6.4). */
  onRegistrationEnded(registration: Registration): void {
    this.observations.dropServer(registration.account.shortServerId);
  }

  /** All attempts of all sequences failed. */
  onRegistrationFailed(registration: Registration): void {
    this.bootstrapping.onRegistrationFailed(registration);
  }

  /** Whether there is a Bootstrap-Server to ask. */
  startsBootstrap(): boolean {
    return this.bootstrapping.account() !== undefined;
  }

  /** Asks the Bootstrap-Server for accounts, unless it is being asked. */
  bootstrap(): void {
    this.bootstrapping.begin();
  }

  /** How the accounts want a peer to be reached. */
  reachOf(peer: Address): Reach {
    return this.bootstrapping.reachOf(peer);
  }

  /** Something in the store changed: a value, or what there is. */
  onChange(path: Path): void {
    if (this.bootstrapping.isOpen) return; // whether it stays so is not known before the bootstrap ends
    this.observations.onChange(path);
    for (const registration of this.registrations.values()) this.tell(registration, path);
  }

  /** Lets a registration know of a change that may concern it. */
  tell(registration: Registration, path: Path): void {
    const [object, , resource] = path;
    const isOwn = isWithin(path, registration.account.server);
    if (path.length < 3) registration.onObjectsChanged();
    else if (isOwn && resource === 1) registration.onLifetimeWritten();
    else if ((isOwn && resource === 7) || (object === 3 && resource === 16)) registration.onBindingWritten();
    else if (isOwn && (resource === 2 || resource === 3))
      this.observations.onAttributesChanged(registration.account.shortServerId, []);
  }
}
