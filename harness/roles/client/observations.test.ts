import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.js';
import type { IncomingResponse } from '../../coap/types.js';
import { hasOption, getUint } from '../../wire/coap/read.js';
import { OptionNumber } from '../../wire/coap/options.js';
import { ContentFormat } from '../../wire/codec.js';
import { Observations } from './observations.js';
import { ClientRole } from './role.js';
import {
  onTestBench,
  textOf,
  type ScriptedServer,
  type TestBench,
  type TestBenchOptions,
} from './testing/test-bench.js';

const { text, tlv } = ContentFormat;
const VALUES = { '/3/0/9': 20, '/3303/0/5700': 20 };
const TOKEN = Uint8Array.of(0xaa);

const on = (body: (bench: TestBench) => Promise<void>, options: TestBenchOptions = {}): Promise<void> =>
  onTestBench({ ...options, values: { ...VALUES, ...options.values } }, body);

/** Observes a path; the list grows with what is notified, as `10 5 text`: seconds after now, value. */
async function observe(
  { server, clock }: TestBench,
  path: string,
  by: ScriptedServer = server,
): Promise<{ readonly told: string[]; readonly raw: IncomingResponse[] }> {
  const told: string[] = [];
  const raw: IncomingResponse[] = [];
  const start = clock.now();
  const answer = await by.ask('0.01', path, { observe: 0, accept: text }, (notification) => {
    const { code } = notification.message;
    const value = code === '2.05' ? textOf(notification.message) : code;
    told.push(`${Math.round(clock.now() - start)} ${value}`);
    raw.push(notification);
  });
  expect([answer.code, hasOption(answer, OptionNumber.observe)]).toEqual(['2.05', true]);
  return { told, raw };
}

const attribute = (server: ScriptedServer, path: string, ...query: string[]) => server.codeOf('0.03', path, { query });

describe('Observe', () => {
  it('tells each change at once without conditions, and nothing else', () =>
    on(async (bench) => {
      const { told } = await observe(bench, '/3/0/9');
      await bench.pass(1);
      bench.client.set('/3/0/9', 21);
      await bench.pass(200);
      bench.client.set('/3/0/9', 21);
      await bench.pass(1);
      bench.client.set('/3/0/9', 22);
      await bench.pass(1);
      expect(told).toEqual(['1 21', '202 22']);
    }));

  it('notifies with the token, the format and the path of the request, in rising order', () =>
    on(async (bench) => {
      const { raw } = await observe(bench, '/3/0/9');
      for (const value of [1, 2, 3]) {
        bench.client.set('/3/0/9', value);
        await bench.pass(1);
      }
      expect(raw.map(({ message }) => getUint(message, OptionNumber.observe))).toEqual([2, 3, 4]);
      expect(new Set(raw.map(({ message }) => toHex(message.token))).size).toBe(1);
      expect(raw.map(({ message }) => getUint(message, OptionNumber.contentFormat))).toEqual([text, text, text]);
      expect(raw.map(({ message }) => message.type)).toEqual(['CON', 'CON', 'CON']);
    }));

  it('tells a Write of the server itself', () =>
    on(async (bench) => {
      const { told } = await observe(bench, '/1/0/1');
      await bench.server.codeOf('0.03', '/1/0/1', { contentFormat: text, payload: new TextEncoder().encode('60') });
      await bench.pass(1);
      expect(told).toEqual(['0 60']);
    }));

  it.each([
    ['/3/0/99', '4.04'],
    ['/3/0/4', '4.05'],
    ['/0/0', '4.01'],
  ])('refuses %s with %s and adds no observer', (path, code) =>
    on(async ({ server, client }) => {
      const answer = await server.ask('0.01', path, { observe: 0 });
      expect([answer.code, hasOption(answer, OptionNumber.observe)]).toEqual([code, false]);
      expect(client.observations.all()).toEqual([]);
    }),
  );

  it('refuses a format that it does not have', () =>
    on(async ({ server, client }) => {
      expect(await server.codeOf('0.01', '/3/0/9', { observe: 0, accept: 41 })).toBe('4.06');
      expect(client.observations.all()).toEqual([]);
    }));

  it('refuses attributes in the query, which it does not support', () =>
    on(async ({ server }) => {
      expect(await server.codeOf('0.01', '/3/0/9', { observe: 0, query: ['pmin=1'] })).toBe('4.00');
    }));

  it('keeps one stream per token', () =>
    on(async ({ server, client }) => {
      const request = { code: '0.01', token: TOKEN, options: [] };
      for (let i = 0; i < 2; i++)
        await server.coap.request(
          'client',
          { ...request, options: observeOptions() },
          { onNotification: () => undefined },
        );
      expect(client.observations.all()).toHaveLength(1);
      await server.ask('0.01', '/3/0/9', { observe: 0 }, () => undefined);
      expect(client.observations.all()).toHaveLength(2);
    }));

  it('tells instances that come and go below an Object, and a target that is gone', () =>
    on(async (bench) => {
      const { server, client } = bench;
      const payloads: string[] = [];
      await server.ask('0.01', '/3303', { observe: 0, accept: tlv }, ({ message }) =>
        payloads.push(`${message.code} ${toHex(message.payload)}`),
      );
      const { told, raw } = await observe(bench, '/3303/0/5700');
      await server.codeOf('0.04', '/3303/0');
      await bench.pass(1);
      expect(payloads).toEqual(['2.05 ']);
      expect(told).toEqual(['0 4.04']);
      expect(raw.map(({ message }) => hasOption(message, OptionNumber.observe))).toEqual([false]);
      expect(client.observations.all()).toHaveLength(1);
    }));
});

