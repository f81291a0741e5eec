import type { Clock } from '../base/clock.js';
import { formatProblem, ProblemError, type Result } from '../base/error.js';
import type { Random } from '../base/random.js';
import type { Endpoint, EndpointOptions } from '../coap/index.js';
import type { Link } from '../link/link.js';
import type { Model } from '../model/definition.js';
import { parsePath, type Path } from '../model/path.js';
import { ServerRole, type Answer, type Registration, type ServerOptions } from '../roles/server/index.js';
import type {
  Description,
  Outcome,
  RegistrationShown,
  ServerStimulus,
  Stimulus,
  StimulusKind,
  Sut,
} from './contract.js';
import { Listening } from './listening.js';

/** What a case or a command asks of our server. */
export interface ServerSetup extends Pick<ServerOptions, 'enablers' | 'identityOf' | 'permits' | 'profiles'> {
  /** Largest block, in bytes. */
  readonly blockSize?: number;
}

export interface ReferenceServerOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Where it listens; a function is called by `start`. */
  readonly link: Link | (() => Promise<Link>);
  /** Definitions beside those that the suite knows. */
  readonly model?: Model;
  /** Another role than the reference: a mutant, a legal variant. */
  readonly Role?: typeof ServerRole;
  /** Another endpoint: a deviation of the CoAP layer. */
  readonly EndpointClass?: typeof Endpoint;
  readonly endpointOptions?: Partial<Omit<EndpointOptions, 'link' | 'clock' | 'random'>>;
  readonly setup?: ServerSetup;
}

const STIMULI: readonly ServerStimulus['do'][] = [
  'read',
  'discover',
  'write',
  'write-attributes',
  'execute',
  'create',
  'delete',
  'observe',
  'cancel',
  'read-composite',
  'write-composite',
  'observe-composite',
  'cancel-composite',
  'registrations',
  'shown',
];

const KINDS: ReadonlySet<StimulusKind> = new Set(STIMULI);

/** Our own server behind the control contract. `stop` closes its link; `start` after it needs `link` to be a function. */
export function referenceServer(options: ReferenceServerOptions): Sut {
  return new ReferenceServer(options);
}

class ReferenceServer extends Listening<ServerRole> implements Sut {
  readonly #options: ReferenceServerOptions;

  constructor(options: ReferenceServerOptions) {
    super();
    this.#options = options;
  }

  describe(): Promise<Description> {
    return Promise.resolve({ name: 'reference server', version: '1.2', party: 'server', stimuli: STIMULI });
  }

  async start(): Promise<{ readonly address: string }> {
    const {
      clock,
      random,
      link,
      model,
      Role = ServerRole,
      EndpointClass,
      endpointOptions = {},
      setup = {},
    } = this.#options;
    const { blockSize, ...known } = setup;
    const carrier = typeof link === 'function' ? await link() : link;
    const settings: EndpointOptions = {
      link: carrier,
      clock,
      random: random.fork('coap'),
      ...(isBlockSize(blockSize) ? { blockSize } : {}),
      ...endpointOptions,
    };
    const endpoint = EndpointClass ? new EndpointClass(settings) : Role.createEndpoint(settings);
    const role = new Role({
      endpoint,
      clock,
      random: random.fork('server'),
      tell: (event) => this.tell(event),
      ...(model === undefined ? {} : { model }),
      ...known,
    });
    this.began(role, endpoint);
    return { address: carrier.local };
  }

  stimulate(stimulus: Stimulus): Promise<Outcome> {
    const { role } = this;
    if (!isServerStimulus(stimulus)) return Promise.resolve('unsupported');
    if (!role) return Promise.resolve({ failed: 'the server has not been started' });
    if (stimulus.do === 'registrations') return Promise.resolve({ told: role.registrations().map(shownRegistration) });
    return order(role, stimulus).catch((error: unknown) => {
      if (error instanceof ProblemError) return { refused: formatProblem(error.problem) };
      throw error;
    });
  }
}

type Order = Exclude<ServerStimulus, { readonly do: 'registrations' }>;

async function order(role: ServerRole, stimulus: Order): Promise<Outcome> {
  if (stimulus.do === 'shown') return { told: role.shown(stimulus.endpoint, path(stimulus.path)) };
  const sleeps = role.isQueueing(stimulus.endpoint);
  const work = perform(role, stimulus);
  // The request leaves when the client wakes, which may be hours away: that it is kept for then is all there is to tell.
  if (sleeps) return { told: { queued: true } };
  return outcomeOf(await work);
}

function perform(role: ServerRole, stimulus: Exclude<Order, { readonly do: 'shown' }>): Promise<Result<Answer>> {
  const { endpoint } = stimulus;
  switch (stimulus.do) {
    case 'read':
      return role.read(endpoint, path(stimulus.path), stimulus.format);
    case 'discover':
      return role.discover(endpoint, path(stimulus.path), stimulus.depth);
    case 'write':
      return role.write(endpoint, path(stimulus.path), stimulus.value, stimulus.mode, stimulus.format);
    case 'write-attributes':
      return role.writeAttributes(endpoint, path(stimulus.path), stimulus.attributes);
    case 'execute':
      return role.execute(endpoint, path(stimulus.path), stimulus.arguments);
    case 'create':
      return role.create(endpoint, path(stimulus.path), stimulus.instance, stimulus.value, stimulus.format);
    case 'delete':
      return role.delete(endpoint, path(stimulus.path));
    case 'observe':
      return role.observe(endpoint, path(stimulus.path), stimulus.format, stimulus.attributes);
    case 'cancel':
      return role.cancel(endpoint, path(stimulus.path), stimulus.how);
    case 'read-composite':
      return role.readComposite(endpoint, stimulus.paths.map(path), stimulus.format);
    case 'write-composite':
      return role.writeComposite(endpoint, stimulus.values, stimulus.format);
    case 'observe-composite':
      return role.observeComposite(endpoint, stimulus.paths.map(path), stimulus.format);
    case 'cancel-composite':
      return role.cancelComposite(endpoint, stimulus.paths.map(path), stimulus.how);
  }
}

/** That the client does not answer is told like any answer: the order itself was carried out. */
function outcomeOf(result: Result<Answer>): Outcome {
  if (!result.ok) return { refused: formatProblem(result.problem) };
  const { problem, ...answer } = result.value;
  return { told: { ...answer, ...(problem ? { problem: formatProblem(problem) } : {}) } };
}

/** @throws ProblemError */
function path(text: string): Path {
  const parsed = parsePath(text);
  if (parsed.ok) return parsed.value;
  throw new ProblemError({ ...parsed.problem, place: text });
}

function shownRegistration(registration: Registration): RegistrationShown {
  const { endpoint, location, lifetime, address, enabler, binding, queueMode, objects } = registration;
  return { endpoint, location, lifetime, address, version: enabler, binding, queueMode, objects: objects.paths };
}

const isServerStimulus = (stimulus: Stimulus): stimulus is ServerStimulus => KINDS.has(stimulus.do);

const BLOCK_SIZES = [16, 32, 64, 128, 256, 512, 1024] as const;

const isBlockSize = (size: number | undefined): size is (typeof BLOCK_SIZES)[number] =>
  BLOCK_SIZES.some((known) => known === size);
