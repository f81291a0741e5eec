import { describe, expect, it } from 'vitest';
import { sleep, VirtualClock } from '../base/clock.js';
import { seeded } from '../base/random.js';
import { Endpoint } from '../coap/index.js';
import { memoryNetwork, type MemoryNetwork } from '../link/memory.js';
import { ServerRole } from '../roles/server/index.js';
import type { Enabler } from '../model/party.js';
import type { Outcome, ServerStimulus, Setup, Stimulus, Sut, SutEvent } from './contract.js';
import { referenceClient } from './reference-client.js';
import { referenceServer, type ReferenceServerOptions } from './reference-server.js';

interface Pair {
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  readonly server: Sut;
  readonly client: Sut;
  /** Gives the server an order for the client. */
  readonly order: (stimulus: DistributiveOmit<ServerStimulus, 'endpoint'>) => Promise<Outcome>;
}

type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;

const setup = (enabler: Enabler): Setup => ({
  case: 'c',
  endpoint: 'device',
  enabler,
  configuration: { id: 'C.1', values: { '/1/0/1': 300 } },
  peers: [{ party: 'server', uri: 'coap://server', shortServerId: 1 }],
  credentials: {},
});

/** Our client registered at our server. */
function paired(
  play: (pair: Pair) => Promise<void>,
  enabler: Enabler = '1.1',
  options: Partial<ReferenceServerOptions> = {},
  queueMode = false,
): Promise<void> {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  const server = referenceServer({ clock, random: seeded(1), link: network.link('server:5683'), ...options });
  const client = referenceClient({
    clock,
    random: seeded(2),
    link: () => network.link('client:5683'),
    enabler,
    setup: { queueMode },
  });
  return clock.run(async () => {
    const { address } = await server.start(setup(enabler));
    expect(address).toBe('server:5683');
    await client.start({ ...setup(enabler), peers: [{ party: 'server', uri: `coap://${address}`, shortServerId: 1 }] });
    await sleep(clock, 1);
    await play({
      clock,
      network,
      server,
      client,
      order: (stimulus) => server.stimulate({ ...stimulus, endpoint: 'device' } as Stimulus),
    });
    await client.stop();
    await server.stop();
  });
}

