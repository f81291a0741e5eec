// DTLS: handshakes and records of both roles on a memory link, and over UDP beside OpenSSL and node-dtls-client.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { RealClock, VirtualClock } from '../../dist/harness/base/clock.js';
import { seeded } from '../../dist/harness/base/random.js';
import {
  dtlsClient,
  dtlsServer,
  testPki,
  trustAny,
  trustAuthorities,
  trustKey,
} from '../../dist/harness/link/dtls/index.js';
import { memoryNetwork } from '../../dist/harness/link/memory.js';
import { udpLink } from '../../dist/harness/link/udp.js';
import { library } from './libraries.mjs';
import { median, processorTime, row, speed, unwrap } from './measure.mjs';

const HANDSHAKES = 200;
const RECORDS = 5000;
const IDENTITY = 'device';
const KEY = '0123456789abcdef';
const utf8 = (text) => new TextEncoder().encode(text);

const { root, credentials } = testPki(seeded(7));
const { server, client } = credentials;
const instant = () => 1_700_000_000;
const anchors = [root.certificate];

const PSK = { kind: 'psk', identity: utf8(IDENTITY), key: utf8(KEY) };
const RPK = {
  kind: 'certificate',
  own: { kind: 'rpk', privateKey: client.privateKey },
  trust: trustKey(server.privateKey.publicKey.spki),
};
const X509 = {
  kind: 'certificate',
  own: { kind: 'x509', chain: [client.certificate], privateKey: client.privateKey },
  trust: trustAuthorities({ anchors, instant, purpose: 'server', host: 'server.example.com' }),
};
const SERVER = {
  psk: { lookup: () => utf8(KEY) },
  own: [
    { kind: 'rpk', privateKey: server.privateKey },
    { kind: 'x509', chain: [server.certificate], privateKey: server.privateKey },
  ],
  trust: trustAny(
    trustKey(client.privateKey.publicKey.spki),
    trustAuthorities({ anchors, instant, purpose: 'client' }),
  ),
};

export async function dtls() {
  for (const [name, own, suite] of [
    ['PSK', PSK, 'PSK_AES_128_CCM_8'],
    ['raw public keys', RPK, 'ECDHE_ECDSA_AES_128_CCM_8'],
    ['X.509', X509, 'ECDHE_ECDSA_AES_128_CCM_8'],
  ])
    row(`DTLS handshake with ${name}, both roles, in memory`, await handshakes(own, suite), '/s', suite);
  for (const suite of ['PSK_AES_128_CCM_8', 'PSK_AES_128_CBC_SHA256'])
    row(`DTLS records of 64 bytes, sealed and opened`, await records(suite), '/s', suite);
  await overUdp();
}

/** The two roles on a memory link whose time costs nothing; clients have addresses of their own and resume nothing. */
function network() {
  const clock = new VirtualClock();
  const memory = memoryNetwork(clock);
  const links = dtlsServer({ link: memory.link('server'), clock, random: seeded(1), credentials: SERVER });
  let count = 0;
  const connect = async (own, suite) => {
    const link = memory.link(`client-${count++}`);
    const made = dtlsClient({ link, clock, random: seeded(count), credentials: own, suites: [suite] });
    unwrap(await made.connect('server'));
    return made;
  };
  return { clock, server: links, connect };
}

async function handshakes(own, suite) {
  const { clock, connect } = network();
  const run = (count) =>
    clock.run(async () => {
      for (let i = 0; i < count; i++) await (await connect(own, suite)).close();
    });
  await run(HANDSHAKES / 4); // warm-up
  const start = processorTime();
  await run(HANDSHAKES);
  return speed((HANDSHAKES / (processorTime() - start)) * 1000);
}

async function records(suite) {
  const { clock, server: echo, connect } = network();
  echo.onReceive((from, datagram) => echo.send(from, datagram));
  const payload = new Uint8Array(64);
  const run = (count) =>
    clock.run(async () => {
      const link = await connect(PSK, suite);
      await new Promise((resolve) => {
        let left = count;
        link.onReceive(() => (--left > 0 ? link.send('server', payload) : resolve()));
        link.send('server', payload);
      });
      await link.close();
    });
  await run(RECORDS / 4); // warm-up
  const start = processorTime();
  await run(RECORDS / 2); // each comes back
  return speed((RECORDS / (processorTime() - start)) * 1000);
}

