import { createSocket } from 'node:dgram';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLI, cli, finished, outFolder, processesWith, start } from './testing/cli.js';

let out: ReturnType<typeof outFolder>;
beforeEach(() => {
  out = outFolder();
});
afterEach(() => out.dispose());

const UPDATE = 'registration.update-on-lifetime-change';
const serveClient = (mutant?: string): string =>
  `${process.execPath} ${CLI} serve client --server {uri} --endpoint {endpoint}${mutant ? ` --mutant ${mutant}` : ''}`;
const serverFile = (mutant?: string): string => `
name: our server as a process
party: server
control:
  - use: stdio
    command: ['{node}', '{cli}', serve, server, --control, stdio${mutant ? `, --mutant, ${mutant}` : ''}]
`;

const run = (...args: string[]) => cli('run', ...args, '--select', UPDATE, '--out', out.path, '--quiet');

/** The same verdict from the record alone. */
async function expectSameFromJournal(): Promise<void> {
  const judged = await cli('judge', '--json', join(out.path, 'journals', `${UPDATE}.jsonl`));
  const [again] = JSON.parse(judged.out) as [{ verdict: string; parties: unknown }];
  const { verdict, parties } = out.result(UPDATE);
  expect(again).toMatchObject({ verdict, parties });
}

describe('a run over UDP against another process', () => {
  it('passes our client, and its journal gives the same verdict', async () => {
    expect(await run('client', '--exec', serveClient())).toMatchObject({ code: 0 });
    expect(out.result(UPDATE)).toMatchObject({ verdict: 'pass', parties: { client: 'pass' } });
    await expectSameFromJournal();
  });

  it('fails a client that deviates', async () => {
    expect(await run('client', '--exec', serveClient('client-updates-without-lifetime'))).toMatchObject({ code: 1 });
    expect(out.result(UPDATE)).toMatchObject({
      verdict: 'fail',
      parties: { client: 'fail' },
      reason: 'B: expected "20", got nothing',
    });
    await expectSameFromJournal();
  });

  it('passes our server behind the control contract, and fails one that deviates', async () => {
    const file = join(out.path, 'server.yaml');
    writeFileSync(file, serverFile());
    expect(await run('server', '--sut', file)).toMatchObject({ code: 0 });
    writeFileSync(file, serverFile('server-refuses-update'));
    expect(await run('server', '--sut', file)).toMatchObject({ code: 1 });
    expect(out.result(UPDATE)).toMatchObject({ verdict: 'fail', parties: { server: 'fail' } });
    expect(out.result(UPDATE).checks.find(({ id }) => id === 'C')).toMatchObject({ outcome: 'missed', actual: '4.00' });
    await expectSameFromJournal();
  });
});

describe('a system that is none', () => {
  it('ends at once: exit 2, and the reason names its exit code', async () => {
    const { code } = await run('client', '--exec', 'node -e process.exit(7)');
    expect(code).toBe(2);
    expect(out.result(UPDATE).reason).toMatch(/ended as soon as it was started: exit code 7/);
  });

  it('cannot be started: exit 2, and the reason names the command', async () => {
    expect((await run('client', '--exec', './no-such-client {uri}')).code).toBe(2);
    expect(out.result(UPDATE).reason).toMatch(/there is no program ".\/no-such-client"/);
  });

  it('ends before it registers: the case does not wait any longer, and says so', async () => {
    expect((await run('client', '--exec', `node -e "setTimeout(() => process.exit(3), 600)"`)).code).toBe(2);
    expect(out.result(UPDATE)).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(/ended by itself \(exit code 3\)/),
    });
  });

  it('says nothing: exit 2, and no process is left', async () => {
    const file = join(out.path, 'mute.yaml');
    const marker = `mute-${process.pid}-${String(performance.now())}`;
    writeFileSync(
      file,
      `name: mute\nparty: client\ncontrol: [{ use: exec, command: [node, -e, 'setInterval(() => {}, 1000)', ${marker}] }]\nallowances: { boot: 0.5, registration: 0.5 }\n`,
    );
    expect((await run('client', '--sut', file)).code).toBe(2);
    expect(out.result(UPDATE).reason).toMatch(/nothing came from the client within 1 s/);
    expect(processesWith(marker)).toEqual([]);
  });

  it('sends what is no CoAP: exit 1, and the reason says what came', async () => {
    const file = join(out.path, 'noise.yaml');
    const noise = `const [h, p] = process.argv[1].split(':'); const s = require('dgram').createSocket('udp4'); setInterval(() => s.send(Buffer.from('ff00', 'hex'), p, h), 20)`;
    writeFileSync(
      file,
      `name: noise\nparty: client\ncontrol: [{ use: exec, command: [node, -e, ${JSON.stringify(noise)}, '{host}:{port}'] }]\nallowances: { boot: 0.5, registration: 1 }\n`,
    );
    expect((await run('client', '--sut', file)).code).toBe(1);
    expect(out.result(UPDATE).reason).toMatch(/no Register came from the client within 1.5 s, but \d+ malformed/);
  });
});

