import { failed, formatProblem, ok, ProblemError, type Result } from '../base/error.js';
import type { Address, Link } from '../link/link.js';
import { namedLink } from '../link/named.js';
import { rebindable, type RebindableLink } from '../link/rebindable.js';
import { relay, type Relay } from '../link/relay.js';
import { tap, type Seen } from '../link/tap.js';
import { partyOf, type Peer } from '../model/party.js';
import type { ChannelFact } from '../record/channel-fact.js';
import type { Elsewhere } from '../sut/own-channel.js';
import { Interrupt } from './interrupt.js';
import { InterposedLink } from './own-hands.js';
import { BelowChannel, type ChannelControls } from './own-records.js';
import type { SessionPlan } from './session-plan.js';

/** Told of each datagram between two parties of a session, once; `astray`: sent to an address that the client no longer has. */
export type SeenBetween = (from: Peer, to: Peer, datagram: Uint8Array, astray?: 'astray') => void;

/** Who is told what passes. */
export interface Told {
  readonly seen: SeenBetween;
  /** As it is under way, where a channel protects it. */
  readonly protectedSeen: SeenBetween;
  /** What a channel of a party of ours tells of itself. */
  readonly security: (peer: Peer, text: string, fact: ChannelFact) => void;
  readonly note: (text: string) => void;
}

/** A relay between a foreign client and a foreign opposite party. */
interface Between {
  readonly relay: Relay;
  /** Whoever sent last. */
  client: Address | undefined;
}

/**
 * The links of a session, each pair of parties seen at one place: at the server or bootstrap-server where it is ours, else at
 * our client, else at a relay between the two.
 */
export class Stand {
  readonly #hands = new Map<Peer, InterposedLink>();
  readonly #below = new Map<Peer, BelowChannel>();
  /** Addresses of parties of ours, which see their own traffic. */
  readonly #own = new Map<Address, Peer>();
  readonly #foreign = new Map<Address, Peer>();
  readonly #relays: Between[] = [];
  /** Links of the client at other addresses than its first. */
  readonly #elsewhere: InterposedLink[] = [];
  readonly #elsewhereAt = new Set<Address>();
  #server: Address | undefined;
  /** Where it is ours. */
  #client: RebindableLink | undefined;
  /** Addresses that a client of ours no longer has. */
  readonly #left = new Set<Address>();

  constructor(
    private readonly plan: Pick<SessionPlan, 'network' | 'resolve' | 'secure' | 'clock' | 'advertise'>,
    private readonly clientIsOurs: boolean,
    private readonly told: Told,
  ) {}

  /** The link of a party of ours. */
  async link(peer: Peer): Promise<Link> {
    const bare = await this.#bare(peer);
    if (peer !== 'client') this.#own.set(bare.local, peer);
    const tapped = this.plan.secure
      ? this.#secured(peer, bare, this.plan.secure)
      : this.#tapped(peer, bare, this.told.seen);
    const hands = new InterposedLink(tapped, this.plan.clock);
    this.#hands.set(peer, hands);
    return hands;
  }

  /** @throws Interrupt before the party was started */
  hands(peer: Peer): InterposedLink {
    const hands = this.#hands.get(peer);
    if (hands) return hands;
    throw new Interrupt('error', `the ${peer} of ours has not been started`);
  }

  /** What is below the channel of a party of ours. @throws Interrupt where it has none */
  below(peer: Peer): BelowChannel {
    const below = this.#below.get(peer);
    if (below) return below;
    throw new Interrupt('error', `the ${peer} of ours has no channel`);
  }

