import { describe, expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.js';
import { unwrap } from '../../base/error.js';
import type { Enabler } from '../../model/party.js';
import { pathOf } from '../../model/path.js';
import { modelFor } from '../../model/registry.js';
import { text as string, type Entry } from '../../model/value.js';
import { OptionNumber } from '../../wire/coap/options.js';
import { getLocationPath, getUint } from '../../wire/coap/read.js';
import { ContentFormat } from '../../wire/codec.js';
import { contentOf, toPlain } from '../../wire/coerce.js';
import { decode, encode } from '../../wire/formats.js';
import { onTestBench, textOf } from './testing/test-bench.js';

const { text, opaque, cbor, senmlJson, senmlCbor, tlv, json, lwm2mCbor } = ContentFormat;

/** Format and version of everything that carries more than one value. */
const STRUCTURED: readonly (readonly [number, Enabler])[] = [
  [tlv, '1.0'],
  [json, '1.0'],
  [tlv, '1.1'],
  [senmlJson, '1.1'],
  [senmlCbor, '1.1'],
  [senmlCbor, '1.2'],
  [lwm2mCbor, '1.2'],
];

const SINGLE: readonly (readonly [number, Enabler])[] = [[text, '1.0'], [text, '1.1'], [cbor, '1.1'], ...STRUCTURED];

const read = (format: number, payload: Uint8Array, path: string, enabler: Enabler): readonly Entry[] =>
  unwrap(decode(format, payload, { path: pathOf(path), model: modelFor(enabler), enabler }));

const written = (format: number, entries: readonly Entry[], path: string, enabler: Enabler): Uint8Array =>
  unwrap(encode(format, entries, { path: pathOf(path), model: modelFor(enabler), enabler }));

describe('Read', () => {
  it.each(STRUCTURED)('tells Object, instance and multiple Resource in format %i of %s', (accept, enabler) =>
    onTestBench({ enabler }, async ({ server, client }) => {
      for (const path of ['/3', '/3/0', '/3/0/7', '/1/0']) {
        const answer = await server.ask('0.01', path, { accept });
        expect([answer.code, getUint(answer, OptionNumber.contentFormat)]).toEqual(['2.05', accept]);
        expect(contentOf(read(accept, answer.payload, path, enabler), pathOf(path))).toEqual(client.value(path));
      }
    }),
  );

  it.each(SINGLE)('tells one value in format %i of %s', (accept, enabler) =>
    onTestBench({ enabler }, async ({ server }) => {
      const answer = await server.ask('0.01', '/3303/0/5700', { accept });
      const [entry] = read(accept, answer.payload, '/3303/0/5700', enabler);
      expect(entry?.value && toPlain(entry.value)).toBe(20.5);
    }),
  );

  it.each([
    ['1.1', 'opaque', opaque],
    ['1.1', 'instance', senmlCbor],
    ['1.0', 'instance', tlv],
    ['1.2', 'instance', senmlCbor],
  ] as const)('chooses in %s for an %s format %i', (enabler, what, format) =>
    onTestBench({ enabler, values: { '/19/0/0/0': 'deadbeef' } }, async ({ server }) => {
      const path = what === 'instance' ? '/19/0' : '/19/0/0/0';
      expect(getUint(await server.ask('0.01', path), OptionNumber.contentFormat)).toBe(format);
    }),
  );

  it.each([
    [lwm2mCbor, '1.1'],
    [senmlCbor, '1.0'],
    [json, '1.1'],
    [cbor, '1.0'],
  ] as const)('refuses format %i in %s', (accept, enabler) =>
    onTestBench({ enabler }, async ({ server }) => {
      expect(await server.codeOf('0.01', '/3/0/9', { accept })).toBe('4.06');
    }),
  );

  it('names the alternate path in SenML of 1.2', () =>
    onTestBench({ enabler: '1.2', alternatePath: '/lwm2m' }, async ({ server }) => {
      expect(textOf(await server.ask('0.01', '/lwm2m/3/0/9', { accept: senmlJson }))).toContain('"/lwm2m/3/0/9"');
    }));
});

describe('Write', () => {
  it.each(SINGLE)('takes one value in format %i of %s', (contentFormat, enabler) =>
    onTestBench({ enabler }, async ({ server, client }) => {
      const payload = written(contentFormat, [{ path: [3, 0, 14], value: string('-03:00') }], '/3/0/14', enabler);
      expect(await server.codeOf('0.03', '/3/0/14', { contentFormat, payload })).toBe('2.04');
      expect(client.value('/3/0/14')).toBe('-03:00');
    }),
  );

  it.each(STRUCTURED)('takes an instance in format %i of %s', (contentFormat, enabler) =>
    onTestBench({ enabler }, async ({ server, client }) => {
      const entries: Entry[] = [
        { path: [3, 0, 14], value: string('-03:00') },
        { path: [3, 0, 15], value: string('UTC') },
      ];
      const payload = written(contentFormat, entries, '/3/0', enabler);
      expect(await server.codeOf('0.02', '/3/0', { contentFormat, payload })).toBe('2.04');
      expect([client.value('/3/0/14'), client.value('/3/0/15')]).toEqual(['-03:00', 'UTC']);
    }),
  );

  it('refuses values outside the target', () =>
    onTestBench({}, async ({ server, client }) => {
      const payload = utf8('[{"n":"/1/0/1","v":5}]');
      expect(await server.codeOf('0.02', '/3/0', { contentFormat: senmlJson, payload })).toBe('4.00');
      expect(client.value('/1/0/1')).toBe(86_400);
    }));

  it('takes octets for an Opaque', () =>
    onTestBench({ values: { '/5/0/1': '' } }, async ({ server, client }) => {
      const payload = Uint8Array.of(1, 2, 3);
      expect(await server.codeOf('0.03', '/5/0/0', { contentFormat: opaque, payload })).toBe('2.04');
      expect(client.store.value([5, 0, 0])).toEqual({ type: 'opaque', value: payload });
      expect(await server.codeOf('0.01', '/5/0/0')).toBe('4.05');
    }));

  it('takes a link only to what is there, or to nothing', () =>
    onTestBench({ enabler: '1.1' }, async ({ server, client }) => {
      const answers: string[] = [];
      for (const link of ['3:0', '3:65535', '65535:65535', '3:1', '99:0', '65535:0'])
        answers.push(await server.codeOf('0.03', '/1/0/10', { contentFormat: text, payload: utf8(link) }));
      expect(answers).toEqual(['2.04', '2.04', '2.04', '4.00', '4.00', '4.00']);
      expect(client.value('/1/0/10')).toBe('65535:65535');
    }));

  it('understands what others write a little differently', () =>
    onTestBench({ values: { '/16/0/0/0': 'a' } }, async ({ server, client }) => {
      // Kind Resource for a Resource Instance.
      const payload = Uint8Array.of(0xc1, 0x00, 0x62);
      expect(await server.codeOf('0.03', '/16/0/0/0', { contentFormat: tlv, payload })).toBe('2.04');
      expect(client.value('/16/0/0')).toEqual({ '0': 'b' });
    }));
});

describe('Create', () => {
  it.each(STRUCTURED)('takes an id in format %i of %s', (contentFormat, enabler) =>
    onTestBench({ enabler, values: { '/16/0/0/0': 'a' } }, async ({ server, client }) => {
      const payload = written(contentFormat, [{ path: [16, 4, 0, 0], value: string('b') }], '/16', enabler);
      expect(await server.codeOf('0.02', '/16', { contentFormat, payload })).toBe('2.01');
      expect(client.value('/16/4')).toEqual({ '0/0': 'b' });
    }),
  );

  it('chooses an id for instance 65535 of LwM2M CBOR', () =>
    onTestBench({ enabler: '1.2', values: { '/16/0/0/0': 'a' } }, async ({ server, client }) => {
      const payload = written(lwm2mCbor, [{ path: [16, 65_535, 0, 0], value: string('b') }], '/16', '1.2');
      expect(getLocationPath(await server.ask('0.02', '/16', { contentFormat: lwm2mCbor, payload }))).toBe('/16/1');
      expect(client.value('/16/1')).toEqual({ '0/0': 'b' });
    }));
});
