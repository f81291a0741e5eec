import { toHex } from '../../base/bytes.js';
import type { Delivery, Outgoing } from '../../coap/types.js';
import { OBSERVE_MODULUS } from '../../coap/observe.js';
import { equalPaths, formatPath, isWithin, type Path } from '../../model/path.js';
import { equalValues, type Entry } from '../../model/value.js';
import { isPmaxIgnored, type NotificationAttributes } from '../../wire/queries-attributes.js';
import { outgoing } from '../shared/outgoing.js';
import type { Notification, Observation } from './observation.js';
import { reply, type Reply } from './reply.js';
import type { DeviceRequest } from './request.js';
import type { ClientRole } from './role.js';

/** At least one notification in this many seconds is confirmable (RFC 7641 §4.5). */
const DAY = 86_400;

/** Notifications that are kept per observation while the network is away. */
const MAX_STORED = 100;

/** Observe, Notify and Cancel (Core 1.1 §6.4.1-6.4.3, RFC 7641). */
export class Observations {
  readonly #entries = new Map<string, Observation>();

  constructor(readonly client: ClientRole) {}

  // ── requests ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /** As a Read, and the server is told from now on. A refusal adds no entry and has no Observe option. */
  observe(request: DeviceRequest): Reply {
    if (!this.acceptsQuery(request)) return reply('4.00');
    const answer = this.client.reading.read(request);
    const format = this.client.reading.responseFormat(request);
    if (answer.out.code !== '2.05' || format === undefined) return answer;
    const observation = this.add(request, format);
    const { payload } = answer.out;
    return reply('2.05', { observe: observation.sequence, contentFormat: format, ...(payload && { payload }) });
  }

  /** Attributes in the query of an Observe are an extension of 1.2 that this client does not have: it must say so (Core 1.2 §6.4.1). */
  acceptsQuery({ query }: DeviceRequest): boolean {
    return query.length === 0;
  }

  /** The present value without an Observe option; the entry with this token ends (RFC 7641 §3.6). */
  cancel(request: DeviceRequest): Reply {
    const observation = this.#entries.get(keyOf(request));
    if (observation && equalPaths(observation.request.path, request.path)) this.remove(observation);
    return this.client.reading.read(request);
  }

  /** A request with the token of an entry replaces the entry (RFC 7641 §4.1). */
  add(request: DeviceRequest, format: number): Observation {
    const before = this.#entries.get(keyOf(request));
    if (before) this.remove(before);
    const observation: Observation = {
      request,
      to: request.registration.address,
      format,
      sequence: before ? this.nextSequence(before) : this.firstSequence(),
      reported: this.client.reading.entries(request.path, request.server),
      reportedAt: this.client.clock.now(),
      due: false,
      inFlight: false,
      confirmedAt: this.client.clock.now(),
      timer: undefined,
      stored: [],
    };
    this.#entries.set(keyOf(request), observation);
    this.schedule(observation);
    return observation;
  }

  firstSequence(): number {
    return 1;
  }

  nextSequence(observation: Observation): number {
    return (observation.sequence + 1) % OBSERVE_MODULUS;
  }

