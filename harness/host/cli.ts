#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { formatProblem, ProblemError } from '../base/error.js';
import { CommandError, Exit, processIo, type Io } from './io.js';
import { suiteVersion } from './version.js';

/** Builds the command line. Each command loads its code only when it is called. */
export function program(io: Io, finish: (exitCode: number) => void): Command {
  const root = new Command('lwm2m-conformance')
    .description('Conformance and interoperability tests for OMA LwM2M, for any client and any server')
    .version(suiteVersion())
    .showHelpAfterError('(run with --help for the options)')
    .exitOverride();
  const number = (text: string): number => {
    const value = Number(text);
    if (!Number.isFinite(value))
      throw new CommandError({ code: 'number', message: `${JSON.stringify(text)} is no number` });
    return value;
  };

  const run = root.command('run').description('Run the cases against a client, a server, or our own two');
  for (const bench of ['client', 'server', 'reference'] as const) {
    const command = run
      .command(bench)
      .description(
        bench === 'reference'
          ? 'Our own client against our own server, both judged, on virtual time'
          : `Judge a ${bench}; our own implementation is its opposite`,
      );
    if (bench !== 'reference')
      command
        .option('--sut <name|file>', 'the system: "reference", the name of a known one, or a SUT file', 'reference')
        .option('--exec <command>', 'the system as a command, with {uri} {host} {port} {endpoint} {enabler}')
        .option('--endpoint <name>', 'endpoint name, where the system has a fixed one');
    if (bench === 'client')
      command
        .option('--listen <host[:port]>', 'where our server listens', '127.0.0.1')
        .option('--advertise <host>', 'the host that the client is told, where it differs');
    command
      .option('--select <selector...>', 'ids, ETS numbers (int-102), interfaces (registration), or globs', [])
      .addOption(
        new Option('--enabler <version>', 'the LwM2M version that is tested')
          .choices(['1.0', '1.1', '1.2'])
          .default('1.1'),
      )
      .addOption(
        new Option('--timing <timing>', 'nominal: the times of the ETS; quick: shorter ones that the cases choose')
          .choices(['nominal', 'quick'])
          .default('quick'),
      )
      .option('--jobs <n>', 'sessions at once', number, 1)
      .option('--seed <n>', 'seed of message ids, tokens and delays', number, 1)
      .option('--out <folder>', 'where results.json, junit.xml, summary.md and journals/ go', 'lwm2m-results')
      .option('--strict', 'remarks fail the run', false)
      .option('--require-all', 'cases that could not be run fail the run', false)
      .option('--quiet', 'no progress', false)
      .option('--json', 'print results.json on standard output', false)
      .action(async (options: RunFlags) =>
        finish(await (await import('./commands/run.js')).runCommand(bench, options, io)),
      );
  }

  root
    .command('list')
    .description('List the cases')
    .option('--json', 'as JSON', false)
    .action(async (options: { json: boolean }) =>
      finish(await (await import('./commands/list.js')).listCommand(options, io)),
    );

  root
    .command('judge')
    .argument('<journal...>', 'journals of a run')
    .description('Judge records again: the same case over what was seen')
    .option('--json', 'as JSON', false)
    .action(async (journals: string[], options: { json: boolean }) =>
      finish(await (await import('./commands/judge.js')).judgeCommand(journals, options, io)),
    );

  const serve = root.command('serve').description('Run our own implementation alone, against any peer');
  serve
    .command('client')
    .description('A reference client; lines on its input: set PATH VALUE, update, deregister, quit')
    .requiredOption('--server <uri>', 'coap://host:port')
    .option('--endpoint <name>', 'endpoint name', 'urn:dev:ops:32473-reference')
    .option('--lifetime <seconds>', 'lifetime', number, 86_400)
    .addOption(new Option('--enabler <version>').choices(['1.0', '1.1', '1.2']).default('1.1'))
    .option('--mutant <name>', 'with this deviation')
    .action(async (options: ServeFlags) =>
      finish(await (await import('./commands/serve.js')).serveClient(options, io)),
    );
  serve
    .command('server')
    .description('A reference server')
    .option('--listen <host[:port]>', 'where it listens', '127.0.0.1:5683')
    .addOption(new Option('--control <carrier>', 'speak the control contract').choices(['stdio']))
    .addOption(new Option('--enabler <version>').choices(['1.0', '1.1', '1.2']).default('1.1'))
    .option('--mutant <name>', 'with this deviation')
    .action(async (options: ServeFlags) =>
      finish(await (await import('./commands/serve.js')).serveServer(options, io)),
    );

  root
    .command('demo')
    .description(
      'What npm start runs: our own two on virtual time, our client as a process over UDP, and deviations that must be caught',
    )
    .option('--out <folder>', 'where the results go', 'lwm2m-results')
    .action(async (options: { out: string }) =>
      finish(await (await import('./commands/demo.js')).demoCommand(options, io)),
    );
  return root;
}

/** What the commands of `run` are told. */
export interface RunFlags {
  readonly sut?: string;
  readonly exec?: string;
  readonly endpoint?: string;
  readonly listen?: string;
  readonly advertise?: string;
  readonly select: readonly string[];
  readonly enabler: '1.0' | '1.1' | '1.2';
  readonly timing: 'nominal' | 'quick';
  readonly jobs: number;
  readonly seed: number;
  readonly out: string;
  readonly strict: boolean;
  readonly requireAll: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** What the commands of `serve` are told. */
export interface ServeFlags {
  readonly server: string;
  readonly endpoint: string;
  readonly lifetime: number;
  readonly enabler: '1.0' | '1.1' | '1.2';
  readonly listen: string;
  readonly control?: 'stdio';
  readonly mutant?: string;
}

/** Runs a command line; gives the exit code. Nothing that goes wrong shows a stack. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = Exit.ok;
  try {
    await program(io, (code) => {
      exitCode = code;
    }).parseAsync([...argv], { from: 'user' });
  } catch (error) {
    return explain(error, io);
  }
  return exitCode;
}

function explain(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.ok : Exit.usage;
  if (error instanceof CommandError) {
    io.err(`${io.colors.red('error:')} ${error.message}`);
    return error.exitCode;
  }
  if (error instanceof ProblemError) {
    io.err(`${io.colors.red('error:')} ${formatProblem(error.problem)}`);
    return Exit.usage;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  io.err(`${io.colors.magenta('our own fault:')} ${message}`);
  if (process.env['LWM2M_DEBUG'] && error instanceof Error) io.err(error.stack ?? '');
  else io.err('please report it; LWM2M_DEBUG=1 shows where it happened');
  return Exit.harness;
}

if (import.meta.filename === process.argv[1] || process.argv[1]?.endsWith('lwm2m-conformance')) {
  process.exitCode = await main(process.argv.slice(2), processIo());
}