describe('the reference server', () => {
  it('shows who is registered', () =>
    paired(async ({ server }) => {
      expect(await server.stimulate({ do: 'registrations' })).toMatchObject({
        told: [
          { endpoint: 'device', lifetime: 300, version: '1.1', binding: 'U', queueMode: false, address: 'client:5683' },
        ],
      });
    }));

  it.each<Enabler>(['1.0', '1.1', '1.2'])('does what it is told with our client of %s', (enabler) =>
    paired(async ({ order, client }) => {
      await client.stimulate({ do: 'set', path: '/3/0/14', value: '+01' });
      expect(await order({ do: 'read', path: '/3/0/14' })).toEqual({ told: { code: '2.05', content: '+01' } });
      expect(await order({ do: 'write', path: '/3/0/14', value: '+02', mode: 'replace' })).toEqual({
        told: { code: '2.04' },
      });
      expect(await client.stimulate({ do: 'value', path: '/3/0/14' })).toEqual({ told: '+02' });
      expect(await order({ do: 'read', path: '/3/0' })).toMatchObject({
        told: { code: '2.05', content: { '14': '+02' } },
      });
      expect(await order({ do: 'shown', path: '/3/0/14' })).toEqual({ told: '+02' });
      expect(await order({ do: 'write-attributes', path: '/3/0/14', attributes: { pmin: 1, pmax: 100 } })).toEqual({
        told: { code: '2.04' },
      });
      expect(await order({ do: 'discover', path: '/3/0' })).toMatchObject({
        told: { code: '2.05', links: expect.stringContaining('</3/0/14>;pmin=1;pmax=100') },
      });
      expect(await order({ do: 'execute', path: '/3/0/14' })).toEqual({ told: { code: '4.05' } });
      expect(await order({ do: 'delete', path: '/3/0' })).toEqual({ told: { code: '4.05' } });
      expect(await order({ do: 'read', path: '/0' })).toEqual({ told: { code: '4.01' } });
    }, enabler),
  );

  it('observes, shows what is notified, and cancels', () =>
    paired(async ({ order, client, clock }) => {
      expect(await order({ do: 'observe', path: '/3/0/14' })).toMatchObject({ told: { code: '2.05' } });
      await client.stimulate({ do: 'set', path: '/3/0/14', value: '+05' });
      await sleep(clock, 2);
      expect(await order({ do: 'shown', path: '/3/0/14' })).toEqual({ told: '+05' });
      expect(await order({ do: 'cancel', path: '/3/0/14', how: 'active' })).toMatchObject({ told: { code: '2.05' } });
      await client.stimulate({ do: 'set', path: '/3/0/14', value: '+06' });
      await sleep(clock, 2);
      expect(await order({ do: 'shown', path: '/3/0/14' })).toEqual({ told: '+05' });
    }));

  it('tells events as they happen', () =>
    paired(async ({ server, client, order, clock }) => {
      const seen: SutEvent[] = [];
      const events = server.events?.();
      const reading = (async () => {
        for await (const event of events ?? []) seen.push(event);
      })();
      await client.stimulate({ do: 'update' });
      await sleep(clock, 1);
      await order({ do: 'observe', path: '/3/0/14' });
      await client.stimulate({ do: 'deregister' });
      await sleep(clock, 1);
      await server.stop();
      await reading;
      expect(seen.map(({ event }) => event)).toEqual(['updated', 'deregistered']);
    }));

  it('keeps an order for a client that sleeps, and says so at once', () =>
    paired(
      async ({ order, clock, client }) => {
        await sleep(clock, 94);
        expect(await order({ do: 'read', path: '/3/0/14' })).toEqual({ told: { queued: true } });
        await sleep(clock, 50);
        expect(await order({ do: 'shown', path: '/3/0/14' })).toEqual({ told: null });
        await client.stimulate({ do: 'update' });
        await sleep(clock, 1);
        expect(await order({ do: 'shown', path: '/3/0/14' })).not.toEqual({ told: null });
      },
      '1.1',
      {},
      true,
    ));

  it('refuses what cannot be sent, and says why', () =>
    paired(async ({ order, server }) => {
      expect(await server.stimulate({ do: 'read', endpoint: 'nobody', path: '/3' })).toEqual({
        refused: 'nobody is registered as "nobody"',
      });
      expect(await order({ do: 'read', path: '3/0' })).toEqual({ refused: expect.stringContaining('3/0') });
      expect(await order({ do: 'discover', path: '/3', depth: 1 })).toEqual({
        refused: expect.stringContaining('1.2'),
      });
      expect(await order({ do: 'cancel', path: '/3/0/9', how: 'active' })).toEqual({
        refused: expect.stringContaining('not observed'),
      });
    }));

  it('tells of a client that does not answer, which is no failure of its own', () =>
    paired(async ({ order, client }) => {
      await client.stop();
      expect(await order({ do: 'read', path: '/3/0/14' })).toMatchObject({ told: { code: 'none' } });
    }));

  it('knows only the stimuli of a server', () =>
    paired(async ({ server }) => {
      expect(await server.stimulate({ do: 'restart' })).toBe('unsupported');
      expect(await server.stimulate({ do: 'x-nonsense' } as unknown as Stimulus)).toBe('unsupported');
    }));

  it('does nothing before it is started, or after it is stopped', async () => {
    const clock = new VirtualClock();
    const network = memoryNetwork(clock);
    const server = referenceServer({ clock, random: seeded(1), link: () => Promise.resolve(network.link('server')) });
    expect(await server.stimulate({ do: 'registrations' })).toEqual({ failed: 'the server has not been started' });
    await clock.run(async () => {
      await server.start(setup('1.1'));
      await server.stop();
      await server.start(setup('1.1'));
      expect(await server.stimulate({ do: 'registrations' })).toEqual({ told: [] });
      await server.stop();
    });
    expect(await server.stimulate({ do: 'registrations' })).toEqual({ failed: 'the server has not been started' });
  });

  it('takes a deviating role, a deviating endpoint and what a case asks of it', () => {
    class Deaf extends Endpoint {
      override answerPing(): void {
        return undefined;
      }
    }
    class Forgetful extends ServerRole {
      override answerUpdate(): ReturnType<ServerRole['answerUpdate']> {
        return this.refuse('4.04', 'forgotten');
      }
    }
    const options = {
      Role: Forgetful,
      EndpointClass: Deaf,
      setup: { blockSize: 64, permits: () => true },
      endpointOptions: { tokenLength: 1 },
    };
    return paired(
      async ({ server, client, clock, network }) => {
        const before = await server.stimulate({ do: 'registrations' });
        await client.stimulate({ do: 'update' });
        await sleep(clock, 5);
        expect(await server.stimulate({ do: 'registrations' })).not.toEqual(before);
        const pinger = new Endpoint({ link: network.link('pinger'), clock, random: seeded(3) });
        expect(await pinger.ping('server:5683')).toBe('timeout');
      },
      '1.1',
      options,
    );
  });
});
