import type { Clock } from '../base/clock.js';
import { failed, ok, type Problem, type Result } from '../base/error.js';
import type { Party } from '../model/party.js';
import { parseCommandLine } from './command-line.js';
import { QUESTIONS, type Setup, type StimulusKind } from './contract.js';
import { NONSENSE, PROTOCOLS } from './control-client.js';
import { excerpt, isRecord, parseJson } from './json.js';
import { PARTY_STIMULI } from './party-stimuli.js';
import { formatEnded, Program, within } from './program.js';
import { SAMPLE_STIMULI } from './sample-stimuli.js';
import { checkAnswer, checkDescription, checkEvent, checkOutcome, checkStarted, checkWelcome } from './validate.js';

/** One thing that an adapter must do, and whether it does. */
export interface Finding {
  readonly says: string;
  readonly problem?: Problem;
}

export interface CheckOptions {
  readonly command: string | readonly string[];
  readonly clock: Clock;
  readonly cwd?: string;
  /** Seconds for each answer; 10 unless told. */
  readonly within?: number;
}

/**
 * Tries an adapter for `stdio` without any test case: what its author still gets wrong, in the order of the protocol.
 * What cannot be tried after a failure is left out.
 */
export async function checkAdapter(options: CheckOptions): Promise<readonly Finding[]> {
  const argv = typeof options.command === 'string' ? parseCommandLine(options.command) : ok(options.command);
  const talk = argv.ok ? await Talk.open({ ...options, command: argv.value }) : argv;
  if (!talk.ok) return [{ says: 'can be started', problem: talk.problem }];
  const checks = new Checks(talk.value);
  try {
    await checks.run();
  } finally {
    await talk.value.end();
  }
  return checks.findings;
}

class Checks {
  readonly findings: Finding[] = [{ says: 'can be started' }];

  constructor(private readonly talk: Talk) {}

  async run(): Promise<void> {
    const { talk } = this;
    const welcome = await talk.call('hello', { protocols: PROTOCOLS, name: 'check-adapter' });
    if (!this.#note(`answers hello with version ${PROTOCOLS.join(' or ')}`, isVersionKnown(welcome))) return;
    const described = await talk.call('describe');
    const description = described.ok ? checkDescription(described.value) : described;
    if (!this.#note('describes itself', description) || !description.ok) return;
    const { party, stimuli } = description.value;
    this.#note(`names only stimuli of a ${party}`, onlyOf(party, stimuli));
    await this.#expectUnsupported({ do: NONSENSE }, 'before it is started');
    this.#note('answers a call that does not exist with an error', isError(await talk.call('x-unknown')));
    this.#note(
      'answers a line that is no JSON with an error, or not at all, and goes on',
      await this.#survives('this is no JSON'),
    );
    const started = await talk.call('start', sampleSetup(party));
    if (!this.#note('starts', started.ok ? checkStarted(started.value) : started)) return;
    await this.#expectUnsupported({ do: NONSENSE }, 'after its start');
    for (const kind of Object.values(PARTY_STIMULI).flat())
      if (!stimuli.includes(kind)) await this.#expectUnsupported(SAMPLE_STIMULI[kind], 'which it does not name');
    for (const kind of stimuli.filter((named) => QUESTIONS.has(named))) await this.#expectTold(kind);
    this.#note('answers stop', await talk.call('stop'));
    this.#note('can be started again', await talk.call('start', sampleSetup(party)));
    this.#note('answers stop again', await talk.call('stop'));
    this.#note('ends when its input ends', await talk.endsWithInput());
    const [stray] = talk.strays;
    this.#note('writes nothing but answers and events to its standard output', stray ? failed(stray) : ok(undefined));
  }

  /** Returns whether it is well. */
  #note(says: string, result: Result<unknown>): boolean {
    this.findings.push(result.ok ? { says } : { says, problem: result.problem });
    return result.ok;
  }

  async #expectUnsupported(stimulus: { readonly do: string }, when: string): Promise<void> {
    const answer = await this.talk.call('stimulate', stimulus);
    const is =
      !answer.ok || answer.value === 'unsupported'
        ? answer
        : failed({ code: 'not-unsupported', message: `it answered ${JSON.stringify(answer.value)}` });
    this.#note(`answers the stimulus ${stimulus.do}, ${when}, with "unsupported"`, is);
  }

  async #expectTold(kind: StimulusKind): Promise<void> {
    const answer = await this.talk.call('stimulate', SAMPLE_STIMULI[kind]);
    const outcome = answer.ok ? checkOutcome(answer.value) : answer;
    const isTold = outcome.ok && (outcome.value === 'unsupported' || !('told' in outcome.value));
    this.#note(
      `tells something when asked for ${kind}`,
      isTold ? failed({ code: 'not-told', message: `it answered ${JSON.stringify(outcome.value)}` }) : outcome,
    );
  }

  async #survives(line: string): Promise<Result<unknown>> {
    await this.talk.write(line);
    return this.talk.call('describe');
  }
}

