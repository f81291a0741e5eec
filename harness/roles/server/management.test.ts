import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../base/bytes.js';
import { sleep } from '../../base/clock.js';
import { unwrap } from '../../base/error.js';
import type { IncomingRequest, Outgoing } from '../../coap/types.js';
import { OptionNumber } from '../../wire/coap/options.js';
import { getPath, getQuery, getUint } from '../../wire/coap/read.js';
import { encode } from '../../wire/formats.js';
import { outgoing } from '../shared/outgoing.js';
import { content, LINKS, onStage, type BareClient, type Stage } from './testing/stage.js';

/** What a request says, for comparison. */
function shown({ message }: IncomingRequest): Record<string, unknown> {
  const text = new TextDecoder().decode(message.payload);
  return {
    code: message.code,
    type: message.type,
    path: getPath(message),
    accept: getUint(message, OptionNumber.accept),
    format: getUint(message, OptionNumber.contentFormat),
    query: getQuery(message),
    payload: /^[\x20-\x7e]*$/.test(text) ? text : toHex(message.payload),
  };
}

const request = (code: string, path: string, rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  code,
  type: 'CON',
  path,
  accept: undefined,
  format: undefined,
  query: [],
  payload: '',
  ...rest,
});

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array();
const tlv = (hex: string): Outgoing => outgoing('2.05', { contentFormat: 11542, payload: bytes(hex) });

/** A stage with a client that is registered, of 1.1 unless told. */
function registered(
  play: (stage: Stage & { device: BareClient }) => Promise<void>,
  version = '1.1',
  links = LINKS,
): Promise<void> {
  return onStage(async (stage) => {
    const device = stage.client();
    await device.register(['ep=device', 'lt=86400', `lwm2m=${version}`, ...(version === '1.0' ? [] : ['b=U'])], links);
    await sleep(stage.clock, 1);
    await play({ ...stage, device });
  });
}

describe('requests of the server', () => {
  it('are what their operation and the version of the client want', () =>
    registered(async ({ server, device }) => {
      await server.read('device', [3, 0, 0]);
      await server.read('device', [3, 0]);
      await server.read('device', [3, 0, 9], 110);
      await server.discover('device', [3, 0]);
      await server.write('device', [3, 0, 14], '+02:00', 'replace');
      await server.write('device', [3, 0], { '14': '+02', '15': 'U' }, 'update', 11542);
      await server.writeAttributes('device', [3, 0, 9], { pmin: 10, pmax: 60, gt: 0.5, st: null });
      await server.execute('device', [3, 0, 4]);
      await server.execute('device', [1, 0, 8], `0='U'`);
      await server.create('device', [3303], undefined, { '5700': 21.5 }, 11542);
      await server.create('device', [3303], 0, { '5700': 21.5 }, 11542);
      await server.delete('device', [3303, 1]);
      await server.write('device', [3, 0, 15], '', 'replace');
      expect(device.requests.map(shown)).toEqual([
        request('0.01', '/3/0/0', { accept: 0 }),
        request('0.01', '/3/0', { accept: 112 }),
        request('0.01', '/3/0/9', { accept: 110 }),
        request('0.01', '/3/0', { accept: 40 }),
        request('0.03', '/3/0/14', { format: 0, payload: '+02:00' }),
        request('0.02', '/3/0', { format: 11542, payload: 'c30e2b3032c10f55' }),
        request('0.03', '/3/0/9', { query: ['pmin=10', 'pmax=60', 'gt=0.5', 'st'] }),
        request('0.02', '/3/0/4'),
        request('0.02', '/1/0/8', { format: 0, payload: `0='U'` }),
        request('0.02', '/3303', { format: 11542, payload: 'e4164441ac0000' }),
        request('0.02', '/3303', { format: 11542, payload: '0700e4164441ac0000' }),
        request('0.04', '/3303/1'),
        request('0.03', '/3/0/15', { format: 0 }),
      ]);
    }));

  it('go to the client below its alternate path', () =>
    registered(
      async ({ server, device }) => {
        await server.read('device', [3, 0, 0]);
        await server.observe('device', [3]);
        await server.discover('device', [3]);
        expect(device.requests.map(({ message }) => getPath(message))).toEqual([
          '/lwm2m/3/0/0',
          '/lwm2m/3',
          '/lwm2m/3',
        ]);
        device.answer = () => outgoing('2.01', { location: '/lwm2m/3303/7' });
        expect(await server.create('device', [3303], undefined, { '5700': 1 }, 11542)).toEqual({
          ok: true,
          value: { code: '2.01', location: '/3303/7' },
        });
      },
      '1.1',
      '</lwm2m>;rt="oma.lwm2m",</lwm2m/1/0>,</lwm2m/3/0>,</lwm2m/3303/0>',
    ));

  it('use what every 1.0 client knows: TLV', () =>
    registered(async ({ server, device }) => {
      await server.read('device', [3, 0, 0]);
      await server.write('device', [3, 0, 14], '+1', 'replace');
      expect(device.requests.map(shown)).toEqual([
        request('0.01', '/3/0/0', { accept: 11542 }),
        request('0.03', '/3/0/14', { format: 11542, payload: 'c20e2b31' }),
      ]);
    }, '1.0'));

  it('ask for no format of several values where a client announced none, and use opaque for opaque', () =>
    registered(
      async ({ server, device }) => {
        await server.read('device', [3303, 0]);
        await server.write('device', [5, 0, 0], 'beef', 'replace');
        expect(device.requests.map(shown)).toEqual([
          request('0.01', '/3303/0'),
          request('0.03', '/5/0/0', { format: 42, payload: 'beef' }),
        ]);
      },
      '1.1',
      '</1/0>,</3/0>,</3303/0>,</5/0>',
    ));

  it('pick an id for a new instance where the format cannot leave it open', () =>
    registered(async ({ server, device }) => {
      await server.create('device', [3303], undefined, { '5700': 1 }, 110);
      expect(new TextDecoder().decode(device.requests[0]?.message.payload)).toContain('/3303/2/');
    }));

  it.each<[string, string, (server: Stage['server']) => Promise<unknown>]>([
    ['a composite read', '1.0', (server) => server.readComposite('device', [[3]])],
    ['SenML', '1.0', (server) => server.read('device', [3], 110)],
    ['a resource instance', '1.0', (server) => server.read('device', [3, 0, 7, 0])],
    ['epmin', '1.0', (server) => server.writeAttributes('device', [3], { epmin: 1 })],
    ['LwM2M CBOR', '1.1', (server) => server.read('device', [3], 11544)],
    ['the depth of a Discover', '1.1', (server) => server.discover('device', [3], 1)],
    ['an Observe with attributes', '1.1', (server) => server.observe('device', [3], 110, { pmin: 1 })],
    ['deleting a resource instance', '1.1', (server) => server.delete('device', [3, 0, 7, 0])],
  ])('never are newer than the client: %s in %s', (_, version, order) =>
    registered(async ({ server, device }) => {
      expect(await order(server)).toMatchObject({ ok: false, problem: { code: 'newer-version' } });
      expect(device.requests).toEqual([]);
    }, version),
  );

  it('are not made for somebody who is not registered', () =>
    onStage(async ({ server }) => {
      expect(await server.read('nobody', [3])).toMatchObject({ ok: false, problem: { code: 'not-registered' } });
    }));

  it('are not made of values that do not fit', () =>
    registered(async ({ server, device }) => {
      expect(await server.write('device', [3, 0, 13], 'soon', 'replace')).toMatchObject({ ok: false });
      expect(await server.write('device', [3, 0, 14], 'x', 'replace', 65_000)).toMatchObject({
        ok: false,
        problem: { code: 'unsupported' },
      });
      expect(device.requests).toEqual([]);
    }));
});

