import { utf8 } from '../../../base/bytes.js';
import { VirtualClock } from '../../../base/clock.js';
import { unwrap, type Result } from '../../../base/error.js';
import { seeded, type Random } from '../../../base/random.js';
import type { Address, Link } from '../../link.js';
import { memoryNetwork, type MemoryNetwork } from '../../memory.js';
import type { ClientCredentials, ServerCredentials } from '../credentials.js';
import { testPki, type TestPki } from '../credentials/test-pki.js';
import { trustAny, trustAuthorities, trustKey } from '../credentials/trust.js';
import { dtlsClient, type DtlsClientOptions } from '../dtls-client.js';
import type { DtlsClientLink, DtlsEvent, DtlsLink } from '../dtls-link.js';
import { dtlsServer, type DtlsServerOptions } from '../dtls-server.js';
import type { SessionInfo } from '../session.js';

/** What happens to a datagram on its way: gone, delivered as it is, or as other datagrams, each after some seconds. */
export type Fault = (
  datagram: Uint8Array,
  index: number,
) => readonly { readonly bytes: Uint8Array; readonly delay?: number }[];

/** The same link with a fault on what it sends; `index` counts datagrams sent. */
export function faulty(link: Link, clock: VirtualClock, fault: Fault): Link {
  let index = 0;
  return {
    local: link.local,
    send(to, datagram) {
      for (const { bytes, delay } of fault(datagram, index++)) {
        if (delay) clock.after(delay, () => link.send(to, bytes));
        else link.send(to, bytes);
      }
    },
    onReceive: (receive) => link.onReceive(receive),
    close: () => link.close(),
  };
}

export const IDENTITY = utf8('urn:dev:os:1');
export const KEY = utf8('0123456789abcdef');
export const psk: ClientCredentials = { kind: 'psk', identity: IDENTITY, key: KEY };
export const pki: TestPki = testPki(seeded(7), 'urn:dev:os:1');
export const now = (): number => 1_700_000_000;

const { server, client } = pki.credentials;
const serverTrust = trustAuthorities({
  anchors: [pki.root.certificate],
  instant: now,
  purpose: 'server',
  host: 'server.example.com',
});
export const x509: ClientCredentials = {
  kind: 'certificate',
  own: { kind: 'x509', chain: [client.certificate], privateKey: client.privateKey },
  trust: serverTrust,
};
export const rpk: ClientCredentials = {
  kind: 'certificate',
  own: { kind: 'rpk', privateKey: client.privateKey },
  trust: trustKey(server.privateKey.publicKey.spki),
};

/** Knows one PSK identity, one raw public key and one authority; proves itself both ways. */
export const everything: ServerCredentials = {
  psk: { lookup: (identity) => (Buffer.compare(identity, IDENTITY) === 0 ? KEY : undefined) },
  own: [
    { kind: 'rpk', privateKey: server.privateKey },
    { kind: 'x509', chain: [server.certificate], privateKey: server.privateKey },
  ],
  trust: trustAny(
    trustKey(client.privateKey.publicKey.spki),
    trustAuthorities({ anchors: [pki.root.certificate], instant: now, purpose: 'client' }),
  ),
};

export interface BenchOptions {
  readonly seed?: number;
  readonly client?: Partial<DtlsClientOptions>;
  readonly server?: Partial<DtlsServerOptions>;
  /** On datagrams of the client; of the server. */
  readonly up?: Fault;
  readonly down?: Fault;
}

export interface Bench {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly network: MemoryNetwork;
  readonly client: DtlsClientLink;
  readonly server: DtlsLink;
  readonly clientEvents: DtlsEvent[];
  readonly serverEvents: DtlsEvent[];
  /** Plaintext as text, with its sender. */
  readonly atClient: string[];
  readonly atServer: string[];
  connect(): Promise<Result<SessionInfo>>;
}

const deliver: Fault = (bytes) => [{ bytes }];
export const SERVER: Address = 'server';
export const CLIENT: Address = 'client';

/** A client and a server on a memory network. The server echoes what it gets. */
export function makeBench(options: BenchOptions = {}): Bench {
  const clock = new VirtualClock();
  const random = seeded(options.seed ?? 1);
  const network = memoryNetwork(clock);
  const clientEvents: DtlsEvent[] = [];
  const serverEvents: DtlsEvent[] = [];
  const atClient: string[] = [];
  const atServer: string[] = [];
  const serverLink = dtlsServer({
    link: faulty(network.link(SERVER), clock, options.down ?? deliver),
    clock,
    random: random.fork('server'),
    credentials: everything,
    onEvent: (event) => serverEvents.push(event),
    ...options.server,
  });
  const clientLink = dtlsClient({
    link: faulty(network.link(CLIENT), clock, options.up ?? deliver),
    clock,
    random: random.fork('client'),
    credentials: psk,
    onEvent: (event) => clientEvents.push(event),
    ...options.client,
  });
  serverLink.onReceive((from, datagram) => {
    atServer.push(`${from} ${Buffer.from(datagram).toString()}`);
    serverLink.send(from, datagram);
  });
  clientLink.onReceive((from, datagram) => atClient.push(`${from} ${Buffer.from(datagram).toString()}`));
  return {
    clock,
    random,
    network,
    client: clientLink,
    server: serverLink,
    clientEvents,
    serverEvents,
    atClient,
    atServer,
    connect: () => clientLink.connect(SERVER),
  };
}

/** Runs `body` on the bench's clock. */
export const run = <T>(bench: Bench, body: () => Promise<T>): Promise<T> => bench.clock.run(body);

/** Lets `seconds` pass on the bench's clock. */
export const pass = (bench: Bench, seconds: number): Promise<void> =>
  bench.clock.run(() => new Promise((resolve) => void bench.clock.after(seconds, resolve)));

/** A handshake that must succeed, and the session as both sides see it a second later. */
export async function handshake(bench: Bench): Promise<{ client: SessionInfo; server: SessionInfo | undefined }> {
  const client = unwrap(await run(bench, () => bench.connect()));
  await pass(bench, 1);
  return { client, server: bench.server.session(CLIENT) };
}

/** The same and an echo. */
export async function exchange(
  bench: Bench,
  text = 'hello',
): Promise<{ client: SessionInfo; server: SessionInfo | undefined }> {
  const sessions = await handshake(bench);
  const count = bench.atClient.length;
  bench.client.send(SERVER, utf8(text));
  await pass(bench, 1);
  if (bench.atClient.length === count) throw new Error('the echo has not come');
  return sessions;
}
