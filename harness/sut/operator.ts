import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../base/clock.js';
import { ProblemError } from '../base/error.js';
import type { Party } from '../model/party.js';
import {
  QUESTIONS,
  type Description,
  type Outcome,
  type Setup,
  type Stimulus,
  type StimulusKind,
  type Sut,
} from './contract.js';
import { Dialogue } from './dialogue.js';
import { parseJson } from './json.js';
import { PARTY_STIMULI } from './party-stimuli.js';
import { sentenceOf, setupLines } from './sentence.js';

/** What a person answered to what, to be kept with a run and given again. */
export interface OperatorAnswer {
  readonly case: string;
  /** `start`, `stop`, or the stimulus as JSON. */
  readonly asked: string;
  readonly answer: string;
  readonly who?: string;
}

export interface OperatorOptions {
  readonly party: Party;
  readonly clock: Clock;
  readonly input: Readable;
  readonly output: Writable;
  readonly name?: string;
  readonly version?: string;
  /** What the person can do; everything of the party unless told. */
  readonly stimuli?: readonly StimulusKind[];
  /** False: another control starts and stops the party, and the person only does what is asked in between. */
  readonly starts?: boolean;
  /** Who is asked, for the record. */
  readonly who?: string;
  /** Seconds to wait for an answer; 600 unless told. */
  readonly within?: number;
  /** Answers of an earlier run, given again in their order instead of asking. */
  readonly answers?: readonly OperatorAnswer[];
}

export interface OperatorSut extends Sut {
  /** What was answered so far, the replayed ones too. */
  answers(): readonly OperatorAnswer[];
}

const HELP = 'Enter: done · !r why: refused · !f why: it failed · !u: it cannot do this';

/** A person at a keyboard as the control of a party: told what to do, asked what was seen. */
export function operator(options: OperatorOptions): OperatorSut {
  return new Operator(options);
}

class Operator implements OperatorSut {
  readonly #options: OperatorOptions;
  readonly #dialogue: Dialogue;
  readonly #replay: OperatorAnswer[];
  readonly #answers: OperatorAnswer[] = [];
  #case = '';

  constructor(options: OperatorOptions) {
    this.#options = options;
    this.#dialogue = new Dialogue(options.input, options.output, options.clock);
    this.#replay = [...(options.answers ?? [])];
  }

  describe(): Promise<Description> {
    const { party, name = 'operator', version = '', stimuli = PARTY_STIMULI[party] } = this.#options;
    return Promise.resolve({ name, version, party, stimuli });
  }

  async start(setup: Setup): Promise<{ readonly address?: string }> {
    this.#case = setup.case;
    if (this.#options.starts === false) return {};
    const { party } = this.#options;
    const isClient = party === 'client';
    const question = isClient
      ? 'Start the client; Enter when it runs.'
      : `Start the ${party}. Where does it listen (host:port)?`;
    const answer = await this.#ask('start', [...setupLines(setup), question]);
    const outcome = special(answer);
    if (outcome !== undefined)
      throw new ProblemError({
        code: 'operator-start',
        message: `the operator did not start the ${party}: ${reasonOf(outcome)}`,
      });
    if (isClient) return {};
    if (answer === '')
      throw new ProblemError({
        code: 'operator-address',
        message: `the operator did not tell where the ${party} listens`,
      });
    return { address: answer };
  }

  async stimulate(stimulus: Stimulus): Promise<Outcome> {
    const { party, stimuli = PARTY_STIMULI[party] } = this.#options;
    if (!stimuli.includes(stimulus.do)) return 'unsupported';
    try {
      const answer = await this.#ask(JSON.stringify(stimulus), [sentenceOf(stimulus)]);
      return (
        special(answer) ??
        (QUESTIONS.has(stimulus.do) ? { told: told(stimulus, answer) } : answer === '' ? {} : { told: answer })
      );
    } catch (error) {
      if (error instanceof ProblemError) return { failed: error.problem.message };
      throw error;
    }
  }

  async stop(): Promise<void> {
    if (this.#options.starts !== false && this.#case !== '')
      await this.#ask('stop', [`Stop the ${this.#options.party}; Enter when it has ended.`]);
    this.#case = '';
  }

  answers(): readonly OperatorAnswer[] {
    return [...this.#answers];
  }

  /** @throws ProblemError when nobody answers */
  async #ask(asked: string, lines: readonly string[]): Promise<string> {
    const replayed = this.#takeReplayed(asked);
    const answer = replayed ?? (await this.#dialogue.ask([...lines, HELP], this.#options.within ?? 600, isAnswer));
    const { who } = this.#options;
    this.#answers.push({ case: this.#case, asked, answer, ...(who === undefined ? {} : { who }) });
    return answer;
  }

  /** The next recorded answer to this question in this case, if there is one left. */
  #takeReplayed(asked: string): string | undefined {
    const at = this.#replay.findIndex((recorded) => recorded.case === this.#case && recorded.asked === asked);
    return at < 0 ? undefined : this.#replay.splice(at, 1)[0]?.answer;
  }
}

const SPECIAL = /^!([ufr])\b\s*(.*)$/i;

/** Anything is an answer but a `!` of which we cannot tell what it means. */
const isAnswer = (answer: string): boolean => !answer.startsWith('!') || SPECIAL.test(answer);

/** What an answer with `!` says. */
function special(answer: string): Outcome | undefined {
  const [, letter = '', why = ''] = SPECIAL.exec(answer) ?? [];
  switch (letter.toLowerCase()) {
    case 'u':
      return 'unsupported';
    case 'r':
      return { refused: why || 'the operator gave no reason' };
    case 'f':
      return { failed: why || 'the operator gave no reason' };
    default:
      return undefined;
  }
}

function reasonOf(outcome: Outcome): string {
  if (outcome === 'unsupported') return 'it cannot be started';
  return 'failed' in outcome ? outcome.failed : 'refused' in outcome ? outcome.refused : '';
}

/** The answer to a question: names of endpoints, else JSON or text; nothing is null. */
function told(stimulus: Stimulus, answer: string): unknown {
  if (stimulus.do === 'registrations')
    return answer
      .split(/[\s,]+/)
      .filter((name) => name !== '')
      .map((endpoint) => ({ endpoint }));
  if (answer === '') return null;
  const value = parseJson(answer);
  return value.ok ? value.value : answer;
}
