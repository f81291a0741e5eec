import type { Clock } from '../base/clock.js';
import { failed, formatProblem, ok, ProblemError, unwrap, type Result } from '../base/error.js';
import type { Party } from '../model/party.js';
import { BoundedLog } from './bounded-log.js';
import { parseCommandLine } from './command-line.js';
import {
  QUESTIONS,
  type Description,
  type Outcome,
  type Setup,
  type Stimulus,
  type StimulusKind,
  type Sut,
} from './contract.js';
import { parseJson } from './json.js';
import { setupSubstitutes, stimulusSubstitutes, substituteAll, type Substitutes } from './placeholders.js';
import { formatEnded, Program, within, type Ended } from './program.js';

export interface ShellOptions {
  /** The command for a stimulus: `{ restart: './power.sh cycle' }`. Placeholders as for `exec`, and the fields of the stimulus. */
  readonly stimuli: Readonly<Partial<Record<StimulusKind, string>>>;
  readonly clock: Clock;
  readonly party?: Party;
  readonly name?: string;
  readonly version?: string;
  /** Run when a case starts and stops. */
  readonly start?: string;
  readonly stop?: string;
  /** Where a server listens, with placeholders. */
  readonly address?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds that a command may take; 30 unless told. */
  readonly within?: number;
  readonly placeholders?: Substitutes;
}

export interface ShellSut extends Sut {
  /** What the commands wrote, bounded. */
  log(): string;
}

/** What an exit code other than 0 says; any other is a failure. */
const REFUSED = 10;
const UNSUPPORTED = 11;

/**
 * A command for each stimulus. Exit code 0: done, and for a question its output is the answer, as JSON or as text;
 * 10: refused; 11: unsupported; anything else: failed, with what it said on stderr as the reason.
 */
export function shell(options: ShellOptions): ShellSut {
  return new Shell(options);
}

interface Run {
  readonly ended: Ended;
  readonly stdout: string;
  readonly stderr: string;
}

class Shell implements ShellSut {
  readonly #options: ShellOptions;
  readonly #log = new BoundedLog();
  #values: Substitutes = {};

  constructor(options: ShellOptions) {
    this.#options = options;
  }

  describe(): Promise<Description> {
    const { name = 'shell', version = '', party = 'client', stimuli } = this.#options;
    const isKind = (kind: string): kind is StimulusKind => kind in stimuli;
    return Promise.resolve({ name, version, party, stimuli: Object.keys(stimuli).filter(isKind) });
  }

  async start(setup: Setup): Promise<{ readonly address?: string }> {
    this.#values = { ...setupSubstitutes(setup), ...this.#options.placeholders };
    if (this.#options.start !== undefined) await this.#mustRun(this.#options.start);
    if (this.#options.address === undefined) return {};
    const [address] = unwrap(substituteAll([this.#options.address], this.#values));
    return address === undefined ? {} : { address };
  }

  async stimulate(stimulus: Stimulus): Promise<Outcome> {
    const command = this.#options.stimuli[stimulus.do];
    if (command === undefined) return 'unsupported';
    const run = await this.#run(command, { ...this.#values, ...stimulusSubstitutes(stimulus) });
    if (!run.ok) return { failed: formatProblem(run.problem) };
    const { ended, stdout, stderr } = run.value;
    const why = stderr.trim() || stdout.trim() || formatEnded(ended);
    if (ended.code === REFUSED) return { refused: why };
    if (ended.code === UNSUPPORTED) return 'unsupported';
    if (ended.code !== 0) return { failed: `${formatEnded(ended)}: ${why}` };
    return QUESTIONS.has(stimulus.do) ? { told: answerIn(stdout) } : {};
  }

  async stop(): Promise<void> {
    if (this.#options.stop !== undefined) await this.#mustRun(this.#options.stop);
  }

  log(): string {
    return this.#log.toString();
  }

  /** @throws ProblemError */
  async #mustRun(command: string): Promise<void> {
    const { ended, stderr } = unwrap(await this.#run(command, this.#values));
    if (ended.code === 0) return;
    throw new ProblemError({
      code: 'shell-failed',
      message: `${formatEnded(ended)}: ${stderr.trim() || 'it said nothing'}`,
      place: command,
    });
  }

  async #run(command: string, values: Substitutes): Promise<Result<Run>> {
    const { clock, cwd, env, within: seconds = 30 } = this.#options;
    const words = parseCommandLine(command);
    const argv = words.ok ? substituteAll(words.value, values) : words;
    if (!argv.ok) return failed({ ...argv.problem, place: command });
    const lines: Record<'stdout' | 'stderr', BoundedLog> = { stdout: new BoundedLog(), stderr: new BoundedLog() };
    const started = await Program.start({
      argv: argv.value,
      clock,
      log: this.#log,
      onLine: (line, from) => lines[from].append(`${line}\n`),
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
    });
    if (!started.ok) return started;
    const program = started.value;
    program.endInput();
    const ended = await within(clock, seconds, program.whenDone);
    await program.kill();
    if (!ended) return failed({ code: 'shell-timeout', message: `it did not end within ${seconds} s`, place: command });
    return ok({ ended, stdout: lines.stdout.toString(), stderr: lines.stderr.toString() });
  }
}

/** JSON where it is JSON, else the text; nothing is null. */
function answerIn(stdout: string): unknown {
  const text = stdout.trim();
  if (text === '') return null;
  const value = parseJson(text);
  return value.ok ? value.value : text;
}