describe('Cancel', () => {
  it('ends the stream with Observe 1 and the token, and answers the value', () =>
    on(async ({ server, client, pass }) => {
      const told: string[] = [];
      const options = { onNotification: () => void told.push('!') };
      await server.coap.request('client', { code: '0.01', token: TOKEN, options: observeOptions(0) }, options);
      const answer = await server.coap.request('client', { code: '0.01', token: TOKEN, options: observeOptions(1) });
      expect(answer.ok && [answer.value.message.code, hasOption(answer.value.message, OptionNumber.observe)]).toEqual([
        '2.05',
        false,
      ]);
      client.set('/3/0/9', 1);
      await pass(10);
      expect([told, client.observations.all()]).toEqual([[], []]);
    }));

  it('leaves the stream alone when the token is another', () =>
    on(async (bench) => {
      const { told } = await observe(bench, '/3/0/9');
      expect(await bench.server.codeOf('0.01', '/3/0/9', { observe: 1 })).toBe('2.05');
      bench.client.set('/3/0/9', 1);
      await bench.pass(1);
      expect(told).toEqual(['0 1']);
    }));

  it.each([true, false])('ends the stream by a Reset, confirmable: %s', (confirmable) =>
    on(
      async ({ server, client, pass }) => {
        await server.coap.request(
          'client',
          { code: '0.01', token: TOKEN, options: observeOptions() },
          { onNotification: () => undefined },
        );
        await server.ask('0.01', '/3303/0/5700', { observe: 0 }, () => undefined);
        server.coap.forget('client', TOKEN);
        client.set('/3/0/9', 1);
        client.set('/3303/0/5700', 30);
        await pass(1);
        expect(client.observations.all().map(({ request }) => request.path)).toEqual([[3303, 0, 5700]]);
      },
      {
        Role: class extends ClientRole {
          override createObservations(Kind = Observations): Observations {
            return super.createObservations(
              class extends Kind {
                override isConfirmable(): boolean {
                  return confirmable;
                }
              },
            );
          }
        },
      },
    ),
  );

  it('ends the stream when nobody acknowledges', () =>
    on(async (bench) => {
      await observe(bench, '/3/0/9');
      await bench.server.coap.close();
      bench.client.set('/3/0/9', 1);
      await bench.pass(120);
      expect(bench.client.observations.all()).toEqual([]);
    }));

  it('ends every stream of a registration that is replaced', () =>
    on(async (bench) => {
      const { told } = await observe(bench, '/3/0/9');
      await bench.client.restart();
      await bench.pass(1);
      bench.client.set('/3/0/9', 1);
      await bench.pass(10);
      expect(told).toEqual([]);
    }));
});