describe('the command line', () => {
  it('lists the cases, for people and as JSON', async () => {
    expect((await cli('list')).out).toContain(UPDATE);
    const listed = JSON.parse((await cli('list', '--json')).out) as {
      id: string;
      interface: string;
      checks: unknown[];
    }[];
    expect(listed.find(({ id }) => id === UPDATE)).toMatchObject({
      interface: 'registration',
      ets: { '1.1': 'int-102' },
      since: '1.0',
    });
  });

  it('names the nearest cases for an unknown one, and runs nothing', async () => {
    const { code, err } = await cli('run', 'reference', '--select', 'registration.initail', '--out', out.path);
    expect(code).toBe(2);
    expect(err).toContain('registration.initial');
  });

  it.each([
    [['run', 'client', '--sut', 'nonsense'], /no SUT file, and no known system.*known systems/],
    [['run', 'reference', '--timing', 'slow'], /nominal, quick/],
    [['run', 'client', '--jobs', 'many'], /no number/],
    [['judge', '/no/such/journal'], /cannot be read/],
    [['judge', CLI], /not a journal entry|no journal head/],
    [['dance'], /unknown command/],
    [['serve', 'client', '--server', 'coap://127.0.0.1:1', '--mutant', 'x'], /no deviation "x"/],
  ])('answers %j with one clear message, exit 2 and no stack', async (args, message) => {
    const { code, err } = await cli(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('points at the line and field of a SUT file that is wrong', async () => {
    const file = join(out.path, 'wrong.yaml');
    writeFileSync(file, 'name: x\nparty: client\ncontrol:\n  - use: exec\n    command: ./x\n    stimulus: {}\n');
    const { code, err } = await run('client', '--sut', file);
    expect(code).toBe(2);
    expect(err).toMatch(/wrong\.yaml:\d.*"stimulus" is not known here/);
  });

  it('writes its reports when it is interrupted, and leaves no process', async () => {
    const child = start('run', 'client', '--exec', serveClient(), '--select', 'registration', '--out', out.path);
    const done = finished(child);
    await new Promise((resolve) => child.stderr?.once('data', resolve));
    child.kill('SIGINT');
    expect((await done).code).toBe(130);
    expect(out.results().run.interrupted).toBe(true);
    expect(out.results().notRun.length).toBeGreaterThan(0);
    expect(readFileSync(join(out.path, 'junit.xml'), 'utf8')).toContain('<testsuites');
  });
});

describe('a run of many parts', () => {
  const select = ['--select', 'registration.initial', UPDATE];

  it('is split over shards, joined again, and compared', async () => {
    for (const shard of ['1/2', '2/2'])
      expect(
        (
          await cli(
            'run',
            'reference',
            ...select,
            '--shard',
            shard,
            '--out',
            join(out.path, shard.charAt(0)),
            '--quiet',
          )
        ).code,
      ).toBe(0);
    const parts = [join(out.path, '1'), join(out.path, '2')];
    expect((await cli('merge', parts[0]!, '--out', out.path)).code).toBe(1);
    expect((await cli('merge', ...parts, '--out', out.path)).code).toBe(0);
    const ids = out.results().cases.map(({ id }) => id);
    expect(ids).toContain('registration.initial');
    expect(ids).toContain(UPDATE);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await cli('compare', out.path, out.path)).out).toContain('0 broken');
  });

  it('accepts what fails now, passes with that, and fails when it no longer holds', async () => {
    const known = join(out.path, 'known.yaml');
    const deviating = ['client', '--exec', serveClient('client-updates-without-lifetime'), '--baseline', known];
    expect((await run(...deviating, '--accept')).code).toBe(1);
    expect(readFileSync(known, 'utf8')).toContain('check: B');
    expect((await run(...deviating)).code).toBe(0);
    expect((await run('client', '--exec', serveClient(), '--baseline', known)).code).toBe(1);
    expect(out.results().stale).toMatchObject([{ case: UPDATE, verdict: 'fail' }]);
  });

  it('goes on with one process where the system is warm, and takes back what a case did', async () => {
    const file = join(out.path, 'warm.yaml');
    writeFileSync(
      file,
      `name: warm\nparty: client\nlifecycle: warm\ncontrol: [{ use: exec, command: ['{node}', '{cli}', serve, client, --server, '{uri}', --endpoint, '{endpoint}'], ready: ^started, stop: { line: quit } }]\n`,
    );
    const { code } = await cli(
      'run',
      'client',
      '--sut',
      file,
      '--select',
      UPDATE,
      'management.read-text',
      '--out',
      out.path,
      '--quiet',
    );
    expect(code).toBe(0);
    const journal = readFileSync(join(out.path, 'journals', `${UPDATE}.jsonl`), 'utf8');
    expect(journal).toContain('"phase":"undo"');
    expect(journal).toMatch(/"kind":"datagram","t":-/); // the registration is from before
    const judged = await cli('judge', join(out.path, 'journals', `${UPDATE}.jsonl`));
    expect(judged.out).toMatch(/^pass/);
  });

  it('surveys a client that has no statement', async () => {
    await run('client', '--exec', serveClient());
    expect(out.results().statement).toMatchObject({
      source: 'derived',
      items: { 'object.3': true, 'resource./1/1': true },
    });
  });

  it("runs a user's own cases beside ours", async () => {
    const suites = join(out.path, 'suites');
    mkdirSync(suites);
    const meta = `{ id: 'own.registers', title: 'It registers', since: '1.0', configuration: 'C.1', checks: { x1: { by: 'client', level: 'must', req: 'R-1', says: 'registers' } } }`;
    writeFileSync(
      join(suites, 'own.mjs'),
      `import { testCase } from '${join(CLI, '..', '..', 'case', 'index.js')}';\nexport default testCase(${meta}, async ({ server, check }) => check('x1', (await server.registered()).lifetime > 0, true));\n`,
    );
    expect(
      (await cli('run', 'reference', '--suites', suites, '--select', 'own', '--out', out.path, '--quiet')).code,
    ).toBe(0);
    writeFileSync(join(suites, 'none.mjs'), 'export const x = 1;\n');
    expect((await cli('run', 'reference', '--suites', suites, '--select', 'own', '--out', out.path)).err).toMatch(
      /none\.mjs: its default export is no case/,
    );
  });

  it('writes a SUT file that plans, and never over one that is there', async () => {
    const file = join(out.path, 'sut.yaml');
    expect((await cli('init', file)).code).toBe(0);
    expect((await cli('plan', 'client', '--sut', file)).out).toMatch(/\d+ cases of \d+, quick timing/);
    expect((await cli('init', file)).code).toBe(2);
  });

  it('explains a case with what each check rests on', async () => {
    const { out: text } = await cli('explain', UPDATE);
    expect(text).toContain('R-19');
    expect(text).toContain('Core §');
    expect((await cli('explain', 'nonsense')).code).toBe(2);
  });
});

describe('a port of ours', () => {
  it('is in use: exit 2 before anything is started', async () => {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const { port } = socket.address();
    const { code, err } = await run('client', '--exec', serveClient(), '--listen', `127.0.0.1:${port}`);
    socket.close();
    expect(code).toBe(2);
    expect(err).toMatch(/in use|address/i);
  });

  it('serves a device that is there already: one session for the run', async () => {
    const port = await freePort();
    const device = start('serve', 'client', '--server', `coap://127.0.0.1:${port}`, '--endpoint', 'urn:dev:own');
    const done = finished(device);
    const file = join(out.path, 'device.yaml');
    writeFileSync(
      file,
      `name: device\nparty: client\nlifecycle: external\nlisten: 127.0.0.1:${port}\nendpoint: urn:dev:own\ncontrol: [{ use: shell, stimuli: { update: 'true' } }]\n`,
    );
    const { code } = await cli(
      'run',
      'client',
      '--sut',
      file,
      '--select',
      UPDATE,
      'management.read-text',
      '--out',
      out.path,
      '--quiet',
    );
    device.stdin?.write('quit\n');
    await done;
    const own = out.results().cases.filter(({ id }) => !id.startsWith('wire.'));
    expect(own.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['pass', undefined],
      ['pass', undefined],
    ]);
    expect(code).toBe(0);
  });
});

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}
