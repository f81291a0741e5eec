import { describe, expect, it } from 'vitest';
import { cli, finished, start } from './testing/cli.js';

async function piped(input: string | Uint8Array, ...args: string[]) {
  const child = start(...args);
  const done = finished(child);
  child.stdin?.end(input);
  return done;
}

// What the commands do is tested in codec/; here is what only a process shows: standard input, exit codes, raw output.
describe('lwm2m-conformance decode', () => {
  it('reads standard input, a dump or the bytes themselves', async () => {
    const args = ['decode', '--format', 'tlv', '--path', '/3/0', '--json'];
    const wanted = { payload: 'c10964', values: [{ path: '/3/0/9', type: 'integer', value: 100 }] };
    for (const input of ['00000000: c109 64                   ..d\n', Uint8Array.of(0xc1, 9, 100)]) {
      const run = await piped(input, ...args);
      expect([run.code, JSON.parse(run.out)]).toEqual([0, wanted]);
    }
  });

  it('exits with 1 where the payload is not valid, with 2 where the command line is not', async () => {
    expect((await cli('decode', '--format', 'tlv', '--path', '/3/0', 'c2090a')).code).toBe(1);
    expect(await cli('decode', '00')).toMatchObject({ code: 2, err: expect.stringMatching(/--format/) });
  });
});

describe('lwm2m-conformance encode', () => {
  it('writes the bytes as they are', async () => {
    const run = await cli('encode', '--format', 'text', '--path', '/3/0/9', '--print', 'raw', '100');
    expect(run).toMatchObject({ code: 0, out: '100' });
  });
});
