import { describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.js';
import { VirtualClock } from '../base/clock.js';
import { unwrap } from '../base/error.js';
import { seeded } from '../base/random.js';
import { Endpoint } from '../coap/endpoint.js';
import type { PlainContent } from '../model/plain.js';
import { modelFor } from '../model/registry.js';
import { memoryNetwork } from '../link/memory.js';
import { ClientRole, encodeSmartCard, Registration, type ServerAccount } from '../roles/client/index.js';
import { outgoing } from '../roles/shared/outgoing.js';
import { getPath, getQuery } from '../wire/coap/read.js';
import { referenceClient, type ReferenceClientOptions } from './reference-client.js';
import type { PeerAddress, Sut } from './contract.js';

interface Scene {
  readonly sut: Sut;
  /** Requests at the server: `POST /rd?…` by code. */
  readonly log: string[];
  readonly server: Endpoint;
  readonly pass: (seconds: number) => Promise<void>;
  readonly start: (values?: PlainContent, peers?: readonly PeerAddress[]) => Promise<void>;
}

const PEERS: readonly PeerAddress[] = [{ party: 'server', uri: 'coap://server', shortServerId: 101 }];

async function scene(
  body: (scene: Scene) => Promise<void>,
  options: Partial<ReferenceClientOptions> = {},
): Promise<void> {
  const clock = new VirtualClock();
  const random = seeded(1);
  const network = memoryNetwork(clock);
  const server = new Endpoint({ link: network.link('server'), clock, random: random.fork('server') });
  const log: string[] = [];
  server.onRequest(({ message }) => {
    log.push(`${message.code} ${getPath(message)}?${getQuery(message).join('&')}`);
    if (getPath(message) === '/rd') return outgoing('2.01', { location: '/rd/a' });
    return outgoing(message.code === '0.04' ? '2.02' : '2.04');
  });
  const link = () => network.link('client');
  const sut = referenceClient({ clock, random: random.fork('client'), link, enabler: '1.1', ...options });
  const pass = (seconds: number): Promise<void> => new Promise((resolve) => void clock.after(seconds, resolve));
  const start: Scene['start'] = async (values = {}, peers = PEERS) => {
    const configuration = { id: 'C.1', values };
    await sut.start({ case: 'test', endpoint: 'ep', enabler: '1.1', configuration, peers, credentials: {} });
    await pass(1);
  };
  await clock.run(async () => {
    await body({ sut, log, server, pass, start });
    await sut.stop();
    await server.close();
  });
}

describe('The reference client behind the control contract', () => {
  it('says what it is and what it can be asked', () =>
    scene(async ({ sut }) => {
      expect(await sut.describe()).toMatchObject({
        party: 'client',
        stimuli: ['set', 'update', 'deregister', 'restart', 'bootstrap', 'offline', 'insert-card', 'value'],
      });
    }));

  it('registers where it is told, with the values of the configuration', () =>
    scene(async ({ start, log, sut }) => {
      await start({
        '/0/0/0': 'coaps://elsewhere',
        '/0/0/2': 0,
        '/0/0/10': 101,
        '/1/0/0': 101,
        '/1/0/1': 60,
        '/3/0/0': 'Acme',
      });
      expect(log).toEqual(['0.02 /rd?ep=ep&lt=60&lwm2m=1.1&b=U']);
      expect(await sut.stimulate({ do: 'value', path: '/0/0/2' })).toEqual({ told: 3 });
      expect(await sut.stimulate({ do: 'value', path: '/3/0/0' })).toEqual({ told: 'Acme' });
    }));

  it('makes accounts where the configuration has none, beside one for a Bootstrap-Server', () =>
    scene(async ({ start, log, sut }) => {
      await start({ '/0/0/0': 'coap://bs', '/0/0/1': true, '/0/0/2': 3 });
      expect(log).toHaveLength(1);
      expect(await sut.stimulate({ do: 'value', path: '/0/1/10' })).toEqual({ told: 101 });
      expect(await sut.stimulate({ do: 'value', path: '/1/0/0' })).toEqual({ told: 101 });
    }));

  it('refuses a configuration that does not fit', () =>
    scene(async ({ start }) => {
      await expect(start({ '/3/0/9': 'full' })).rejects.toThrow(/\/3\/0\/9/);
    }));

  it('sets and tells values', () =>
    scene(async ({ start, sut }) => {
      await start();
      expect(await sut.stimulate({ do: 'set', path: '/3/0/9', value: '42' })).toEqual({});
      expect(await sut.stimulate({ do: 'value', path: '/3/0/9' })).toEqual({ told: 42 });
      expect(await sut.stimulate({ do: 'set', path: '/3/0/7/1', value: 1 })).toEqual({});
      expect(await sut.stimulate({ do: 'value', path: '/3/0/7' })).toEqual({ told: { '0': 3800, '1': 1 } });
      expect(await sut.stimulate({ do: 'value', path: '/9/9/9' })).toEqual({ told: null });
      expect(await sut.stimulate({ do: 'set', path: '/3/0/9', value: 'full' })).toMatchObject({
        refused: expect.stringContaining('full'),
      });
      expect(await sut.stimulate({ do: 'set', path: '3/0/9', value: 1 })).toMatchObject({
        refused: expect.any(String),
      });
    }));

  it('updates, de-registers, comes back and restarts', () =>
    scene(async ({ start, sut, log, pass }) => {
      await start();
      for (const what of ['update', 'deregister', 'update', 'restart'] as const) {
        expect(await sut.stimulate({ do: what })).toEqual({});
        await pass(2);
      }
      const register = '0.02 /rd?ep=ep&lt=86400&lwm2m=1.1&b=U';
      expect(log).toEqual([register, '0.02 /rd/a?', '0.04 /rd/a?', register, register]);
    }));

  it('has a smart card put in, and goes by it', () =>
    scene(async ({ start, sut, log, pass }) => {
      await start();
      const values = {
        '/0/0/0': 'coap://server',
        '/0/0/1': false,
        '/0/0/2': 3,
        '/0/0/10': 7,
        '/1/0/0': 7,
        '/1/0/1': 60,
      };
      const encoded = unwrap(encodeSmartCard({ ...values, '/1/0/6': true, '/1/0/7': 'U' }, modelFor('1.1')));
      const files = Object.fromEntries(Object.entries(encoded).map(([id, bytes]) => [id, toHex(bytes)]));
      expect(await sut.stimulate({ do: 'insert-card', values, files })).toEqual({});
      await pass(2);
      expect(log.at(-1)).toBe('0.02 /rd?ep=ep&lt=60&lwm2m=1.1&b=U');
      expect(await sut.stimulate({ do: 'value', path: '/1/0/0' })).toEqual({ told: 7 });
      expect(await sut.stimulate({ do: 'insert-card', values, files: { '5031': 'ff00' } })).toMatchObject({
        refused: expect.stringContaining('5031'),
      });
    }));

  it('sends nothing while it is offline', () =>
    scene(async ({ start, sut, log, server, pass }) => {
      await start();
      await sut.stimulate({ do: 'offline', seconds: 100 });
      await sut.stimulate({ do: 'update' });
      const answer = await server.request('client', outgoing('0.01', { path: '/3/0/0' }), { within: 10 });
      expect([answer.ok, log.length]).toEqual([false, 1]);
      await pass(100);
      expect(log.slice(1)).toEqual(['0.02 /rd/a?']);
    }));

  it('does not do what it cannot', () =>
    scene(async ({ start, sut }) => {
      expect(await sut.stimulate({ do: 'update' })).toMatchObject({ failed: expect.any(String) });
      await start();
      for (const stimulus of [{ do: 'send', paths: [] }, { do: 'registrations' }] as const)
        expect(await sut.stimulate(stimulus)).toBe('unsupported');
    }));

  it('keeps still until told when the case wants that', () =>
    scene(
      async ({ start, sut, log, pass }) => {
        await start();
        expect(log).toEqual([]);
        await sut.stimulate({ do: 'update' });
        await pass(60);
        expect(log).toEqual(['0.02 /rd?ep=ep&lt=30&lwm2m=1.1&b=U&Q']);
      },
      { setup: { register: false, keepAlive: false, lifetime: 30, queueMode: true } },
    ));

  it('can be another kind of client', () =>
    scene(
      async ({ start, log }) => {
        await start();
        expect(log).toEqual(['0.02 /rd?ep=ep&lt=7&lwm2m=1.1&b=U']);
      },
      {
        Role: class extends ClientRole {
          override createRegistration(account: ServerAccount, Kind = Registration): Registration {
            return super.createRegistration(
              account,
              class extends Kind {
                override lifetime(): number {
                  return 7;
                }
              },
            );
          }
        },
      },
    ));

  it('tells what it does', () =>
    scene(async ({ start, sut, pass }) => {
      const told: unknown[] = [];
      const reading = (async () => {
        for await (const event of sut.events?.() ?? []) told.push(event);
      })();
      void reading;
      await start();
      await sut.stimulate({ do: 'update' });
      await pass(1);
      await sut.stimulate({ do: 'deregister' });
      await pass(1);
      expect(told).toEqual([
        { endpoint: 'ep', event: 'registered', text: '/rd/a' },
        { endpoint: 'ep', event: 'updated' },
        { endpoint: 'ep', event: 'deregistered' },
      ]);
    }));

  it('starts anew, and is silent once it is stopped', () =>
    scene(async ({ start, sut, log, pass }) => {
      await start({ '/1/0/1': 20 });
      await start({ '/1/0/1': 20 });
      expect(log).toHaveLength(2);
      await sut.stop();
      await pass(100);
      expect(log).toHaveLength(2);
    }));

  const BOOTSTRAP: PeerAddress = { party: 'bootstrap-server', uri: 'coap://server' };

  it('asks the bootstrap-server where it is told of no server, whatever the configuration says of servers', () =>
    scene(async ({ start, sut, log }) => {
      await start({ '/1/0/0': 101, '/1/0/1': 60, '/2/0/0': 3 }, [BOOTSTRAP]);
      expect(log).toEqual(['0.02 /bs?ep=ep&pct=112']);
      expect(await sut.stimulate({ do: 'value', path: '/1' })).toEqual({ told: {} });
    }));

  it('knows both where it is told of both, and asks when told to', () =>
    scene(async ({ start, sut, log, pass }) => {
      await start({}, [...PEERS, BOOTSTRAP]);
      expect(log).toEqual(['0.02 /rd?ep=ep&lt=86400&lwm2m=1.1&b=U']);
      expect(await sut.stimulate({ do: 'bootstrap' })).toEqual({});
      await pass(1);
      expect(log.slice(1)).toEqual(['0.02 /bs?ep=ep&pct=112']);
    }));

  it('knows the bootstrap-server alone where the case wants that', () =>
    scene(
      async ({ start, log }) => {
        await start({}, [...PEERS, BOOTSTRAP]);
        expect(log).toEqual(['0.02 /bs?ep=ep&pct=11542']);
      },
      { setup: { bootstrapped: false, bootstrapFormat: 11542 } },
    ));

  it('asks for a pack where the case wants that', () =>
    scene(
      async ({ start, log }) => {
        await start({}, [BOOTSTRAP]);
        expect(log).toEqual(['0.01 /bspack?ep=ep&acc=</0/0>', '0.02 /bs?ep=ep&pct=112']);
      },
      { enabler: '1.2', setup: { bootstrapPack: true } },
    ));

  it('refuses to ask where it knows no bootstrap-server', () =>
    scene(async ({ start, sut }) => {
      await start();
      expect(await sut.stimulate({ do: 'bootstrap' })).toEqual({ refused: 'the client knows no Bootstrap-Server' });
    }));

  it('tells when it is bootstrapped', () =>
    scene(async ({ start, sut, server, pass }) => {
      const told: unknown[] = [];
      void (async () => {
        for await (const { event } of sut.events?.() ?? []) told.push(event);
      })();
      await start({}, [BOOTSTRAP]);
      const write = (path: string, value: string): Promise<unknown> =>
        server.request(
          'client',
          outgoing('0.03', { path, contentFormat: 0, payload: new TextEncoder().encode(value) }),
        );
      for (const [path, value] of Object.entries({
        ...{ '/0/1/0': 'coap://server', '/0/1/1': '0', '/0/1/2': '3', '/0/1/10': '101' },
        ...{ '/1/0/0': '101', '/1/0/1': '300', '/1/0/6': '1', '/1/0/7': 'U' },
      }))
        await write(path, value);
      await server.request('client', outgoing('0.02', { path: '/bs' }));
      await pass(1);
      expect(told).toEqual(['bootstrapped', 'registered']);
    }));
});
