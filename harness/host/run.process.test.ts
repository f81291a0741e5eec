import { createSocket } from 'node:dgram';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finished, outFolder, start } from './testing/cli.js';
import { inProcess } from './testing/in-process.js';
import { clientFile, serveClient, serverFile } from './testing/served.js';

// The bench is in this process, what it judges is another: what is tested is what passes between them.

let out: ReturnType<typeof outFolder>;
beforeEach(() => {
  out = outFolder();
});
afterEach(() => out.dispose());

const UPDATE = 'registration.update-on-lifetime-change';

const run = (...args: string[]) => inProcess('run', ...args, '--select', UPDATE, '--out', out.path, '--quiet');

/** The same verdict from the record alone. */
async function expectSameFromJournal(): Promise<void> {
  const judged = await inProcess('judge', '--json', join(out.path, 'journals', `${UPDATE}.jsonl`));
  const [again] = JSON.parse(judged.out) as [{ verdict: string; parties: unknown }];
  const { verdict, parties } = out.result(UPDATE);
  expect(again).toMatchObject({ verdict, parties });
}

describe('a run over UDP against another process', () => {
  it('passes our client, surveys it, and its journal gives the same verdict', async () => {
    expect(await run('client', '--exec', serveClient())).toMatchObject({ code: 0 });
    expect(out.result(UPDATE)).toMatchObject({ verdict: 'pass', parties: { client: 'pass' } });
    expect(out.results().statement).toMatchObject({
      source: 'derived',
      items: { 'object.3': true, 'resource./1/1': true },
    });
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
    writeFileSync(file, `${clientFile()}lifecycle: warm\n`);
    const { code } = await run('client', '--sut', file, '--select', 'management.read-text');
    expect(code).toBe(0);
    const journal = readFileSync(join(out.path, 'journals', `${UPDATE}.jsonl`), 'utf8');
    expect(journal).toContain('"phase":"undo"');
    expect(journal).toMatch(/"kind":"datagram","t":-/); // the registration is from before
    const judged = await inProcess('judge', join(out.path, 'journals', `${UPDATE}.jsonl`));
    expect(judged.out).toMatch(/^pass/);
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
    const file = join(out.path, 'device.yaml');
    writeFileSync(
      file,
      `name: device\nparty: client\nlifecycle: external\nlisten: 127.0.0.1:${port}\nendpoint: urn:dev:own\ncontrol: [{ use: shell, stimuli: { update: 'true' } }]\n`,
    );
    const running = run('client', '--sut', file, '--select', 'management.read-text');
    const device = start('serve', 'client', '--server', `coap://127.0.0.1:${port}`, '--endpoint', 'urn:dev:own');
    const done = finished(device);
    const { code } = await running;
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