describe('Attributes', () => {
  it('hold back what comes before pmin, and tell the value of that moment', () =>
    on(async (bench) => {
      expect(await attribute(bench.server, '/3/0/9', 'pmin=10', 'pmax=60')).toBe('2.04');
      const { told } = await observe(bench, '/3/0/9');
      await bench.pass(3);
      bench.client.set('/3/0/9', 21);
      await bench.pass(2);
      bench.client.set('/3/0/9', 22);
      await bench.pass(100);
      expect(told).toEqual(['10 22', '70 22']);
    }));

  it('tell an unchanged value at pmax', () =>
    on(async (bench) => {
      await attribute(bench.server, '/3/0/9', 'pmax=10');
      const { told } = await observe(bench, '/3/0/9');
      await bench.pass(25);
      expect(told).toEqual(['10 20', '20 20']);
    }));

  it('come from the nearest level, else from the Server instance', () =>
    on(
      async (bench) => {
        await attribute(bench.server, '/3303', 'pmax=30');
        await attribute(bench.server, '/3303/0', 'pmax=20');
        const device = await observe(bench, '/3/0/9');
        const sensor = await observe(bench, '/3303/0/5700');
        await bench.pass(39);
        expect([device.told, sensor.told]).toEqual([['7 20', '14 20', '21 20', '28 20', '35 20'], ['20 20']]);
      },
      { values: { '/1/0/3': 7 } },
    ));

  it('below the observed path do not count', () =>
    on(async (bench) => {
      await attribute(bench.server, '/3303/0/5700', 'pmax=5');
      const told: string[] = [];
      await bench.server.ask('0.01', '/3303/0', { observe: 0, accept: tlv }, () => told.push('!'));
      await bench.pass(30);
      expect(told).toEqual([]);
    }));

  it('let only crossings of gt and steps of st through', () =>
    on(async (bench) => {
      await attribute(bench.server, '/3303/0/5700', 'gt=45', 'st=10');
      const { told } = await observe(bench, '/3303/0/5700');
      for (const value of [35, 40, 45, 50, 40, 20]) {
        await bench.pass(1);
        bench.client.set('/3303/0/5700', value);
      }
      await bench.pass(1);
      expect(told).toEqual(['1 35', '3 45', '4 50', '5 40', '6 20']);
    }));

  it('that change while observed hold at once', () =>
    on(async (bench) => {
      const { told } = await observe(bench, '/3/0/9');
      await bench.pass(5);
      await attribute(bench.server, '/3/0', 'pmax=8');
      await bench.pass(12);
      await attribute(bench.server, '/3/0', 'pmax');
      await bench.pass(100);
      expect(told).toEqual(['8 20', '16 20']);
    }));

  it.each([
    [['pmin=abc']],
    [['pmin=-1']],
    [['nonsense=1']],
    [['lt=5', 'gt=5']],
    [['lt=1', 'gt=4', 'st=2']],
    [['epmin=5', 'epmax=5']],
    [['pmin=1', 'pmin=2']],
    [['edge=1']],
  ])('are refused as a whole: %j', (query) =>
    on(async ({ server, client }) => {
      expect(await attribute(server, '/3303/0/5700', 'pmax=9', ...query)).toBe('4.00');
      expect(client.attributes.assigned(1, [3303, 0, 5700])).toEqual({});
    }),
  );

  it.each([
    ['/3303', 'gt=1', '4.00'],
    ['/3/0/0', 'gt=1', '4.00'],
    ['/3303/9', 'pmin=1', '4.04'],
    ['/99', 'pmin=1', '4.04'],
    ['/', 'pmin=1', '4.05'],
    ['/3303/0/5700', 'lt=-5', '2.04'],
  ])('on %s of %s are answered %s', (path, query, code) =>
    on(async ({ server }) => {
      expect(await attribute(server, path, query)).toBe(code);
    }),
  );

  it('that came later than the version are refused', () =>
    on(
      async ({ server }) => {
        expect(await attribute(server, '/3/0', 'epmin=1')).toBe('4.00');
        expect(await attribute(server, '/3/0', 'pmin=1')).toBe('2.04');
      },
      { enabler: '1.0' },
    ));

  it('that contradict an attached one are refused', () =>
    on(async ({ server, client }) => {
      await attribute(server, '/3303/0/5700', 'gt=10');
      expect(await attribute(server, '/3303/0/5700', 'lt=20')).toBe('4.00');
      expect(client.attributes.assigned(1, [3303, 0, 5700])).toEqual({ gt: 10 });
    }));

  it('choose the type of a notification in 1.2', () =>
    on(
      async (bench) => {
        await attribute(bench.server, '/3303/0/5700', 'con=1');
        const device = await observe(bench, '/3/0/9');
        const sensor = await observe(bench, '/3303/0/5700');
        bench.client.set('/3/0/9', 1);
        bench.client.set('/3303/0/5700', 1);
        await bench.pass(86_400);
        bench.client.set('/3/0/9', 2);
        await bench.pass(1);
        expect(device.raw.map(({ message }) => message.type)).toEqual(['NON', 'CON']);
        expect(sensor.raw.map(({ message }) => message.type)).toEqual(['CON']);
      },
      { enabler: '1.2', values: { '/1/0/26': 0 } },
    ));
});

describe('Without a network', () => {
  const cut = async (bench: TestBench): Promise<string[]> => {
    const { told } = await observe(bench, '/3/0/9');
    bench.outage.begin(100);
    bench.client.traffic.offline(100);
    for (const value of [1, 2, 3]) {
      bench.client.set('/3/0/9', value);
      await bench.pass(10);
    }
    await bench.pass(100);
    return told;
  };

  it('notifications are stored and delivered in order', () =>
    on(async (bench) => {
      expect(await cut(bench)).toEqual(['100 1', '100 2', '100 3']);
    }));

  it('notifications are lost where the server does not want them stored', () =>
    on(
      async (bench) => {
        expect(await cut(bench)).toEqual([]);
      },
      { values: { '/1/0/6': false } },
    ));
});

function observeOptions(observe = 0) {
  const segments = ['3', '0', '9'].map((segment) => ({
    number: OptionNumber.uriPath,
    value: new TextEncoder().encode(segment),
  }));
  return [
    { number: OptionNumber.observe, value: observe === 0 ? new Uint8Array(0) : Uint8Array.of(observe) },
    ...segments,
  ];
}
