import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../base/clock.js';
import { memoryAddresses, memoryNetwork } from '../link/memory.js';
import { modelFor } from '../model/registry.js';
import { Journal, type JournalHead } from '../record/journal.js';
import { referenceClient } from '../sut/reference-client.js';
import { referenceServer } from '../sut/reference-server.js';
import { DEFAULT_ALLOWANCES, type Bench } from './bench.js';
import { execute, type Executed } from './execute.js';
import { getQuery } from '../wire/coap/read.js';
import { judgeJournal } from './replay.js';
import { Session, type SessionPlan } from './session.js';
import { testCase, type TestCase } from './test-case.js';

const META = {
  id: 'registration.other-addresses',
  title: 'A case speaks from several addresses',
  since: '1.0',
  configuration: 'C.1',
  our: 'client',
  checks: {
    x1: { by: 'server', level: 'must', req: 'R-1', says: 'answers each' },
    x2: { by: 'server', level: 'must', req: 'R-3', says: 'asks there' },
  },
} as const;

const elsewhere = testCase(META, async ({ server, client, check }) => {
  const { exchange } = await server.registered();
  const [one, other] = [await client.elsewhere(), await client.elsewhere()];
  const { message, payload } = exchange.request;
  const register = { method: 'POST', path: '/rd', query: getQuery(message), contentFormat: 40, payload } as const;
  const registered = await one.request(register);
  check('x1', [registered.from, registered.response.code], ['client2', '2.01']);
  check('x1', (await other.send({ code: '0.00' }, { within: 5 })).code, 'RST');
  one.answer(
    ({ code }) => code === '0.01',
    () => ({ code: '4.04' }),
  );
  const read = await server.read('/3/0/0');
  check('x2', [read.to, read.response.code], ['client2', '4.04']);
});

const silent = testCase(META, async ({ server, check }) => {
  const { exchange } = await server.registered();
  await server.order({ do: 'read', path: '/3/0/0' });
  const read = await server.sent('read', { within: 5, path: '/3/0/0' });
  check('x1', read.claimed, false);
  await server.silence({ of: 'server', kind: 'read', after: exchange, for: 5, owed: 'x2' });
});

const left = testCase(META, async ({ client, server }) => {
  const { exchange } = await server.registered();
  await client.deregister();
  await server.next('deregister', { within: 5, after: exchange });
  await server.order({ do: 'read', path: '/3/0/0' });
});

const observed = testCase(META, async ({ server }) => {
  await server.registered();
  const observation = await server.observe('/3/0/13');
  await server.notifications(observation, 2, { within: 5, owed: 'x1' });
});

/** A server that observes in the one format that our client does not have: application/xml. */
const xmlServer: typeof referenceServer = (around) => {
  const sut = referenceServer(around);
  return {
    ...{ describe: () => sut.describe(), start: (setup) => sut.start(setup), stop: () => sut.stop() },
    stimulate: (stimulus) => sut.stimulate(stimulus.do === 'observe' ? { ...stimulus, format: 41 } : stimulus),
  };
};

function planOf(clock: VirtualClock): SessionPlan {
  const network = memoryNetwork(clock);
  const addresses = memoryAddresses();
  const server = { ours: true, sut: referenceServer } as const;
  return {
    ...{ kind: 'reference', judged: ['client', 'server'], server, server2: server, bootstrapServer: server, clock },
    client: { ours: true, sut: ({ own: _own, ...around }) => referenceClient(around) },
    network: (peer, another) => Promise.resolve(network.link(addresses(peer, another))),
    ...{ seed: 1, enabler: '1.1', model: modelFor('1.1'), endpoint: 'device', allowances: DEFAULT_ALLOWANCES },
    tolerance: () => ({ early: 0.01, late: 0.01 }),
  };
}

const headOf = ({ kind, judged, endpoint, bind }: Bench): Promise<JournalHead> =>
  Promise.resolve({
    ...{ kind: 'head', format: 1, case: META.id, bench: kind, judged, ours: ['client', 'server'], suts: {} },
    ...{ enabler: '1.1', timing: 'virtual', endpoint, seed: 1, configuration: 'C.1', bind, allowances: {} },
  });

async function run(
  tested: TestCase,
  bench: Partial<SessionPlan> = {},
): Promise<{ readonly executed: Executed; readonly journal: Journal }> {
  const clock = new VirtualClock();
  const session = new Session({ ...planOf(clock), ...bench });
  const journal = new Journal();
  const begun = await session.begin(
    { case: META.id, configuration: { id: 'C.1', values: {} }, bind: {}, own: {} },
    journal,
    headOf,
  );
  const start = (): Promise<void> => session.start();
  const executed = await execute(tested, begun, { timing: 'virtual', sessionClock: clock, start });
  await clock.run(() => session.stop());
  return { executed, journal };
}

describe('a client of ours at other addresses', () => {
  it('speaks from each, and is asked where it registered', async () => {
    const { executed } = await run(elsewhere);
    expect(executed.reason).toBeUndefined();
    expect(executed.parties).toEqual({ server: 'pass' });
  });

  it('is judged again from the record with the same verdict', async () => {
    const { journal } = await run(elsewhere);
    const again = await judgeJournal(elsewhere, journal.entries, planOf(new VirtualClock()));
    expect(again.parties).toEqual({ server: 'pass' });
  });
});

describe('an order without a judgement', () => {
  it('is no check, and what it makes the server send breaks a silence', async () => {
    const { executed } = await run(silent);
    expect(executed.checks.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['x1', 'met'],
      ['x2', 'missed'],
    ]);
  });

  it('that our server refuses for a client that has left is not our fault', async () => {
    const { executed } = await run(left, { kind: 'client', judged: ['client'] });
    expect(executed.verdict).toBe('inconclusive');
    expect(executed.reason).toMatch(/refused "read"/);
  });
});

describe('an observation in a format of the choice of a server', () => {
  it('is owed no notification where our client does not have it', async () => {
    const server = { ours: false, sut: xmlServer } as const;
    const { executed } = await run(observed, { kind: 'server', judged: ['server'], server });
    expect(executed).toMatchObject({
      verdict: 'inconclusive',
      reason: 'the client does not have the format that the server observes in: 4.06',
    });
  });
});
