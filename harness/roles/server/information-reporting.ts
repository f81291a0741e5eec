import { toHex } from '../../base/bytes.js';
import { failed, formatProblem, ok, type Problem, type Result } from '../../base/error.js';
import { isNewer } from '../../coap/observe.js';
import type { IncomingResponse, Outgoing } from '../../coap/types.js';
import { formatPath, type Path } from '../../model/path.js';
import { isSuccess } from '../../wire/coap/code.js';
import type { CoapMessage } from '../../wire/coap/message.js';
import { OptionNumber, uintOption } from '../../wire/coap/options.js';
import { getUint } from '../../wire/coap/read.js';
import { formatAttributes } from '../../wire/queries-attributes.js';
import { outgoing } from '../shared/outgoing.js';
import type { Answer } from '../shared/answer.js';
import { CompositeOperations } from './composite-operations.js';
import type { AttributeValues } from './device-management.js';
import type { Operation } from './operation.js';
import type { Ending, Registration } from './registration.js';

/** What is to be observed at a client, also after it registers again. */
export interface Interest {
  readonly endpoint: string;
  /** One path, or those of a composite observation. */
  readonly paths: readonly Path[];
  readonly composite: boolean;
  readonly format?: number;
  readonly attributes: AttributeValues;
}

/** An observation that a client has accepted (Core 1.1 §6.4.1, RFC 7641). */
export interface Observation {
  readonly interest: Interest;
  readonly registration: Registration;
  /** As it was sent, with its token: an active cancel repeats it. */
  readonly request: Outgoing;
  readonly token: Uint8Array;
  /** Observe value and arrival of the newest notification. */
  sequence: number;
  arrivedAt: number;
}

/** The information reporting interface of a server: Observe, Notify, Cancel (Core 1.1 §6.4). */
export class InformationReporting extends CompositeOperations {
  /** Accepted ones, by interest. */
  readonly observations = new Map<string, Observation>();
  /** What is wanted, by interest: it outlives the registration. */
  readonly interests = new Map<string, Interest>();

  /** Observe (Core 1.1 §6.4.1). Attributes in the query are of 1.2. */
  observe(endpoint: string, path: Path, format?: number, attributes: AttributeValues = {}): Promise<Result<Answer>> {
    return this.observeAs({
      endpoint,
      paths: [path],
      composite: false,
      attributes,
      ...(format === undefined ? {} : { format }),
    });
  }

  /** Observe-Composite (Core 1.1 §6.4.4). */
  observeComposite(endpoint: string, paths: readonly Path[], format?: number): Promise<Result<Answer>> {
    return this.observeAs({
      endpoint,
      paths,
      composite: true,
      attributes: {},
      ...(format === undefined ? {} : { format }),
    });
  }

  observeAs(interest: Interest): Promise<Result<Answer>> {
    return this.perform(interest.endpoint, {
      check: (registration) => this.checkOperation(registration, operationOf(interest)),
      send: (registration) => this.startObservation(registration, interest),
    });
  }

  async startObservation(registration: Registration, interest: Interest): Promise<Result<Answer>> {
    const out = this.observeRequest(registration, interest);
    if (!out.ok) return out;
    let observation: Observation | undefined;
    // A notification may overtake the first answer when that takes several blocks.
    const early: IncomingResponse[] = [];
    const response = await this.send(registration, out.value, (notification) => {
      if (observation) this.notified(observation, notification);
      else early.push(notification);
    });
    const message = response.ok ? response.value.message : undefined;
    const sequence = message && isSuccess(message.code) ? getUint(message, OptionNumber.observe) : undefined;
    if (message && sequence !== undefined) {
      const { token } = message;
      observation = {
        interest,
        registration,
        request: { ...out.value, token },
        token,
        sequence,
        arrivedAt: this.clock.now(),
      };
      this.observed(observation);
    }
    const answer = this.answerOf(registration, response, (_, message) =>
      this.valuesOf(registration, interest, message),
    );
    for (const notification of early) if (observation) this.notified(observation, notification);
    return ok(answer);
  }

  observeRequest(registration: Registration, interest: Interest): Result<Outgoing> {
    const { paths, composite, format, attributes } = interest;
    if (composite) return this.fetchRequest(registration, paths, format, 0);
    const [path = []] = paths;
    const query = formatAttributes(attributes);
    return ok(
      outgoing('0.01', {
        observe: 0,
        path: this.target(registration, path),
        query,
        ...this.acceptFor(registration, path, format),
      }),
    );
  }

  /** The client has accepted: an older observation of the same target is no longer listened to. */
  observed(observation: Observation): void {
    const key = keyOf(observation.interest);
    const old = this.observations.get(key);
    // The registration may have ended while the answer was on its way (I-7).
    if (this.registrationOf(observation.interest.endpoint) !== observation.registration)
      return this.release(observation);
    this.observations.set(key, observation);
    this.interests.set(key, observation.interest);
    if (old && toHex(old.token) !== toHex(observation.token)) this.release(old);
  }

