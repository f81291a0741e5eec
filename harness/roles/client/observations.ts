import { toHex } from '../../base/bytes.js';
import { OBSERVE_MODULUS } from '../../coap/observe.js';
import type { Delivery, Outgoing } from '../../coap/types.js';
import { wantsConfirmation } from '../../model/attributes.js';
import { isDue, nextDue, observed, onChange, reported, termsOf, withTerms, type Terms } from '../../model/evaluate.js';
import { equalPaths, formatPath, isWithin, type Path } from '../../model/path.js';
import type { Entry } from '../../model/value.js';
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

  /** As a Read, and the server is told from now on. A refusal adds no entry and has no Observe option. */
  observe(request: DeviceRequest): Reply {
    if (!this.acceptsQuery(request)) return reply('4.00');
    const answer = this.client.reading.read(request);
    const format = this.client.formats.ofAnswer(request.accept, request.path, request.enabler);
    if (answer.out.code !== '2.05' || format === undefined) return answer;
    const { sequence } = this.add(request, format);
    const { payload } = answer.out;
    return reply('2.05', { observe: sequence, contentFormat: format, ...(payload && { payload }) });
  }

  /** Attributes in the query are an extension of 1.2 that this client does not have: it must say so (Core 1.2 §6.4.1). */
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
    const now = this.client.clock.now();
    const observation: Observation = {
      request,
      to: request.registration.address,
      format,
      sequence: before ? this.nextSequence(before) : this.firstSequence(),
      state: observed(this.terms(request), this.entries(request), now),
      inFlight: false,
      confirmedAt: now,
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
    if (this.isActive(observation)) this.#entries.delete(keyOf(observation.request));
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

  /** What the server would read. */
  entries({ path, server }: DeviceRequest): Entry[] {
    return this.client.reading.entries(path, server);
  }

  /** Periods and thresholds in force for a target. */
  terms({ path, server, enabler }: DeviceRequest): Terms {
    return termsOf([{ path, attributes: this.client.attributes.effective(server, path) }], enabler);
  }

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
    for (const observation of this.all()) {
      if (observation.request.server !== server || !isWithin(observation.request.path, path)) continue;
      observation.state = withTerms(observation.state, this.terms(observation.request));
      this.schedule(observation);
    }
  }

  /** Notes what a change calls for, and when. */
  evaluate(observation: Observation): void {
    if (!this.client.store.has(observation.request.path)) return this.onTargetGone(observation);
    observation.state = onChange(observation.state, this.entries(observation.request), this.client.clock.now());
    this.schedule(observation);
  }

  /** The target is gone: a last notification says so, without an Observe option (RFC 7641 §4.2). */
  onTargetGone(observation: Observation): void {
    this.remove(observation);
    const { to, request, sequence } = observation;
    this.client.clock.after(
      0,
      () => void this.client.traffic.notify(to, request.token, sequence, this.goneNotification()),
    );
  }

  goneNotification(): Outgoing {
    return outgoing('4.04');
  }

  /** Arms the timer for the next notification or evaluation. While a confirmable one is on its way there is none (RFC 7641 §4.5.2). */
  schedule(observation: Observation): void {
    observation.timer?.cancel();
    const now = this.client.clock.now();
    const due = observation.inFlight ? undefined : nextDue(observation.state, now);
    if (due !== undefined) observation.timer = this.client.clock.after(due - now, () => this.onTimer(observation));
  }

  onTimer(observation: Observation): void {
    if (!this.isActive(observation)) return;
    const now = this.client.clock.now();
    observation.state = onChange(observation.state, this.entries(observation.request), now);
    if (isDue(observation.state, now)) this.onDue(observation);
    this.schedule(observation);
  }

  /** Without the right there is no notification, but the entry stays (Core 1.1 §8.2). */
  onDue(observation: Observation): void {
    const { path, server } = observation.request;
    if (this.client.reading.mayRead(server, path)) this.notify(observation);
    else this.noteReported(observation);
  }

  notify(observation: Observation): void {
    const out = this.notification(observation);
    observation.sequence = this.nextSequence(observation);
    this.noteReported(observation);
    this.client.emit({ event: 'notified', path: formatPath(observation.request.path) });
    const notification = { sequence: observation.sequence, out };
    if (this.client.traffic.isOnline()) void this.deliver(observation, notification);
    else this.store(observation, notification);
  }

  /** Both periods start again. */
  noteReported(observation: Observation): void {
    observation.state = reported(observation.state, this.entries(observation.request), this.client.clock.now());
  }

  /** What a Read of the target would return now (Core 1.1 §6.4.2). */
  notification(observation: Observation): Outgoing {
    const { request, format } = observation;
    return { ...this.client.reading.content(request, format).out, confirmable: this.isConfirmable(observation) };
  }

  /** Confirmable, so that none is lost; in 1.2 as the server prefers (`con`, `/1/x/26`), but once a day in any case. */
  isConfirmable(observation: Observation): boolean {
    const { enabler, registration, server } = observation.request;
    if (enabler !== '1.2' || this.client.clock.now() - observation.confirmedAt >= DAY) return true;
    const paths = this.entries(observation.request).map(({ path }) => path);
    const isWanted = wantsConfirmation(paths, (path) => this.client.attributes.assigned(server, path));
    return isWanted || registration.number(26) !== 0;
  }

  async deliver(observation: Observation, { sequence, out }: Notification): Promise<void> {
    observation.inFlight = out.confirmable !== false;
    if (observation.inFlight) observation.confirmedAt = this.client.clock.now();
    const { to, request } = observation;
    const onReset = (): void => this.onReset(observation);
    this.onDelivery(observation, await this.client.traffic.notify(to, request.token, sequence, out, onReset));
  }

  /** A Reset or a timeout ends the observation (RFC 7641 §3.6, §4.5). */
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
    const { registration, server, path } = observation.request;
    if (!registration.storesNotifications()) return;
    const most = this.client.attributes.effective(server, path).hqmax || MAX_STORED;
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
}

/** Endpoint and token tell observations apart (RFC 7641 §4.1). */
const keyOf = ({ server, token }: DeviceRequest): string => `${server} ${toHex(token)}`;