  remove(observation: Observation): void {
    observation.timer?.cancel();
    if (this.#entries.get(keyOf(observation.request)) === observation) this.#entries.delete(keyOf(observation.request));
  }

  /** Those of one server end: De-register, a new Register, expiry (Core 1.1 §6.4). */
  dropServer(server: number): void {
    for (const observation of this.all()) if (observation.request.server === server) this.remove(observation);
  }

  all(): Observation[] {
    return [...this.#entries.values()];
  }

  isActive(observation: Observation): boolean {
    return this.#entries.get(keyOf(observation.request)) === observation;
  }

  // ── what happens to the target ─────────────────────────────────────────────────────────────────────────────────────

  /** Something at or below `path` changed, came or went. */
  onChange(path: Path): void {
    for (const observation of this.all()) if (this.concerns(observation, path)) this.evaluate(observation);
  }

  /** Whether a change at a path is one of the target. */
  concerns({ request }: Observation, path: Path): boolean {
    return isWithin(path, request.path) || isWithin(request.path, path);
  }

  /** New attributes hold at once (Core 1.1 leaves the time open). */
  onAttributesChanged(server: number, path: Path): void {
    for (const observation of this.all())
      if (observation.request.server === server && isWithin(observation.request.path, path)) this.schedule(observation);
  }

  /** Notes a change that is to be told, and when. */
  evaluate(observation: Observation): void {
    if (!this.exists(observation)) return this.onTargetGone(observation);
    observation.due ||= this.isCandidate(observation);
    this.schedule(observation);
  }

  /** Whether the target differs from what was told last. */
  isCandidate({ request, reported }: Observation): boolean {
    const now = this.client.reading.entries(request.path, request.server);
    return now.length !== reported.length || now.some((entry, i) => !sameEntry(entry, reported[i]));
  }

  exists({ request }: Observation): boolean {
    return this.client.store.has(request.path);
  }

  /** The target is gone: a last notification says so, without an Observe option (RFC 7641 §4.2). */
  onTargetGone(observation: Observation): void {
    this.remove(observation);
    const { to, request, sequence } = observation;
    this.client.clock.after(0, () => void this.client.traffic.notify(to, request.token, sequence, outgoing('4.04')));
  }

  // ── when to notify ─────────────────────────────────────────────────────────────────────────────────────────────────

  attributes({ request }: Observation): NotificationAttributes {
    return this.client.attributes.effective(request.server, request.path);
  }

  /** Seconds after the last notification before which there is none. */
  minimumPeriod(observation: Observation): number {
    return this.attributes(observation).pmin ?? 0;
  }

  /** Seconds after the last notification at which there is one in any case; 0 and a pmax below pmin mean none. */
  maximumPeriod(observation: Observation): number {
    const attributes = this.attributes(observation);
    const { pmax } = attributes;
    return pmax === undefined || pmax === 0 || isPmaxIgnored(attributes, observation.request.enabler) ? Infinity : pmax;
  }

  /** Arms the timer for the next notification, if anything calls for one. */
  schedule(observation: Observation): void {
    observation.timer?.cancel();
    if (observation.inFlight) return;
    const period = observation.due ? this.minimumPeriod(observation) : this.maximumPeriod(observation);
    if (period === Infinity) return;
    const wait = observation.reportedAt + period - this.client.clock.now();
    observation.timer = this.client.clock.after(wait, () => this.onDue(observation));
  }

  onDue(observation: Observation): void {
    if (!this.isActive(observation)) return;
    const { path, server } = observation.request;
    // Without the right there is no notification, but the entry stays (Core 1.1 §8.2).
    if (this.client.reading.mayRead(server, path)) return this.notify(observation);
    this.noteReported(observation);
    this.schedule(observation);
  }

  // ── Notify ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  notify(observation: Observation): void {
    const out = this.notification(observation);
    observation.sequence = this.nextSequence(observation);
    this.noteReported(observation);
    this.client.emit({ event: 'notified', path: formatPath(observation.request.path) });
    if (this.client.traffic.isOnline()) void this.deliver(observation, { sequence: observation.sequence, out });
    else this.store(observation, { sequence: observation.sequence, out });
    this.schedule(observation);
  }

  /** Sends it; while a confirmable one is on its way no other follows (RFC 7641 §4.5.2). */
  async deliver(observation: Observation, { sequence, out }: Notification): Promise<void> {
    observation.inFlight = out.confirmable !== false;
    if (observation.inFlight) observation.confirmedAt = this.client.clock.now();
    const { to, request } = observation;
    const delivery = await this.client.traffic.notify(to, request.token, sequence, out, () =>
      this.onReset(observation),
    );
    this.onDelivery(observation, delivery);
  }

  /** A reset or a timeout ends the observation (RFC 7641 §3.6, §4.5). */
  onDelivery(observation: Observation, delivery: Delivery | 'sent'): void {
    observation.inFlight = false;
    if (delivery === 'reset') this.onReset(observation);
    else if (delivery === 'timeout') this.onTimeout(observation);
    else if (this.isActive(observation)) this.schedule(observation);
  }

  onReset(observation: Observation): void {
    this.remove(observation);
  }

  onTimeout(observation: Observation): void {
    this.remove(observation);
  }

  /** Keeps a notification until the network is back, if the server wants that (`/1/x/6`). */
  store(observation: Observation, notification: Notification): void {
    if (!observation.request.registration.storesNotifications()) return;
    const most = this.attributes(observation).hqmax || MAX_STORED;
    observation.stored = [...observation.stored, notification].slice(-most);
  }

  /** The network is back: what was stored goes out, oldest first. */
  onOnline(): void {
    for (const observation of this.all()) void this.deliverStored(observation);
  }

  async deliverStored(observation: Observation): Promise<void> {
    for (let next = observation.stored.shift(); next && this.isActive(observation); next = observation.stored.shift())
      await this.deliver(observation, next);
  }

  /** What a Read of the target would return now (Core 1.1 §6.4.2). */
  notification(observation: Observation): Outgoing {
    const { request, format } = observation;
    return { ...this.client.reading.content(request, format).out, confirmable: this.isConfirmable(observation) };
  }

  /** Confirmable, so that none is lost; in 1.2 as the server prefers (`con`, `/1/x/26`), but once a day in any case. */
  isConfirmable(observation: Observation): boolean {
    const { enabler, registration } = observation.request;
    if (enabler !== '1.2' || this.client.clock.now() - observation.confirmedAt >= DAY) return true;
    return (this.attributes(observation).con ?? registration.number(26) ?? 1) === 1;
  }

  noteReported(observation: Observation): void {
    observation.reported = this.client.reading.entries(observation.request.path, observation.request.server);
    observation.reportedAt = this.client.clock.now();
    observation.due = false;
  }
}

const sameEntry = (a: Entry, b: Entry | undefined): boolean =>
  b !== undefined &&
  equalPaths(a.path, b.path) &&
  (a.value && b.value ? equalValues(a.value, b.value) : a.value === b.value);

const keyOf = ({ server, token }: DeviceRequest): string => `${server} ${toHex(token)}`;