  /**
   * Another address of our client, for what a procedure says and hears there: the role neither speaks nor hears through it.
   *
   * @throws Interrupt before the server was started
   */
  async elsewhere(as?: Elsewhere): Promise<InterposedLink> {
    if (this.plan.secure && as === undefined) throw new Interrupt('not-run', 'another address has no secured channel');
    if (this.#server === undefined) throw new Interrupt('error', 'there is no server yet');
    const bare = await this.#outbound('another');
    this.#elsewhereAt.add(bare.local);
    const link = this.#overElsewhere(bare, as);
    const hands = new InterposedLink(link, this.plan.clock, this.#server);
    this.#elsewhere.push(hands);
    const session = as === 'another' ? await link.connect?.(this.#server) : undefined;
    if (session?.ok === false)
      throw new Interrupt('not-run', `the server does not know a second client: ${formatProblem(session.problem)}`);
    return hands;
  }

  /**
   * Where the client finds a party that listens at `address`.
   *
   * @throws Interrupt when its name leads nowhere
   * @throws ProblemError when there is no link for a relay
   */
  async reached(peer: Peer, address: Address): Promise<Address> {
    const isOurs = this.#own.get(address) === peer;
    if (!isOurs) {
      const found = await this.plan.resolve?.(address);
      if (found?.ok === false) throw new Interrupt('inconclusive', `the ${peer}: ${formatProblem(found.problem)}`);
      this.#foreign.set(address, peer);
    }
    if (peer === 'server') this.#server = address;
    if (this.clientIsOurs) return address;
    const front = isOurs ? address : await this.#relayTo(peer, address);
    return this.plan.advertise?.(front) ?? front;
  }

  /**
   * Gives the client another address towards its servers, as a NAT does that forgot it.
   *
   * @throws Interrupt where the client is foreign and nothing of ours stands before it
   */
  async rebind(): Promise<void> {
    if (!this.#client && this.#relays.length === 0)
      throw new Interrupt('not-applicable', 'nothing on this bench can give the client another address');
    if (this.#client) {
      this.#left.add(this.#client.local);
      this.#client.rebind(await this.#outbound('another'));
    }
    for (const { relay, client } of this.#relays) {
      const rebound = client === undefined ? undefined : await relay.rebind(client);
      if (rebound?.ok === false) throw new ProblemError(rebound.problem);
    }
  }

  async close(): Promise<void> {
    await Promise.all([
      ...this.#relays.map(({ relay }) => relay.close()),
      ...this.#elsewhere.map((link) => link.close()),
    ]);
  }

  async #bare(peer: Peer): Promise<Link> {
    if (peer !== 'client') return this.plan.network(peer);
    const link = await this.#outbound();
    this.#client = rebindable(link, (from, datagram) => this.#lost(this.#foreignAt(from), datagram));
    return this.#client;
  }

  /** A link of our client, or of a relay in its place, that knows host names where the network does. */
  async #outbound(another?: 'another'): Promise<Link> {
    const { resolve, clock } = this.plan;
    const link = await this.plan.network('client', another);
    if (!resolve) return link;
    return namedLink({
      ...{ link, clock },
      resolve: (name) => resolve(name, link.local),
      failed: (problem) => this.told.note(formatProblem(problem)),
    });
  }

  /** What a foreign server sent to an address that the client no longer has; ours sees its own. */
  #lost(from: Peer | undefined, datagram: Uint8Array): void {
    if (from === undefined) return;
    if (this.plan.secure) this.told.protectedSeen(from, 'client', datagram);
    else this.told.seen(from, 'client', datagram, 'astray');
  }

  #secured(peer: Peer, bare: Link, secure: NonNullable<SessionPlan['secure']>): Link {
    const below = new BelowChannel(this.#tapped(peer, bare, this.told.protectedSeen));
    const channel = secure(peer, below, {
      fact: (text, fact) => this.told.security(peer, text, fact),
      plaintext: this.#seer(peer, this.told.seen),
    });
    below.controls = channel;
    this.#below.set(peer, below);
    return channel;
  }

  /** What stands over the link of another address. */
  #overElsewhere(bare: Link, as: Elsewhere | undefined): Link & Partial<ChannelControls> {
    const { secure } = this.plan;
    if (!secure) return this.#tapped('client2', bare, this.told.seen);
    if (as === 'clear') return tap(bare, this.#clearSeer());
    return secure(
      'client2',
      this.#tapped('client2', bare, this.told.protectedSeen),
      {
        fact: (text, fact) => this.told.security('client2', text, fact),
        plaintext: this.#seer('client2', this.told.seen),
      },
      as,
    );
  }

  /**
   * Tells of what passes in the clear to and from a port that protects its channels: a message as such, although our server takes what it
   * gets there for records and tells it as those; anything else as records, as everywhere.
   */
  #clearSeer(): Seen {
    const records = this.#seer('client2', this.told.protectedSeen);
    return (direction, address, datagram) => {
      if (!isCoap(datagram)) records(direction, address, datagram);
      else if (direction === 'out') this.told.seen('client2', 'server', datagram);
      else this.told.seen('server', 'client2', datagram);
    };
  }

