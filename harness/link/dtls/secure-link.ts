import type { Result } from '../../base/error.js';
import type { Address, Link, Receive } from '../link.js';
import type { ClientCredentials } from './credentials.js';
import type { Trust } from './credentials/trust.js';
import { dtlsClient, type DtlsClientOptions } from './dtls-client.js';
import type { DtlsClientLink } from './dtls-link.js';
import { channelOf, isSameChannel, type ChannelContext, type SecurityInstance } from './security-instance.js';
import type { SessionInfo } from './session.js';

/** How a client is to reach a peer: by a Security instance, in the clear, or not at all. */
export type Reach = SecurityInstance | 'plain' | 'never';

/** Which Security instance is for a peer. It is asked for every datagram: accounts change while a client runs. */
export type ReachOf = (peer: Address) => Reach;

type ClientSettings = Omit<DtlsClientOptions, 'link' | 'credentials' | 'serverName'>;

export interface SecureLinkOptions extends ClientSettings, ChannelContext {
  /** Carries records and what is said in the clear. The secure link takes over its `onReceive`. */
  readonly link: Link;
  readonly reach: ReachOf;
  /** What a tester puts in the place of the trust that an account asks for. */
  readonly trusting?: (trust: Trust) => Trust;
}

/** A client's link to all its servers, each over the channel that its account asks for. */
export interface SecureLink extends Link {
  /** Undefined without a session, or without security. */
  session(peer: Address): SessionInfo | undefined;
  /** The session with a peer, after a handshake when there is none; undefined in the clear. */
  connect(peer: Address): Promise<Result<SessionInfo> | undefined>;
  /** Ends the session with a peer by close_notify. */
  disconnect(peer: Address): void;
  /** Sends a record of any type in the association with a peer. For testers. */
  sendRecord(...record: Parameters<DtlsClientLink['sendRecord']>): void;
  /** The DTLS client for a peer, for testers. */
  client(peer: Address): DtlsClientLink | undefined;
}

/**
 * A link whose channel to each peer is the one that the Security instance of its account asks for (Core 1.1 App. E.1).
 *
 * What a channel cannot be made of is told to `onEvent` as `failed`, and nothing is sent: a failed mode never falls back to
 * none (fact S-5). An instance that has changed ends the session that it had.
 */
export function secureLink(options: SecureLinkOptions): SecureLink {
  return new AccountsLink(options);
}

interface Peer {
  readonly instance: SecurityInstance;
  readonly client: DtlsClientLink;
  /** Gives a datagram from below to the client. */
  receive: Receive;
}

class AccountsLink implements SecureLink {
  readonly #options: SecureLinkOptions;
  readonly #peers = new Map<Address, Peer>();
  #receive: Receive = () => undefined;

  constructor(options: SecureLinkOptions) {
    this.#options = options;
    options.link.onReceive((from, datagram) => this.#onDatagram(from, datagram));
  }

  get local(): Address {
    return this.#options.link.local;
  }

  onReceive(receive: Receive): void {
    this.#receive = receive;
  }

  send(to: Address, datagram: Uint8Array): void {
    const way = this.#way(to);
    if (way !== 'plain') return way?.client.send(to, datagram);
    this.#options.onPlaintext?.('out', to, datagram);
    this.#options.link.send(to, datagram);
  }

  session(peer: Address): SessionInfo | undefined {
    return this.#peers.get(peer)?.client.session(peer);
  }

  async connect(peer: Address): Promise<Result<SessionInfo> | undefined> {
    const way = this.#way(peer);
    return way === 'plain' ? undefined : way?.client.connect(peer);
  }

  disconnect(peer: Address): void {
    this.#peers.get(peer)?.client.disconnect(peer);
  }

  sendRecord(...record: Parameters<DtlsClientLink['sendRecord']>): void {
    this.#peers.get(record[0])?.client.sendRecord(...record);
  }

  client(peer: Address): DtlsClientLink | undefined {
    return this.#peers.get(peer)?.client;
  }

  async close(): Promise<void> {
    for (const { client } of this.#peers.values()) await client.close();
    this.#peers.clear();
    await this.#options.link.close();
  }

  /** How a peer is reached now; undefined: not at all. */
  #way(peer: Address): Peer | 'plain' | undefined {
    const reach = this.#options.reach(peer);
    const known = this.#peers.get(peer);
    if (known && typeof reach === 'object' && isSameChannel(known.instance, reach)) return known;
    if (known) this.#leave(peer, known);
    if (reach === 'plain') return 'plain';
    return reach === 'never' ? undefined : this.#make(peer, reach);
  }

  #make(peer: Address, instance: SecurityInstance): Peer | 'plain' | undefined {
    const channel = channelOf(instance, this.#options);
    if (!channel.ok) {
      this.#options.onEvent?.({ kind: 'failed', peer, problem: channel.problem });
      return undefined;
    }
    if (channel.value.kind === 'none') return 'plain';
    const { credentials, serverName, suites } = channel.value;
    const below = new PeerLink(this.#options.link);
    const client = dtlsClient({
      ...settingsOf(this.#options),
      link: below,
      credentials: this.#believed(credentials),
      ...(suites && { suites }),
      ...(serverName !== undefined && { serverName }),
    });
    client.onReceive((from, datagram) => this.#receive(from, datagram));
    const made: Peer = { instance, client, receive: (from, datagram) => below.deliver(from, datagram) };
    this.#peers.set(peer, made);
    return made;
  }

  #believed(credentials: ClientCredentials): ClientCredentials {
    const { trusting } = this.#options;
    if (!trusting || credentials.kind === 'psk') return credentials;
    return { ...credentials, trust: trusting(credentials.trust) };
  }

  #leave(peer: Address, { client }: Peer): void {
    client.disconnect(peer);
    this.#peers.delete(peer);
  }

  #onDatagram(from: Address, datagram: Uint8Array): void {
    const known = this.#peers.get(from);
    if (known) return known.receive(from, datagram);
    // Nothing in the clear is taken from one who is to be spoken with securely.
    const reach = this.#options.reach(from);
    const isPlain = reach === 'plain' || (typeof reach === 'object' && reach.mode === 3);
    if (!isPlain) return;
    this.#options.onPlaintext?.('in', from, datagram);
    this.#receive(from, datagram);
  }
}

/** What all DTLS clients of a link have in common. */
function settingsOf({
  link: _link,
  reach: _reach,
  instant: _instant,
  store: _store,
  ...settings
}: SecureLinkOptions): ClientSettings {
  return settings;
}

/** The datagrams of one peer on a link that several share. */
class PeerLink implements Link {
  #receive: Receive = () => undefined;

  constructor(private readonly shared: Link) {}

  get local(): Address {
    return this.shared.local;
  }

  send(to: Address, datagram: Uint8Array): void {
    this.shared.send(to, datagram);
  }

  onReceive(receive: Receive): void {
    this.#receive = receive;
  }

  deliver(from: Address, datagram: Uint8Array): void {
    this.#receive(from, datagram);
  }

  /** The link below is its owner's to close. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
