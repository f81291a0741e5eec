import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../base/bytes.js';
import type { ClientCredentials } from './credentials.js';
import {
  everything,
  exchange,
  IDENTITY,
  KEY,
  makeBench,
  pass,
  pki,
  psk,
  rpk,
  run,
  x509,
  type Bench,
} from './testing/bench.js';

const SECRET = utf8('a key to be found nowhere');

/** Every form in which bytes could come to light. */
function forms(secret: Uint8Array): string[] {
  const buffer = Buffer.from(secret);
  return [
    buffer.toString('latin1'),
    toHex(secret),
    buffer.toString('base64').replace(/=+$/, ''),
    [...secret].join(','),
    [...secret].join(', '),
  ];
}

function expectSilence(bench: Bench, result: unknown, secrets: readonly Uint8Array[]): void {
  const told = [
    bench.clientEvents,
    bench.serverEvents,
    result,
    bench.client.session('server'),
    bench.server.session('client'),
  ];
  const text = [
    JSON.stringify(told),
    inspect(told, { depth: 20, maxArrayLength: 1e6, maxStringLength: 1e6, showHidden: true, breakLength: 1e9 }),
  ].join('\n');
  for (const secret of secrets) for (const form of forms(secret)) expect(text).not.toContain(form);
}

const scalars = (['server', 'client'] as const).map((name) => {
  const pkcs8 = toHex(pki.credentials[name].privateKey.exportPkcs8());
  // The scalar follows SEQUENCE { version 1, OCTET STRING of 32 bytes.
  return fromHex(/0201010420([0-9a-f]{64})/.exec(pkcs8)?.[1] ?? '') ?? new Uint8Array();
});

describe('keys', () => {
  it.each([
    ['psk', psk],
    ['rpk', rpk],
    ['x509', x509],
  ])('enter no event, session or result: %s', async (_, credentials) => {
    const masters: string[] = [];
    const bench = makeBench({ client: { credentials, keyLog: (line) => masters.push(line.split(' ')[2] ?? '') } });
    await exchange(bench);
    bench.client.disconnect('server');
    const result = await run(bench, () => bench.connect());
    await pass(bench, 1);
    expect(scalars.map((scalar) => scalar.length)).toEqual([32, 32]);
    expect(masters).toHaveLength(2);
    expectSilence(bench, result, [KEY, ...scalars, ...masters.map((master) => fromHex(master) ?? new Uint8Array())]);
  });

  it('enter no problem of a handshake that fails on them', async () => {
    const wrong: ClientCredentials = { kind: 'psk', identity: IDENTITY, key: SECRET };
    const bench = makeBench({ client: { credentials: wrong } });
    const result = await run(bench, () => bench.connect());
    expect(result.ok).toBe(false);
    expectSilence(bench, result, [KEY, SECRET]);
  });

  it('enter no problem when a look-up of the host throws', async () => {
    const lookup = (): Uint8Array => {
      throw new Error(`cannot read ${Buffer.from(SECRET).toString()}`);
    };
    const bench = makeBench({ server: { credentials: { ...everything, psk: { lookup } } } });
    const result = await run(bench, () => bench.connect());
    expect(result).toMatchObject({ ok: false, problem: { code: 'dtls-alert-received' } });
    expect(bench.serverEvents).toContainEqual(expect.objectContaining({ kind: 'alert', name: 'internal_error' }));
    expectSilence(bench, result, [SECRET]);
  });
});