describe('answers of the client', () => {
  it('are read as the Objects that it announced', () =>
    registered(async ({ server, device }) => {
      device.answer = () => content('85');
      expect(unwrap(await server.read('device', [3, 0, 9]))).toEqual({ code: '2.05', content: 85 });
      device.answer = () => tlv('c8000c4578616d706c6520436f72708606410001410105c11055');
      expect(unwrap(await server.read('device', [3, 0], 11542))).toEqual({
        code: '2.05',
        content: { '0': 'Example Corp', '6/0': 1, '6/1': 5, '16': 'U' },
      });
      expect(server.shown('device', [3, 0, 6])).toEqual({ '0': 1, '1': 5 });
      expect(server.shown('device', [3, 0, 9])).toBeNull();
    }));

  it('keep the values of unknown resources as far as the format tells them', () =>
    registered(async ({ server, device }) => {
      device.answer = () => content('anything');
      expect(unwrap(await server.read('device', [3, 0, 4711], 0))).toEqual({ code: '2.05', content: 'anything' });
    }));

  it.each<[string, Outgoing, unknown]>([
    ['an error', { code: '4.04' }, { code: '4.04' }],
    ['an empty text', outgoing('2.05', { contentFormat: 0 }), { code: '2.05', content: '' }],
    ['no payload at all', { code: '2.05' }, { code: '2.05', content: {} }],
    [
      'a payload without its format',
      { code: '2.05', payload: utf8('x') },
      { code: '2.05', problem: { code: 'no-content-format' } },
    ],
    ['a format that nobody knows', content('x', 65_000), { code: '2.05', problem: { code: 'unsupported' } }],
    ['a truncated TLV', tlv('c8000c45'), { code: '2.05', problem: {} }],
    ['another success than expected', { code: '2.04' }, { code: '2.04' }],
  ])('may be %s', (_, answer, expected) =>
    registered(async ({ server, device }) => {
      device.answer = () => answer;
      expect(unwrap(await server.read('device', [3, 0, 0]))).toMatchObject(expected as object);
    }),
  );

  it('may be missing: that too is an answer', () =>
    registered(async ({ server, device }) => {
      await device.endpoint.close();
      expect(unwrap(await server.read('device', [3, 0, 0]))).toMatchObject({
        code: 'none',
        problem: { code: 'coap-timeout' },
      });
    }));

  it('come as links from a Discover', () =>
    registered(async ({ server, device }) => {
      device.answer = () => content('</3>;ver=1.1,</3/0>', 40);
      expect(unwrap(await server.discover('device', [3]))).toEqual({ code: '2.05', links: '</3>;ver=1.1,</3/0>' });
    }));
});

