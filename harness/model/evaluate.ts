import { commonPeriods, type NotificationAttributes, type Periods } from './attributes.js';
import { isCandidate } from './evaluate-conditions.js';
import type { Enabler } from './party.js';
import { formatPath, isWithin, type Path } from './path.js';
import type { Entry, Value } from './value.js';

/** One observed path and the attributes in force on it. A composite observation has several. */
export interface ObservedPath {
  readonly path: Path;
  readonly attributes: NotificationAttributes;
}

/** Under which conditions an observation notifies. */
export interface Terms extends Periods {
  readonly paths: readonly ObservedPath[];
  /** Seconds for which changes need not be evaluated (epmin). */
  readonly evaluateAfter: number;
  /** Seconds within which they must be (epmax); Infinity: no bound. */
  readonly evaluateWithin: number;
}

/**
 * Resolves the attributes of an observation: periods are common to all of its paths, thresholds belong to one
 * (Core 1.1 §5.1.2, §6.4.4).
 */
export function termsOf(paths: readonly ObservedPath[], enabler: Enabler): Terms {
  const attributes = paths.map((path) => path.attributes);
  const epmax = attributes.flatMap(({ epmax: bound = 0 }) => (bound > 0 ? [bound] : []));
  return {
    ...commonPeriods(attributes, enabler),
    paths,
    evaluateAfter: Math.min(Infinity, ...attributes.map(({ epmin = 0 }) => epmin)),
    evaluateWithin: Math.min(Infinity, ...epmax),
  };
}

/**
 * An observation, as far as it decides about notifications. Values are what a Read of its paths returns; times are
 * seconds of one clock. It never changes: every event makes a new one.
 *
 * @example
 * let state = observed(terms, entries, clock.now()); // the first answer goes out
 * // whenever the target may have changed, and when the timer for nextDue() ends:
 * state = onChange(state, read(), clock.now());
 * if (isDue(state, clock.now())) { send(read()); state = reported(state, read(), clock.now()); }
 * arm(nextDue(state, clock.now()));
 */
export interface ObservationState {
  readonly terms: Terms;
  /** What the first answer or the last notification told, and when. */
  readonly reported: readonly Entry[];
  readonly reportedAt: number;
  /** The values at the last evaluation, and when that was. */
  readonly seen: readonly Entry[];
  readonly seenAt: number;
  /** Something changed that is not evaluated yet. */
  readonly changed: boolean;
  /** A notification is owed, as soon as the minimum period allows. */
  readonly pending: boolean;
}

/** Timers of floating seconds may end this much before their time. */
const EPSILON = 1e-6;

/** The state after the first answer, which counts as a report. */
export const observed = (terms: Terms, entries: readonly Entry[], now: number): ObservationState => ({
  ...{ terms, reported: entries, reportedAt: now, seen: entries, seenAt: now },
  ...{ changed: false, pending: false },
});

/**
 * The target may have changed. Evaluates its conditions, or puts that off while epmin lets it. A notification that is
 * owed stays owed, also when the value returns (the specifications do not say).
 */
export function onChange(state: ObservationState, entries: readonly Entry[], now: number): ObservationState {
  if (now + EPSILON < state.seenAt + state.terms.evaluateAfter) return { ...state, changed: true };
  const pending = state.pending || state.terms.paths.some((path) => hasCandidate(path, state, entries));
  return { ...state, pending, seen: entries, seenAt: now, changed: false };
}

/** A notification went out: both periods start again (Core 1.1 §5.1.2). */
export const reported = (state: ObservationState, entries: readonly Entry[], now: number): ObservationState =>
  observed(state.terms, entries, now);

/** Other attributes are in force from now on; periods count from the last notification as before. */
export const withTerms = (state: ObservationState, terms: Terms): ObservationState => ({ ...state, terms });

/** Whether a notification must go out now: one is owed and the minimum period has passed, or the maximum period has. */
export function isDue({ terms, reportedAt, pending }: ObservationState, now: number): boolean {
  const passed = now - reportedAt + EPSILON;
  return passed >= terms.maximum || (pending && passed >= terms.minimum);
}

/**
 * When there is something to do next: to notify, or to evaluate.
 *
 * @returns a time not before `now`; undefined when nothing will happen without a change
 */
export function nextDue(state: ObservationState, now: number): number | undefined {
  const { terms, reportedAt, seenAt, pending, changed } = state;
  const due = Math.min(
    reportedAt + terms.maximum,
    pending ? reportedAt + terms.minimum : Infinity,
    changed ? seenAt + terms.evaluateAfter : Infinity,
    seenAt + terms.evaluateWithin,
  );
  return due === Infinity ? undefined : Math.max(due, now);
}

function hasCandidate({ path, attributes }: ObservedPath, state: ObservationState, entries: readonly Entry[]): boolean {
  const [before, seen, after] = [valuesAt(path, state.reported), valuesAt(path, state.seen), valuesAt(path, entries)];
  // No threshold can judge what came or went: that is a change of the target by itself.
  if (before.size !== after.size || [...before.keys()].some((key) => !after.has(key))) return true;
  return [...after].some(([key, now]) => {
    const told = before.get(key) ?? now;
    return isCandidate(attributes, told, seen.get(key) ?? told, now);
  });
}

/** Values at and below a path: of a multiple resource each instance is judged by itself (Core 1.1 §6.3.4). */
function valuesAt(path: Path, entries: readonly Entry[]): ReadonlyMap<string, Value> {
  return new Map(
    entries.flatMap((entry) =>
      entry.value && isWithin(entry.path, path) ? [[formatPath(entry.path), entry.value]] : [],
    ),
  );
}
