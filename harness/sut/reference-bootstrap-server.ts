import type { Clock } from '../base/clock.js';
import { formatProblem, ProblemError, unwrap } from '../base/error.js';
import type { Random } from '../base/random.js';
import type { Endpoint, EndpointOptions } from '../coap/index.js';
import type { Link } from '../link/link.js';
import type { Model } from '../model/definition.js';
import type { Enabler } from '../model/party.js';
import {
  BootstrapServerRole,
  formatCommand,
  type BootstrapServerOptions,
  type BootstrapSession,
} from '../roles/bootstrap-server/index.js';
import type {
  BootstrapServerStimulus,
  BootstrapSessionShown,
  Description,
  Outcome,
  Setup,
  Stimulus,
  Sut,
  SutEvent,
} from './contract.js';
import { Listening } from './listening.js';
import { provisioningOf, usualProvisioning, type StatedProvisioning } from './provisioning.js';

/** What a case or a command asks of our bootstrap-server. */
export interface BootstrapServerSetup extends Pick<BootstrapServerOptions, 'identityOf' | 'permits'> {
  /** Largest block, in bytes. */
  readonly blockSize?: EndpointOptions['blockSize'];
  /** For the endpoint of the run. Where nothing is said here or below, all is deleted there, and each server has an account. */
  readonly provisioning?: StatedProvisioning;
  /** By endpoint name. */
  readonly clients?: Readonly<Record<string, StatedProvisioning>>;
  /** For whoever else asks; without it they are refused. */
  readonly anyone?: StatedProvisioning;
}

export interface ReferenceBootstrapServerOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Where it listens; a function is called by `start`. */
  readonly link: Link | (() => Promise<Link>);
  /** Definitions of Objects; those of the version unless given. */
  readonly model?: Model;
  /** Version that it speaks; that of the run unless given. */
  readonly enabler?: Enabler;
  /** Another role than the reference: a mutant, a legal variant. */
  readonly Role?: typeof BootstrapServerRole;
  /** Another endpoint: a deviation of the CoAP layer. */
  readonly EndpointClass?: typeof Endpoint;
  readonly endpointOptions?: Partial<Omit<EndpointOptions, 'link' | 'clock' | 'random'>>;
  readonly setup?: BootstrapServerSetup;
  /** Told of each event as it happens: before what is sent next. */
  readonly onEvent?: (event: SutEvent) => void;
}

/** Our own bootstrap-server behind the control contract. `stop` closes its link; `start` after it needs `link` to be a function. */
export function referenceBootstrapServer(options: ReferenceBootstrapServerOptions): Sut {
  return new ReferenceBootstrapServer(options);
}

const STIMULI: readonly BootstrapServerStimulus['do'][] = ['provision', 'sessions'];

class ReferenceBootstrapServer extends Listening<BootstrapServerRole> implements Sut {
  readonly #options: ReferenceBootstrapServerOptions;

  constructor(options: ReferenceBootstrapServerOptions) {
    super();
    this.#options = options;
  }

  describe(): Promise<Description> {
    const name = 'reference bootstrap-server';
    return Promise.resolve({ name, version: '1.2', party: 'bootstrap-server', stimuli: STIMULI });
  }

  /** @throws ProblemError when a provisioning cannot be sent */
  async start(setup: Setup): Promise<{ readonly address: string }> {
    const { clock, random, link, model, EndpointClass, endpointOptions = {} } = this.#options;
    const { Role = BootstrapServerRole, enabler = setup.enabler, setup: own = {} } = this.#options;
    const anyone = own.anyone && unwrap(provisioningOf(own.anyone));
    const carrier = typeof link === 'function' ? await link() : link;
    const settings: EndpointOptions = {
      link: carrier,
      clock,
      random: random.fork('coap'),
      ...(own.blockSize !== undefined && { blockSize: own.blockSize }),
      ...endpointOptions,
    };
    const endpoint = EndpointClass ? new EndpointClass(settings) : Role.createEndpoint(settings);
    const role = new Role({
      endpoint,
      clock,
      enabler,
      tell: (event) => this.tell(event),
      ...(model && { model }),
      ...(own.identityOf && { identityOf: own.identityOf }),
      ...(own.permits && { permits: own.permits }),
      ...(anyone && { provisioningOf: () => anyone }),
    });
    this.began(role, endpoint);
    const isSaid = own.clients !== undefined || own.anyone !== undefined;
    const ofRun = own.provisioning ?? (isSaid ? undefined : usualProvisioning(setup));
    if (ofRun) provision(role, setup.endpoint, ofRun);
    for (const [name, stated] of Object.entries(own.clients ?? {})) provision(role, name, stated);
    return { address: carrier.local };
  }

  protected override tell(event: SutEvent): void {
    this.#options.onEvent?.(event);
    super.tell(event);
  }

  stimulate(stimulus: Stimulus): Promise<Outcome> {
    return Promise.resolve(this.#outcome(stimulus));
  }

  #outcome(stimulus: Stimulus): Outcome {
    const { role } = this;
    if (stimulus.do !== 'provision' && stimulus.do !== 'sessions') return 'unsupported';
    if (!role) return { failed: 'the bootstrap-server has not been started' };
    if (stimulus.do === 'sessions') return { told: role.sessions().map(shownSession) };
    try {
      provision(role, stimulus.endpoint, stimulus);
      return {};
    } catch (error) {
      if (error instanceof ProblemError) return { refused: formatProblem(error.problem) };
      throw error;
    }
  }
}

/** @throws ProblemError when it cannot be sent */
function provision(role: BootstrapServerRole, endpoint: string, stated: StatedProvisioning): void {
  const problem = role.provision(endpoint, unwrap(provisioningOf(stated)));
  if (problem) throw new ProblemError(problem);
}

const shownSession = ({ endpoint, address, state, done, errors }: BootstrapSession): BootstrapSessionShown => ({
  endpoint,
  address,
  state,
  commands: done.map(({ command, format, answer: { code, content, links } }) => ({
    command: formatCommand(command),
    ...(format !== undefined && { format }),
    code,
    ...(content !== undefined && { content }),
    ...(links !== undefined && { links }),
  })),
  errors,
});
