import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../base/bytes.js';
import { sleep, VirtualClock } from '../base/clock.js';
import { seeded } from '../base/random.js';
import {
  dtlsClient,
  dtlsServer,
  testPki,
  trustAuthorities,
  trustKey,
  type ClientCredentials,
  type ServerCredentials,
  type SuiteName,
} from '../link/dtls/index.js';
import { memoryNetwork } from '../link/memory.js';
import { tap } from '../link/tap.js';
import type { JournalEntry } from '../record/journal.js';
import { encodeMessage } from '../wire/coap/codec.js';
import { encodeCapture } from './pcapng.js';

const key = utf8('0123456789abcdef');
const pki = testPki(seeded(1));
const { client, server } = pki.credentials;
const instant = (): number => 1_700_000_000;
const CREDENTIALS: Record<'psk' | 'rpk' | 'x509', { client: ClientCredentials; server: ServerCredentials }> = {
  psk: {
    client: { kind: 'psk', identity: utf8('me'), key },
    server: { psk: { lookup: () => key } },
  },
  rpk: {
    client: {
      kind: 'certificate',
      own: { kind: 'rpk', privateKey: client.privateKey },
      trust: trustKey(server.privateKey.publicKey.spki),
    },
    server: {
      own: [{ kind: 'rpk', privateKey: server.privateKey }],
      trust: trustKey(client.privateKey.publicKey.spki),
    },
  },
  x509: {
    client: {
      kind: 'certificate',
      own: { kind: 'x509', privateKey: client.privateKey, chain: [client.certificate] },
      trust: trustAuthorities({ anchors: [pki.root.certificate], instant, purpose: 'server' }),
    },
    server: {
      own: [{ kind: 'x509', privateKey: server.privateKey, chain: [server.certificate] }],
      trust: trustAuthorities({ anchors: [pki.root.certificate], instant, purpose: 'client' }),
    },
  },
};

const get = encodeMessage({
  type: 'CON',
  code: '0.01',
  id: 7,
  token: Uint8Array.of(1),
  options: [{ number: 11, value: utf8('3') }],
  payload: new Uint8Array(),
});

interface Recorded {
  readonly entries: readonly JournalEntry[];
  readonly keyLog: string;
}

/** A GET and its echo over DTLS, recorded as a session does it. */
async function recorded(
  kind: keyof typeof CREDENTIALS,
  suites?: readonly SuiteName[],
  connectionId?: Uint8Array,
): Promise<Recorded> {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  const entries: JournalEntry[] = [];
  const lines: string[] = [];
  const add = (which: 'record' | 'datagram') => (direction: 'in' | 'out', _peer: string, datagram: Uint8Array) => {
    const [from, to] = direction === 'in' ? (['client', 'server'] as const) : (['server', 'client'] as const);
    entries.push({ kind: which, t: clock.now(), from, to, bytes: Uint8Array.from(datagram) });
  };
  const secured = tap(
    dtlsServer({
      link: tap(network.link('server'), add('record')),
      clock,
      random: seeded(1),
      credentials: CREDENTIALS[kind].server,
      keyLog: (line) => lines.push(line),
      ...(suites && { suites }),
      connectionIdLength: 4,
    }),
    add('datagram'),
  );
  secured.onReceive((from, bytes) => secured.send(from, bytes));
  const other = dtlsClient({
    link: network.link('client'),
    clock,
    random: seeded(2),
    credentials: CREDENTIALS[kind].client,
    ...(suites && { suites }),
    ...(connectionId && { connectionId }),
  });
  await clock.run(async () => {
    other.send('server', get);
    await sleep(clock, 1);
    await other.close();
    await sleep(clock, 1);
  });
  return { entries, keyLog: lines.map((line) => `${line}\n`).join('') };
}

