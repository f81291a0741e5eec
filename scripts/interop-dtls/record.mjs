// Records handshakes with foreign peers as harness/link/dtls/testing/recorded.ts, for a test that plays them again: our side
// is seeded, so that it must say the same bytes to the same bytes.
//   node scripts/interop-dtls/record.mjs
import { writeFileSync } from 'node:fs';
import { gnutls, openssl, scandium } from './peers.mjs';
import { clientCredentials, clock as real, dtls, freePort, seeded, serverCredentials, udpLink } from './stack.mjs';
import { pause, start, waitFor } from './processes.mjs';

const SEED = 11;
/** Stands still, as tickets hold the time. */
const clock = {
  mode: 'real',
  now: () => 0,
  after: (seconds, action) => real.after(seconds, action),
  hold: (work) => work,
};

/** The same link, with every datagram noted in its order. */
function noting(link, datagrams) {
  const hex = (bytes) => Buffer.from(bytes).toString('hex');
  return {
    ...link,
    send(to, bytes) {
      datagrams.push(`> ${hex(bytes)}`);
      link.send(to, bytes);
    },
    onReceive: (receive) =>
      link.onReceive((from, bytes) => {
        datagrams.push(`< ${hex(bytes)}`);
        receive(from, bytes);
      }),
  };
}

/** @param ids connection ids: `own`, ours in hexadecimal, and `extra`, what tells the peer of its */
async function asClient(peer, suite, kind, options = {}, { own, extra } = {}) {
  const port = await freePort();
  const { command, args, ready } = peer.server(port, suite, kind, extra);
  const program = start(command, args);
  await program.until(ready, 2);
  await pause(0.2);
  const datagrams = [];
  const link = noting(await udpLink(), datagrams);
  const ours = dtls.dtlsClient({
    link,
    clock,
    random: seeded(SEED),
    credentials: clientCredentials(kind),
    suites: [suite],
    ...options,
    ...(own !== undefined && { connectionId: Uint8Array.from(Buffer.from(own, 'hex')) }),
  });
  const result = await ours.connect(`127.0.0.1:${port}`);
  if (!result.ok) throw new Error(`${peer.name} ${suite}: ${result.problem.message}`);
  let received = '';
  ours.onReceive((from, bytes) => (received += Buffer.from(bytes).toString()));
  ours.send(`127.0.0.1:${port}`, Buffer.from('hello\n'));
  if (peer.speaks === 'text') {
    await program.until(/hello/, 2);
    program.write('hello\n');
  }
  await waitFor(() => received.includes('hello'), 3);
  const recorded = [...datagrams];
  await ours.close();
  program.stop();
  return {
    peer: peer.version(),
    role: 'client',
    suite,
    kind,
    address: `127.0.0.1:${port}`,
    seed: SEED,
    options,
    ...(own !== undefined && { connectionId: own }),
    datagrams: recorded,
  };
}

/** @param ids connection ids: `length` of ours, and `extra`, what tells the peer of its */
async function asServer(peer, suite, kind, options = {}, { length, extra } = {}) {
  const datagrams = [];
  const socket = await udpLink();
  const link = noting(socket, datagrams);
  let address;
  let received = '';
  const onEvent = (event) => (address ??= event.peer);
  const ours = dtls.dtlsServer({
    link,
    clock,
    random: seeded(SEED),
    credentials: serverCredentials(kind),
    suites: [suite],
    onEvent,
    ...options,
    ...(length !== undefined && { connectionIdLength: length }),
  });
  ours.onReceive((from, bytes) => {
    received += Buffer.from(bytes).toString();
    ours.send(from, bytes);
  });
  const { command, args, ready } = peer.client(socket.port, suite, kind, extra);
  const program = start(command, args);
  await program.until(ready, 2);
  await pause(0.1);
  program.write('hello\n');
  await waitFor(() => received.includes('hello'), 3);
  if (!received.includes('hello')) throw new Error(`${peer.name} ${suite}: ${program.output}`);
  const recorded = [...datagrams];
  program.stop();
  await ours.close();
  return {
    peer: peer.version(),
    role: 'server',
    suite,
    kind,
    address,
    seed: SEED,
    options,
    ...(length !== undefined && { connectionIdLength: length }),
    datagrams: recorded,
  };
}

// What is fetched for it is there before it is started.
scandium.version();
const recordings = [
  await asClient(openssl, 'PSK_AES_128_CCM_8', 'psk'),
  await asClient(openssl, 'ECDHE_ECDSA_AES_128_CCM_8', 'x509', { groups: ['x25519', 'secp256r1'] }),
  await asClient(gnutls, 'ECDHE_PSK_AES_128_CBC_SHA256', 'psk'),
  await asClient(gnutls, 'ECDHE_ECDSA_AES_128_GCM_SHA256', 'rpk', { extendedMasterSecret: false }),
  await asServer(openssl, 'PSK_AES_128_CBC_SHA256', 'psk', { encryptThenMac: false }),
  await asServer(openssl, 'ECDHE_ECDSA_AES_128_CCM', 'x509'),
  await asServer(gnutls, 'ECDHE_ECDSA_AES_128_CBC_SHA256', 'rpk'),
  await asClient(scandium, 'PSK_AES_128_CCM_8', 'psk', {}, { own: '010203', extra: ['5'] }),
  await asClient(scandium, 'ECDHE_ECDSA_AES_128_CCM_8', 'rpk', {}, { own: '', extra: ['5'] }),
  await asServer(scandium, 'PSK_AES_128_CCM_8', 'psk', {}, { length: 6, extra: ['4'] }),
  await asServer(scandium, 'ECDHE_ECDSA_AES_128_CCM_8', 'x509', {}, { length: 6, extra: ['0'] }),
];
const source = `import type { GroupName } from '../group.js';
import type { SuiteName } from '../suites.js';

/** A handshake with a foreign peer and a line each way: \`>\` from us, \`<\` to us. Made by scripts/interop-dtls/record.mjs. */
export interface Recording {
  readonly peer: string;
  readonly role: 'client' | 'server';
  readonly suite: SuiteName;
  readonly kind: 'psk' | 'rpk' | 'x509';
  readonly address: string;
  readonly seed: number;
  readonly options: { readonly groups?: readonly GroupName[]; readonly extendedMasterSecret?: boolean; readonly encryptThenMac?: boolean };
  /** Of our client, in hexadecimal: what it asks for. */
  readonly connectionId?: string;
  /** Of our server: that of the ids it gives out. */
  readonly connectionIdLength?: number;
  readonly datagrams: readonly string[];
}

export const RECORDINGS: readonly Recording[] = ${JSON.stringify(recordings, undefined, 2)};
`;
writeFileSync(new URL('../../harness/link/dtls/testing/recorded.ts', import.meta.url), source);
process.exit(0);
