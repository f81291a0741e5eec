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

/** Tells how a run goes: what is under way, and a line per case. */
export class Progress {
  #done = 0;
  readonly #under: Planned[] = [];

  constructor(
    private readonly io: Io,
    private readonly total: number,
    private readonly quiet: boolean,
  ) {}

  begin(planned: Planned): void {
    this.#under.push(planned);
    this.#status();
  }

  end(planned: Planned, result: CaseResult): void {
    this.#under.splice(this.#under.indexOf(planned), 1);
    this.#done++;
    if (!this.quiet) this.io.err(formatCaseLine(this.io, result));
    this.#status();
  }

  #status(): void {
    if (this.quiet || this.#under.length === 0) return this.io.status('');
    const names = this.#under.map(plannedName);
    this.io.status(
      `${this.#done}/${this.total}  ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`,
    );
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
