import { RealClock, VirtualClock } from '../../base/clock.js';
import { Session, type SessionPlan } from '../../case/session.js';
import { plan } from '../../case/plan.js';
import type { CaseMeta, TestCase } from '../../case/test-case.js';
import { configurationOf } from '../../../fixtures/configurations/index.js';
import { memoryAddresses, memoryNetwork } from '../../link/memory.js';
import type { Enabler, Party } from '../../model/party.js';
import { modelFor } from '../../model/registry.js';
import type { Deviation, Mutant, Variant } from '../../../fixtures/deviation.js';
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

/** The version that a case is run with where none is asked for. */
const usualEnabler = ({ since, until }: CaseMeta): Enabler => until ?? (since > '1.1' ? since : '1.1');

const PARTIES: readonly Party[] = ['client', 'server', 'bootstrap-server'];

/** A case in one of its variants, on a legal variant of a party, with one version. */
export interface VariantRun {
  readonly testCase: TestCase;
  readonly variant?: string;
  readonly enabler: Enabler;
}

/** What a legal variant must pass: all that it does not lack, with one version, or each case with its usual one. */
export function runsOf(variant: Variant, catalogue: readonly TestCase[], only?: Enabler): readonly VariantRun[] {
  const items = Object.fromEntries((variant.lacks ?? []).map((item) => [item, false]));
  return catalogue.flatMap((testCase) => {
    const enabler = only ?? usualEnabler(testCase.meta);
    if (enabler < (variant.since ?? '1.0')) return [];
    return plan([testCase], {
      ...{ bench: 'reference', enabler, judged: PARTIES, ours: PARTIES, select: [] },
      statement: { source: 'declared', items },
      bind: ({ configuration }) => configurationOf(configuration).roles,
    }).flatMap(({ variant: own, not }) =>
      not ? [] : [{ testCase, enabler, ...(own !== undefined && { variant: own }) }],
    );
  });
}

/** Runs a case with our own two, one of them deviating; both are judged. On virtual time. */
export function runOnReference(
  testCase: TestCase,
  deviation: Deviation | undefined,
  options: ReferenceRun = {},
): Promise<RanCase> {
  const {
    enabler = usualEnabler(testCase.meta),
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
    judged: PARTIES,
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
  const secured = withSecurity(plain, security.session(endpoint, clock, testCase.meta.channel, deviation?.channels));
  const planned = { testCase, ...(variant !== undefined && { variant }) };
  const runner: RunnerOptions = {
    timing: 'virtual',
    bind: {},
    clock: new RealClock(),
    ...(out !== undefined && { out }),
  };
  return runCase(planned, { plan: secured, session: new Session(secured), lifecycle: 'fresh' }, runner);
}

/** Runs a mutant on the case that it names. @throws Error when there is no such case */
export function runMutant(mutant: Mutant, catalogue: readonly TestCase[], options?: ReferenceRun): Promise<RanCase> {
  const testCase = catalogue.find(({ meta }) => meta.id === mutant.case);
  if (!testCase) throw new Error(`mutant ${mutant.name} names a case that is not there: ${mutant.case}`);
  const variant = mutant.variant ?? testCase.meta.variants?.[0];
  return runOnReference(testCase, mutant, { ...(variant !== undefined && { variant }), ...options });
}

/** Whether the check that the mutant names was missed, first of all must-checks, and the party that deviates was blamed. */
export function isKilled({ check, party }: Mutant, { result }: RanCase): boolean {
  const named = result.checks.find(({ id }) => id === check);
  if (named?.outcome !== 'missed') return false;
  return result.parties[party] === OF_MISS[named.level];
}

/** What a miss alone makes of a party. */
const OF_MISS = { must: 'fail', should: 'warn', may: 'pass' } as const;
