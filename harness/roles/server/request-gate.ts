import { failed, type Problem, type Result } from '../../base/error.js';
import type { IncomingResponse, Outgoing } from '../../coap/types.js';
import type { Ending, Registration } from './registration.js';
import { RegistrationInterface } from './registration-interface.js';

/** A request that is to be sent: it is made when it may leave, for the registration of that moment. */
export interface Order<T> {
  /** Why it cannot be sent to this client, or nothing. */
  readonly check: (registration: Registration) => Problem | undefined;
  readonly send: (registration: Registration) => Promise<Result<T>>;
}

interface Waiting {
  readonly run: (registration: Registration) => Promise<void>;
  readonly drop: (problem: Problem) => void;
}

/** Seconds that a queue mode client listens after it was heard last: MAX_TRANSMIT_WAIT (Q-3, RFC 7252 §4.8.2). */
const AWAKE_TIME = 93;

/**
 * When requests may leave: none before the answer to the Register, to a queue mode client only while it listens, one after
 * the other (Transport 1.1 §6.5). What waits for a client survives its registering again, not its leaving.
 */
export class RequestGate extends RegistrationInterface {
  /** In order, by endpoint name. */
  readonly waiting = new Map<string, Waiting[]>();
  /** Registrations of queue mode clients that owe us a response. */
  readonly busy = new Set<Registration>();

  /** Sends a request, now or when the client listens again. A failure says why it was not sent, or never will be. */
  perform<T>(endpoint: string, order: Order<T>): Promise<Result<T>> {
    const registration = this.registrationOf(endpoint);
    if (!registration) return Promise.resolve(failed(notRegistered(endpoint)));
    const problem = order.check(registration);
    if (problem) return Promise.resolve(failed(problem));
    return new Promise((resolve, reject) => {
      const queue = this.waiting.get(endpoint) ?? [];
      this.waiting.set(endpoint, queue);
      queue.push({
        run: (current) => runOrder(order, current).then(resolve, reject),
        drop: (reason) => resolve(failed(reason)),
      });
      this.pump(endpoint);
    });
  }

  /** Sends what waits, as far as it may leave. */
  pump(endpoint: string): void {
    const queue = this.waiting.get(endpoint);
    const registration = this.registrationOf(endpoint);
    while (queue && registration && this.maySend(registration)) {
      const next = queue.shift();
      if (!next) return;
      if (registration.queueMode) this.busy.add(registration);
      void next.run(registration).finally(() => {
        this.busy.delete(registration);
        this.pump(endpoint);
      });
    }
  }

  maySend(registration: Registration): boolean {
    if (!registration.open) return false;
    return !registration.queueMode || (this.isAwake(registration) && !this.busy.has(registration));
  }

  /** Whether a queue mode client still listens; any other always does. */
  isAwake(registration: Registration): boolean {
    return !registration.queueMode || this.clock.now() < registration.heardAt + this.awakeTime(registration);
  }

  /** Seconds that a queue mode client listens after each message. */
  awakeTime(_registration: Registration): number {
    return AWAKE_TIME;
  }

  /** Whether an order given now would wait for the client to wake. */
  isQueueing(endpoint: string): boolean {
    const registration = this.registrationOf(endpoint);
    return registration !== undefined && !this.isAwake(registration);
  }

  /** Sends a request to where the client is. No answer: a queue mode client sleeps again. */
  async send(
    registration: Registration,
    out: Outgoing,
    onNotification?: (notification: IncomingResponse) => void,
  ): Promise<Result<IncomingResponse>> {
    const proven = this.identityOf(registration.address);
    if (proven !== undefined && proven !== registration.endpoint) return failed(isAnother(registration, proven));
    const response = await this.endpoint.request(registration.address, out, onNotification ? { onNotification } : {});
    if (response.ok) this.heard(registration);
    else if (registration.queueMode) registration.heardAt = Number.NEGATIVE_INFINITY;
    return response;
  }

  override heard(registration: Registration): void {
    super.heard(registration);
    this.pump(registration.endpoint);
  }

  override remove(registration: Registration, ending: Ending): void {
    super.remove(registration, ending);
    if (ending === 'replaced') return;
    const queue = this.waiting.get(registration.endpoint) ?? [];
    this.waiting.delete(registration.endpoint);
    for (const { drop } of queue)
      drop({ code: 'registration-ended', message: `the client ${ending}`, place: registration.endpoint });
  }

  override close(): void {
    super.close();
    for (const { drop } of [...this.waiting.values()].flat())
      drop({ code: 'server-closed', message: 'the server was stopped' });
    this.waiting.clear();
  }
}

async function runOrder<T>({ check, send }: Order<T>, registration: Registration): Promise<Result<T>> {
  const problem = check(registration);
  return problem ? failed(problem) : send(registration);
}

/** An address can pass to another client: what is meant for one must not reach the other (S-9). */
const isAnother = ({ endpoint, address }: Registration, proven: string): Problem => ({
  code: 'another-identity',
  message: `at ${address} is now ${JSON.stringify(proven)}`,
  place: endpoint,
});

const notRegistered = (endpoint: string): Problem => ({
  code: 'not-registered',
  message: `nobody is registered as ${JSON.stringify(endpoint)}`,
});