const SUITE = 'PSK_AES_128_CCM_8';
/** 64 bytes. */
const LINE = utf8(`${'0123456'.repeat(9)}\n`);
const ROUNDS = 60;
const WARM_UP = 10;
const LINES = 20;

/**
 * PSK over loopback: a handshake, and 20 lines there and back. Our client with our server, our client with OpenSSL's server, which
 * sends back through its standard output and input, and node-dtls-client with our server, in turns.
 */
async function overUdp() {
  const clock = new RealClock();
  const below = unwrap(await udpLink({}));
  const ours = dtlsServer({ link: below, clock, random: seeded(2), credentials: { psk: SERVER.psk } });
  ours.onReceive((from, datagram) => ours.send(from, datagram));
  const nodeDtls = library('node-dtls-client')?.dtls;
  const openssl = await opensslServer();
  let count = 0;
  const own = async (server) => {
    const options = { clock, random: seeded(100 + count++), credentials: PSK, suites: [SUITE] };
    return ownClient(dtlsClient({ link: unwrap(await udpLink({})), ...options }), server);
  };
  const candidates = [
    { open: () => own(below.local) },
    openssl && { open: () => own(openssl.address) },
    nodeDtls && { open: () => nodeClient(nodeDtls, Number(below.local.split(':').pop())) },
  ];
  const measured = candidates.map(() => ({ handshake: [], line: [] }));
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, candidate] of candidates.entries()) {
      if (!candidate) continue;
      const times = await session(candidate.open);
      if (round < WARM_UP) continue;
      measured[i].handshake.push(times.handshake);
      measured[i].line.push(times.line);
    }
  await ours.close();
  openssl?.stop();
  const beside = (of) =>
    ["our client with OpenSSL's server", 'node-dtls-client with our server']
      .map((name, i) => (candidates[i + 1] ? `${name} ${of(measured[i + 1])}` : `${name}: missing`))
      .join(', ');
  const handshake = ({ handshake: times }) => median(times).toFixed(2);
  const perSecond = ({ line }) => speed(2000 / median(line));
  const [us] = measured;
  row('DTLS handshake with PSK over UDP, client and server', handshake(us), 'ms', beside(handshake));
  row('DTLS records of 64 bytes over UDP, there and back', perSecond(us), '/s', beside(perSecond));
}

/** Milliseconds of the handshake, and of a line there and back. */
async function session(open) {
  const start = performance.now();
  const client = await open();
  const opened = performance.now();
  for (let i = 0; i < LINES; i++) await client.line();
  const done = performance.now();
  await client.close();
  return { handshake: opened - start, line: (done - opened) / LINES };
}

async function ownClient(link, server) {
  unwrap(await link.connect(server));
  const line = () =>
    new Promise((resolve) => {
      link.onReceive(resolve);
      link.send(server, LINE);
    });
  return { line, close: () => link.close() };
}

async function nodeClient(nodeDtls, port) {
  const socket = nodeDtls.createSocket({
    ...{ type: 'udp4', address: '127.0.0.1', port, timeout: 5000 },
    psk: { [IDENTITY]: KEY },
    ciphers: ['TLS_PSK_WITH_AES_128_CCM_8'],
  });
  await once(socket, 'connected');
  const line = async () => {
    const answer = once(socket, 'message');
    socket.send(Buffer.from(LINE));
    await answer;
  };
  return { line, close: () => new Promise((resolve) => socket.close(resolve)) };
}

/** What it prints of a session goes back into it by its input. Undefined where OpenSSL is not installed. */
async function opensslServer() {
  const link = unwrap(await udpLink({}));
  const address = link.local;
  await link.close();
  const key = Buffer.from(KEY).toString('hex');
  const server = spawn(
    'openssl',
    [
      ...['s_server', '-dtls1_2', '-accept', address, '-quiet', '-nocert', '-psk_identity', IDENTITY, '-psk', key],
      ...['-cipher', 'PSK-AES128-CCM8:@SECLEVEL=0'],
    ],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const isThere = await Promise.race([once(server, 'spawn').then(() => true), once(server, 'error').then(() => false)]);
  if (!isThere) return undefined;
  server.stdout.pipe(server.stdin);
  await setTimeout(500); // it does not say when it listens
  return { address, stop: () => server.kill('SIGKILL') };
}