const sampleSetup = (party: Party): Setup => ({
  case: 'check-adapter',
  endpoint: 'check-adapter',
  enabler: '1.1',
  configuration: { id: 'C.1', values: { '/1/0/1': 300 } },
  // Nobody listens there: what a client makes of that is not tried here.
  peers: party === 'client' ? [{ party: 'server', uri: 'coap://127.0.0.1:9', shortServerId: 1 }] : [],
  credentials: {},
});

function isVersionKnown(answer: Result<unknown>): Result<unknown> {
  const welcome = answer.ok ? checkWelcome(answer.value) : answer;
  if (!welcome.ok || PROTOCOLS.includes(welcome.value.protocol)) return welcome;
  return failed({ code: 'control-protocol', message: `it chose version ${welcome.value.protocol}` });
}

function onlyOf(party: Party, stimuli: readonly StimulusKind[]): Result<void> {
  const foreign = stimuli.filter((kind) => !PARTY_STIMULI[party].includes(kind));
  return foreign.length === 0
    ? ok(undefined)
    : failed({ code: 'foreign-stimulus', message: `${foreign.join(', ')} belong to another party` });
}

const isError = (answer: Result<unknown>): Result<void> =>
  answer.ok
    ? failed({ code: 'no-error', message: `it answered ${JSON.stringify(answer.value)}` })
    : answer.problem.code === SILENT
      ? answer
      : ok(undefined);

const SILENT = 'adapter-silent';

/** A conversation that takes nothing for granted: what is not expected is kept, not dropped. */
class Talk {
  readonly strays: Problem[] = [];
  readonly #program: Program;
  readonly #clock: Clock;
  readonly #within: number;
  #lastId = 0;
  #waiting: { readonly id: number; readonly resolve: (result: Result<unknown>) => void } | undefined;

  private constructor(program: Program, options: CheckOptions) {
    this.#program = program;
    this.#clock = options.clock;
    this.#within = options.within ?? 10;
  }

  static async open(options: CheckOptions & { readonly command: readonly string[] }): Promise<Result<Talk>> {
    const lines: ((line: string) => void)[] = [];
    const { clock, cwd, command } = options;
    const onLine = (line: string, from: 'stdout' | 'stderr'): void => {
      if (from === 'stdout') for (const take of lines) take(line);
    };
    const program = await Program.start({ argv: command, clock, onLine, ...(cwd === undefined ? {} : { cwd }) });
    if (!program.ok) return program;
    const talk = new Talk(program.value, options);
    lines.push((line) => talk.#onLine(line));
    return ok(talk);
  }

  async call(method: string, params?: unknown): Promise<Result<unknown>> {
    const id = ++this.#lastId;
    const answer = new Promise<Result<unknown>>((resolve) => (this.#waiting = { id, resolve }));
    const ended = this.#program.whenDone.then((end): Result<never> =>
      failed({ code: 'adapter-died', message: `it ended: ${formatEnded(end)}` }),
    );
    await this.write(JSON.stringify({ id, method, ...(params === undefined ? {} : { params }) }));
    const result = await within(this.#clock, this.#within, Promise.race([answer, ended]));
    this.#waiting = undefined;
    return result ?? failed({ code: SILENT, message: `no answer to ${method} within ${this.#within} s` });
  }

  async write(line: string): Promise<void> {
    await this.#program.writeLine(line);
  }

  async endsWithInput(): Promise<Result<void>> {
    this.#program.endInput();
    const ended = await within(this.#clock, this.#within, this.#program.whenEnded);
    return ended ? ok(undefined) : failed({ code: 'adapter-stays', message: `it still runs ${this.#within} s later` });
  }

  async end(): Promise<void> {
    await this.#program.kill();
  }

  #onLine(line: string): void {
    if (line.trim() === '') return;
    const value = parseJson(line);
    if (!value.ok) this.#stray(value.problem, line);
    else if (isRecord(value.value) && 'event' in value.value) this.#takeEvent(value.value['event'], line);
    else this.#takeAnswer(value.value, line);
  }

  #takeEvent(value: unknown, line: string): void {
    const event = checkEvent(value);
    if (!event.ok) this.#stray(event.problem, line);
  }

  #takeAnswer(value: unknown, line: string): void {
    const answer = checkAnswer(value);
    if (!answer.ok) {
      this.#stray(answer.problem, line);
      return;
    }
    const { id } = answer.value;
    if (id === null) return; // an error about a line that could not be read: nobody waits for it
    const waiting = this.#waiting;
    if (id !== waiting?.id) {
      this.#stray({ code: 'adapter-answer-foreign', message: 'nobody waits for this answer' }, line);
      return;
    }
    this.#waiting = undefined;
    waiting.resolve('error' in answer.value ? failed(answer.value.error) : ok(answer.value.result));
  }

  #stray(problem: Problem, line: string): void {
    this.strays.push({ ...problem, message: `${problem.message}: ${excerpt(line)}` });
  }
}
