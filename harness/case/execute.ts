import type { Peer } from '../model/party.js';
import { sleep, Stuck, VirtualClock, type Clock } from '../base/clock.js';
import { partyAt, type Bench } from './bench.js';
import { commandsBy, provisioningPort } from './bootstrap-port.js';
import { channelPort } from './channel-port.js';
import { Checks } from './checks.js';
import { clientPort } from './client-port.js';
import { ownClientPort } from './own-client.js';
import type { WholeContext } from './context.js';
import { Interrupt, interruptionOf } from './interrupt.js';
import type { OwnHands } from './own-hands.js';
import type { OwnRecords } from './own-records.js';
import { WireServerPort } from './server-port.js';
import { Stimulator } from './stimulate.js';
import type { TestCase, CaseMeta } from './test-case.js';
import { judge, type Interruption, type Judgement } from './verdict.js';
import type { CheckRecord } from '../record/journal.js';

/** How a case is run on a bench. */
export interface Execution {
  readonly timing: 'nominal' | 'quick' | 'virtual';
  readonly variant?: string;
  /** Brings the parties up, on the bench's clock. */
  start(): Promise<void>;
  /** Runs on the clock of the session: a virtual one is driven from here. */
  readonly sessionClock: Clock;
  /** Ends the case before its end: *not-run*. */
  readonly signal?: AbortSignal;
}

export interface Executed extends Judgement {
  readonly checks: readonly CheckRecord[];
  /** Tolerated values and missed should-checks, as sentences. */
  readonly remarks: readonly string[];
  /** Seconds on the bench's clock. */
  readonly seconds: number;
}

/** Runs one case on one bench and judges it. Never rejects: what goes wrong is in the verdict. */
export async function execute(testCase: TestCase, bench: Bench, execution: Execution): Promise<Executed> {
  const { meta } = testCase;
  const checks = new Checks(bench, meta.checks, meta.our);
  const stimulator = new Stimulator(bench);
  let interruption: Interruption | undefined;
  const interrupt = (thrown: unknown): void => {
    interruption = interruptionOf(thrown);
    if (interruption) bench.journal.add({ kind: 'interrupted', t: bench.clock.now(), ...interruption });
  };
  const body = async (): Promise<void> => {
    try {
      await execution.start();
      bench.journal.add({ kind: 'phase', t: bench.clock.now(), phase: 'procedure' });
      await testCase.procedure(contextOf(meta, bench, execution, checks, stimulator));
    } catch (thrown) {
      interrupt(thrown);
    }
  };
  await withinLimit(body, execution, limitOf(meta, bench)).catch(interrupt);
  stimulator.close();
  checks.close(
    interruption ? `the procedure ended before: ${interruption.reason}` : 'the procedure did not come to it',
  );
  bench.journal.add({ kind: 'phase', t: bench.clock.now(), phase: 'end' });
  return {
    ...judge(checks.records, bench.judged, interruption),
    checks: checks.records,
    remarks: remarksOf(checks.records),
    seconds: bench.clock.now(),
  };
}

function contextOf(
  meta: CaseMeta,
  bench: Bench,
  execution: Execution,
  checks: Checks,
  stimulator: Stimulator,
): WholeContext {
  const orders = { count: 0 };
  const times = Object.entries(meta.times ?? {}).map(
    ([name, timing]) => [name, execution.timing === 'quick' ? timing.quick : timing.nominal] as const,
  );
  const portAt = (peer: Peer): WireServerPort<string> & OwnHands => {
    const party = partyAt(bench, peer);
    return Object.assign(
      new WireServerPort<string>(bench, party, stimulator, checks, orders, meta.requires),
      handsOf(party.hands),
    );
  };
  const client = partyAt(bench, 'client');
  let bootstrapServer: ReturnType<typeof portAt> | undefined;
  return {
    enabler: bench.enabler,
    times: Object.fromEntries(times),
    variant: execution.variant ?? '',
    allowances: bench.allowances,
    bind: (role) => bound(bench, role),
    channel: channelPort(bench, checks),
    check: (id, actual, expected) => checks.check(id, actual, expected),
    sleep: (seconds, after) => sleep(bench.clock, after ? after.response.t + seconds - bench.clock.now() : seconds),
    client: Object.assign(clientPort(bench, client, stimulator), handsOf(client.hands), ownClientPort(bench, client), {
      records: recordsOf(client.records),
    }),
    server: Object.assign(portAt('server'), { records: recordsOf(partyAt(bench, 'server').records) }),
    // The type of the context keeps cases away from what their metadata did not ask for.
    get server2() {
      return portAt('server2');
    },
    get bootstrapServer() {
      const port = (bootstrapServer ??= portAt('bootstrap-server'));
      const party = partyAt(bench, 'bootstrap-server');
      return Object.assign(port, provisioningPort(bench, party, stimulator, port), commandsBy(bench, port));
    },
  };
}

function bound({ bind }: Bench, role: string): string {
  const path = bind[role];
  if (path === undefined) throw new Interrupt('error', `the configuration binds no path to ${JSON.stringify(role)}`);
  return path;
}

/** The hands of a party of ours; the type keeps cases that did not ask for them away. */
function handsOf(hands: OwnHands | undefined): OwnHands {
  const none = (): never => {
    throw new Interrupt('error', 'the case acts for a party that is not ours');
  };
  return {
    raw: (datagram) => (hands ?? none()).raw(datagram),
    answer: (matches, answer) => (hands ?? none()).answer(matches, answer),
    ask: (message, once) => (hands ?? none()).ask(message, once),
  };
}

function recordsOf(records: OwnRecords | undefined): OwnRecords {
  const none = (): never => {
    throw new Interrupt('error', 'the case acts for the channel of a party that is not ours');
  };
  return {
    datagram: (bytes) => (records ?? none()).datagram(bytes),
    again: (change) => (records ?? none()).again(change),
    record: (type, fragment) => (records ?? none()).record(type, fragment),
  };
}

/** Longer than any case should take: its own waits many times over, and all the allowances. */
function limitOf(meta: CaseMeta, bench: Bench): number {
  const waits = Object.values(meta.times ?? {}).reduce((sum, timing) => sum + timing.nominal, 0);
  const allowances = Object.values(bench.allowances).reduce((sum, seconds) => sum + seconds, 0);
  return 1000 + 20 * waits + 10 * allowances;
}

async function withinLimit(
  body: () => Promise<void>,
  { sessionClock: clock, signal }: Execution,
  limit: number,
): Promise<void> {
  if (clock instanceof VirtualClock) return clock.run(body, limit);
  const cleanUp: (() => void)[] = [];
  const cut = new Promise<never>((_resolve, reject) => {
    const timer = clock.after(limit, () => reject(new Stuck(`the case took longer than ${limit} s`)));
    const abort = (): void => reject(new Interrupt('not-run', 'the run was interrupted'));
    signal?.addEventListener('abort', abort);
    cleanUp.push(
      () => timer.cancel(),
      () => signal?.removeEventListener('abort', abort),
    );
  });
  return Promise.race([body(), cut]).finally(() => cleanUp.forEach((end) => end()));
}

const remarksOf = (checks: readonly CheckRecord[]): string[] =>
  checks
    .filter((check) => check.outcome === 'tolerated' || (check.outcome === 'missed' && check.level !== 'must'))
    .map(
      (check) =>
        `${check.id}: expected ${check.expected ?? '?'}, got ${check.actual ?? 'nothing'}${check.row ? ` (${check.row})` : ''}`,
    );