/** Why tshark cannot be asked; undefined when it can. */
const why = ((): string | undefined => {
  try {
    execFileSync('tshark', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'there is no tshark on this machine';
  }
})();

/** Fields of each packet, as tshark sees them. */
function dissect(capture: Uint8Array, ...fields: string[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'capture-'));
  try {
    const file = join(folder, 'x.pcapng');
    writeFileSync(file, capture);
    const options = [
      '-r',
      file,
      '-o',
      'ip.check_checksum:TRUE',
      '-T',
      'fields',
      ...fields.flatMap((field) => ['-e', field]),
    ];
    const text = execFileSync('tshark', options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return text
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('A capture of a journal', () => {
  const plain: JournalEntry[] = [
    { kind: 'datagram', t: -0.5, from: 'client', to: 'server', bytes: get },
    { kind: 'datagram', t: 1.25, from: 'bootstrap-server', to: 'client', bytes: get },
  ];

  it('has whole blocks, each as long as it says at both ends', async () => {
    const { entries, keyLog } = await recorded('psk');
    for (const capture of [encodeCapture([]), encodeCapture(plain), encodeCapture(entries, { keyLog })]) {
      const view = new DataView(capture.buffer, capture.byteOffset, capture.byteLength);
      let at = 0;
      while (at < capture.length) {
        const length = view.getUint32(at + 4, true);
        expect(length % 4).toBe(0);
        expect(view.getUint32(at + length - 4, true)).toBe(length);
        at += length;
      }
      expect(at).toBe(capture.length);
    }
  });

  it('holds no secret unless it is asked for', async () => {
    const { entries, keyLog } = await recorded('psk');
    const secret = keyLog.trim().split(' ')[2] ?? '';
    expect(secret).toHaveLength(96);
    expect(Buffer.from(encodeCapture(entries)).includes(secret)).toBe(false);
    expect(Buffer.from(encodeCapture(entries, { keyLog })).includes(secret)).toBe(true);
  });

  it('takes only the secrets of its own handshakes', async () => {
    const { entries, keyLog } = await recorded('psk');
    const other = `CLIENT_RANDOM ${'ab'.repeat(32)} ${'cd'.repeat(48)}\n`;
    const capture = Buffer.from(encodeCapture(entries, { keyLog: other + keyLog }));
    expect(capture.includes('cd'.repeat(48))).toBe(false);
    expect(capture.includes(keyLog.trim())).toBe(true);
  });

  it('shows what the records carried beside them where there are no keys', async () => {
    const { entries } = await recorded('psk');
    expect(Buffer.from(encodeCapture(entries)).includes(Buffer.from(get))).toBe(true);
  });

  it('does not stumble over records that were cut', () => {
    const cut: JournalEntry = {
      kind: 'record',
      t: 0,
      from: 'client',
      to: 'server',
      bytes: Uint8Array.of(22, 254, 253, 0),
    };
    const short: JournalEntry = { ...cut, bytes: Uint8Array.from([22, 254, 253, ...new Uint8Array(8), 255, 255, 1]) };
    expect(toHex(encodeCapture([cut, short], { keyLog: 'CLIENT_RANDOM 00 00' }))).toContain('16fefd');
  });
});

describe.skipIf(why !== undefined)(`tshark reads a capture${why === undefined ? '' : ` (skipped: ${why})`}`, () => {
  it('of CoAP in the clear, with times, names and sums that are right', () => {
    const entries: JournalEntry[] = [
      { kind: 'datagram', t: -0.5, from: 'client', to: 'server', bytes: get },
      { kind: 'datagram', t: 1.25, from: 'server2', to: 'client', bytes: get },
    ];
    const fields = ['frame.time_epoch', 'ip.src', 'ip.dst', 'coap.opt.uri_path', 'ip.checksum.status'];
    expect(dissect(encodeCapture(entries), ...fields)).toEqual([
      ['946684799.500000000', '192.0.2.1', '192.0.2.2', '3', '1'],
      ['946684801.250000000', '192.0.2.3', '192.0.2.1', '3', '1'],
    ]);
  });

  it.each<[keyof typeof CREDENTIALS, SuiteName]>([
    ['psk', 'PSK_AES_128_CCM_8'],
    ['psk', 'PSK_AES_128_CBC_SHA256'],
    ['psk', 'ECDHE_PSK_AES_128_CBC_SHA256'],
    ['rpk', 'ECDHE_ECDSA_AES_128_CCM_8'],
    ['x509', 'ECDHE_ECDSA_AES_128_CCM_8'],
    ['x509', 'ECDHE_ECDSA_AES_128_GCM_SHA256'],
  ])('of %s with %s, and finds the CoAP in it only with the keys', async (kind, suite) => {
    const { entries, keyLog } = await recorded(kind, [suite]);
    const records = entries.filter((entry) => entry.kind === 'record');
    const paths = (capture: Uint8Array): string[] =>
      dissect(capture, 'coap.opt.uri_path')
        .flat()
        .filter((path) => path !== '');
    expect(paths(encodeCapture(records, { keyLog }))).toEqual(['3', '3']);
    expect(paths(encodeCapture(records))).toEqual([]);
  });
});
