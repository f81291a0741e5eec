// Our side of a trial: the DTLS stack, built from source, on a UDP socket of its own.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

function build() {
  mkdirSync(join(root, '.peers'), { recursive: true });
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', here], { stdio: 'inherit' });
}

build();
const built = join(root, '.peers/interop-dtls/harness');
export const dtls = await import(join(built, 'link/dtls/index.js'));
const { RealClock } = await import(join(built, 'base/clock.js'));

/** Randomness of the machine behind the interface of the harness. */
export const random = {
  next: () => randomBytes(4).readUInt32BE() / 2 ** 32,
  integer: (below) => Math.floor(random.next() * below),
  bytes: (length) => Uint8Array.from(randomBytes(length)),
  fork: () => random,
};

export const clock = new RealClock();

/** A link on a UDP socket of 127.0.0.1. `drop(index, direction)` says which datagrams are lost. */
export async function udpLink(drop = () => false) {
  let receive = () => undefined;
  const count = { out: 0, in: 0 };
  const bound = async () => {
    const socket = createSocket('udp4');
    await new Promise((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return socket.on('message', (bytes, { address, port }) => {
      if (!drop(count.in++, 'in')) receive(`${address}:${port}`, Uint8Array.from(bytes));
    });
  };
  let socket = await bound();
  return {
    /** From now on it has another address. */
    async move() {
      socket.close();
      socket = await bound();
    },
    local: `127.0.0.1:${socket.address().port}`,
    port: socket.address().port,
    send(to, bytes) {
      const [host, port] = to.split(':');
      if (!drop(count.out++, 'out')) socket.send(bytes, Number(port), host, () => undefined);
    },
    onReceive(next) {
      receive = next;
    },
    close: () => new Promise((resolve) => socket.close(resolve)),
  };
}

/** Between a client and what listens on `port`: as a NAT, which may give the client another address. */
export async function relayTo(port) {
  const [inside, outside] = [await udpLink(), await udpLink()];
  let client;
  inside.onReceive((from, bytes) => {
    client = from;
    outside.send(`127.0.0.1:${port}`, bytes);
  });
  outside.onReceive((_, bytes) => inside.send(client, bytes));
  return { port: inside.port, move: outside.move, close: () => Promise.all([inside.close(), outside.close()]) };
}

/** A port that nothing has now. */
export async function freePort() {
  const link = await udpLink();
  await link.close();
  return link.port;
}

export const identity = 'urn:dev:os:interop';
export const keyHex = '30313233343536373839616263646566';
export const keyText = '0123456789abcdef';
export const serverName = 'server.example.com';

export const { seeded } = await import(join(built, 'base/random.js'));
// Seeded, so that a recorded handshake can be played again with the same keys.
const pki = dtls.testPki(seeded(7), identity);
const { server, client } = pki.credentials;
const instant = () => 1_700_000_000;
export const files = writeFiles();

/** Credentials in the files that the peers read. */
function writeFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'interop-dtls-'));
  const write = (name, text) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, 0o600);
    return path;
  };
  const pair = (name, credential) => ({
    key: write(`${name}.key`, dtls.formatPem('PRIVATE KEY', credential.privateKey.exportPkcs8())),
    certificate: write(`${name}.pem`, dtls.formatPem('CERTIFICATE', credential.certificate.der)),
    publicKey: write(`${name}.pub`, dtls.formatPem('PUBLIC KEY', credential.privateKey.publicKey.spki)),
  });
  return {
    folder,
    server: pair('server', server),
    client: pair('client', client),
    authority: write('authority.pem', dtls.formatPem('CERTIFICATE', pki.root.certificate.der)),
    // A name with colons stands there in hexadecimal, after a number sign.
    psk: write('psk.txt', `#${Buffer.from(identity).toString('hex')}:${keyHex}\n`),
    session: join(folder, 'session.pem'),
  };
}

const bytes = (text) => new TextEncoder().encode(text);
const certificate = ({ certificate: leaf, privateKey }) => ({ kind: 'x509', chain: [leaf], privateKey });

/** `kind` is psk, rpk or x509. */
export function clientCredentials(kind) {
  if (kind === 'psk') return { kind, identity: bytes(identity), key: bytes(keyText) };
  if (kind === 'rpk') {
    const trust = dtls.trustKey(server.privateKey.publicKey.spki);
    return { kind: 'certificate', own: { kind: 'rpk', privateKey: client.privateKey }, trust };
  }
  const trust = dtls.trustAuthorities({
    anchors: [pki.root.certificate],
    instant,
    purpose: 'server',
    host: serverName,
  });
  return { kind: 'certificate', own: certificate(client), trust };
}

export function serverCredentials(kind) {
  if (kind === 'psk')
    return { psk: { lookup: (id) => (Buffer.from(id).toString() === identity ? bytes(keyText) : undefined) } };
  if (kind === 'rpk') {
    return {
      own: [{ kind: 'rpk', privateKey: server.privateKey }],
      trust: dtls.trustKey(client.privateKey.publicKey.spki),
    };
  }
  const trust = dtls.trustAuthorities({ anchors: [pki.root.certificate], instant, purpose: 'client' });
  return { own: [certificate(server)], trust };
}
