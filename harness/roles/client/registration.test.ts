import { describe, expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.js';
import { modelFor } from '../../model/registry.js';
import { ContentFormat } from '../../wire/codec.js';
import { outgoing } from '../shared/outgoing.js';
import {
  onTestBench,
  type ScriptedServer,
  type Seen,
  type TestBench,
  type TestBenchOptions,
} from './testing/test-bench.js';

const LIFETIME: TestBenchOptions = { values: { '/1/0/1': 300 } };
const REGISTER = '0.02 /rd?ep=ep&lt=300&lwm2m=1.1&b=U';

const on = (options: TestBenchOptions, body: (bench: TestBench) => Promise<void>): Promise<void> =>
  onTestBench({ ...options, values: { ...LIFETIME.values, ...options.values } }, body);

const write = (server: ScriptedServer, path: string, value: string) =>
  server.codeOf('0.03', path, { contentFormat: ContentFormat.text, payload: utf8(value) });
const execute = (server: ScriptedServer, path: string, args = '') =>
  server.codeOf('0.02', path, { payload: utf8(args) });
const isRegister = ({ path }: Seen): boolean => path === '/rd';

describe('Register', () => {
  it('tells name, lifetime, version, binding and the object list', () =>
    on({}, async ({ server, client }) => {
      expect(server.log).toEqual([`0 ${REGISTER}`]);
      expect(server.seen[0]).toMatchObject({ contentFormat: 40 });
      expect(server.seen[0]?.payload).toBe('</>;rt="oma.lwm2m";ct="60 110 112 11542",</1/0>,</3/0>,</3303/0>');
      expect(client.registrations.get(1)).toMatchObject({ state: 'registered', location: '/rd/1', enabler: '1.1' });
      await Promise.resolve();
    }));

  it.each([
    ['1.0', {}, 'ep=ep&lt=300&lwm2m=1.0&b=U'],
    ['1.0', { queueMode: true }, 'ep=ep&lt=300&lwm2m=1.0&b=UQ'],
    ['1.0', { values: { '/1/0/7': 'UQS' } }, 'ep=ep&lt=300&lwm2m=1.0&b=UQS'],
    ['1.1', { queueMode: true, sms: '491701234567' }, 'ep=ep&lt=300&lwm2m=1.1&b=U&Q&sms=491701234567'],
    ['1.1', { values: { '/3/0/16': 'UT' } }, 'ep=ep&lt=300&lwm2m=1.1&b=UT'],
    ['1.2', { values: { '/1/0/1': 0 } }, 'ep=ep&lt=0&lwm2m=1.2&b=U'],
  ] as const)('speaks as %s wants it: %j', (enabler, options, query) =>
    on({ enabler, ...options }, async ({ server }) => {
      expect(server.log).toEqual([`0 0.02 /rd?${query}`]);
      await Promise.resolve();
    }),
  );

  it('turns queue mode off in 1.0 when the Binding says so', () =>
    on({ enabler: '1.0', queueMode: true }, async ({ server, client, pass }) => {
      expect(client.value('/1/0/7')).toBe('UQ');
      expect(await write(server, '/1/0/7', 'QU')).toBe('4.00');
      expect(await write(server, '/1/0/7', 'U')).toBe('2.04');
      await pass(1);
      expect(server.log.at(-1)).toBe('0 0.02 /rd/1?b=U');
    }));

  it('lists Objects without instances, and versions other than the expected', () =>
    on({ enabler: '1.1', values: { '/16/0/0/0': 'a' } }, async ({ server, client, pass }) => {
      client.store.addObject(5);
      await pass(1);
      expect(server.seen.at(-1)?.payload).toMatch(/<\/3\/0>,<\/5>,<\/16\/0>,<\/3303\/0>$/);
      expect(client.objectList.text('1.0')).toContain('</1>;ver="1.1",</1/0>,');
      expect(client.objectList.text('1.0')).toContain('</>;rt="oma.lwm2m";ct=11543,');
    }));

  it('offers lower versions after 4.12, each with a list that suits it', () =>
    on({ enabler: '1.2' }, async ({ server, client, pass }) => {
      server.policy = (seen) => (seen.query.includes('lwm2m=1.0') ? undefined : outgoing('4.12'));
      client.start();
      await pass(1);
      expect(server.log.slice(-3).map((line) => /lwm2m=1../.exec(line)?.[0])).toEqual([
        'lwm2m=1.2',
        'lwm2m=1.1',
        'lwm2m=1.0',
      ]);
      expect(server.seen.at(-1)?.payload).toContain('</1>;ver="1.2"');
      expect(server.seen.at(-3)?.payload).not.toContain('ver=');
      expect(client.registrations.get(1)).toMatchObject({ state: 'registered', enabler: '1.0' });
    }));

  it.each(['4.00', '4.03', '5.03', 'silence'] as const)(
    'does not step down after %s, but waits longer each time',
    (answer) =>
      on(
        { values: { '/1/0/17': 3, '/1/0/18': 10, '/1/0/19': 1000, '/1/0/20': 2 } },
        async ({ server, client, pass }) => {
          server.seen.length = 0;
          server.policy = () => (answer === 'silence' ? 'silence' : outgoing(answer));
          client.start();
          await pass(6000);
          const times = server.seen.filter(isRegister).map(({ at }) => at);
          expect(new Set(server.seen.map(({ query }) => query.join()))).toEqual(
            new Set(['ep=ep,lt=300,lwm2m=1.1,b=U']),
          );
          if (answer !== 'silence') {
            expect(times.slice(0, 6).map((at) => Math.round(at))).toEqual([0, 10, 30, 1030, 1040, 1060]);
            expect(Math.round((times[6] ?? 0) - (times[5] ?? 0))).toBe(1000);
          } else expect(times.length).toBeGreaterThan(5);
        },
      ),
  );

  it('waits 60, 120, 240 and 480 seconds when nothing else is said', () =>
    on({}, async ({ server, client, pass }) => {
      server.seen.length = 0;
      server.policy = () => outgoing('4.03');
      client.start();
      await pass(1000);
      expect(server.seen.map(({ at }) => Math.round(at))).toEqual([0, 60, 180, 420, 900]);
      expect(client.registrations.get(1)?.state).toBe('failed');
    }));

  it('ends for good where there is no further sequence', () =>
    on({ values: { '/1/0/17': 1, '/1/0/19': 4_294_967_295 } }, async ({ server, client, pass }) => {
      server.seen.length = 0;
      server.policy = () => outgoing('4.03');
      client.start();
      await pass(200_000);
      expect(server.seen).toHaveLength(1);
    }));

  it('tries again once the server is there', () =>
    on({ values: { '/1/0/18': 10 } }, async ({ server, client, pass }) => {
      server.seen.length = 0;
      let refusals = 2;
      server.policy = () => (refusals-- > 0 ? outgoing('5.03') : undefined);
      client.start();
      await pass(40);
      expect(server.seen.map(({ at }) => Math.round(at))).toEqual([0, 10, 30]);
      expect(client.registrations.get(1)?.state).toBe('registered');
    }));

  it('uses the Location-Path as it is', () =>
    on({}, async ({ server, client, pass }) => {
      server.policy = (seen) => (isRegister(seen) ? outgoing('2.01', { location: '/rd/a%2Fb/ü%25' }) : undefined);
      await client.restart();
      await pass(1);
      await client.update();
      expect(server.seen.at(-1)?.path).toBe('/rd/a%2Fb/ü%25');
      await client.deregister();
      expect(server.log.at(-1)).toMatch(/0.04 \/rd\/a%2Fb\/ü%25$/);
    }));
});

describe('Update', () => {
  it('tells a written lifetime and nothing else, after the answer', () =>
    on({}, async ({ server, pass }) => {
      expect(await write(server, '/1/0/1', '20')).toBe('2.04');
      expect(server.seen).toHaveLength(1);
      await pass(1);
      expect(server.log.slice(1)).toEqual(['0 0.02 /rd/1?lt=20']);
      expect(server.seen[1]).toMatchObject({ payload: '', contentFormat: undefined });
      await pass(12);
      expect(server.log.slice(2)).toEqual(['10 0.02 /rd/1']);
    }));

  it('does not repeat what the server knows', () =>
    on({}, async ({ server, pass }) => {
      expect(await write(server, '/1/0/1', '300')).toBe('2.04');
      await pass(1);
      expect(server.seen).toHaveLength(1);
    }));

  it('tells several changes of one moment together', () =>
    on({}, async ({ server, client, pass }) => {
      client.set('/1/0/1', 100);
      client.set('/3/0/16', 'UT');
      client.store.remove([3303, 0]);
      await pass(1);
      expect(server.log.slice(1)).toEqual(['0 0.02 /rd/1?lt=100&b=UT']);
      expect(server.seen[1]?.payload).toMatch(/^<\/>;rt="oma.lwm2m";ct="60 110 112 11542",<\/1\/0>,<\/3\/0>,<\/3303>$/);
    }));

  it('tells a change that came while another was being told', () =>
    on({}, async ({ server, client, pass }) => {
      client.set('/1/0/1', 100);
      await pass(0.0005);
      client.set('/1/0/1', 200);
      await pass(1);
      expect(server.log.slice(1)).toEqual(['0 0.02 /rd/1?lt=100', '0 0.02 /rd/1?lt=200']);
    }));

  it.each([
    [20, [10, 20, 30]],
    [86_400, [86_307, 172_614, 258_921]],
  ])('comes before a lifetime of %i s ends', (lifetime, times) =>
    on({ values: { '/1/0/1': lifetime } }, async ({ server, pass }) => {
      await pass(times.at(-1) ?? 0);
      expect(server.seen.slice(1).map(({ at, path }) => `${Math.round(at)} ${path}`)).toEqual(
        times.map((at) => `${at} /rd/1`),
      );
    }),
  );

  it('is not sent for its own sake with keepAlive off, or for a lifetime of 0', async () => {
    for (const options of [{ keepAlive: false }, { enabler: '1.2', values: { '/1/0/1': 0 } }] as const)
      await on(options, async ({ server, pass }) => {
        await pass(100_000);
        expect(server.seen).toHaveLength(1);
      });
  });

  it.each(['4.04', '4.00'] as const)('that is answered %s leads to a Register', (code) =>
    on({}, async ({ server, client, pass }) => {
      server.policy = ({ path }) => (path === '/rd/1' ? outgoing(code) : undefined);
      await client.update();
      await pass(1);
      expect(server.log.slice(1)).toEqual(['0 0.02 /rd/1', `0 ${REGISTER}`]);
      expect(client.registrations.get(1)?.location).toBe('/rd/2');
    }),
  );

  it('that is never answered leads to a Register', () =>
    on({}, async ({ server, client, pass }) => {
      server.policy = ({ path }) => (path === '/rd/1' ? 'silence' : undefined);
      void client.update();
      await pass(120);
      expect(server.log.at(-1)).toMatch(/\/rd\?ep=ep/);
    }));

  it('that is answered 5.03 is repeated', () =>
    on({}, async ({ server, client, pass }) => {
      let refusals = 1;
      server.policy = ({ path }) => (path === '/rd/1' && refusals-- > 0 ? outgoing('5.03') : undefined);
      await client.update();
      await pass(100);
      expect(server.log.slice(1)).toEqual(['0 0.02 /rd/1', '60 0.02 /rd/1']);
    }));

  it('is triggered, after the answer', () =>
    on({}, async ({ server, pass }) => {
      expect(await execute(server, '/1/0/8')).toBe('2.04');
      expect(server.seen).toHaveLength(1);
      await pass(1);
      expect(server.log.slice(1)).toEqual(['0 0.02 /rd/1']);
    }));

  it.each([
    ["0='U'", '2.04'],
    ["0='T'", '4.00'],
  ])('is triggered for a transport with %s: %s', (args, code) =>
    on({}, async ({ server, pass }) => {
      expect(await execute(server, '/1/0/8', args)).toBe(code);
      await pass(1);
      expect(server.seen).toHaveLength(code === '2.04' ? 2 : 1);
    }),
  );
});

describe('De-register and Disable', () => {
  it('says goodbye and stays away', () =>
    on({}, async ({ server, client, pass }) => {
      await client.deregister();
      await pass(1000);
      expect(server.log.slice(1)).toEqual(['0 0.04 /rd/1']);
      expect(await server.codeOf('0.01', '/3/0/0')).toBe('none');
    }));

  it('leaves for the Disable Timeout, then registers anew', () =>
    on({ values: { '/1/0/5': 60 } }, async ({ server, pass }) => {
      expect(await execute(server, '/1/0/4')).toBe('2.04');
      expect(server.seen).toHaveLength(1);
      await pass(1);
      expect(server.log.slice(1)).toEqual(['0 0.04 /rd/1']);
      expect(await server.codeOf('0.01', '/3/0/0')).toBe('none');
      await pass(60);
      expect(server.log.slice(2)).toEqual([`60 ${REGISTER}`]);
    }));

  it('leaves for a day when no timeout is set', () =>
    on({}, async ({ server, pass }) => {
      await execute(server, '/1/0/4');
      await pass(86_405);
      expect(server.log.slice(2)).toEqual([`86400 ${REGISTER}`]);
    }));
});

describe('Reboot and Factory Reset', () => {
  it('answers first, then registers again', () =>
    on({}, async ({ server, pass }) => {
      expect(await execute(server, '/3/0/4')).toBe('2.04');
      expect(server.seen).toHaveLength(1);
      await pass(2);
      expect(server.log.slice(1)).toEqual([`1 ${REGISTER}`]);
      expect(await server.codeOf('0.01', '/3/0/0')).toBe('2.05');
    }));

  it('keeps values over a reboot, and loses them in a factory reset', () =>
    on({ values: { '/3/0/14': '+01:00' } }, async ({ server, client, pass }) => {
      await write(server, '/3/0/14', '+05:00');
      await execute(server, '/3/0/4');
      await pass(2);
      expect(client.value('/3/0/14')).toBe('+05:00');
      await execute(server, '/3/0/5');
      await pass(2);
      expect(client.value('/3/0/14')).toBe('+01:00');
      expect(server.seen.filter(isRegister)).toHaveLength(3);
    }));
});

describe('Requests that are ignored', () => {
  it('come from strangers', () =>
    on({}, async ({ server, server2 }) => {
      expect(await server2.codeOf('0.01', '/3/0/0')).toBe('none');
      expect(await server.codeOf('0.01', '/3/0/0')).toBe('2.05');
    }));

  it('come before the answer to the Register', () =>
    on({}, async ({ server, client, pass }) => {
      server.policy = () => 'silence';
      client.start();
      await pass(1);
      expect(await write(server, '/3/0/14', 'x')).toBe('none');
      expect(client.value('/3/0/14')).not.toBe('x');
    }));

  it('come while a queue mode client sleeps', () =>
    on({ queueMode: true, values: { '/1/0/1': 600 } }, async ({ server, client, pass }) => {
      await pass(90);
      expect(await server.codeOf('0.01', '/3/0/0')).toBe('2.05');
      await pass(90);
      expect(await server.codeOf('0.01', '/3/0/0')).toBe('2.05');
      await pass(94);
      expect(await server.codeOf('0.01', '/3/0/0')).toBe('none');
      await client.update();
      expect(await server.codeOf('0.01', '/3/0/0')).toBe('2.05');
    }));
});

describe('The bootstrap trigger', () => {
  it('is refused without a Bootstrap-Server', () =>
    on({}, async ({ server }) => {
      expect(await execute(server, '/1/0/9')).toBe('4.05');
    }));
});

describe('Several servers', () => {
  it('each have a registration of their own', () =>
    on({ servers: 2, values: { '/1/1/1': 500 } }, async ({ server, server2, client, pass }) => {
      expect([server.log, server2.log]).toEqual([[`0 ${REGISTER}`], ['0 0.02 /rd?ep=ep&lt=500&lwm2m=1.1&b=U']]);
      client.set('/1/1/1', 400);
      await pass(1);
      expect([server.seen.length, server2.log.at(-1)]).toEqual([1, '0 0.02 /rd/1?lt=400']);
    }));

  it('are registered in the order of their priority, each after its delay', () =>
    on(
      { servers: 2, values: { '/1/0/13': 2, '/1/0/14': 5, '/1/1/13': 1, '/1/1/14': 10, '/1/1/1': 300 } },
      async ({ server, server2, pass }) => {
        await pass(20);
        expect([server.log, server2.log]).toEqual([[`15 ${REGISTER}`], [`10 ${REGISTER}`]]);
      },
    ));

  it.each([
    [true, 0],
    [false, 1],
  ])('are blocked by a failure before them, if that is set: %s', (block, registers) =>
    on(
      { servers: 2, values: { '/1/0/13': 1, '/1/0/15': block, '/1/0/17': 1, '/1/1/13': 2 } },
      async ({ server, server2, client, pass }) => {
        server.policy = () => outgoing('4.03');
        client.stop();
        server2.seen.length = 0;
        client.start();
        await pass(10);
        expect(server2.seen.filter(isRegister)).toHaveLength(registers);
      },
    ),
  );
});

describe('A model of another version', () => {
  it('is told with ver', () => {
    expect(modelFor('1.0').object(1)?.version).toBe('1.0');
    return on({ enabler: '1.0' }, async ({ server }) => {
      expect(server.seen[0]?.payload).toBe('</>;rt="oma.lwm2m";ct=11543,</1/0>,</3/0>,</3303/0>');
      await Promise.resolve();
    });
  });
});
