import { failed, formatProblem, ok, type Problem, type Result } from '../../base/error.js';
import type { IncomingRequest, Outgoing } from '../../coap/types.js';
import type { Enabler } from '../../model/party.js';
import type { Code } from '../../wire/coap/message.js';
import { OptionNumber } from '../../wire/coap/options.js';
import { getPath, getPathSegments, getQuery, getUint } from '../../wire/coap/read.js';
import { ContentFormat } from '../../wire/codec.js';
import { parseRegistration, type RegistrationPayload } from '../../wire/core-link.js';
import {
  parseRegister,
  parseUpdate,
  type RegisterParameters,
  type UpdateParameters,
} from '../../wire/queries-registration.js';
import { outgoing } from '../shared/outgoing.js';
import { identityRefusal, refusing, type Refusal } from '../shared/refusal.js';
import { pathText } from './path-text.js';
import { RegistrationTable, type RegisterRequest, type ServerOptions } from './registration-table.js';
import type { Registration } from './registration.js';

/**
 * The client registration interface of a server: Register, Update, De-register (Core 1.1 §6.2), answered in the order of
 * lwm2m-registration.md §3.9. Each decision is a method of its own, so that a deviation overrides one.
 */
export class RegistrationInterface extends RegistrationTable {
  constructor(options: ServerOptions) {
    super(options);
    this.endpoint.onRequest((request) => this.handle(request));
  }

  /** Answers a request, then lets what waited for it go on. */
  async handle(request: IncomingRequest): Promise<Outgoing | undefined> {
    const answer = await this.route(request);
    const registration = this.concerned(request, answer);
    // The answer leaves first: whatever is sent from then on comes after it.
    if (registration && answer?.code.startsWith('2.')) this.clock.after(0, () => this.heardIfThere(registration));
    return answer;
  }

  /** A registration can be gone, or replaced, before the answer to it has left. */
  heardIfThere(registration: Registration): void {
    if (this.registrationOf(registration.endpoint) === registration) this.heard(registration);
  }

  /** Tells the operations apart by path and method (Core 1.1 §6.2, §6.4.6). */
  route(request: IncomingRequest): Outgoing | undefined | Promise<Outgoing | undefined> {
    const [root, ...rest] = getPathSegments(request.message);
    const isPost = request.message.code === '0.02';
    if (root === 'rd' && rest.length > 0) return this.routeLocation(request);
    if (root === 'rd') return isPost ? this.answerRegister(request) : this.refuse('4.05', 'only POST is possible here');
    if (root === 'dp' && rest.length === 0)
      return isPost ? this.answerSend(request) : this.refuse('4.05', 'only POST is possible here');
    return this.refuse('4.04', 'there is nothing here');
  }

  routeLocation(request: IncomingRequest): Outgoing | Promise<Outgoing> {
    if (request.message.code === '0.02') return this.answerUpdate(request);
    if (request.message.code === '0.04') return this.answerDeregister(request);
    return this.refuse('4.05', 'only POST and DELETE are possible here');
  }

  /** Who a request and its answer are about. */
  concerned({ message, from }: IncomingRequest, answer: Outgoing | undefined): Registration | undefined {
    const made = this.byLocation(pathText(answer?.options ?? []));
    return made ?? this.byLocation(getPath(message)) ?? this.byAddress(from);
  }

  answerRegister(request: IncomingRequest): Outgoing | Promise<Outgoing> {
    const parameters = this.readRegister(getQuery(request.message));
    const list = this.readList(request, parameters.ok ? parameters.value.enabler : undefined);
    if (!list.ok) return this.refuse('4.00', formatProblem(list.problem));
    if (!parameters.ok)
      return this.refuse(this.codeOfParameters(parameters.problem), formatProblem(parameters.problem));
    const register = { request, parameters: parameters.value, ...(list.value && { list: list.value }) };
    const refusal = this.refusalOfRegister(register);
    if (refusal) return this.refuse(refusal.code, refusal.why);
    return outgoing('2.01', { location: this.register(register).location });
  }

  readRegister(query: readonly string[]): Result<RegisterParameters> {
    return parseRegister(query, { enablers: this.enablers() });
  }

