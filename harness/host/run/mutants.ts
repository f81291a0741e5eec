import { RealClock, VirtualClock } from '../../base/clock.js';
import { Session, type SessionPlan } from '../../case/session.js';
import type { TestCase } from '../../case/test-case.js';
import { memoryAddresses, memoryNetwork } from '../../link/memory.js';
import type { Enabler } from '../../model/party.js';
import { modelFor } from '../../model/registry.js';
import type { Deviation, Mutant } from '../../../fixtures/deviation.js';
import { allowed } from '../../../suites/requirements/tolerances.js';
import { DEFAULT_ALLOWANCES } from '../../case/bench.js';
import { securityIn, type RunSecurity } from '../security/run.js';
import { withSecurity } from '../security/session.js';
import { referencePlayer } from './parties.js';
import { runCase, type RanCase, type RunnerOptions } from './runner.js';

/** Where and how a case runs on the reference bench. */
export interface ReferenceRun {
  readonly enabler?: Enabler;
  readonly seed?: number;
  readonly variant?: string;
  /** Folder for the journal. */
  readonly out?: string;
  /** What protects the channel, where the case asks for none. */
  readonly security?: RunSecurity;
}

/** Runs a case with our own two, one of them deviating; both are judged. On virtual time. */
export function runOnReference(
  testCase: TestCase,
  deviation: Deviation | undefined,
  options: ReferenceRun = {},
): Promise<RanCase> {
  const {
    enabler = testCase.meta.until ?? (testCase.meta.since > '1.1' ? testCase.meta.since : '1.1'),
    seed = 1,
    variant,
    out,
    security = securityIn({ bench: 'reference', seed }),
  } = options;
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  const addresses = memoryAddresses();
  const endpoint = 'urn:dev:ops:32473-reference';
  const plain: SessionPlan = {
    kind: 'reference',
    judged: ['client', 'server', 'bootstrap-server'],
    client: referencePlayer('client', true, deviation).plan,
    server: referencePlayer('server', true, deviation).plan,
    server2: referencePlayer('server', true).plan,
    bootstrapServer: referencePlayer('bootstrap-server', true, deviation).plan,
    clock,
    network: (peer, another) => Promise.resolve(network.link(addresses(peer, another))),
    seed,
    enabler,
    model: modelFor(enabler),
    endpoint,
    allowances: DEFAULT_ALLOWANCES,
    tolerance: (row, period) => allowed(row, period, { virtual: true }),
  };
  const plan = withSecurity(plain, security.session(endpoint, clock, testCase.meta.channel));
  const planned = { testCase, ...(variant !== undefined && { variant }) };
  const runner: RunnerOptions = {
    timing: 'virtual',
    bind: {},
    clock: new RealClock(),
    ...(out !== undefined && { out }),
  };
  return runCase(planned, { plan, session: new Session(plan), lifecycle: 'fresh' }, runner);
}

/** Runs a mutant on the case that it names. @throws Error when there is no such case */
export function runMutant(mutant: Mutant, catalogue: readonly TestCase[], options?: ReferenceRun): Promise<RanCase> {
  const testCase = catalogue.find(({ meta }) => meta.id === mutant.case);
  if (!testCase) throw new Error(`mutant ${mutant.name} names a case that is not there: ${mutant.case}`);
  const variant = testCase.meta.variants?.[0];
  return runOnReference(testCase, mutant, { ...(variant !== undefined && { variant }), ...options });
}

/** Whether the check that the mutant names was missed, first of all must-checks, and the party that deviates was blamed. */
export function isKilled({ check, party }: Mutant, { result }: RanCase): boolean {
  const named = result.checks.find(({ id }) => id === check);
  if (named?.outcome !== 'missed') return false;
  return result.parties[party] === (named.level === 'must' ? 'fail' : 'warn');
}
