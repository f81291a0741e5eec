import { deviant, type Mutant } from '../../../fixtures/deviation.js';
import type { TestCase } from '../../case/test-case.js';
import { runOnReference } from './mutants.js';

/** A square of the grid of mutants and cases. */
export interface GridRun {
  readonly testCase: TestCase;
  readonly variant?: string;
}

/** One mutant of each deviation, the first: where several checks catch one, the others run the same code. */
export const oncePerDeviation = (mutants: readonly Mutant[]): readonly Mutant[] => [
  ...new Map(mutants.toReversed().map((mutant) => [deviant(mutant), mutant])).values(),
];

/**
 * Every case in every variant, or in its first only; without those that have nothing of what deviates, and those where the
 * party has to be ours: no fault of a foreign one is ever seen there.
 */
export function gridOf(mutant: Mutant, cases: readonly TestCase[], only?: 'first'): readonly GridRun[] {
  return cases
    .filter(({ meta }) => meta.our !== mutant.party)
    .filter(({ meta }) => (mutant.bootstrapServer ? meta.bootstrap !== undefined : true))
    .filter(({ meta }) => (mutant.channels ? meta.channel !== undefined && meta.channel !== 'none' : true))
    .flatMap((testCase): readonly GridRun[] => {
      const { variants } = testCase.meta;
      if (!variants) return [{ testCase }];
      return (only === 'first' ? variants.slice(0, 1) : variants).map((variant) => ({ testCase, variant }));
    });
}

/** `reporting.observe-level[object]`: as its result is called. */
export const gridName = ({ testCase: { meta }, variant }: GridRun): string =>
  variant === undefined ? meta.id : `${meta.id}[${variant}]`;

/** Runs a square: one fault fails one party only, and is no error of ours. Undefined where that is so, else what is said instead. */
export async function misjudgedIn({ testCase, ...options }: GridRun, mutant: Mutant): Promise<string | undefined> {
  const { result } = await runOnReference(testCase, mutant, options);
  const isBlamed = Object.entries(result.parties).some(
    ([party, verdict]) => party !== mutant.party && verdict === 'fail',
  );
  return isBlamed || result.verdict === 'error' ? `${result.verdict}, ${result.reason ?? ''}` : undefined;
}
