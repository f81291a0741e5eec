import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../base/clock.js';
import { memoryNetwork } from '../link/memory.js';
import { modelFor } from '../model/registry.js';
import { Journal, type JournalHead } from '../record/journal.js';
import { referenceClient } from '../sut/reference-client.js';
import { referenceServer } from '../sut/reference-server.js';
import { DEFAULT_ALLOWANCES, type Bench } from './bench.js';
import { execute, type Executed } from './execute.js';
import { judgeJournal } from './replay.js';
import { Session, type SessionPlan } from './session.js';
import { testCase, type TestCase } from './test-case.js';

const twoServers = testCase(
  {
    id: 'registration.two-servers',
    title: 'A client registers at both of its servers',
    since: '1.0',
    configuration: 'C.1',
    servers: 2,
    checks: {
      x1: { by: 'client', level: 'must', req: 'R-1', says: 'registers at the second server as well' },
      x2: { by: 'client', level: 'must', req: 'R-1', says: 'answers each server' },
    },
  },
  async ({ server, server2, check }) => {
    const first = await server.registered();
    const second = await server2.registered();
    check('x1', second.exchange.to, 'server2');
    const answers = [await server.read('/3/0/0'), await server2.read('/3/0/1')];
    check(
      'x2',
      answers.map(({ to, from, response }) => [from, to, response.code]),
      [
        ['server', 'client', '2.05'],
        ['server2', 'client', '2.05'],
      ],
    );
    check('x1', first.exchange.to, 'server');
  },
);

function planOf(clock: VirtualClock): SessionPlan {
  const network = memoryNetwork(clock);
  const server = { ours: true, sut: referenceServer } as const;
  return {
    kind: 'reference',
    judged: ['client', 'server'],
    client: { ours: true, sut: ({ own: _own, ...around }) => referenceClient(around) },
    server,
    server2: server,
    bootstrapServer: server,
    clock,
    network: (peer) => Promise.resolve(network.link(`${peer}:5683`)),
    seed: 1,
    enabler: '1.1',
    model: modelFor('1.1'),
    endpoint: 'device',
    allowances: DEFAULT_ALLOWANCES,
    tolerance: () => ({ early: 0.01, late: 0.01 }),
  };
}

const headOf = ({ kind, judged, endpoint, bind, parties }: Bench): Promise<JournalHead> =>
  Promise.resolve({
    ...{ kind: 'head', format: 1, case: twoServers.meta.id, bench: kind, judged, ours: ['client', 'server'] },
    ...{ enabler: '1.1', timing: 'virtual', endpoint, seed: 1, configuration: 'C.1', bind, allowances: {} },
    suts: Object.fromEntries([...parties.keys()].map((peer) => [peer, 'reference'])),
  });

async function ranOn(
  clock: VirtualClock,
  ran: TestCase = twoServers,
  other: Partial<SessionPlan> = {},
): Promise<Pick<Executed, 'verdict' | 'reason'> & { readonly journal: Journal }> {
  const session = new Session({ ...planOf(clock), ...other });
  const journal = new Journal();
  const setup = { case: 'x', configuration: { id: 'C.1', values: {} }, bind: {}, own: {}, servers: 2 } as const;
  const bench = await session.begin(setup, journal, headOf);
  const executed = await execute(ran, bench, {
    timing: 'virtual',
    sessionClock: clock,
    start: () => session.start(),
  });
  await clock.run(() => session.stop());
  return { journal, ...executed };
}

describe('a session with two servers', () => {
  it('has the client register at both, and tells their traffic apart', async () => {
    const { verdict, journal } = await ranOn(new VirtualClock());
    expect(verdict).toBe('pass');
    const uris = journal.entries.flatMap((entry) => (entry.kind === 'uri' ? [`${entry.peer} ${entry.uri}`] : []));
    expect(uris).toEqual(['server coap://server:5683', 'server2 coap://server2:5683']);
  });

  it('is judged again from its record with the same verdict', async () => {
    const { journal } = await ranOn(new VirtualClock());
    const again = await judgeJournal(twoServers, journal.entries, planOf(new VirtualClock()));
    expect(again.verdict).toBe('pass');
  });
});

describe('a case that goes in circles', () => {
  it('is an error of ours and no party is blamed', async () => {
    const circling = testCase(
      {
        id: 'registration.circles',
        title: 'No time passes',
        since: '1.0',
        configuration: 'C.1',
        servers: 2,
        checks: { x1: { by: 'client', level: 'must', req: 'R-1', says: 'is never come to' } },
      },
      async ({ server, sleep }) => {
        await server.registered();
        for (;;) await sleep(0);
      },
    );
    const { verdict, reason } = await ranOn(new VirtualClock(), circling);
    expect(verdict).toBe('error');
    expect(reason).toContain('goes in circles');
  });
});

describe('a client that floods', () => {
  /** Sends as fast as it can, and never ends by itself. */
  const flooding: SessionPlan['client'] = {
    ours: true,
    sut: ({ own: _own, ...around }) => {
      const client = referenceClient(around);
      let stopped = false;
      return {
        describe: () => client.describe(),
        stimulate: (stimulus) => client.stimulate(stimulus),
        start: async () => {
          const opened = await around.link();
          const flood = (): void => {
            for (let i = 0; i < 100; i++) opened.send('server:5683', Uint8Array.of(0x40, 0, 0, i));
            if (!stopped) around.clock.after(0.001, flood);
          };
          flood();
          return {};
        },
        stop: () => Promise.resolve(void (stopped = true)),
      };
    },
  };

  it('is given up for it, with as much of it in the record as shows it', async () => {
    const clock = new VirtualClock();
    const { verdict, reason, journal } = await ranOn(clock, twoServers, { client: flooding });
    expect(verdict).toBe('inconclusive');
    expect(reason).toContain('a flood: more than 10000 datagrams');
    expect(journal.entries.filter(({ kind }) => kind === 'datagram')).toHaveLength(10_000);
    expect(clock.now()).toBeLessThan(10);
    const again = await judgeJournal(twoServers, journal.entries, planOf(new VirtualClock()));
    expect(again).toMatchObject({ verdict, reason });
  });
});
