import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RealClock } from '../base/clock.js';
import { unwrap } from '../base/error.js';
import { seeded } from '../base/random.js';
import { Endpoint } from '../coap/index.js';
import { udpLink } from '../link/udp.js';
import { outgoing } from '../roles/shared/outgoing.js';
import { getPath } from '../wire/coap/read.js';
import { stdio } from '../sut/stdio.js';
import { CLI, cli, finished, outFolder, start } from './testing/cli.js';

let out: ReturnType<typeof outFolder>;
let running: ChildProcess | undefined;
let config: string;
beforeEach(() => {
  out = outFolder();
  config = join(out.path, 'bs.json');
});
afterEach(() => {
  running?.kill('SIGKILL');
  running = undefined;
  out.dispose();
});

/** Where a child says that it listens. */
async function listening(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    const address = /listening on coap:\/\/(\S+)/.exec(text)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`it does not say where it listens: ${text}`);
}

/** A client that does as it is told: what it was sent until Finish. */
async function bootstrapped(address: string, endpoint: string): Promise<readonly string[]> {
  const client = new Endpoint({ link: unwrap(await udpLink()), clock: new RealClock(), random: seeded(1) });
  const received: string[] = [];
  const good = { '0.01': '4.04', '0.02': '2.04', '0.03': '2.04', '0.04': '2.02' } as const;
  const over = new Promise<void>((resolve) => {
    client.onRequest(({ message }) => {
      received.push(`${message.code} ${getPath(message)}`);
      if (getPath(message) === '/bs') setTimeout(resolve, 200);
      return { code: good[message.code as keyof typeof good] };
    });
  });
  const response = unwrap(await client.request(address, outgoing('0.02', { path: '/bs', query: [`ep=${endpoint}`] })));
  expect(response.message.code).toBe('2.04');
  await over;
  await client.close();
  return received;
}

describe('serve bootstrap-server', () => {
  it('does with a client what its configuration says, tells it, and ends on ^C', async () => {
    const key = '00112233445566778899aabbccddeeff';
    const account = {
      ...{ uri: 'coaps://127.0.0.1', shortServerId: 1, serverInstance: 3 },
      security: { mode: 'psk', identity: 'device', key },
    };
    writeFileSync(config, JSON.stringify({ clients: { device: { deletes: ['/1'], accounts: [account] } } }));
    running = start('serve', 'bootstrap-server', '--config', config, '--listen', '127.0.0.1:0');
    const ended = finished(running);
    const received = await bootstrapped(await listening(running), 'device');
    expect(received).toEqual(['0.04 /1', '0.03 /0/3', '0.03 /1/3', '0.02 /bs']);
    running.kill('SIGINT');
    const { code, err } = await ended;
    expect(code).toBe(0);
    expect(err).toMatch(/· device: write \/0\/3: 2\.04/);
    expect(err).toMatch(/· device: bootstrapped/);
    expect(err).toMatch(/PUT \/0\/3 .*\(\d+ bytes that may hold keys\)/);
    expect(err).not.toContain(key);
  });

  it.each([
    ['no file', [], /--config: nothing says what to do with which client/],
    ['a file that is not there', ['--config', '/no/such.json'], /\/no\/such\.json: there is no such file/],
  ])('with %s: exit 2, and no stack', async (_, args, why) => {
    const { code, err } = await cli('serve', 'bootstrap-server', ...args);
    expect(code).toBe(2);
    expect(err).toMatch(why);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('with a mistake in the file: exit 2, and its line and field', async () => {
    writeFileSync(config, '{\n  "clients": {\n    "device": { "delete": ["/"] }\n  }\n}');
    const { code, err } = await cli('serve', 'bootstrap-server', '--config', config);
    expect(code).toBe(2);
    expect(err).toMatch(/bs\.json:3 clients\.device: "delete" is not known here/);
  });

  it('under control is provisioned, and shows its sessions', async () => {
    const clock = new RealClock();
    const command = [process.execPath, CLI, 'serve', 'bootstrap-server', '--control', 'stdio'];
    const sut = stdio({ command, clock });
    expect(await sut.describe()).toMatchObject({ party: 'bootstrap-server', stimuli: ['provision', 'sessions'] });
    const setup = { case: 'c', enabler: '1.1', configuration: { id: 'C.13', values: {} }, credentials: {} } as const;
    const peers = [{ party: 'server', uri: 'coap://127.0.0.1:5683', shortServerId: 1 }] as const;
    const { address = '' } = await sut.start({ ...setup, endpoint: 'device', peers });
    expect(await bootstrapped(address, 'device')).toEqual(['0.04 /', '0.01 /', '0.03 /0/1', '0.03 /1/1', '0.02 /bs']);
    const writes = { '/1/7': { '1': 60 } };
    expect(await sut.stimulate({ do: 'provision', endpoint: 'device', deletes: [], writes, format: 110 })).toEqual({});
    expect(await bootstrapped(address, 'device')).toEqual(['0.03 /1/7', '0.02 /bs']);
    expect(await sut.stimulate({ do: 'sessions' })).toMatchObject({
      told: [
        { state: 'finished' },
        { state: 'finished', commands: [{ command: 'write /1/7', format: 110, code: '2.04' }, {}] },
      ],
    });
    await sut.stop();
  });
});
