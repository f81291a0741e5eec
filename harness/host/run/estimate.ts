import { parseRequires } from '../../case/statement.js';
import type { Planned } from '../../case/plan.js';
import type { CaseMeta } from '../../case/test-case.js';
import { PARTY_STIMULI } from '../../sut/party-stimuli.js';
import { lifecycleOf, timingOf, underTest, type RunOptions } from './options.js';

/** Seconds that a session takes beside the waits of its case: start, registration, stop. */
const OVERHEAD = 1;

/** A longer time of a case is one within which something happens, or a lifetime that nobody waits for; in seconds. */
const LONGEST_WAIT = 120;

/** What a case waits for by its own times, in seconds. */
export const waitOf = ({ times }: Pick<CaseMeta, 'times'>, timing: ReturnType<typeof timingOf>): number =>
  timing === 'virtual'
    ? 0
    : Object.values(times ?? {}).reduce((sum, wait) => sum + (wait[timing] > LONGEST_WAIT ? 0 : wait[timing]), 0);

/**
 * Cases with their places in the run, those that may last longest first, so that none of these is begun when all others are
 * done. Times within which something happens count too: where it does not happen, they are waited for.
 */
export function longestFirst(
  runnable: readonly Planned[],
  timing: ReturnType<typeof timingOf>,
): readonly (readonly [number, Planned])[] {
  const longest = ({ testCase: { meta } }: Planned): number =>
    timing === 'virtual' ? 0 : Object.values(meta.times ?? {}).reduce((sum, wait) => sum + wait[timing], 0);
  return [...runnable.entries()].sort(([, a], [, b]) => longest(b) - longest(a));
}

const PREFIX = 'stimulus.';

export interface Estimate {
  /** Seconds of a run, without what the system itself takes. */
  readonly seconds: number;
  /** How often the system is started. */
  readonly starts: number;
  /** What a person is asked to do, and in how many cases at least. */
  readonly person?: { readonly stimuli: readonly string[]; readonly cases: number };
}

/** How long a run takes, and what it takes. */
export function estimate(runnable: readonly Planned[], options: RunOptions): Estimate {
  const timing = timingOf(options);
  const waits = runnable.map(({ testCase }) => waitOf(testCase.meta, timing));
  const seconds = waits.reduce((sum, wait) => sum + wait, timing === 'virtual' ? 0 : OVERHEAD * runnable.length);
  const person = personIn(runnable, options);
  return {
    seconds: Math.max(seconds / options.jobs, ...waits, 0),
    starts:
      timing === 'virtual' ? 0 : { fresh: runnable.length, warm: options.jobs, external: 0 }[lifecycleOf(options)],
    ...(person && { person }),
  };
}

function personIn(runnable: readonly Planned[], options: RunOptions): Estimate['person'] {
  const { file } = underTest(options);
  const operator = file?.control.findIndex(({ use }) => use === 'operator') ?? -1;
  if (file === undefined || operator < 0) return undefined;
  const before = file.control.slice(0, operator);
  const done = new Set(before.flatMap((control) => ('stimuli' in control ? Object.keys(control.stimuli ?? {}) : [])));
  const stimuli: readonly string[] = PARTY_STIMULI[file.party].filter((kind) => !done.has(kind));
  // A server does nothing by itself: each of its orders is a stimulus.
  const asked = runnable.filter(({ testCase }) => file.party !== 'client' || needs(testCase.meta, stimuli));
  return { stimuli, cases: asked.length };
}

function needs({ requires }: CaseMeta, stimuli: readonly string[]): boolean {
  const parsed = requires === undefined ? undefined : parseRequires(requires);
  return parsed?.ok === true && parsed.value.holds((item) => !stimuli.includes(item.slice(PREFIX.length))) === false;
}