describe('composite operations', () => {
  it('name their paths in SenML, below the alternate path, and read values of all of them', () =>
    registered(
      async ({ server, device }) => {
        device.answer = () =>
          outgoing('2.05', {
            contentFormat: 110,
            payload: utf8('[{"n":"/lwm2m/3/0/9","v":85},{"n":"/lwm2m/1/0/1","v":300}]'),
          });
        expect(
          unwrap(
            await server.readComposite('device', [
              [3, 0, 9],
              [1, 0, 1],
            ]),
          ),
        ).toEqual({ code: '2.05', content: { '3/0/9': 85, '1/0/1': 300 } });
        const [fetch] = device.requests;
        expect(fetch && shown(fetch)).toMatchObject({ code: '0.05', path: '/lwm2m', accept: 110, format: 110 });
        expect(new TextDecoder().decode(fetch?.message.payload)).toContain('/lwm2m/3/0/9');
        expect(server.shown('device', [3, 0, 9])).toBe(85);
      },
      '1.1',
      '</lwm2m>;rt="oma.lwm2m";ct=110,</lwm2m/1/0>,</lwm2m/3/0>',
    ));

  it('write with iPATCH', () =>
    registered(async ({ server, device }) => {
      await server.writeComposite('device', { '/1/0/1': 600, '3/0/14': '+02:00' }, 110);
      const [patch] = device.requests;
      expect(patch && shown(patch)).toMatchObject({ code: '0.07', path: '/', format: 110, accept: undefined });
      const payload = new TextDecoder().decode(patch?.message.payload);
      expect(payload).toContain('600');
      expect(payload).toContain('"+02:00"');
    }));

  it('ask for SenML where the list is ETCH', () =>
    registered(async ({ server, device }) => {
      await server.readComposite('device', [[3]], 322);
      expect(device.requests.map(shown)).toMatchObject([{ format: 322, accept: 112 }]);
    }, '1.2'));
});

describe('Send', () => {
  const pack = (names: readonly string[]): Uint8Array => utf8(JSON.stringify(names.map((n) => ({ n, v: 85 }))));
  const send = (device: BareClient, payload: Uint8Array, contentFormat = 110): Promise<string> =>
    device.send('0.02', { path: '/dp', contentFormat, payload }).then(({ code }) => code);

  it('takes values and shows them', () =>
    registered(async ({ server, device, events }) => {
      expect(await send(device, pack(['/3/0/9', '/3303/1/5700']))).toBe('2.04');
      expect(server.shown('device', [3, 0, 9])).toBe(85);
      expect(events.at(-1)).toEqual({ event: 'sent', endpoint: 'device', text: '/3/0/9 /3303/1/5700' });
    }));

  it('shows the latest of several times', () =>
    registered(async ({ server, device }) => {
      const payload = utf8('[{"bn":"/3/0/9","bt":1700000000,"t":60,"v":84},{"v":85}]');
      expect(await send(device, payload)).toBe('2.04');
      expect(server.shown('device', [3, 0, 9])).toBe(84);
    }));

  it.each<[string, readonly string[], string]>([
    ['an object that is not registered', ['/3/0/9', '/6/0/0'], '4.04'],
    ['an instance that is not registered', ['/3303/7/5700'], '4.04'],
    ['the security object', ['/0/0/2'], '4.04'],
    ['what nobody may read', ['/3/0/4'], '4.00'],
  ])('refuses %s', (_, names, code) =>
    registered(async ({ server, device }) => {
      expect(await send(device, pack(names))).toBe(code);
      expect(server.shown('device', [3, 0, 9])).toBeNull();
    }),
  );

  it('accepts resources that it does not know', () =>
    registered(async ({ device }) => {
      expect(await send(device, pack(['/3/0/4711']))).toBe('2.04');
    }));

  it('refuses other formats, and a payload that is broken', () =>
    registered(async ({ device }) => {
      expect(await send(device, utf8('85'), 0)).toBe('4.15');
      expect(await send(device, utf8('[{"n":"/3/0/9"'))).toBe('4.00');
      expect(await send(device, unwrap(encode(11542, [], { path: [3] })), 11542)).toBe('4.15');
    }));

  it('is for those who are registered, with a version that has it', () =>
    onStage(async ({ client }) => {
      expect(await send(client('stranger'), pack(['/3/0/9']))).toBe('4.04');
      const old = client('old');
      await old.register(['ep=old', 'lt=60', 'lwm2m=1.0']);
      expect(await send(old, pack(['/3/0/9']))).toBe('4.04');
    }));

  it('renews no lifetime', () =>
    onStage(async ({ client, clock, server }) => {
      const device = client();
      await device.register();
      await sleep(clock, 50);
      expect(await send(device, pack(['/3/0/9']))).toBe('2.04');
      await sleep(clock, 11);
      expect(server.registrations()).toEqual([]);
    }));
});