  /** The list in the payload; a payload is one of links, and says so (E-58). Undefined when there is no payload. */
  readList({ message }: IncomingRequest, enabler: Enabler | undefined): Result<RegistrationPayload | undefined> {
    if (message.payload.length === 0) return ok(undefined);
    const format = getUint(message, OptionNumber.contentFormat);
    if (format === ContentFormat.link) return parseRegistration(message.payload, enabler);
    return failed({
      code: 'unsupported',
      message: `the object list has Content-Format ${String(format ?? 'none')}, not 40`,
    });
  }

  /** 4.12 for a version, since only that makes a client try an older one; 4.00 for all else (V-2, V-4, E-1, E-3, E-7). */
  codeOfParameters(problem: Problem): Code {
    return problem.code === 'unsupported' ? '4.12' : '4.00';
  }

  /** The first reason against a Register that can be read, in the order of the decision list. */
  refusalOfRegister(register: RegisterRequest): Refusal | undefined {
    return this.checkIdentity(register) ?? this.checkPermitted(register) ?? this.checkObjects(register);
  }

  /** A name is there, and is the one that security proves (R-5, E-2, E-4). */
  checkIdentity({ request, parameters: { endpoint } }: RegisterRequest): Refusal | undefined {
    return identityRefusal(endpoint, this.identityOf(request.from));
  }

  /** Whether this client may register at all (E-5). */
  checkPermitted(register: RegisterRequest): Refusal | undefined {
    const permitted = this.options.permits?.(this.endpointOf(register), register.request.from) ?? true;
    return permitted ? undefined : { code: '4.03', why: 'this endpoint may not register here' };
  }

  /** There is a list, or a profile that stands for one (E-6); it has the Objects that every client has. */
  checkObjects(register: RegisterRequest): Refusal | undefined {
    const { enabler, profile } = register.parameters;
    const list = this.objectsOf(register);
    if (!list)
      return { code: enabler === '1.2' ? '4.09' : '4.00', why: 'no list of objects is given, and none is known' };
    const missing = [1, 3].filter((id) => !list.objects.some((object) => object.id === id));
    if (missing.length === 0) return undefined;
    const isUnresolved = profile !== undefined && !this.profiles.has(profile);
    return { code: isUnresolved ? '4.09' : '4.00', why: `the list lacks /${missing.join(' and /')}` };
  }

  answerUpdate(request: IncomingRequest): Outgoing | Promise<Outgoing> {
    const registration = this.registrationAt(request);
    if (!registration) return this.refuse('4.04', 'there is no such registration');
    const list = this.readList(request, registration.enabler);
    if (!list.ok) return this.refuse('4.00', formatProblem(list.problem));
    const parameters = this.readUpdate(getQuery(request.message), registration);
    if (!parameters.ok) return this.refuse('4.00', formatProblem(parameters.problem));
    this.update(registration, { request, parameters: parameters.value, ...(list.value && { list: list.value }) });
    return outgoing('2.04');
  }

  readUpdate(query: readonly string[], { enabler }: Registration): Result<UpdateParameters> {
    return parseUpdate(query, { enabler });
  }

  answerDeregister(request: IncomingRequest): Outgoing | Promise<Outgoing> {
    const registration = this.registrationAt(request);
    if (!registration) return this.refuse('4.04', 'there is no such registration');
    this.remove(registration, 'deregistered');
    return outgoing('2.02');
  }

  /** The registration that a request names, unless security proves that it is somebody else's (E-8, E-59). */
  registrationAt({ message, from }: IncomingRequest): Registration | undefined {
    const registration = this.byLocation(getPath(message));
    const proven = this.identityOf(from);
    return proven === undefined || proven === registration?.endpoint ? registration : undefined;
  }

  /** The client was heard from, and the answer to it is on its way. */
  heard(registration: Registration): void {
    registration.heardAt = this.clock.now();
    registration.open = true;
  }

  /** `POST /dp` (Core 1.1 §6.4.6): this interface alone has no such path. */
  answerSend(_request: IncomingRequest): Outgoing | Promise<Outgoing> {
    return this.refuse('4.04', 'there is nothing here');
  }

  /** An error response. Its text is for the person who reads the log of the other side. */
  refuse(code: Code, why: string): Outgoing {
    return refusing({ code, why });
  }
}
