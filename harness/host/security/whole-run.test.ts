import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.js';
import { unwrap } from '../../base/error.js';
import { seeded } from '../../base/random.js';
import { catalogue } from '../catalogue.generated.js';
import { captureCommand } from '../commands/capture.js';
import { judgeCommand } from '../commands/judge.js';
import { processIo, type Io } from '../io.js';
import type { RunOptions } from '../run/options.js';
import { referencePlayer } from '../run/parties.js';
import { run, type Ran } from '../run/run.js';
import { makeCredentials, secretsOf } from './credentials.js';
import { readSecurity, type SecurityChoice } from './options.js';
import { RunSecurity } from './run.js';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'whole-run-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const io = (lines: string[] = []): Io => ({ ...processIo(), out: (line) => lines.push(line), err: () => undefined });
const out = (): string => join(folder, 'out');
const keyLog = (): string => join(folder, 'keys.log');
const ENDPOINT = 'urn:dev:ops:32473-conformance-1';

/** Our own two on memory, all written down. */
function runWith(choice: SecurityChoice, argv: readonly string[] = [], select: readonly string[] = []): Promise<Ran> {
  const options: RunOptions = {
    bench: 'reference',
    judged: ['client', 'server'],
    client: referencePlayer('client', true),
    server: referencePlayer('server', true),
    bootstrapServer: referencePlayer('bootstrap-server', true),
    security: new RunSecurity({ choice, bench: 'reference', seed: 1, foreign: false, keyLog: keyLog() }),
    catalogue: catalogue.map(({ testCase }) => testCase),
    select,
    enabler: '1.1',
    timing: 'nominal',
    seed: 1,
    jobs: 1,
    quiet: true,
    out: out(),
    argv,
  };
  return run(options, io());
}

/** Every file of a run, by path. */
function filesOf(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesOf(join(path, entry.name)) : [join(path, entry.name)],
  );
}

/** The ways in which a key could stand in a file. */
const formsOf = (key: Uint8Array): readonly Buffer[] => {
  const bytes = Buffer.from(key);
  const texts = [toHex(key), toHex(key).toUpperCase(), bytes.toString('base64'), bytes.toString('base64url')];
  return [
    bytes,
    ...texts.map((text) => Buffer.from(text)),
    ...texts.map((text) => Buffer.from(toHex(Buffer.from(text)))),
  ];
};

/** Files in which a key stands, with its form. */
const leaks = (keys: readonly Uint8Array[]): readonly string[] =>
  filesOf(out()).flatMap((file) => {
    const content = readFileSync(file);
    return keys.flatMap((key) =>
      formsOf(key).flatMap((form, i) => (content.includes(form) ? [`${file} form ${i}`] : [])),
    );
  });

describe('A whole run over DTLS', () => {
  it('leaves a pre-shared key that was given in none of its files', async () => {
    const key = 'c0ffee0123456789c0ffee0123456789';
    const text = `${ENDPOINT}:${key}`;
    const choice = unwrap(readSecurity({ psk: text }, { folder, name: (option) => option }));
    const cases = ['management', 'bootstrap.client-initiated', 'int-1'];
    const { results } = await runWith(choice, ['run', 'reference', '--psk', text], cases);
    expect(filesOf(out()).length).toBeGreaterThan(60);
    expect(leaks([Uint8Array.from(Buffer.from(key, 'hex'))])).toEqual([]);
    expect(results.run.argv.join(' ')).toContain(ENDPOINT);
  });

  it.each(['psk', 'rpk', 'x509'] as const)('leaves a key that it made in none of its files: %s', async (kind) => {
    // Keys are given to a client by hand, and by a bootstrap.
    const cases = ['transport.block-wise-*', 'bootstrap.client-initiated', 'bootstrap.certificates', 'int-1'];
    await runWith({ transport: `dtls-${kind}` }, [], cases);
    // The run makes what this makes: its source has the same seed.
    const { client, server } = makeCredentials(kind, seeded(1).fork('credentials')).for(ENDPOINT);
    const secrets = [client, server].flatMap(secretsOf);
    expect(secrets.length).toBeGreaterThan(1);
    expect(leaks(secrets)).toEqual([]);
    const masters = readFileSync(keyLog(), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[2] ?? '');
    expect(masters.length).toBeGreaterThan(10);
    expect(leaks(masters.slice(0, 20).map((master) => Uint8Array.from(Buffer.from(master, 'hex'))))).toEqual([]);
  });

  it('keeps the secrets of its sessions in a file that only its owner may read', async () => {
    await runWith({ transport: 'dtls-psk' }, [], ['int-102']);
    expect(statSync(keyLog()).mode & 0o077).toBe(0);
    expect(readFileSync(keyLog(), 'utf8')).toMatch(/^(CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}\n)+$/);
  });

  it('is judged again by its journals as it was', async () => {
    const { results } = await runWith({ transport: 'dtls-x509' }, [], ['int-102', 'int-103', 'int-205']);
    const lines: string[] = [];
    const ran = results.cases.filter((result) => result.journal !== undefined);
    const journals = ran.map(({ journal = '' }) => join(out(), journal));
    await judgeCommand(journals, { json: true }, io(lines));
    const again: unknown = JSON.parse(lines.join('\n'));
    expect(ran.length).toBeGreaterThan(1);
    expect(again).toMatchObject(ran.map(({ id, verdict, parties }) => ({ id, verdict, parties })));
  });

  it('gives every handshake secrets of its own', async () => {
    await runWith({ transport: 'dtls-psk' }, [], ['transport']);
    const lines = readFileSync(keyLog(), 'utf8').trim().split('\n');
    expect(new Set(lines.map((line) => line.split(' ')[1])).size).toBe(lines.length);
    expect(lines.length).toBeGreaterThan(10);
  });

  it('records handshakes as facts', async () => {
    const { cases } = await runWith({ transport: 'dtls-psk' }, [], ['int-102']);
    const facts = cases[0]?.journal.entries.flatMap((entry) =>
      entry.kind === 'security' ? [`${entry.peer} ${entry.text}`] : [],
    );
    expect(facts).toContain(`server connected with client:5683: PSK_AES_128_CCM_8, psk "${ENDPOINT}", for server`);
  });

  it.skipIf(!hasTshark())('leaves captures that open with its key log', async () => {
    const { results } = await runWith({ transport: 'dtls-psk' }, [], ['int-102']);
    const journal = join(out(), results.cases.find((result) => result.journal !== undefined)?.journal ?? '');
    const capture = join(folder, 'x.pcapng');
    await captureCommand(journal, { out: capture, keyLog: keyLog() }, io());
    expect(statSync(capture).mode & 0o077).toBe(0);
    const options = ['-r', capture, '-Y', 'coap', '-T', 'fields', '-e', 'coap.opt.uri_path'];
    const text = execFileSync('tshark', options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(text).toContain('rd');
  });
});

function hasTshark(): boolean {
  try {
    execFileSync('tshark', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
