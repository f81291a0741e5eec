import { describe, expect, it } from 'vitest';
import { sleep, VirtualClock } from '../base/clock.js';
import { seeded } from '../base/random.js';
import { memoryNetwork } from '../link/memory.js';
import type { Enabler } from '../model/party.js';
import type {
  BootstrapSessionShown,
  BootstrapServerStimulus,
  Outcome,
  RegistrationShown,
  Setup,
  Sut,
} from './contract.js';
import { referenceBootstrapServer } from './reference-bootstrap-server.js';
import { referenceClient, type ReferenceClientSetup } from './reference-client.js';
import { referenceServer } from './reference-server.js';

interface Three {
  readonly clock: VirtualClock;
  readonly client: Sut;
  readonly bootstrapServer: Sut;
  readonly registrations: () => Promise<readonly RegistrationShown[]>;
  readonly sessions: () => Promise<readonly BootstrapSessionShown[]>;
}

function told(outcome: Outcome): unknown {
  if (outcome === 'unsupported' || !('told' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.told;
}

/** Our own three: the client knows the bootstrap-server alone, and is started. */
function three(
  enabler: Enabler,
  play: (three: Three) => Promise<void>,
  provisioning?: Omit<BootstrapServerStimulus & { readonly do: 'provision' }, 'do' | 'endpoint'>,
  own: ReferenceClientSetup = {},
): Promise<void> {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  const setup = { case: 'c', endpoint: 'device', enabler, configuration: { id: 'C.13', values: {} }, credentials: {} };
  const link = (address: string) => () => Promise.resolve(network.link(address));
  const server = referenceServer({ clock, random: seeded(1), link: link('server:5683') });
  const bootstrapServer = referenceBootstrapServer({ clock, random: seeded(2), link: link('bs:5683') });
  const client = referenceClient({ clock, random: seeded(3), link: link('client:5683'), enabler, setup: own });
  const peer = { party: 'server', uri: 'coap://server:5683', shortServerId: 1 } as const;
  const start = (sut: Sut, peers: Setup['peers']) => sut.start({ ...setup, peers });
  return clock.run(async () => {
    await start(server, []);
    await start(bootstrapServer, [peer]);
    if (provisioning) await bootstrapServer.stimulate({ do: 'provision', endpoint: 'device', ...provisioning });
    await start(client, [{ party: 'bootstrap-server', uri: 'coap://bs:5683' }]);
    await sleep(clock, 20);
    await play({
      clock,
      client,
      bootstrapServer,
      registrations: async () => told(await server.stimulate({ do: 'registrations' })) as RegistrationShown[],
      sessions: async () => told(await bootstrapServer.stimulate({ do: 'sessions' })) as BootstrapSessionShown[],
    });
    await Promise.all([client, bootstrapServer, server].map((sut) => sut.stop()));
  });
}

const ACCOUNT = {
  '/0/5': { '0': 'coap://server:5683', '1': false, '2': 3, '3': '', '4': '', '5': '', '10': 7 },
  '/1/9': { '0': 7, '1': 120, '6': false, '7': 'U' },
};

describe('our own three parties', () => {
  it.each(['1.0', '1.1', '1.2'] as const)('bootstrap, and the client registers with what it was given: %s', (enabler) =>
    three(enabler, async ({ registrations, sessions }) => {
      expect(await sessions()).toMatchObject([{ endpoint: 'device', state: 'finished', errors: [] }]);
      expect(await registrations()).toMatchObject([{ endpoint: 'device', version: enabler, lifetime: 86_400 }]);
    }),
  );

  it.each([11542, 110, 112, 11544])('understand each other in format %i', (format) =>
    three(
      '1.2',
      async ({ registrations, sessions }) => {
        expect(await sessions()).toMatchObject([{ state: 'finished', errors: [] }]);
        expect(await registrations()).toMatchObject([{ lifetime: 120, objects: expect.arrayContaining(['/1/9']) }]);
      },
      { deletes: ['/'], writes: ACCOUNT, format },
    ),
  );

  it('look at each step, and at what a Delete leaves', () =>
    three(
      '1.1',
      async ({ registrations, sessions }) => {
        const [session] = await sessions();
        const codes = session?.commands?.map(({ command, code }) => `${command} ${code}`);
        expect(codes).toEqual([
          ...[
            'write /0/5 2.04',
            'write /1/9 2.04',
            'discover / 2.05',
            'read /1 2.05',
            'delete /0 2.02',
            'delete /1 2.02',
          ],
          ...['discover / 2.05', 'finish 4.06', 'write /0/5 2.04', 'write /1 2.04', 'write /1/9/1 2.04', 'finish 2.04'],
        ]);
        const links = session?.commands?.flatMap(({ links: shown }) => shown ?? []) ?? [];
        expect(links[0]).toMatch(/<\/0\/5>;ssid=7;uri="coap:\/\/server:5683"/);
        expect(links[1]).not.toContain('</0/5>');
        expect(links[1]).toContain('</0/0>');
        expect(await registrations()).toMatchObject([{ lifetime: 60 }]);
      },
      {
        deletes: [],
        writes: {},
        steps: [
          { do: 'write', path: '/0/5', value: ACCOUNT['/0/5'] },
          { do: 'write', path: '/1/9', value: ACCOUNT['/1/9'] },
          { do: 'discover', path: '/' },
          { do: 'read', path: '/1' },
          { do: 'delete', path: '/0' },
          { do: 'delete', path: '/1' },
          { do: 'discover', path: '/' },
          { do: 'finish' },
          { do: 'write', path: '/0/5', value: ACCOUNT['/0/5'] },
          { do: 'write', path: '/1', value: { '9/0': 7, '9/1': 120, '9/6': false, '9/7': 'U' } },
          { do: 'write', path: '/1/9/1', value: 60 },
          { do: 'finish' },
        ],
      },
    ));

  it('do it in one pack', () =>
    three(
      '1.2',
      async ({ registrations, sessions }) => {
        expect(await sessions()).toMatchObject([{ state: 'finished', commands: [] }]);
        expect(await registrations()).toMatchObject([{ lifetime: 120 }]);
      },
      { deletes: [], writes: ACCOUNT },
      { bootstrapPack: true },
    ));

  it('do without a pack where there cannot be one', () =>
    three(
      '1.2',
      async ({ registrations, sessions }) => {
        expect(await sessions()).toMatchObject([
          { state: 'finished', commands: expect.arrayContaining([{ command: 'delete /', code: '2.02' }]) },
        ]);
        expect(await registrations()).toHaveLength(1);
      },
      { deletes: ['/'], writes: ACCOUNT },
      { bootstrapPack: true },
    ));

  it('begin again when the client is told to', () =>
    three('1.1', async ({ clock, client, registrations, sessions }) => {
      expect(await client.stimulate({ do: 'bootstrap' })).toEqual({});
      await sleep(clock, 20);
      expect((await sessions()).map(({ state }) => state)).toEqual(['finished', 'finished']);
      expect(await registrations()).toHaveLength(1);
    }));
});
