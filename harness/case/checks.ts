import type { Party } from '../model/party.js';
import { partyOf } from '../model/party.js';
import { CHANGING, type Exchange } from '../record/exchange.js';
import type { CheckOutcome, CheckRecord } from '../record/journal.js';
import type { Bench } from './bench.js';
import type { CheckMeta } from './context.js';
import { floodOf } from './flood.js';
import { Ended } from './interrupt.js';
import { asMatcher, show, type Finding, type Matcher } from './matcher.js';
import { rightlyRefused } from './refused.js';
import { AFTER } from './verdict.js';

/** In order: a later one is worse. */
const OUTCOMES: readonly CheckOutcome[] = ['met', 'tolerated', 'unreached', 'unobservable', 'missed'];

/** The side of a time that a miss is on: what is early by a little is the bench's fault sooner than what never comes. */
type Edge = 'early' | 'late';

const TOO_SLOW = 'bench too slow';

/** Whether a check could not be judged since the bench was too slow: that says nothing of any party. */
export const wasTooSlow = (checks: readonly Pick<CheckRecord, 'outcome' | 'why'>[]): boolean =>
  checks.some(({ outcome, why }) => outcome === 'unobservable' && why?.startsWith(TOO_SLOW) === true);

/** Records what checks find, by the rules that say which misses count. */
export class Checks {
  readonly records: CheckRecord[] = [];
  #firstMiss: CheckRecord | undefined;
  #closed = false;
  /** What was owed and came, by check. */
  readonly #came = new Map<string, string>();

  constructor(
    private readonly bench: Pick<Bench, 'clock' | 'enabler' | 'journal' | 'lag' | 'tolerance' | 'view'>,
    private readonly declared: Readonly<Record<string, CheckMeta>>,
    /** The party that has to be ours: what it says wrong, the case has it say. */
    private readonly our?: Party,
  ) {}

  /** Judges a declared check. @throws Ended after a missed must-check that does not continue */
  check(id: string, actual: unknown, expected: unknown): void {
    this.judge(id, this.#declared(id), actual, asMatcher(expected));
  }

  /**
   * What a wait owed did not come, or what must not come did: a miss.
   *
   * @param edge the allowance of the wait: a bench that was later than that may have missed what came in time
   * @throws Ended
   */
  owed(id: string, why: string, expected = 'to happen', edge: Edge = 'late'): never {
    this.#record(id, this.#declared(id), { outcome: 'missed' }, expected, why, edge);
    throw new Ended(why);
  }

  /** Nothing came that must not come: met. */
  kept(id: string, expected: string): void {
    this.#record(id, this.#declared(id), { outcome: 'met' }, expected, 'nothing', undefined);
  }

  /** What a wait owed came in time: met, unless something judges the check by more than that. */
  came(id: string, expected: string): void {
    this.#declared(id);
    if (!this.#came.has(id)) this.#came.set(id, expected);
  }

  /** Judges any check, also one that the case does not declare. @throws Ended */
  judge(id: string, meta: CheckMeta, actual: unknown, expected: Matcher): void {
    const finding = expected.judge(actual, this.bench);
    this.#record(id, meta, finding, expected.text, show(actual), expected.timed === true ? 'early' : undefined);
  }

  /** Declared checks that were never reached, after the procedure has ended. What comes later counts no more. */
  close(why: string): void {
    const reached = new Set(this.records.map((record) => record.id));
    for (const [id, meta] of Object.entries(this.declared)) {
      if (reached.has(id)) continue;
      const came = this.#came.get(id);
      if (came !== undefined) {
        this.#record(id, meta, { outcome: 'met' }, came, 'it came', undefined);
        continue;
      }
      const after = this.#firstMiss && this.#firstMiss.by !== meta.by ? `${AFTER}${this.#firstMiss.id}` : why;
      this.#add({ id, by: meta.by, level: meta.level, outcome: 'unreached', req: meta.req, why: after });
    }
    this.#closed = true;
  }

  #declared(id: string): CheckMeta {
    const meta = this.declared[id];
    if (!meta) throw new Error(`the case declares no check ${id}`);
    return meta;
  }

  #record(
    id: string,
    meta: CheckMeta,
    finding: Finding,
    expected: string,
    actual: string,
    edge: Edge | undefined,
  ): void {
    const base = { id, by: meta.by, level: meta.level, req: meta.req, at: this.bench.clock.now() };
    if (finding.outcome === 'met') return this.#add({ ...base, outcome: 'met', expected, actual });
    if (finding.outcome === 'tolerated')
      return this.#add({
        ...base,
        outcome: 'tolerated',
        row: finding.row,
        expected,
        actual,
        ...(finding.why && { why: finding.why }),
      });
    const excuse = this.#excuse(meta.by, edge);
    if (excuse) return this.#add({ ...base, ...excuse, expected, actual });
    // Of a system that has ended nothing more comes: its end explains what did not.
    const { over } = this.bench.view;
    const why = [finding.why, actual.includes(over ?? '') ? undefined : over].filter(Boolean).join('; ');
    const missed: CheckRecord = { ...base, outcome: 'missed', expected, actual, ...(why && { why }) };
    this.#add(missed);
    if (meta.level !== 'must') return;
    this.#firstMiss ??= missed;
    if (!meta.continues) throw new Ended(`${id} missed`);
  }

  /** Why a miss does not count against the party: it follows from another's fault, was provoked, drowned, or the bench was too slow. */
  #excuse(by: Party, edge: Edge | undefined): Pick<CheckRecord, 'outcome' | 'why'> | undefined {
    if (this.#firstMiss && this.#firstMiss.by !== by)
      return { outcome: 'unreached', why: `${AFTER}${this.#firstMiss.id}` };
    const flood = floodOf(this.bench.view);
    if (flood !== undefined) return { outcome: 'unobservable', why: flood };
    const meddling = by === 'client' ? this.#meddling() : undefined;
    if (meddling) {
      const { kind, request } = meddling;
      return {
        outcome: 'unobservable',
        why: `the server also sent ${kind} ${request.path} at ${request.t.toFixed(2)} s, which nobody asked for`,
      };
    }
    const refused = by === 'client' || this.our === 'client' ? undefined : rightlyRefused(this.bench.view);
    if (refused !== undefined) return { outcome: 'unobservable', why: refused };
    if (edge === undefined) return undefined;
    const lag = this.bench.lag();
    const allowed = this.bench.tolerance(edge, 0)[edge];
    return lag > allowed
      ? { outcome: 'unobservable', why: `${TOO_SLOW}: it was ${lag.toFixed(2)} s late, ${allowed} s are allowed` }
      : undefined;
  }

  /** A changing request that nobody claimed, to a path that was claimed. */
  #meddling(): Exchange | undefined {
    const { exchanges } = this.bench.view;
    const claimed = new Set(exchanges.filter((exchange) => exchange.claimed).map((exchange) => exchange.request.path));
    return exchanges.find(
      (exchange) =>
        !exchange.claimed &&
        partyOf(exchange.from) === 'server' &&
        CHANGING.has(exchange.kind) &&
        claimed.has(exchange.request.path),
    );
  }

  /** One record a check, however often it is judged: the worst, and of equals the first. */
  #add(record: CheckRecord): void {
    if (this.#closed) return;
    const before = this.records.findIndex((other) => other.id === record.id);
    if (before < 0) this.records.push(record);
    else if (OUTCOMES.indexOf(record.outcome) > OUTCOMES.indexOf(this.records[before]?.outcome ?? 'met'))
      this.records[before] = record;
    this.bench.journal.add({ kind: 'check', t: this.bench.clock.now(), ...record });
  }
}
