import { failed, formatProblem, ok, unwrap, type Problem, type Result } from '../base/error.js';
import type { Description, Outcome, Setup, Stimulus } from './contract.js';
import type { MethodName } from './schema/messages.js';
import { checkDescription, checkOutcome, checkStarted, checkWelcome, type Welcome } from './validate.js';

/** Versions of the control protocol that we speak. */
export const PROTOCOLS: readonly number[] = [1];

/** A stimulus that nobody can know: an adapter that takes it would take anything. */
export const NONSENSE = 'x-nonsense';

/** Seconds of wall time for each call. */
export interface CallAllowances {
  readonly hello: number;
  readonly describe: number;
  readonly start: number;
  readonly stimulate: number;
  readonly stop: number;
}

export const CALL_ALLOWANCES: CallAllowances = { hello: 10, describe: 10, start: 60, stimulate: 30, stop: 10 };

/** Carries one call and brings its result; a problem for a time-out, a death, an error answer. Never rejects. */
export type Call = (method: MethodName, params: unknown, within: number) => Promise<Result<unknown>>;

/** The five calls over any carrier, each answer checked against its schema. */
export class ControlClient {
  readonly #call: Call;
  readonly #allowances: CallAllowances;

  constructor(call: Call, allowances: Partial<CallAllowances> = {}) {
    this.#call = call;
    this.#allowances = { ...CALL_ALLOWANCES, ...allowances };
  }

  /** Agrees on a version. A program that answers anything else is no adapter of ours. */
  async hello(): Promise<Result<Welcome>> {
    const answer = await this.#call(
      'hello',
      { protocols: PROTOCOLS, name: 'lwm2m-conformance' },
      this.#allowances.hello,
    );
    if (!answer.ok) return answer;
    const welcome = checkWelcome(answer.value);
    if (!welcome.ok || PROTOCOLS.includes(welcome.value.protocol)) return welcome;
    return failed({
      code: 'control-protocol',
      message: `the adapter speaks version ${welcome.value.protocol} of the control protocol, not ${PROTOCOLS.join(' or ')}`,
    });
  }

  /** @throws ProblemError also when a nonsense stimulus is not answered `unsupported` */
  async describe(): Promise<Description> {
    const answer = unwrap(await this.#call('describe', undefined, this.#allowances.describe));
    const description = unwrap(checkDescription(answer));
    unwrap(await this.#nonsense());
    return description;
  }

  /** @throws ProblemError also when a nonsense stimulus is not answered `unsupported` */
  async start(setup: Setup): Promise<{ readonly address?: string }> {
    const started = unwrap(checkStarted(unwrap(await this.#call('start', setup, this.#allowances.start))));
    unwrap(await this.#nonsense());
    return started;
  }

  /** Whatever goes wrong on the way is `failed`: the adapter's failure, which makes a case inconclusive. */
  async stimulate(stimulus: Stimulus): Promise<Outcome> {
    const answer = await this.#call('stimulate', stimulus, this.#allowances.stimulate);
    const outcome = answer.ok ? checkOutcome(answer.value) : answer;
    return outcome.ok ? outcome.value : { failed: formatProblem(outcome.problem) };
  }

  stop(): Promise<Result<unknown>> {
    return this.#call('stop', undefined, this.#allowances.stop);
  }

  async #nonsense(): Promise<Result<void>> {
    const answer = await this.#call('stimulate', { do: NONSENSE }, this.#allowances.stimulate);
    if (answer.ok && answer.value === 'unsupported') return ok(undefined);
    const told = answer.ok ? JSON.stringify(answer.value) : formatProblem(answer.problem);
    return failed({
      code: 'control-nonsense',
      message: `the adapter answered the stimulus ${JSON.stringify(NONSENSE)} with ${told}`,
      hint: 'answer "unsupported" to every stimulus that the adapter does not know, also before start',
    });
  }
}

/** What an adapter did that it should not, without a call to blame it on. */
export class Notes {
  readonly #problems: Problem[] = [];
  #more = 0;

  /** Kept up to a bound; an adapter that floods shall not fill our memory. */
  add(problem: Problem): void {
    if (this.#problems.length < 200) this.#problems.push(problem);
    else this.#more++;
  }

  list(): readonly Problem[] {
    if (this.#more === 0) return [...this.#problems];
    return [...this.#problems, { code: 'control-more', message: `${this.#more} more of these were not kept` }];
  }
}
