import type { Enabler } from './party.js';
import type { Path } from './path.js';

/** Notification attributes (Core 1.1 §5.1.2, Core 1.2 §7.3.2). Periods in seconds, thresholds in the unit of the resource. */
export interface NotificationAttributes {
  readonly pmin?: number;
  readonly pmax?: number;
  readonly gt?: number;
  readonly lt?: number;
  readonly st?: number;
  readonly epmin?: number;
  readonly epmax?: number;
  /** 0: falling, 1: rising. */
  readonly edge?: number;
  /** 1: notifications are confirmable. */
  readonly con?: number;
  /** Historical values to keep, at most. */
  readonly hqmax?: number;
}

/** What one server attached to a path; nothing for most. Each server has its own (Core 1.1 §5.1). */
export type AttachedAttributes = (path: Path) => NotificationAttributes | undefined;

/** `/1/x/2` and `/1/x/3` of the server's account. */
export interface DefaultPeriods {
  readonly pmin?: number;
  readonly pmax?: number;
}

/**
 * Attributes of a path and its ancestors, each from the nearest level that has it; what stands below the path does not
 * count (Core 1.1 §5.1.1, Core 1.2 §6.4.1). Without the defaults of the server.
 */
export function inheritedAttributes(path: Path, attached: AttachedAttributes): NotificationAttributes {
  const levels = path.map((_, i) => attached(path.slice(0, i + 1)) ?? {});
  return levels.reduce((above, own) => ({ ...above, ...own }), {});
}

/**
 * What governs an observation of a path.
 *
 * @param query attributes that came with the Observe: they replace all attached ones, for it alone (Core 1.2 §6.4.1)
 */
export function effectiveAttributes(
  path: Path,
  attached: AttachedAttributes,
  defaults: DefaultPeriods = {},
  query?: NotificationAttributes,
): NotificationAttributes {
  return { ...defaults, ...(query ?? inheritedAttributes(path, attached)) };
}

/** Seconds after the last notification: none before `minimum`, one at `maximum` in any case. */
export interface Periods {
  readonly minimum: number;
  /** Infinity: none. */
  readonly maximum: number;
}

/**
 * The periods that attributes ask for. A maximum of 0 means none, as does one below the minimum, in 1.1 also one equal
 * to it (Core 1.1 Table 5.1.2-2, Core 1.2 §7.3.2).
 */
export function periodsOf({ pmin = 0, pmax = 0 }: DefaultPeriods, enabler: Enabler): Periods {
  const isIgnored = pmax === 0 || (enabler === '1.1' ? pmax <= pmin : pmax < pmin);
  return { minimum: pmin, maximum: isIgnored ? Infinity : pmax };
}

/**
 * The common periods of a composite observation: every path keeps its minimum, and the shortest maximum counts
 * (Core 1.1 §6.4.4). Maxima that the common minimum rules out are ignored as in a single observation.
 */
export function commonPeriods(parts: readonly DefaultPeriods[], enabler: Enabler): Periods {
  const pmin = Math.max(0, ...parts.map((part) => part.pmin ?? 0));
  const maxima = parts.map(({ pmax = 0 }) => periodsOf({ pmin, pmax }, enabler).maximum);
  return { minimum: pmin, maximum: Math.min(Infinity, ...maxima) };
}

/**
 * Whether a notification must be confirmable because `con=1` is in force on something it reports, at or below the
 * observed path (Core 1.2 §7.3.2). Otherwise the default notification mode decides.
 *
 * @param reported paths of the values in the notification
 */
export const wantsConfirmation = (
  reported: readonly Path[],
  attached: AttachedAttributes,
  query?: NotificationAttributes,
): boolean => (query ? query.con === 1 : reported.some((path) => inheritedAttributes(path, attached).con === 1));
