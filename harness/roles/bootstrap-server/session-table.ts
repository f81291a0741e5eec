import { formatProblem, type Problem } from '../../base/error.js';
import type { Clock } from '../../base/clock.js';
import type { Endpoint } from '../../coap/endpoint.js';
import type { IncomingRequest } from '../../coap/types.js';
import type { Address } from '../../link/link.js';
import type { Model } from '../../model/definition.js';
import type { Enabler } from '../../model/party.js';
import { modelFor } from '../../model/registry.js';
import type { BootstrapParameters } from '../../wire/queries.js';
import { checkStep, type Provisioning } from './provisioning.js';
import type { BootstrapEvent, BootstrapSession, SessionState } from './session.js';

/** What a bootstrap-server stands on, and what it knows of its clients before they come. */
export interface BootstrapServerOptions {
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  /** Version that is spoken; clients of older ones are served too. 1.2 unless told. */
  readonly enabler?: Enabler;
  /** The endpoint name that security proves for an address; nothing is proven without security. */
  readonly identityOf?: (address: Address) => string | undefined;
  /** Whether a name may ask from an address; every name may unless told. */
  readonly permits?: (endpoint: string, from: Address) => boolean;
  /** What there is for an endpoint that `provision` was not called for; undefined: it is unknown. */
  readonly provisioningOf?: (endpoint: string) => Provisioning | undefined;
  /** Definitions in place of those that the suite knows. */
  readonly model?: Model;
  readonly tell?: (event: BootstrapEvent) => void;
}

/** A Bootstrap-Request or Bootstrap-Pack-Request whose parameters could be read. */
export interface BootstrapRequest {
  readonly request: IncomingRequest;
  readonly parameters: BootstrapParameters;
  /** `ep`, or what security proves. */
  readonly endpoint: string;
}

/** How many sessions are kept for whoever asks; the oldest that ended go first. */
const KEPT = 1000;

/** Who is bootstrapped with what, and what came of it. */
export class SessionTable {
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  /** By endpoint name. */
  readonly provisionings = new Map<string, Provisioning>();
  /** In the order in which they began. */
  readonly table: BootstrapSession[] = [];

  constructor(readonly options: BootstrapServerOptions) {
    this.endpoint = options.endpoint;
    this.clock = options.clock;
  }

  /** Sets what is done with a client when it asks next; or why that cannot be sent. */
  provision(endpoint: string, provisioning: Provisioning): Problem | undefined {
    const model = this.modelOf(this.enabler());
    for (const step of provisioning.steps) {
      const problem = checkStep(step, model);
      if (problem) return problem;
    }
    this.provisionings.set(endpoint, provisioning);
    return undefined;
  }

  sessions(): readonly BootstrapSession[] {
    return this.table;
  }

  enabler(): Enabler {
    return this.options.enabler ?? '1.2';
  }

  /** What the Objects of a client of this version mean. */
  modelOf(enabler: Enabler): Model {
    return this.options.model ?? modelFor(enabler);
  }

  /** The endpoint name that security proves for an address. */
  identityOf(address: Address): string | undefined {
    return this.options.identityOf?.(address);
  }

  provisioningOf(endpoint: string): Provisioning | undefined {
    return this.provisionings.get(endpoint) ?? this.options.provisioningOf?.(endpoint);
  }

  /** Begins a session; one that is under way with this client ends (it has lost what it knew, or it would not ask). */
  open(asked: BootstrapRequest, provisioning: Provisioning, way: BootstrapSession['way']): BootstrapSession {
    const { endpoint, request, parameters } = asked;
    for (const old of this.table) if (this.isReplaced(old, endpoint, request.from)) this.end(old, 'replaced');
    const session: BootstrapSession = {
      endpoint,
      address: request.from,
      way,
      ...(parameters.preferredFormat !== undefined && { preferredFormat: parameters.preferredFormat }),
      provisioning,
      startedAt: this.clock.now(),
      state: 'running',
      enabler: this.enabler(),
      refusedFormats: new Set(),
      instances: undefined,
      shown: [],
      done: [],
      errors: [],
    };
    this.table.push(session);
    if (this.table.length > KEPT) this.forgetOldest();
    return session;
  }

  /** Whether a session gives way to one with this client at this address. */
  isReplaced(session: BootstrapSession, endpoint: string, from: Address): boolean {
    return session.state === 'running' && (session.endpoint === endpoint || session.address === from);
  }

  forgetOldest(): void {
    const at = this.table.findIndex(({ state }) => state !== 'running');
    if (at >= 0) this.table.splice(at, 1);
  }

  end(session: BootstrapSession, state: Exclude<SessionState, 'running'>): void {
    session.state = state;
    session.endedAt = this.clock.now();
    if (state === 'finished') this.tell({ event: 'bootstrapped', endpoint: session.endpoint });
    else this.log(session.endpoint, `the session ends: ${state}`);
  }

  /** Notes what went wrong in a session. */
  note(session: BootstrapSession, problem: Problem): void {
    const text = formatProblem(problem);
    session.errors.push(text);
    this.log(session.endpoint, text);
  }

  log(endpoint: string, text: string): void {
    this.tell({ event: 'log', endpoint, text });
  }

  tell(event: BootstrapEvent): void {
    this.options.tell?.(event);
  }

  /** Ends all sessions; the CoAP endpoint is its owner's to close. */
  close(): void {
    for (const session of this.table) if (session.state === 'running') this.end(session, 'unfinished');
  }
}