  /** A notification came: kept when it is newer than the last one (RFC 7641 §3.4), the end of the observation when it is an error. */
  notified(observation: Observation, { message }: IncomingResponse): void {
    const { interest, registration } = observation;
    this.heard(registration);
    if (!isSuccess(message.code)) return this.ended(observation, message.code);
    const sequence = getUint(message, OptionNumber.observe) ?? 0;
    if (!this.isFresh(observation, sequence)) return;
    observation.sequence = sequence;
    observation.arrivedAt = this.clock.now();
    const { problem } = this.valuesOf(registration, interest, message);
    const text = problem ? formatProblem(problem) : undefined;
    this.tell({
      event: 'notified',
      endpoint: interest.endpoint,
      path: targetText(interest),
      ...(text === undefined ? {} : { text }),
    });
  }

  isFresh({ sequence, arrivedAt }: Observation, next: number): boolean {
    return isNewer(sequence, next, this.clock.now() - arrivedAt);
  }

  /** The client has ended the observation: its target is gone (I-7). */
  ended(observation: Observation, code: string): void {
    const key = keyOf(observation.interest);
    if (this.observations.get(key) === observation) this.observations.delete(key);
    this.interests.delete(key);
    this.tell({
      event: 'log',
      endpoint: observation.interest.endpoint,
      path: targetText(observation.interest),
      text: `the observation ended with ${code}`,
    });
  }

  valuesOf(registration: Registration, { paths, composite }: Interest, message: CoapMessage): Answer {
    return composite
      ? this.compositeShown(registration, paths, message)
      : this.valuesShown(registration, paths[0] ?? [], message);
  }

  /** Cancel: active by GET with Observe 1, passive by a Reset to the next notification (Core 1.1 §6.4.3). */
  cancel(endpoint: string, path: Path, how: 'active' | 'passive'): Promise<Result<Answer>> {
    return this.cancelAs({ endpoint, paths: [path], composite: false }, how);
  }

  /** Cancel-Composite (Core 1.1 §6.4.5). */
  cancelComposite(endpoint: string, paths: readonly Path[], how: 'active' | 'passive'): Promise<Result<Answer>> {
    return this.cancelAs({ endpoint, paths, composite: true }, how);
  }

  cancelAs(target: Target, how: 'active' | 'passive'): Promise<Result<Answer>> {
    const key = keyOf(target);
    this.interests.delete(key);
    const observation = this.observations.get(key);
    if (!observation) return Promise.resolve(failed(notObserved(target)));
    if (how === 'passive') {
      this.observations.delete(key);
      this.release(observation);
      return Promise.resolve(ok({ code: 'none' }));
    }
    return this.perform(target.endpoint, {
      check: () => undefined,
      send: (registration) => this.cancelActively(registration, observation),
    });
  }

  async cancelActively(registration: Registration, observation: Observation): Promise<Result<Answer>> {
    const { interest } = observation;
    if (this.observations.get(keyOf(interest)) !== observation) return failed(notObserved(interest));
    const response = await this.send(registration, this.cancelRequest(observation));
    if (this.observations.get(keyOf(interest)) === observation) this.observations.delete(keyOf(interest));
    this.release(observation);
    return ok(this.answerOf(registration, response, (_, message) => this.valuesOf(registration, interest, message)));
  }

  /** The request of the observation once more, with the same token and options, and Observe 1 (RFC 7641 §3.6, I-5, I-30). */
  cancelRequest({ request, token }: Observation): Outgoing {
    const options = (request.options ?? []).map((option) =>
      option.number === OptionNumber.observe ? uintOption(OptionNumber.observe, 1) : option,
    );
    return { ...request, options, token };
  }

  /** Lets go of a token: what still comes for it is answered with a Reset. */
  release({ registration, token }: Observation): void {
    this.endpoint.forget(registration.address, token);
  }

  override heard(registration: Registration): void {
    const isNew = !registration.open;
    super.heard(registration);
    if (isNew) this.reestablish(registration);
  }

  /** What was observed before has to be asked for again after every Register. */
  reestablish({ endpoint }: Registration): void {
    for (const interest of this.interests.values()) if (interest.endpoint === endpoint) void this.observeAs(interest);
  }

  override remove(registration: Registration, ending: Ending): void {
    super.remove(registration, ending);
    for (const [key, observation] of this.observations) {
      if (observation.registration !== registration) continue;
      this.observations.delete(key);
      this.release(observation);
    }
  }

  override close(): void {
    super.close();
    this.observations.clear();
    this.interests.clear();
  }
}

type Target = Pick<Interest, 'endpoint' | 'paths' | 'composite'>;

const keyOf = (target: Target): string =>
  `${target.endpoint} ${target.composite ? 'composite ' : ''}${targetText(target)}`;

const targetText = ({ paths }: Target): string => paths.map(formatPath).join(' ');

const operationOf = ({ paths, composite, format, attributes }: Interest): Operation => ({
  name: composite ? 'observe-composite' : 'observe',
  paths,
  format,
  attributes: Object.keys(attributes),
});

const notObserved = (target: Target): Problem => ({
  code: 'not-observed',
  message: `${targetText(target)} of ${target.endpoint} is not observed`,
});
