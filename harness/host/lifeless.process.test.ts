import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outFolder, processesWith } from './testing/cli.js';
import { inProcess } from './testing/in-process.js';

let out: ReturnType<typeof outFolder>;
beforeEach(() => {
  out = outFolder();
});
afterEach(() => out.dispose());

const UPDATE = 'registration.update-on-lifetime-change';
const run = (...args: string[]) => inProcess('run', ...args, '--select', UPDATE, '--out', out.path, '--quiet');

describe('a system that is none', () => {
  it('ends at once: exit 2, and the reason names its exit code', async () => {
    const { code } = await run('client', '--exec', 'sh -c "exit 7"');
    expect(code).toBe(2);
    // A machine with much else to do may start even this more slowly than a start is watched.
    expect(out.result(UPDATE).reason).toMatch(/ended (as soon as it was started: |by itself \()exit code 7/);
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

  it('floods: exit 1, the reason says so, and nothing hangs', async () => {
    const file = join(out.path, 'flood.yaml');
    const flood = `const [h, p] = process.argv[1].split(':'); const s = require('dgram').createSocket('udp4'); const go = () => { for (let i = 0; i < 99; i++) s.send(Buffer.from('4000000' + (i % 9), 'hex'), p, h); setImmediate(go); }; go()`;
    writeFileSync(
      file,
      `name: flood\nparty: client\ncontrol: [{ use: exec, command: [node, -e, ${JSON.stringify(flood)}, '{host}:{port}'] }]\n`,
    );
    expect((await run('client', '--sut', file)).code).toBe(1);
    expect(out.result(UPDATE)).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(/a flood: more than 10000 datagrams/),
    });
  });
});