  #tapped(peer: Peer, link: Link, seen: SeenBetween): Link {
    return tap(link, this.#seer(peer, seen));
  }

  /** Tells of what passes at a party who sent it, and to whom. */
  #seer(peer: Peer, seen: SeenBetween): Seen {
    return (direction, address, datagram) => {
      const opposite = partyOf(peer) === 'client' ? this.#foreignAt(address) : this.#clientAt(address);
      if (opposite === undefined) return;
      if (direction === 'out') seen(peer, opposite, datagram, this.#left.has(address) ? 'astray' : undefined);
      else seen(opposite, peer, datagram);
    };
  }

  /** The client, at its first address or at another. */
  #clientAt(address: Address): Peer {
    return this.#elsewhereAt.has(address) ? 'client2' : 'client';
  }

  /** Who is at an address; a party may tell a name for it, or answer from another one. Undefined: one of ours. */
  #foreignAt(address: Address): Peer | undefined {
    if (this.#own.has(address)) return undefined;
    const port = /:\d+$/.exec(address)?.[0] ?? '';
    const likely = [...this.#foreign].find(([known]) => known.endsWith(port))?.[1];
    return this.#foreign.get(address) ?? likely ?? [...this.#foreign.values()][0];
  }

  async #upstream(): Promise<Result<Link>> {
    try {
      return ok(this.#ended('client', await this.#outbound('another')));
    } catch (thrown) {
      if (thrown instanceof ProblemError) return failed(thrown.problem);
      return failed({ code: 'relay-link', message: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }

  /**
   * The side of a relay that stands in the place of a party: where channels are protected it ends them, as nobody could look into them
   * otherwise, and has what the party would prove itself with.
   */
  #ended(peer: Peer, bare: Link): Link {
    const side = peer === 'client' ? 'server' : 'client';
    const channel = this.plan.secure?.(peer, bare, {
      fact: (text) => this.told.note(`the relay, towards the ${side}: ${text}`),
      plaintext: () => undefined,
    });
    return channel ?? bare;
  }

  /** What passes between the client and the relay in the place of an opposite party. */
  #tappedBefore(peer: Peer, bare: Link): Link {
    return tap(bare, (direction, _client, datagram) => {
      if (direction === 'in') this.told.protectedSeen('client', peer, datagram);
      else this.told.protectedSeen(peer, 'client', datagram);
    });
  }

  async #relayTo(peer: Peer, server: Address): Promise<Address> {
    const bare = await this.plan.network(peer);
    const front = this.#ended(peer, this.plan.secure ? this.#tappedBefore(peer, bare) : bare);
    const between: Between = {
      client: undefined,
      relay: relay({
        front,
        server,
        open: () => this.#upstream(),
        failed: (problem) => this.told.note(`the relay has no way for the client: ${formatProblem(problem)}`),
        lost: (_client, datagram) => this.told.seen(peer, 'client', datagram, 'astray'),
        seen: (direction, client, datagram) => {
          between.client = client;
          if (direction === 'to-server') this.told.seen('client', peer, datagram);
          else this.told.seen(peer, 'client', datagram);
        },
      }),
    };
    this.#relays.push(between);
    return front.local;
  }
}

/** Of version 1 (RFC 7252 §3); no record of DTLS begins so (RFC 7983 §7). */
const isCoap = ([first = 0]: Uint8Array): boolean => first >> 6 === 1;
