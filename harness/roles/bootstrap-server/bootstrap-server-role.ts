import { formatProblem, type Problem, type Result } from '../../base/error.js';
import { Endpoint, type EndpointOptions } from '../../coap/index.js';
import type { IncomingRequest, Outgoing } from '../../coap/types.js';
import type { Code } from '../../wire/coap/message.js';
import { OptionNumber } from '../../wire/coap/options.js';
import { getPath, getQuery, getUint } from '../../wire/coap/read.js';
import { parseBootstrap, type BootstrapParameters } from '../../wire/queries.js';
import { outgoing } from '../shared/outgoing.js';
import { identityRefusal, refusing, type Refusal } from '../shared/refusal.js';
import { BootstrapPack } from './pack.js';
import type { Provisioning } from './provisioning.js';
import type { BootstrapRequest, BootstrapServerOptions } from './session-table.js';
import type { BootstrapSession } from './session.js';

/** A request that is granted, and what there is for it. */
interface Granted {
  readonly asked: BootstrapRequest;
  readonly provisioning: Provisioning;
}

/**
 * A bootstrap-server, complete for 1.0, 1.1 and 1.2: it answers Bootstrap-Requests and Bootstrap-Pack-Requests, and does with each
 * client what is provisioned for it. A bootstrap that an LwM2M server triggers is no other (Core 1.1 §6.1.5).
 *
 * Behaviour that differs is a subclass: `(Base: typeof BootstrapServerRole) => class extends Base { … }` that overrides the one
 * method which decides about it. The role itself has no switches for that.
 */
export class BootstrapServerRole extends BootstrapPack {
  /** The endpoint that it stands on. */
  static createEndpoint(options: EndpointOptions): Endpoint {
    return new Endpoint(options);
  }

  constructor(options: BootstrapServerOptions) {
    super(options);
    this.endpoint.onRequest((request) => this.handle(request));
  }

  /** Tells the operations apart by path and method (Transport 1.1 §6.4.2). */
  handle(request: IncomingRequest): Outgoing | undefined | Promise<Outgoing | undefined> {
    const { code } = request.message;
    switch (getPath(request.message)) {
      case '/bs':
        return code === '0.02'
          ? this.answerRequest(request)
          : this.refuse({ code: '4.05', why: 'only POST is possible here' });
      case '/bspack':
        return code === '0.01'
          ? this.answerPack(request)
          : this.refuse({ code: '4.05', why: 'only GET is possible here' });
      default:
        return this.refuse({ code: '4.04', why: 'there is nothing here' });
    }
  }

  /** Bootstrap-Request (Core 1.1 §6.1.7.1). The commands follow the answer. */
  answerRequest(request: IncomingRequest): Outgoing | Promise<Outgoing> {
    const granted = this.grant(request, this.readRequestQuery(getQuery(request.message)));
    if ('code' in granted) return this.refuseTo(request, granted);
    const { asked, provisioning } = granted;
    const session = this.open(asked, provisioning, 'request');
    const format = asked.parameters.preferredFormat;
    this.log(
      asked.endpoint,
      `asks from ${request.from}${format === undefined ? '' : `, prefers Content-Format ${format}`}`,
    );
    // The answer leaves first: whatever is sent from then on comes after it.
    this.clock.after(0, () => this.begin(session));
    return outgoing('2.04');
  }

  begin(session: BootstrapSession): void {
    if (session.state === 'running') void this.run(session);
  }

  readRequestQuery(query: readonly string[]): Result<BootstrapParameters> {
    return parseBootstrap(query, { enabler: this.enabler(), lenient: PROVEN });
  }

  /** Bootstrap-Pack-Request (Core 1.2 §6.1.7.7). No Finish follows; what the client makes of the pack is not told. */
  answerPack(request: IncomingRequest): Outgoing | Promise<Outgoing> {
    if (!this.offersPack()) return this.refuseTo(request, { code: '5.01', why: 'there are no packs here' });
    const granted = this.grant(request, this.readPackQuery(getQuery(request.message)));
    if ('code' in granted) return this.refuseTo(request, granted);
    const accept = getUint(request.message, OptionNumber.accept);
    const format = this.packFormat(accept);
    if (format === undefined)
      return this.refuseTo(request, { code: '4.06', why: `there is no pack in Content-Format ${accept}` });
    const { asked, provisioning } = granted;
    const pack = this.packOf(provisioning, format, asked.parameters.account);
    if (!pack.ok) return this.refuseTo(request, { code: '4.05', why: formatProblem(pack.problem) });
    this.end(this.open(asked, provisioning, 'pack'), 'finished');
    return outgoing('2.05', { contentFormat: format, payload: pack.value });
  }

  readPackQuery(query: readonly string[]): Result<BootstrapParameters> {
    return parseBootstrap(query, { enabler: this.enabler(), pack: true, lenient: PROVEN });
  }

  /** What there is for whoever asks, or why not. */
  grant(request: IncomingRequest, parameters: Result<BootstrapParameters>): Granted | Refusal {
    if (!parameters.ok)
      return { code: this.codeOfParameters(parameters.problem), why: formatProblem(parameters.problem) };
    const refusal = this.checkIdentity(request, parameters.value);
    if (refusal) return refusal;
    const endpoint = parameters.value.endpoint ?? this.identityOf(request.from) ?? '';
    const provisioning = this.provisioningOf(endpoint);
    if (!this.isPermitted(endpoint, request)) return { code: '4.00', why: 'this endpoint has to prove who it is' };
    if (!provisioning) return this.refusalOfUnknown(endpoint);
    return { asked: { request, parameters: parameters.value, endpoint }, provisioning };
  }

  /** 4.15 for a format that there is not, 4.00 for all else (E-10, E-11). */
  codeOfParameters(problem: Problem): Code {
    return problem.code === 'unsupported' ? '4.15' : '4.00';
  }

  checkIdentity(request: IncomingRequest, { endpoint }: BootstrapParameters): Refusal | undefined {
    return identityRefusal(endpoint, this.identityOf(request.from));
  }

  isPermitted(endpoint: string, { from }: IncomingRequest): boolean {
    return this.options.permits?.(endpoint, from) ?? true;
  }

  /** Nothing is provisioned for this name (E-10, X-1). */
  refusalOfUnknown(endpoint: string): Refusal {
    return { code: '4.00', why: `nothing is provisioned for ${JSON.stringify(endpoint)}` };
  }

  refuseTo(request: IncomingRequest, refusal: Refusal): Outgoing {
    this.tell({ event: 'log', text: `${request.from} is refused: ${refusal.code}, ${refusal.why}` });
    return this.refuse(refusal);
  }

  refuse(refusal: Refusal): Outgoing {
    return refusing(refusal);
  }
}

/** Whether ep may be missing is a matter of what security proves. */
const PROVEN: ReadonlySet<string> = new Set(['query-no-endpoint']);
