import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../../base/bytes.js';
import type { PlainContent } from '../../model/plain.js';
import { ContentFormat } from '../../wire/codec.js';
import { onTestBench, textOf, type ScriptedServer, type TestBench } from './testing/test-bench.js';

const { text, tlv, link } = ContentFormat;

/** Server 1 owns the Device and may do all of it, server 2 has what `acl` says; and one sensor for server 2. */
const golden = (acl: PlainContent): PlainContent => ({
  '/3/0/14': '+01:00',
  '/2/0/0': 3,
  '/2/0/1': 0,
  '/2/0/2/1': 15,
  ...acl,
  '/2/0/3': 1,
  '/3303/1/5700': 1,
  '/2/1/0': 3303,
  '/2/1/1': 1,
  '/2/1/2/2': 1,
  '/2/1/3': 65_535,
  '/2/2/0': 3303,
  '/2/2/1': 65_535,
  '/2/2/2/2': 16,
  '/2/2/3': 65_535,
  '/16/0/0/0': 'a',
});

const on = (acl: PlainContent, body: (bench: TestBench) => Promise<void>): Promise<void> =>
  onTestBench({ servers: 2, values: golden(acl) }, body);

const write = (server: ScriptedServer, path: string, value: string) =>
  server.codeOf('0.03', path, { contentFormat: text, payload: utf8(value) });

describe('A server with the Read right', () => {
  it('reads, discovers and observes, and nothing else', () =>
    on({ '/2/0/2/2': 1 }, async ({ server2 }) => {
      expect(await server2.codeOf('0.01', '/3/0/14')).toBe('2.05');
      expect(await server2.codeOf('0.01', '/3/0/14', { observe: 0 })).toBe('2.05');
      expect(await server2.codeOf('0.01', '/3', { accept: link })).toBe('2.05');
      expect(await server2.codeOf('0.03', '/3/0/9', { query: ['pmin=1'] })).toBe('2.04');
      expect(await write(server2, '/3/0/14', 'x')).toBe('4.01');
      expect(await server2.codeOf('0.02', '/3/0/4')).toBe('4.01');
      expect(await server2.codeOf('0.04', '/3/0')).toBe('4.01');
      expect(await write(server2, '/2/0/2/2', '15')).toBe('4.01');
    }));
});

describe('A right', () => {
  it.each([
    [0, ['4.01', '4.01', '4.01', '4.01']],
    [1, ['2.05', '4.01', '4.01', '4.01']],
    [2, ['4.01', '2.04', '4.01', '4.01']],
    [4, ['4.01', '4.01', '2.04', '4.01']],
    [8, ['4.01', '4.01', '4.01', '4.05']],
  ])('of %i allows Read, Write, Execute, Delete: %j', (bits, codes) =>
    on({ '/2/0/2/2': bits }, async ({ server2 }) => {
      const read = await server2.codeOf('0.01', '/3/0/14');
      const written = await write(server2, '/3/0/14', 'x');
      const executed = await server2.codeOf('0.02', '/3/0/12');
      expect([read, written, executed, await server2.codeOf('0.04', '/3/0')]).toEqual(codes);
    }),
  );

  it('that is missing comes before an operation that is not allowed', () =>
    on({ '/2/0/2/2': 1 }, async ({ server2 }) => {
      expect(await write(server2, '/3/0/9', '1')).toBe('4.01');
    }));

  it('of everybody counts where a server has no entry', () =>
    on({ '/2/0/2/0': 3 }, async ({ server2 }) => {
      expect(await server2.codeOf('0.01', '/3/0/14')).toBe('2.05');
      expect(await write(server2, '/3/0/14', 'x')).toBe('2.04');
      expect(await server2.codeOf('0.02', '/3/0/4')).toBe('4.01');
    }));

  it('is not needed for Discover, nor for attributes of an Object', () =>
    on({}, async ({ server2 }) => {
      expect(await server2.codeOf('0.01', '/3/0', { accept: link })).toBe('2.05');
      expect(await server2.codeOf('0.03', '/3', { query: ['pmin=1'] })).toBe('2.04');
      expect(await server2.codeOf('0.03', '/3/0', { query: ['pmin=1'] })).toBe('4.01');
    }));

  it('is missing on an instance that nothing governs', () =>
    on({}, async ({ server, server2 }) => {
      expect([await server.codeOf('0.01', '/16/0'), await server2.codeOf('0.01', '/16/0')]).toEqual(['4.01', '4.01']);
    }));

  it('that is granted holds at once', () =>
    on({}, async ({ server, server2 }) => {
      expect(await server2.codeOf('0.01', '/3/0/14')).toBe('4.01');
      // ACL {1: 15, 2: 1}
      const payload = Uint8Array.of(0x86, 0x02, 0x41, 0x01, 0x0f, 0x41, 0x02, 0x01);
      expect(await server.codeOf('0.03', '/2/0/2', { contentFormat: tlv, payload })).toBe('2.04');
      expect(await server2.codeOf('0.01', '/3/0/14')).toBe('2.05');
    }));

  it('that is taken away ends notifications, not the observation', () =>
    on({ '/2/0/2/2': 1 }, async ({ server2, client, pass }) => {
      const told: string[] = [];
      await server2.ask('0.01', '/3/0/9', { observe: 0 }, ({ message }) => told.push(textOf(message)));
      client.set('/3/0/9', 50);
      await pass(1);
      client.set('/2/0/2/2', 0);
      client.set('/3/0/9', 51);
      await pass(1);
      client.set('/2/0/2/2', 1);
      client.set('/3/0/9', 52);
      await pass(1);
      expect(told).toEqual(['50', '52']);
    }));
});

