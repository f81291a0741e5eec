import type { Clock, Timer } from '../../base/clock.js';
import { plannedName, type Planned } from '../../case/plan.js';
import type { CaseResult, Verdict } from '../../../reports/results.js';
import { resultName } from '../../../reports/results.js';
import type { Io } from '../io.js';

type Paint = (text: string) => string;

/** The colour of a verdict. */
export function paintOf(io: Io, verdict: Verdict): Paint {
  const { green, yellow, red, magenta, dim } = io.colors;
  if (verdict === 'pass') return green;
  if (verdict === 'warn' || verdict === 'inconclusive') return yellow;
  if (verdict === 'fail') return red;
  return verdict === 'error' ? magenta : dim;
}

/** How often the line of what is under way is written anew, in seconds. */
const REFRESH = 1;

/** Tells how a run goes: what is under way and what it waits for, and a line per case. */
export class Progress {
  #done = 0;
  readonly #under = new Map<Planned, () => string | undefined>();
  #refresh: Timer | undefined;

  constructor(
    private readonly io: Io,
    private total: number,
    private readonly quiet: boolean,
    private readonly clock: Clock,
  ) {}

  /** @param waiting what the case waits for, asked whenever the line is written */
  begin(planned: Planned, waiting: () => string | undefined): void {
    this.#under.set(planned, waiting);
    this.#status();
  }

  /** So many cases are run once more. */
  again(count: number): void {
    if (count === 0) return;
    this.total += count;
    if (!this.quiet) this.io.err(`  once more, alone, as the bench was too slow: ${count} cases`);
  }

  end(planned: Planned, result: CaseResult): void {
    this.#under.delete(planned);
    this.#done++;
    if (!this.quiet) this.io.err(formatCaseLine(this.io, result));
    this.#status();
  }

  #status(): void {
    this.#refresh?.cancel();
    if (this.quiet || !this.io.isTerminal) return;
    if (this.#under.size === 0) return this.io.status('');
    const under = [...this.#under].map(([planned, waiting]) =>
      [plannedName(planned), waiting()].filter((part) => part !== undefined).join(' '),
    );
    this.io.status(
      `${this.#done}/${this.total}  ${under.slice(0, 2).join('; ')}${under.length > 2 ? ` and ${under.length - 2} more` : ''}`,
    );
    this.#refresh = this.clock.after(REFRESH, () => this.#status());
  }
}

/** `fail          registration.initial  (int-101)  0.4 s  B: expected …` */
export function formatCaseLine(io: Io, result: CaseResult): string {
  const { dim } = io.colors;
  const known = result.baseline ? dim(' (known)') : '';
  const ets = result.ets ? dim(` ${result.ets}`) : '';
  const reason = result.verdict === 'pass' || result.reason === undefined ? '' : `\n                 ${result.reason}`;
  const time = dim(` ${(result.durationMs / 1000).toFixed(1)} s`);
  return `  ${paintOf(io, result.verdict)(result.verdict.padEnd(14))} ${resultName(result)}${ets}${time}${known}${reason}`;
}
