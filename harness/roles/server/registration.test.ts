import { describe, expect, it } from 'vitest';
import { sleep } from '../../base/clock.js';
import { getLocationPath } from '../../wire/coap/read.js';
import { ServerRole } from './server-role.js';
import { LINKS, onStage, QUERY, registerParts } from './testing/stage.js';

/** The query with one parameter changed, left out (`undefined`) or added. */
function query(changes: Record<string, string | undefined>): string[] {
  const kept = QUERY.filter((parameter) => !((parameter.split('=')[0] ?? '') in changes));
  return [...kept, ...Object.values(changes).filter((parameter) => parameter !== undefined)];
}

describe('Register', () => {
  it('makes a registration below /rd and keeps what was announced', () =>
    onStage(async ({ server, client, events }) => {
      const location = await client().register();
      expect(location).toMatch(/^\/rd\/[^/]+$/);
      expect(server.registrations()).toMatchObject([
        {
          endpoint: 'device',
          location,
          address: 'client',
          lifetime: 60,
          enabler: '1.1',
          binding: 'U',
          queueMode: false,
          query: QUERY,
          payload: new TextEncoder().encode(LINKS),
          objects: { alternatePath: '', formats: [110, 112, 11542], paths: ['/1/0', '/3/0', '/3303/0', '/3303/1'] },
        },
      ]);
      expect(events).toEqual([{ event: 'registered', endpoint: 'device', path: location }]);
    }));

  it.each<[string, string[], string, string]>([
    ['no lt', query({ lt: undefined }), LINKS, '4.00'],
    ['no lwm2m', query({ lwm2m: undefined }), LINKS, '4.00'],
    ['no ep', query({ ep: undefined }), LINKS, '4.00'],
    ['no ep in 1.0', ['lt=60', 'lwm2m=1.0'], LINKS, '4.00'],
    ['an empty ep', query({ ep: 'ep=' }), LINKS, '4.00'],
    ['lt that is no number', query({ lt: 'lt=1m' }), LINKS, '4.00'],
    ['lt twice', [...QUERY, 'lt=61'], LINKS, '4.00'],
    ['a version that is none', query({ lwm2m: 'lwm2m=1' }), LINKS, '4.00'],
    ['a version that does not exist', query({ lwm2m: 'lwm2m=1.3' }), LINKS, '4.12'],
    ['another major version', query({ lwm2m: 'lwm2m=2.0' }), LINKS, '4.12'],
    ['an unknown parameter', query({ x: 'x=1' }), LINKS, '4.00'],
    ['b=UQ in 1.1', query({ b: 'b=UQ' }), LINKS, '4.00'],
    ['b=UT in 1.0', query({ b: 'b=UT', lwm2m: 'lwm2m=1.0' }), LINKS, '4.00'],
    ['Q in 1.0', query({ Q: 'Q', lwm2m: 'lwm2m=1.0' }), LINKS, '4.00'],
    ['Q with a value', query({ Q: 'Q=false' }), LINKS, '4.00'],
    ['pid in 1.1', query({ pid: 'pid=6:27354b9a' }), LINKS, '4.00'],
    ['no list in 1.1', QUERY, '', '4.00'],
    ['no list in 1.2', query({ lwm2m: 'lwm2m=1.2' }), '', '4.09'],
    ['an unknown profile', query({ lwm2m: 'lwm2m=1.2', pid: 'pid=6:00000000' }), '', '4.09'],
    ['a list without /1', QUERY, '</3/0>', '4.00'],
    ['a list without /3', QUERY, '</1/0>', '4.00'],
    ['a broken list', QUERY, '</1/0>,</3/0', '4.00'],
  ])('refuses %s', (_, parameters, links, code) =>
    onStage(async ({ server, client }) => {
      expect((await client().send('0.02', registerParts(parameters, links))).code).toBe(code);
      expect(server.registrations()).toEqual([]);
    }),
  );

  it.each<[string, string[], string]>([
    ['parameters in another order', [...QUERY].reverse(), LINKS],
    ['no binding', query({ b: undefined }), LINKS],
    ['letters in any order', query({ b: 'b=TUN' }), LINKS],
    ['lt=0', query({ lt: 'lt=0' }), LINKS],
    ['a lifetime above 2^31', query({ lt: 'lt=4294967295' }), LINKS],
    ['blanks between links', QUERY, '</1/0>, </3/0>'],
    ['a quoted version and an unquoted type', QUERY, '</>;rt=oma.lwm2m,</1/0>,</3>;ver="1.1",</3/0>'],
    ['a version on an instance', QUERY, '</1/0>,</3/0>;ver=1.1'],
    ['unknown objects, versions and attributes', QUERY, '</1/0>,</3/0>;x=1,</9999>;ver=9.9,</9999/0>'],
    ['a security object in the list', QUERY, '</0/0>,</1/0>,</3/0>'],
    ['every character in a name', query({ ep: 'ep=ürn:dev:=&/%20 "ö"' }), LINKS],
  ])('accepts %s', (_, parameters, links) =>
    onStage(async ({ client }) => {
      await expect(client().register(parameters, links)).resolves.toMatch(/^\/rd\//);
    }),
  );

  it('refuses a list that is not said to be link format', () =>
    onStage(async ({ client }) => {
      const device = client();
      const { contentFormat: _, ...without } = registerParts();
      expect((await device.send('0.02', without)).code).toBe('4.00');
      expect((await device.send('0.02', { ...without, contentFormat: 0 })).code).toBe('4.00');
    }));

  it('says in words why it refuses', () =>
    onStage(async ({ client }) => {
      const { payload } = await client().send('0.02', registerParts(query({ lt: undefined })));
      expect(new TextDecoder().decode(payload)).toContain('lt');
    }));

  it('speaks only the versions it was given', () =>
    onStage(
      async ({ client }) => {
        expect((await client().send('0.02', registerParts())).code).toBe('4.12');
        await client('old').register(query({ lwm2m: 'lwm2m=1.0' }));
      },
      { enablers: ['1.0'] },
    ));

  it('holds a name against the identity that security proves, and uses that where there is no name', () =>
    onStage(
      async ({ client, server }) => {
        expect((await client('mallory').send('0.02', registerParts())).code).toBe('4.00');
        await client('device').register(query({ ep: undefined }));
        expect(server.registrations()).toMatchObject([{ endpoint: 'device' }]);
      },
      { identityOf: (address) => address },
    ));

  it('refuses a name that is not permitted', () =>
    onStage(
      async ({ client }) => {
        expect((await client().send('0.02', registerParts())).code).toBe('4.03');
      },
      { permits: (endpoint) => endpoint !== 'device' },
    ));

  it('knows profiles that it was given or has learned, alone and with a list', () =>
    onStage(
      async ({ client, server }) => {
        const of = (ep: string, pid: string): string[] => [`ep=${ep}`, 'lt=60', 'lwm2m=1.2', `pid=${pid}`];
        await client('a').register(of('a', '6:27354b9a'), '');
        await client('b').register(of('b', '6:27354b9a'), '</4/0>');
        await client('c').register(of('c', '6:00000001'), '</1/0>,</3/0>,</7/0>');
        await client('d').register(of('d', '6:00000001'), '');
        expect((await client('e').send('0.02', registerParts(of('e', '6:00000002'), '</4/0>'))).code).toBe('4.09');
        expect(server.registrations().map(({ objects }) => objects.paths)).toEqual([
          ['/1/0', '/3/0'],
          ['/1/0', '/3/0', '/4/0'],
          ['/1/0', '/3/0', '/7/0'],
          ['/1/0', '/3/0', '/7/0'],
        ]);
      },
      { profiles: { '6:27354b9a': '</1/0>,</3/0>' } },
    ));

  it('replaces a registration of the same name: the old location is gone', () =>
    onStage(async ({ client, server }) => {
      const device = client();
      const old = await device.register();
      const renewed = await device.register();
      expect(renewed).not.toBe(old);
      expect(server.registrations()).toHaveLength(1);
      expect((await device.send('0.02', { path: old })).code).toBe('4.04');
      expect((await device.send('0.02', { path: renewed })).code).toBe('2.04');
    }));

  it('keeps the lifetime of the new registration when the old one would have ended', () =>
    onStage(async ({ client, clock, server }) => {
      const device = client();
      await device.register();
      await sleep(clock, 50);
      await device.register();
      await sleep(clock, 50);
      expect(server.registrations()).toHaveLength(1);
    }));

  it('answers other paths and methods with their codes', () =>
    onStage(async ({ client }) => {
      const device = client();
      const location = await device.register();
      expect((await device.send('0.01', { path: '/rd' })).code).toBe('4.05');
      expect((await device.send('0.03', { path: location })).code).toBe('4.05');
      expect((await device.send('0.02', { path: '/rdx' })).code).toBe('4.04');
      expect((await device.send('0.01', { path: '/dp' })).code).toBe('4.05');
      expect((await device.send('0.02', { path: '/' })).code).toBe('4.04');
    }));

  it('takes a location of any form from a variant, and finds it again', () =>
    onStage(
      async ({ client }) => {
        const device = client();
        const location = await device.register();
        expect(location).toBe('/rd/a b/%2F%25/');
        expect((await device.send('0.02', { path: location })).code).toBe('2.04');
      },
      {},
      class extends ServerRole {
        override locationOf(): string {
          return '/rd/a%20b/%2F%25/';
        }
      },
    ));
});

describe('Update', () => {
  it('changes what it names, keeps the rest, and begins the lifetime again', () =>
    onStage(async ({ client, clock, server }) => {
      const device = client();
      const path = await device.register([...QUERY, 'Q']);
      await sleep(clock, 40);
      expect((await device.send('0.02', { path, query: ['lt=100'] })).code).toBe('2.04');
      expect(server.registrations()).toMatchObject([
        { lifetime: 100, binding: 'U', queueMode: true, objects: { formats: [110, 112, 11542] } },
      ]);
      await sleep(clock, 99);
      expect((await device.send('0.02', { path })).code).toBe('2.04');
    }));

  it('takes its object list as the whole list', () =>
    onStage(async ({ client, server }) => {
      const device = client();
      const path = await device.register();
      await device.send('0.02', {
        path,
        contentFormat: 40,
        payload: new TextEncoder().encode('</1/0>,</3/0>,</3303/7>'),
      });
      expect(server.registrations()[0]?.objects).toMatchObject({
        paths: ['/1/0', '/3/0', '/3303/7'],
        formats: [110, 112, 11542],
      });
    }));

  it('switches queue mode on by Q, and by the binding in 1.0', () =>
    onStage(async ({ client, server }) => {
      const device = client();
      const path = await device.register();
      await device.send('0.02', { path, query: ['Q'] });
      expect(server.registrations()[0]?.queueMode).toBe(true);
      const old = client('old');
      const oldPath = await old.register(['ep=old', 'lt=60', 'lwm2m=1.0', 'b=UQ']);
      expect(server.registrationOf('old')?.queueMode).toBe(true);
      await old.send('0.02', { path: oldPath });
      expect(server.registrationOf('old')?.queueMode).toBe(true);
      await old.send('0.02', { path: oldPath, query: ['b=U'] });
      expect(server.registrationOf('old')?.queueMode).toBe(false);
    }));

  it.each([[['lt=x']], [['ep=other']], [['lwm2m=1.1']], [['b=UQ']], [['lt=1', 'lt=2']], [['x=1']]])(
    'refuses %j and changes nothing',
    (parameters) =>
      onStage(async ({ client, server }) => {
        const device = client();
        const path = await device.register();
        expect((await device.send('0.02', { path, query: parameters })).code).toBe('4.00');
        expect(server.registrations()).toMatchObject([{ lifetime: 60, binding: 'U' }]);
      }),
  );

  it('accepts a Content-Format without a list, and refuses a list of another format', () =>
    onStage(async ({ client }) => {
      const device = client();
      const path = await device.register();
      expect((await device.send('0.02', { path, contentFormat: 40 })).code).toBe('2.04');
      expect(
        (await device.send('0.02', { path, contentFormat: 0, payload: new TextEncoder().encode(LINKS) })).code,
      ).toBe('4.00');
    }));

  it('answers 4.04 to a location that nobody has, and to one that is proven to be of another', () =>
    onStage(
      async ({ client }) => {
        const path = await client('device').register();
        const mallory = client('mallory');
        expect((await mallory.send('0.02', { path })).code).toBe('4.04');
        expect((await mallory.send('0.04', { path })).code).toBe('4.04');
        expect((await mallory.send('0.02', { path: '/rd/none' })).code).toBe('4.04');
      },
      { identityOf: (address) => address },
    ));
});

describe('De-register', () => {
  it('ends the registration; a second one finds nothing', () =>
    onStage(async ({ client, server, events }) => {
      const device = client();
      const path = await device.register();
      expect((await device.send('0.04', { path })).code).toBe('2.02');
      expect(server.registrations()).toEqual([]);
      expect((await device.send('0.04', { path })).code).toBe('4.04');
      expect(events.at(-1)).toEqual({ event: 'deregistered', endpoint: 'device', path, text: 'deregistered' });
    }));
});

describe('the lifetime', () => {
  it('ends a registration when it has passed, not before', () =>
    onStage(async ({ client, clock, server, events }) => {
      const device = client();
      const path = await device.register();
      await sleep(clock, 59.9);
      expect(server.registrations()).toHaveLength(1);
      await sleep(clock, 0.2);
      expect(server.registrations()).toEqual([]);
      expect(events.at(-1)).toMatchObject({ event: 'deregistered', text: 'expired' });
      expect((await device.send('0.02', { path })).code).toBe('4.04');
    }));

  it('has no end when it is 0, nor before its time when it is long', () =>
    onStage(
      async ({ client, clock, server }) => {
        await client('a').register(['ep=a', 'lt=0', 'lwm2m=1.2']);
        await client('b').register(['ep=b', 'lt=4000000000', 'lwm2m=1.1']);
        await sleep(clock, 3_999_999_990);
        expect(server.registrations()).toHaveLength(2);
        await sleep(clock, 20);
        expect(server.registrations()).toMatchObject([{ endpoint: 'a' }]);
      },
      {},
      ServerRole,
      5e9,
    ));

  it('is not begun again by a refused Update or a request of another kind', () =>
    onStage(async ({ client, clock, server }) => {
      const device = client();
      const path = await device.register();
      await sleep(clock, 50);
      await device.send('0.02', { path, query: ['lt=x'] });
      await device.send('0.02', { path: '/dp' });
      await sleep(clock, 10.1);
      expect(server.registrations()).toEqual([]);
    }));

  it('is a decision that a variant can make otherwise', () =>
    onStage(
      async ({ client, clock, server }) => {
        await client().register();
        await sleep(clock, 65);
        expect(server.registrations()).toHaveLength(1);
        await sleep(clock, 6);
        expect(server.registrations()).toEqual([]);
      },
      {},
      class extends ServerRole {
        override expiryDelay(registration: Parameters<ServerRole['expiryDelay']>[0]): number {
          return registration.lifetime + 10;
        }
      },
    ));
});

it('a thousand clients within ten seconds: each has a location of its own', () =>
  onStage(async ({ client, server }) => {
    const devices = Array.from({ length: 1000 }, (_, i) => client(`c${i}`));
    const answers = await Promise.all(
      devices.map((device, i) => device.send('0.02', registerParts(query({ ep: `ep=d${i}` })))),
    );
    expect(new Set(answers.map(getLocationPath)).size).toBe(1000);
    expect(server.registrations()).toHaveLength(1000);
  }));
