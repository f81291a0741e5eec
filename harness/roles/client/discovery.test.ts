import { describe, expect, it } from 'vitest';
import { ContentFormat } from '../../wire/codec.js';
import { onTestBench, textOf, type ScriptedServer, type TestBenchOptions } from './testing/test-bench.js';

const accept = ContentFormat.link;
const links = async (server: ScriptedServer, path: string, ...query: string[]): Promise<string[]> =>
  textOf(await server.ask('0.01', path, { accept, query })).split(',');
const attribute = (server: ScriptedServer, path: string, ...query: string[]) => server.codeOf('0.03', path, { query });

const on = (
  enabler: NonNullable<TestBenchOptions['enabler']>,
  body: (server: ScriptedServer) => Promise<void>,
): Promise<void> => onTestBench({ enabler }, ({ server }) => body(server));

/** What int-260 sets. */
async function set260(server: ScriptedServer): Promise<void> {
  expect(await attribute(server, '/3', 'pmin=10', 'pmax=200')).toBe('2.04');
  expect(await attribute(server, '/3/0/7', 'lt=1', 'gt=6', 'st=1')).toBe('2.04');
}

describe('Discover', () => {
  it('shows the attributes in force on a Resource', () =>
    on('1.0', async (server) => {
      await set260(server);
      expect(await links(server, '/3/0/7')).toEqual(['</3/0/7>;dim=2;pmin=10;pmax=200;lt=1;gt=6;st=1']);
    }));

  it('shows the instances of a Resource from 1.1', () =>
    on('1.1', async (server) => {
      expect(await attribute(server, '/3', 'pmin=10', 'pmax=200')).toBe('2.04');
      expect(await attribute(server, '/3/0', 'pmax=320')).toBe('2.04');
      expect(await attribute(server, '/3/0/11/0', 'pmax=100', 'epmin=1', 'epmax=20')).toBe('2.04');
      expect(await links(server, '/3/0/11')).toEqual([
        '</3/0/11>;dim=1;pmin=10;pmax=320',
        '</3/0/11/0>;pmax=100;epmin=1;epmax=20',
      ]);
    }));

  it.each(['1.0', '1.1'] as const)('shows only the attributes of the Object at Object level in %s', (enabler) =>
    on(enabler, async (server) => {
      await set260(server);
      const found = await links(server, '/3');
      expect(found.slice(0, 3)).toEqual(['</3>;pmin=10;pmax=200', '</3/0>', '</3/0/0>']);
      expect(found).toContain('</3/0/7>;dim=2');
      expect(found).not.toContain('</3/0/7/0>');
    }),
  );

  it('shows the attributes of the Resources of an instance', () =>
    on('1.1', async (server) => {
      await set260(server);
      const found = await links(server, '/3/0');
      expect(found[0]).toBe('</3/0>');
      expect(found).toContain('</3/0/7>;dim=2;lt=1;gt=6;st=1');
      expect(found).toContain('</3/0/7/1>');
      expect(found).toContain('</3/0/4>');
    }));

  it('goes as deep as asked in 1.2', () =>
    on('1.2', async (server) => {
      expect(await links(server, '/3', 'depth=0')).toEqual(['</3>']);
      expect(await links(server, '/3', 'depth=1')).toEqual(['</3>', '</3/0>']);
      expect(await links(server, '/3')).toContain('</3/0/7>;dim=2');
      expect(await links(server, '/3')).not.toContain('</3/0/7/0>');
      expect(await links(server, '/3', 'depth=3')).toContain('</3/0/7/0>');
      expect(await links(server, '/3/0', 'depth=9')).not.toContain('</3/0/7/0>');
    }));

  it('ignores depth before 1.2', () =>
    on('1.1', async (server) => {
      expect((await links(server, '/3', 'depth=0')).length).toBeGreaterThan(2);
    }));

  it.each([
    ['/99', '4.04'],
    ['/3/9', '4.04'],
    ['/3/0/99', '4.04'],
    ['/3/0/7/0', '4.05'],
    ['/', '4.05'],
    ['/0', '4.01'],
  ])('refuses %s with %s', (path, code) =>
    on('1.1', async (server) => {
      expect(await server.codeOf('0.01', path, { accept })).toBe(code);
    }),
  );

  it('forgets attributes of what was deleted', () =>
    on('1.1', async (server) => {
      await attribute(server, '/3303/0/5700', 'pmin=1');
      expect(await links(server, '/3303/0/5700')).toEqual(['</3303/0/5700>;pmin=1']);
      await server.codeOf('0.04', '/3303/0');
      await server.ask('0.02', '/3303', { contentFormat: ContentFormat.tlv, payload: Uint8Array.of(0x00, 0x00) });
      expect(await links(server, '/3303/0/5700')).toEqual(['</3303/0/5700>']);
    }));
});
