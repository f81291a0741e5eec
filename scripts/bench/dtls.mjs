// DTLS: handshakes and records of both roles on a memory link, and a handshake over UDP beside node-dtls-client.
import { once } from 'node:events';
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

/** Milliseconds of a PSK handshake with our server over loopback, our client and node-dtls-client in turns. */
async function overUdp() {
  const nodeDtls = library('node-dtls-client')?.dtls;
  const clock = new RealClock();
  const below = unwrap(await udpLink({}));
  const ours = dtlsServer({ link: below, clock, random: seeded(2), credentials: { psk: SERVER.psk } });
  const times = { ours: [], theirs: [] };
  for (let i = 0; i < 60; i++) {
    const link = dtlsClient({
      link: unwrap(await udpLink({})),
      clock,
      random: seeded(100 + i),
      credentials: PSK,
      suites: ['PSK_AES_128_CCM_8'],
    });
    let start = performance.now();
    unwrap(await link.connect(below.local));
    if (i >= 10) times.ours.push(performance.now() - start);
    await link.close();
    if (!nodeDtls) continue;
    start = performance.now();
    const socket = nodeDtls.createSocket({
      type: 'udp4',
      address: '127.0.0.1',
      port: Number(below.local.split(':').pop()),
      psk: { [IDENTITY]: KEY },
      timeout: 5000,
      ciphers: ['TLS_PSK_WITH_AES_128_CCM_8'],
    });
    await once(socket, 'connected');
    if (i >= 10) times.theirs.push(performance.now() - start);
    await new Promise((resolve) => socket.close(resolve));
  }
  await ours.close();
  row(
    'DTLS handshake with PSK over UDP, client and server',
    median(times.ours).toFixed(2),
    'ms',
    nodeDtls ? `node-dtls-client with our server ${median(times.theirs).toFixed(2)} ms` : 'node-dtls-client is missing',
  );
}