describe('An Object', () => {
  it('shows the instances that may be read', () =>
    on({}, async ({ server, server2 }) => {
      const answer = await server2.ask('0.01', '/3303', { accept: tlv });
      expect([answer.code, toHex(answer.payload).slice(0, 4)]).toEqual(['2.05', '0701']);
      expect(await server.codeOf('0.01', '/3303', { accept: tlv })).toBe('4.01');
    }));
});

describe('Create and Delete', () => {
  it('take the right on the Object, and make the creator the owner', () =>
    on({}, async ({ server, server2, client }) => {
      const payload = Uint8Array.of(0x00, 0x07);
      expect(await server.codeOf('0.02', '/3303', { contentFormat: tlv, payload })).toBe('4.01');
      expect(await server2.codeOf('0.02', '/3303', { contentFormat: tlv, payload })).toBe('2.01');
      expect(client.value('/2/3')).toEqual({ '0': 3303, '1': 7, '2/2': 15, '3': 2 });
      expect(await server.codeOf('0.01', '/3303/7/5700')).toBe('4.01');
      expect(await server2.codeOf('0.04', '/3303/7')).toBe('2.02');
      expect(client.value('/2/3')).toBeNull();
    }));

  it('do not concern access control itself', () =>
    on({}, async ({ server }) => {
      expect(await server.codeOf('0.02', '/2', { contentFormat: tlv, payload: Uint8Array.of(0x00, 0x09) })).toBe(
        '4.01',
      );
      expect(await server.codeOf('0.04', '/2/0')).toBe('4.01');
    }));
});

describe('Access control', () => {
  it('is managed by the owner, but for its target', () =>
    on({}, async ({ server, server2 }) => {
      expect(await write(server, '/2/0/0', '4')).toBe('4.05');
      expect(await write(server, '/2/0/3', '2')).toBe('2.04');
      expect(await write(server, '/2/0/3', '1')).toBe('4.01');
      expect(await write(server2, '/2/0/3', '1')).toBe('2.04');
    }));

  it('gives the owner everything where the list has no entry for it', () =>
    onTestBench(
      { servers: 2, values: { '/2/0/0': 3, '/2/0/1': 0, '/2/0/2/0': 1, '/2/0/3': 2 } },
      async ({ server, server2 }) => {
        expect([await write(server, '/3/0/14', 'x'), await write(server2, '/3/0/14', 'x')]).toEqual(['4.01', '2.04']);
      },
    ));

  it('is not looked at with one server', () =>
    onTestBench({ values: golden({}) }, async ({ server }) => {
      expect(await server.codeOf('0.01', '/16/0', { accept: tlv })).toBe('2.05');
    }));

  it('shares everything but the Server instances where the configuration has none', () =>
    onTestBench({ servers: 2 }, async ({ server, server2 }) => {
      expect([await write(server, '/3/0/14', 'x'), await write(server2, '/3/0/14', 'y')]).toEqual(['2.04', '2.04']);
      expect([await server.codeOf('0.01', '/1/0/1'), await server2.codeOf('0.01', '/1/0/1')]).toEqual(['2.05', '4.01']);
    }));
});
