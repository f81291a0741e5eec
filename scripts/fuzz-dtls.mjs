// DTLS for scripts/fuzz.mjs: each role hears a handshake or a session of its own making, one datagram of which is mutated.
import { VirtualClock, sleep } from '../dist/harness/base/clock.js';
import { seeded } from '../dist/harness/base/random.js';
import { dtlsClient, dtlsServer, testPki, trustAuthorities, trustKey } from '../dist/harness/link/dtls/index.js';
import { memoryNetwork } from '../dist/harness/link/memory.js';
import { tap } from '../dist/harness/link/tap.js';

const text = (string) => new TextEncoder().encode(string);
const key = text('0123456789abcdef');
const pki = testPki(seeded(7), 'fuzz');
const { client, server } = pki.credentials;
const instant = () => 1_700_000_000;
const own = (kind, { privateKey, certificate }) => ({
  kind,
  privateKey,
  ...(kind === 'x509' && { chain: [certificate] }),
});
const anchored = (purpose) => trustAuthorities({ anchors: [pki.root.certificate], instant, purpose });

/** What each side has, by kind. */
const CREDENTIALS = {
  psk: {
    client: { kind: 'psk', identity: text('fuzz'), key },
    server: { psk: { lookup: () => key } },
  },
  rpk: {
    client: { kind: 'certificate', own: own('rpk', client), trust: trustKey(server.privateKey.publicKey.spki) },
    server: { own: [own('rpk', server)], trust: trustKey(client.privateKey.publicKey.spki) },
  },
  x509: {
    client: { kind: 'certificate', own: own('x509', client), trust: anchored('server') },
    server: { own: [own('x509', server)], trust: anchored('client') },
  },
};

const OTHER = { client: 'server', server: 'client' };

/** One side, made anew with the same seed: it does the same with the same datagrams. */
function sideOf(role, kind, link, clock, onEvent, seed = role === 'client' ? 1 : 2) {
  const options = {
    link,
    clock,
    random: seeded(seed),
    credentials: CREDENTIALS[kind][role],
    onEvent,
  };
  const side =
    role === 'client'
      ? dtlsClient({ ...options, connectionId: new Uint8Array(), maxFragmentLength: 1024 })
      : dtlsServer({ ...options, connectionIdLength: 4 });
  if (role === 'server') side.onReceive((from, bytes) => side.send(from, bytes));
  return side;
}

/** The datagrams that each side hears in a handshake and a session. */
async function record(kind) {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  const heard = { client: [], server: [] };
  const sides = Object.fromEntries(
    Object.keys(OTHER).map((role) => {
      const link = tap(network.link(role), (direction, _peer, bytes) => {
        if (direction === 'in') heard[role].push(Uint8Array.from(bytes));
      });
      return [role, sideOf(role, kind, link, clock)];
    }),
  );
  await clock.run(async () => {
    for (let i = 0; i < 3; i++) {
      sides.client.send('server', text(`hello ${i}`));
      await sleep(clock, 1);
    }
  });
  if (!sides.client.session('server') || !sides.server.session('client')) throw new Error(`no session with ${kind}`);
  return heard;
}

/** A side on its own: what is played to it comes from its peer, and what it sends is lost until it is served. */
function lonely(role, kind, seed) {
  const faults = [];
  const sent = [];
  let receive = () => undefined;
  const link = {
    local: role,
    send: (_to, bytes) => sent.push(Uint8Array.from(bytes)),
    onReceive: (next) => (receive = next),
    close: async () => undefined,
  };
  const onEvent = (event) => {
    if (event.kind === 'failed' && event.problem.code === 'dtls-internal-error') faults.push(event.problem.message);
    if (event.kind === 'alert' && event.direction === 'sent' && event.name === 'internal_error')
      faults.push(event.name);
  };
  const side = sideOf(role, kind, link, new VirtualClock(), onEvent, seed);
  if (role === 'client') side.send('server', text('hello 0'));
  return { side, faults, sent, play: (bytes) => receive(OTHER[role], bytes) };
}

/** Whether a side, whatever it has heard, makes a session with a peer that begins anew. */
function recovers(role, kind, { side, sent, play }) {
  // Another one: a hello with the same random field would be a repeat of the one before.
  const peer = lonely(OTHER[role], kind, 3);
  sent.length = 0;
  if (role === 'client') {
    side.disconnect('server');
    side.forget('server');
    sent.length = 0;
    side.send('server', text('again'));
  }
  for (let turns = 0; turns < 50 && sent.length + peer.sent.length > 0; turns++) {
    for (const bytes of peer.sent.splice(0)) play(bytes);
    for (const bytes of sent.splice(0)) peer.play(bytes);
  }
  return side.session(OTHER[role]) !== undefined && peer.side.session(role) !== undefined;
}

/**
 * Targets of `fuzz.mjs`, each with the datagrams that are to be mutated. A target throws where our own code failed, where a
 * peer that begins anew gets no session, or where an altered record ended a session or was delivered.
 */
export async function dtlsTargets() {
  const targets = {};
  for (const [kind, weight] of [
    ['psk', 6],
    ['rpk', 1],
    ['x509', 1],
  ]) {
    const heard = await record(kind);
    for (const role of ['client', 'server']) {
      const all = heard[role];
      const handshake = all.length - 3;
      targets[`dtls ${role} handshake ${kind}`] = {
        weight,
        corpus: all.slice(0, handshake),
        run(bytes, random) {
          const end = lonely(role, kind);
          for (const datagram of all.slice(0, random.integer(handshake))) end.play(datagram);
          end.play(bytes);
          if (end.faults.length > 0) throw new Error(end.faults[0]);
          const stands = end.side.session(OTHER[role]) !== undefined;
          if (random.integer(16) === 0 && !recovers(role, kind, end)) throw new Error('it makes no session any more');
          return { ok: stands };
        },
      };
      let session;
      targets[`dtls ${role} session ${kind}`] = {
        weight,
        corpus: all.slice(handshake),
        run(bytes) {
          if (!session || session.count > 500) {
            session = { ...lonely(role, kind), count: 0, delivered: 0 };
            for (const datagram of all.slice(0, handshake)) session.play(datagram);
            const known = new Set(['hello 0', 'hello 1', 'hello 2']);
            session.side.onReceive((_from, plain) => {
              if (!known.has(new TextDecoder().decode(plain))) throw new Error('an altered record was delivered');
            });
          }
          session.count++;
          session.play(bytes);
          if (session.faults.length > 0) throw new Error(session.faults[0]);
          if (!session.side.session(OTHER[role])) throw new Error('an altered record ended the session');
          return { ok: true };
        },
      };
    }
  }
  return targets;
}
