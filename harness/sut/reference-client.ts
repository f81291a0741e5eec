import { fromHex } from '../base/bytes.js';
import type { Clock } from '../base/clock.js';
import { formatProblem, ProblemError } from '../base/error.js';
import type { Random } from '../base/random.js';
import type { EndpointOptions } from '../coap/rules.js';
import type { Link } from '../link/link.js';
import type { Model } from '../model/definition.js';
import type { Enabler } from '../model/party.js';
import type { PlainContent } from '../model/plain.js';
import { modelFor } from '../model/registry.js';
import type { ReachOf } from '../link/dtls/index.js';
import { accountsOf, ClientRole, Outage, readSmartCard } from '../roles/client/index.js';
import { withCredentials } from './account-security.js';
import type { ClientStimulus, Description, Outcome, Setup, Stimulus, StimulusKind, Sut, SutEvent } from './contract.js';
import { EventStream } from './event-stream.js';

/** What a case asks of our client where it is ours. */
export interface ReferenceClientSetup {
  /** `false`: no Update of its own accord before the lifetime ends. */
  readonly keepAlive?: boolean;
  /** `false`: registers only when told to update. */
  readonly register?: boolean;
  readonly queueMode?: boolean;
  /** Seconds. */
  readonly lifetime?: number;
  readonly sms?: string;
  readonly alternatePath?: string;
  /** `false`: knows the Bootstrap-Server alone, though there are servers. */
  readonly bootstrapped?: boolean;
  /** Content-Format that it asks a Bootstrap-Server for (`pct`, from 1.1); `none`: not a word of it. */
  readonly bootstrapFormat?: number | 'none';
  /** Asks for a Bootstrap-Pack first, in 1.2. */
  readonly bootstrapPack?: boolean;
}

export interface ReferenceClientOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly link: () => Promise<Link> | Link;
  /** What the client means by its Objects; that of the enabler when left out. */
  readonly model?: Model;
  readonly enabler: Enabler;
  /** A deviation of the reference client. */
  readonly Role?: typeof ClientRole;
  readonly endpointOptions?: Partial<Omit<EndpointOptions, 'link' | 'clock' | 'random'>>;
  readonly setup?: ReferenceClientSetup;
  /** Content of its smart card, by absolute path: it prevails over the configuration. */
  readonly smartCard?: PlainContent;
  /** Told how the accounts want each peer to be reached, for a link that does so (`secureLink`). */
  readonly onReach?: (reach: ReachOf) => void;
}

const STIMULI: readonly StimulusKind[] = [
  ...(['set', 'update', 'deregister', 'restart', 'bootstrap', 'offline', 'insert-card', 'value'] as const),
];

/** Our own client behind the control contract. */
export function referenceClient(options: ReferenceClientOptions): Sut {
  return new ReferenceClient(options);
}

class ReferenceClient implements Sut {
  readonly #options: ReferenceClientOptions;
  readonly #events = new EventStream();
  #starts = 0;
  #running: { readonly role: ClientRole; readonly outage: Outage; readonly setup: Setup } | undefined;

  constructor(options: ReferenceClientOptions) {
    this.#options = options;
  }

  describe(): Promise<Description> {
    return Promise.resolve({ name: 'reference client', version: '1.2', party: 'client', stimuli: STIMULI });
  }

  /** Starts to register, and returns without waiting for it. @throws ProblemError when the configuration does not fit the model */
  async start(setup: Setup): Promise<Record<string, never>> {
    await this.#start(setup, this.#options.smartCard ?? {});
    return {};
  }

  async #start(setup: Setup, card: PlainContent): Promise<void> {
    await this.stop();
    const { clock, random, enabler, endpointOptions, setup: own = {}, Role = ClientRole } = this.#options;
    const outage = new Outage(await this.#options.link(), clock);
    // A client that starts again must not use the Message IDs of its last life (RFC 7252 §4.4).
    const life = random.fork(`start ${++this.#starts}`);
    const coap = Role.createEndpoint({ ...endpointOptions, link: outage, clock, random: life });
    const { register = true, bootstrapped = true, lifetime, ...behaviour } = own;
    const bootstrapServer = setup.peers.find(({ party }) => party === 'bootstrap-server')?.uri;
    const accounts = accountsOf(setup.configuration.values, {
      servers: bootstrapped ? setup.peers.filter(({ party }) => party === 'server') : [],
      ...(bootstrapServer !== undefined && { bootstrapServer }),
      ...(lifetime !== undefined && { lifetime }),
    });
    const values = Role.withSmartCard(withCredentials(accounts, setup.credentials), card);
    const role = new Role(coap, this.#model(), { ...behaviour, endpoint: setup.endpoint, enabler, values }, clock);
    role.onEvent((event) => this.#events.push({ endpoint: setup.endpoint, ...event }));
    this.#options.onReach?.((peer) => role.reachOf(peer));
    this.#running = { role, outage, setup };
    if (register) role.start();
    else role.prepare();
  }

  #model(): Model {
    return this.#options.model ?? modelFor(this.#options.enabler);
  }

  events(): AsyncIterable<SutEvent> {
    return this.#events.read();
  }

  stimulate(stimulus: Stimulus): Promise<Outcome> {
    return Promise.resolve(isForClient(stimulus) ? this.#stimulate(stimulus) : 'unsupported');
  }

  #stimulate(stimulus: ClientStimulus): Outcome | Promise<Outcome> {
    if (!this.#running) return { failed: 'the client has not been started' };
    const { role, outage, setup } = this.#running;
    try {
      switch (stimulus.do) {
        case 'set':
          role.set(stimulus.path, stimulus.value);
          return {};
        case 'value':
          return { told: role.value(stimulus.path) };
        case 'update':
          void role.update();
          return {};
        case 'deregister':
          void role.deregister();
          return {};
        case 'restart':
          void role.restart();
          return {};
        case 'bootstrap':
          if (!role.startsBootstrap()) return { refused: 'the client knows no Bootstrap-Server' };
          role.bootstrap();
          return {};
        case 'offline':
          outage.begin(stimulus.seconds);
          role.traffic.offline(stimulus.seconds);
          return {};
        case 'insert-card':
          return this.#insert(stimulus.files, setup);
        default:
          return 'unsupported';
      }
    } catch (thrown) {
      if (thrown instanceof ProblemError) return { refused: thrown.message };
      throw thrown;
    }
  }

  /** Off, and on again with what the files of the card say. */
  async #insert(files: Readonly<Record<string, string>>, setup: Setup): Promise<Outcome> {
    const card = readSmartCard((id) => fromHex(files[id] ?? ''), this.#model());
    if (!card.ok) return { refused: formatProblem(card.problem) };
    await this.#start(setup, card.value.values);
    return {};
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.role.stop();
    await running?.role.coap.close();
  }
}

function isForClient(stimulus: Stimulus): stimulus is ClientStimulus {
  return STIMULI.includes(stimulus.do);
}
