import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLI, outFolder } from './testing/cli.js';
import { inProcess } from './testing/in-process.js';

let out: ReturnType<typeof outFolder>;
beforeEach(() => {
  out = outFolder();
});
afterEach(() => out.dispose());

const UPDATE = 'registration.update-on-lifetime-change';

const client = (...security: string[]): string =>
  [process.execPath, CLI, 'serve client --server {uri} --endpoint {endpoint}', ...security].join(' ');
const PSK = '--psk {psk-identity}:{psk-key}';
const RPK = '--rpk {client-key-der} --peer-rpk {server-public-pem}';
const X509 = '--cert {client-cert-pem} --key {client-key-pem} --trust {server-cert-der}';

const run = (...args: string[]) => inProcess('run', ...args, '--select', UPDATE, '--out', out.path, '--quiet');

describe('a run over DTLS on UDP against another process', () => {
  it.each([
    ['dtls-psk', PSK],
    ['dtls-rpk', RPK],
    ['dtls-x509', X509],
  ])('passes our client, which is given credentials that the run made: %s', async (transport, security) => {
    const ran = await run('client', '--transport', transport, '--exec', client(security));
    expect([ran.code, ran.err]).toEqual([0, expect.any(String)]);
    expect(out.result(UPDATE)).toMatchObject({ verdict: 'pass', parties: { client: 'pass' } });
    expect(out.results().run.transport).toBe(transport);
    const journal = await inProcess('judge', '--json', join(out.path, 'journals', `${UPDATE}.jsonl`));
    expect(JSON.parse(journal.out)).toMatchObject([{ verdict: 'pass' }]);
  });

  it('passes our client as it is known, which finds the credentials of the run in its environment', async () => {
    const ran = await run('client', '--sut', 'reference-process', '--transport', 'dtls-x509');
    expect([ran.code, ran.err]).toEqual([0, expect.any(String)]);
    expect(out.result(UPDATE)).toMatchObject({ verdict: 'pass', parties: { client: 'pass' } });
  });

  it('takes credentials that a device has from its SUT file', async () => {
    const file = join(out.path, 'device.yaml');
    const device = client('--psk urn:dev:os:device:c0ffee00c0ffee00');
    writeFileSync(
      file,
      `name: device\nparty: client\nendpoint: urn:dev:os:device\ncontrol: [{ use: exec, command: '${device}' }]\nsecurity: { psk: 'urn:dev:os:device:c0ffee00c0ffee00' }\n`,
    );
    expect(await run('client', '--sut', file)).toMatchObject({ code: 0 });
    expect(out.result(UPDATE)).toMatchObject({ verdict: 'pass' });
  });

  it.each(['dtls-psk', 'dtls-rpk', 'dtls-x509'])(
    'passes our server behind the control contract: %s',
    async (transport) => {
      const file = join(out.path, 'server.yaml');
      const control = "control:\n  - use: stdio\n    command: ['{node}', '{cli}', serve, server, --control, stdio]\n";
      writeFileSync(file, `name: our server as a process\nparty: server\n${control}`);
      expect(await run('server', '--sut', file, '--transport', transport)).toMatchObject({ code: 0 });
      expect(out.result(UPDATE)).toMatchObject({ verdict: 'pass', parties: { server: 'pass' } });
    },
  );

  it.each([
    ['dtls-psk', PSK],
    ['dtls-x509', X509],
  ])('passes both of a pair, with a relay that ends the channels of both: %s', async (transport, security) => {
    const file = join(out.path, 'client.yaml');
    writeFileSync(
      file,
      `name: device\nparty: client\ncontrol:\n  - use: exec\n    command: '${client(security)}'\n    stimuli: { set: "set {path} {value}" }\n`,
    );
    const pair = ['--client', file, '--server', 'reference-server-process', '--transport', transport];
    expect(await run('pair', ...pair)).toMatchObject({ code: 0 });
    expect(out.result(UPDATE)).toMatchObject({ verdict: 'pass', parties: { client: 'pass', server: 'pass' } });
    const journal = readFileSync(join(out.path, 'journals', `${UPDATE}.jsonl`), 'utf8');
    expect(journal).toMatch(/the relay, towards the client: connected with/);
    expect(journal).toMatch(/the relay, towards the server: connected with/);
  });

  it('is inconclusive where the client has another key', async () => {
    const other = client('--psk {psk-identity}:00112233');
    const file = join(out.path, 'client.yaml');
    writeFileSync(
      file,
      `name: client\nparty: client\nallowances: { boot: 1, registration: 1 }\ncontrol: [{ use: exec, command: '${other}' }]\nsecurity: { transport: dtls-psk }\n`,
    );
    await run('client', '--sut', file);
    expect(out.result(UPDATE)).toMatchObject({ verdict: 'inconclusive' });
  });
});

describe('wrong security options of a run', () => {
  it.each<[string, string[], string]>([
    ['a key that is not hexadecimal', ['--psk', 'me:xyz'], '--psk, offset 3: the key is not hexadecimal'],
    [
      'a file that is not there',
      ['--rpk', 'none.der', '--peer-rpk', 'none.der'],
      '--rpk none.der: there is no such file',
    ],
    ['certificates for our own two', ['--transport', 'udp', '--cert', 'x'], '--cert: this does not go with udp'],
    ['an unknown transport', ['--transport', 'tls'], "'tls' is invalid"],
  ])('end it with a problem: %s', async (_name, args, problem) => {
    const ran = await inProcess('run', 'reference', ...args);
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(problem)]);
  });

  it('in a SUT file are found with line and field', async () => {
    const file = join(out.path, 'sut.yaml');
    writeFileSync(file, 'name: x\nparty: client\ncontrol: [{ use: operator }]\nsecurity:\n  psk: me:00\n  pin: 1234\n');
    expect((await inProcess('run', 'client', '--sut', file)).err).toContain(
      `${file}:5 security: "pin" is not known here`,
    );
    writeFileSync(
      file,
      'name: x\nparty: client\ncontrol: [{ use: operator }]\nsecurity: { cert: a.pem, key: b.pem }\n',
    );
    expect((await inProcess('run', 'client', '--sut', file)).err).toContain('x security.trust: it is missing');
  });
});
