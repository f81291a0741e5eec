#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { formatProblem, ProblemError } from '../base/error.js';
import type { ConvertFlags, DecodeFlags, EncodeFlags } from './commands/codec.js';
import type { CredentialsFlags } from './commands/credentials.js';
import type { VectorsFlags } from './commands/vectors.js';
import type { DeviationFlags } from './commands/deviations.js';
import type { BenchName } from './commands/run.js';
import type { BootstrapServerFlags } from './commands/serve-bootstrap-server.js';
import type { MatrixFlags, RunFlags, ServeFlags } from './flags.js';
import { CommandError, Exit, processIo, type Io } from './io.js';
import { withSecurityOptions } from './security/flags.js';
import { suiteVersion } from './version.js';

/** Builds the command line. Each command loads its code only when it is called. */
export function program(io: Io, finish: (exitCode: number) => void): Command {
  const root = new Command('lwm2m-conformance')
    .description('Conformance and interoperability tests for OMA LwM2M, for any client and any server')
    .version(suiteVersion())
    .showHelpAfterError('(run with --help for the options)')
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) })
    .exitOverride();
  const run = root.command('run').description('Run the cases against a client, a server, or our own two');
  const plan = root
    .command('plan')
    .description('Show which cases a run would have, why others do not apply, and how long it takes');
  for (const bench of ['client', 'server', 'bootstrap-server', 'pair', 'reference'] as const) {
    withRunOptions(run.command(bench), bench).action(async (flags: RunFlags) =>
      finish(await (await import('./commands/run.js')).runCommand(bench, flags, io)),
    );
    withRunOptions(plan.command(bench), bench).action(async (flags: RunFlags) =>
      finish(await (await import('./commands/plan.js')).planCommand(bench, flags, io)),
    );
  }
  withSharedRunOptions(
    root
      .command('matrix')
      .description('Run every client against every server: matrix.json, matrix.md and one page, index.html')
      .requiredOption('--clients <names|files>', 'with commas: "reference", names of known ones, SUT files')
      .requiredOption('--servers <names|files>', 'with commas')
      .option('--baseline <folder>', 'known failures of each pair: CLIENT--SERVER.yaml'),
    'where the matrix goes, and cells/ with the results of each pair',
  ).action(async (flags: MatrixFlags) => finish(await (await import('./commands/matrix.js')).matrixCommand(flags, io)));
  addReading(root, io, finish);
  addServing(root, io, finish);
  addCodecs(root, io, finish);
  return root;
}

/** Commands that look at cases and results. */
function addReading(root: Command, io: Io, finish: (exitCode: number) => void): void {
  root
    .command('list')
    .description('List the cases')
    .option('--suites <folder>', 'with your own cases')
    .option('--json', 'as JSON', false)
    .action(async (options: { json: boolean; suites?: string }) =>
      finish(await (await import('./commands/list.js')).listCommand(options, io)),
    );
  root
    .command('explain')
    .argument('<case>', 'id or ETS number')
    .description('Say what a case does and checks, and what each check rests on')
    .action(async (name: string) => finish(await (await import('./commands/explain.js')).explainCommand(name, io)));
  root
    .command('judge')
    .argument('<journal...>', 'journals of a run')
    .description('Judge records again: the same case over what was seen')
    .option('--json', 'as JSON', false)
    .action(async (journals: string[], options: { json: boolean }) =>
      finish(await (await import('./commands/judge.js')).judgeCommand(journals, options, io)),
    );
  root
    .command('capture')
    .argument('<journal>', 'journal of a case')
    .description('Write what was under way as a capture for Wireshark (pcapng)')
    .option('--out <file>', 'the capture; beside the journal unless given')
    .option('--key-log <file>', 'put the secrets of its sessions into the capture: whoever has it reads everything')
    .action(async (journal: string, options: { out?: string; keyLog?: string }) =>
      finish(await (await import('./commands/capture.js')).captureCommand(journal, options, io)),
    );
  root
    .command('compare')
    .arguments('<old> <new>')
    .description('Compare two runs (folders or results.json); exit 1 when something broke')
    .option('--json', 'as JSON', false)
    .action(async (before: string, after: string, options: { json: boolean }) =>
      finish(await (await import('./commands/compare.js')).compareCommand(before, after, options, io)),
    );
  root
    .command('merge')
    .argument('<run...>', 'folders or results.json of all shards')
    .description('Join the results of the shards of one run; exit 1 when one is missing')
    .requiredOption('--out <folder>', 'where the joined results go')
    .action(async (runs: string[], options: { out: string }) =>
      finish(await (await import('./commands/merge.js')).mergeCommand(runs, options, io)),
    );
  root
    .command('init')
    .argument('[file]', 'the SUT file to write', 'sut.yaml')
    .description('Write a commented SUT file')
    .action(async (file: string) => finish(await (await import('./commands/init.js')).initCommand(file, io)));
  root
    .command('check-adapter')
    .argument('<command>', 'the adapter: a program that speaks the control contract on its standard input and output')
    .description('Tell the author of an adapter what it still gets wrong')
    .action(async (command: string) =>
      finish(await (await import('./commands/check-adapter.js')).checkAdapterCommand(command, io)),
    );
  root
    .command('models')
    .description('Object definitions')
    .command('check')
    .argument('<path...>', 'OMA XML files, or folders of them')
    .description('Read object definitions, and say what is wrong with them')
    .action(async (paths: string[]) => finish(await (await import('./commands/models.js')).modelsCheck(paths, io)));
  for (const kind of ['mutants', 'variants'] as const)
    root
      .command(kind)
      .description(
        kind === 'mutants'
          ? 'Run every deviation on the case that must catch it; with --all on every case'
          : 'Run every case on every permitted difference of our own two',
      )
      .option('--json', 'as JSON', false)
      .option('--all', kind === 'mutants' ? 'on every case' : 'in every version', false)
      .option('--first', 'of each case its first variant only', false)
      .option('--shard <i/n>', 'one part of them')
      .action(async (options: DeviationFlags) =>
        finish(await (await import('./commands/deviations.js')).deviationsCommand(kind, options, io)),
      );
  root
    .command('demo')
    .description('What npm start runs')
    .option('--out <folder>', 'where the results go', 'lwm2m-results')
    .action(async (options: { out: string }) =>
      finish(await (await import('./commands/demo.js')).demoCommand(options, io)),
    );
}

/** Commands that run our own implementation alone, and what they need. */
function addServing(root: Command, io: Io, finish: (exitCode: number) => void): void {
  root
    .command('credentials')
    .description('Make a test PKI and a pre-shared key: good ones, and one of each kind that must be refused')
    .requiredOption('--out <folder>', 'a folder, new or empty')
    .option('--endpoint <name>', 'the name that clients prove', 'urn:dev:ops:32473-reference')
    .option('--seed <n>', 'the same credentials again; fresh ones without it', number)
    .action(async (flags: CredentialsFlags) =>
      finish(await (await import('./commands/credentials.js')).credentialsCommand(flags, io)),
    );
  const serve = root.command('serve').description('Run our own implementation alone, against any peer');
  withSecurityOptions(serve.command('client'))
    .description('A reference client; lines on its input: set PATH VALUE, update, deregister, restart, bootstrap, quit')
    .option('--server <uri>', 'coap://host:port, or coaps://host:port')
    .option('--server2 <uri>', 'a second server, of Short Server ID 2')
    .option('--bootstrap-server <uri>', 'whom it asks for servers, where it has none or cannot register')
    .option('--smart-card <folder>', 'files of its smart card, by identifier: 5031, 6430, 6432')
    .option('--pack', 'ask the bootstrap-server for a Bootstrap-Pack first (1.2)', false)
    .option('--endpoint <name>', 'endpoint name', 'urn:dev:ops:32473-reference')
    .option('--configuration <id>', 'the values of this ETS configuration', 'C.1')
    .option('--lifetime <seconds>', 'lifetime; that of the configuration unless given', number)
    .addOption(new Option('--enabler <version>').choices(['1.0', '1.1', '1.2']).default('1.1'))
    .option('--mutant <name>', 'with this deviation')
    .action(async (options: ServeFlags) =>
      finish(await (await import('./commands/serve.js')).serveClient(options, io)),
    );
  withSecurityOptions(serve.command('server'))
    .description('A reference server')
    .option('--listen <host[:port]>', 'where it listens (127.0.0.1 and the port of the transport unless given)')
    .addOption(new Option('--control <carrier>', 'speak the control contract').choices(['stdio', 'http']))
    .addOption(new Option('--enabler <version>').choices(['1.0', '1.1', '1.2']).default('1.1'))
    .option('--mutant <name>', 'with this deviation')
    .action(async (options: ServeFlags) =>
      finish(await (await import('./commands/serve.js')).serveServer(options, io)),
    );
  withSecurityOptions(serve.command('bootstrap-server'))
    .description('A reference bootstrap-server')
    .option('--config <file>', 'what it does with which client (docs/bootstrap.md); not needed with --control')
    .option('--listen <host[:port]>', 'where it listens (127.0.0.1:5783, with security 5784, unless given)')
    .addOption(new Option('--control <carrier>', 'speak the control contract').choices(['stdio', 'http']))
    .addOption(new Option('--enabler <version>').choices(['1.0', '1.1', '1.2']).default('1.2'))
    .option('--mutant <name>', 'with this deviation')
    .action(async (options: BootstrapServerFlags) =>
      finish(await (await import('./commands/serve-bootstrap-server.js')).serveBootstrapServer(options, io)),
    );
}

/** Commands about data formats alone. */
function addCodecs(root: Command, io: Io, finish: (exitCode: number) => void): void {
  root
    .command('vectors')
    .description('Run the golden vectors with a codec; exit 1 on a deviation that is not known')
    .requiredOption('--testee <self|command>', 'a program that speaks the testee contract, or our own codecs')
    .option('--format <format...>', 'only these files of vectors/', [])
    .option('--out <folder>', 'where results.json and junit.xml go')
    .option('--known <file>', 'known failures, each with a reason; one that no longer holds fails the run')
    .option('--accept', 'rewrite that file with what fails now', false)
    .option('--strict', 'a refusal must have the right class', false)
    .option('--timeout <seconds>', 'for an answer', number, 5)
    .option('--json', 'print the results on standard output', false)
    .option('--quiet', 'no progress', false)
    .action(async (flags: VectorsFlags) =>
      finish(await (await import('./commands/vectors.js')).vectorsCommand(flags, io)),
    );
  root
    .command('testee')
    .description('Our codecs behind the testee contract, on standard input and output')
    .action(async () => finish(await (await import('./commands/testee.js')).testeeCommand()));
  const decode = root.command('decode').description('Explain a payload byte by byte; exit 1 when it is not valid');
  const encode = root.command('encode').description('Write values, JSON by path, as a payload');
  const convert = root.command('convert').description('Write a payload in another format');
  for (const command of [decode, encode, convert])
    command
      .requiredOption('--format <format>', 'Content-Format number or name: tlv, senml-cbor, 11544, …')
      .option('--path <path>', 'path of the request', '/')
      .option('--models <path>', 'object definitions besides those of OMA: an XML file, or a folder of them')
      .option('--file <file>', 'the input; standard input where there is neither this nor an argument')
      .option('--pack <what>', 'what SenML records without values are: values, paths or changes')
      .addOption(choice('--enabler <version>', 'versions of the objects', ['1.0', '1.1', '1.2'], '1.2'))
      .option('--json', 'as JSON', false);
  for (const command of [decode, convert])
    command
      .argument('[payload]', 'hexadecimal, a dump, or base64')
      .addOption(choice('--as <form>', 'what the input is', ['auto', 'hex', 'base64', 'raw'], 'auto'))
      .option('--lenient <names>', 'deviations to let pass, with commas', words, []);
  for (const command of [encode, convert])
    command
      .addOption(choice('--print <form>', 'how the payload is printed', ['hex', 'base64', 'raw'], 'hex'))
      .option('--style <names>', 'permitted alternatives, or deliberate faults, with commas', words, []);
  decode.action(async (payload: string | undefined, flags: DecodeFlags) =>
    finish(await (await import('./commands/codec.js')).decodeCommand(payload, flags, io)),
  );
  encode
    .argument('[values]', 'JSON: {"/3/0/9": 100}')
    .action(async (values: string | undefined, flags: EncodeFlags) =>
      finish(await (await import('./commands/codec.js')).encodeCommand(values, flags, io)),
    );
  convert
    .requiredOption('--to <format>', 'the other format')
    .action(async (payload: string | undefined, flags: ConvertFlags) =>
      finish(await (await import('./commands/codec.js')).convertCommand(payload, flags, io)),
    );
}

const DESCRIPTIONS: Readonly<Partial<Record<BenchName, string>>> = {
  pair: 'Judge a client and a server of others, each by what passes between the two',
  reference: 'Our own parties against each other, all judged, on virtual time',
};

/** The options that `run` and `plan` share. */
function withRunOptions(command: Command, bench: BenchName): Command {
  command.description(DESCRIPTIONS[bench] ?? `Judge a ${bench}; our own implementation is its opposite`);
  if (bench === 'pair')
    command
      .requiredOption('--client <name|file>', 'the client: the name of a known one, or a SUT file')
      .requiredOption('--server <name|file>', 'the server')
      .option('--bootstrap-server <name|file>', "the bootstrap-server, where that is another's as well; else ours");
  else if (bench !== 'reference')
    command
      .option('--sut <name|file>', 'the system: "reference", the name of a known one, or a SUT file', 'reference')
      .option('--exec <command>', 'the system as a command, with {uri} {host} {port} {endpoint} {enabler}');
  if (bench !== 'reference')
    command
      .option('--endpoint <name>', 'endpoint name, where the system has a fixed one')
      .option('--listen <host[:port]>', 'where our party listens (127.0.0.1 unless the SUT file says otherwise)');
  if (bench === 'client' || bench === 'pair')
    command.option('--advertise <host>', 'the host that the client is told, where it differs');
  command
    .option('--rerun <folder>', 'the cases of an earlier run that did not pass')
    .option('--shard <i/n>', 'one part of the run')
    .option('--baseline <file>', 'known failures, each with a reason; one that no longer holds fails the run')
    .option('--accept', 'rewrite the baseline with what fails now', false)
    .option('--answers <file>', 'what the operator answered in an earlier run (answers.json), instead of asking');
  withSecurityOptions(command).option('--key-log <file>', 'write the secrets of each DTLS session there (NSS key log)');
  return withSharedRunOptions(command, 'where results.json, junit.xml, summary.md and journals/ go');
}

/** The options of everything that runs cases. */
function withSharedRunOptions(command: Command, out: string): Command {
  return command
    .option('--select <selector...>', 'ids, ETS numbers (int-102), interfaces, or globs; id[variant] for one', [])
    .option('--suites <folder>', 'with your own cases: .js files with a case as default export')
    .addOption(choice('--enabler <version>', 'the LwM2M version that is tested', ['1.0', '1.1', '1.2'], '1.1'))
    .addOption(
      choice('--timing <timing>', 'nominal: the times of the ETS; quick: shorter ones', ['nominal', 'quick'], 'quick'),
    )
    .option('--jobs <n>', 'sessions at once', number, 1)
    .option('--seed <n>', 'seed of message ids, tokens and delays', number, 1)
    .option('--time-budget <seconds>', 'begin no case after so long', number)
    .option('--out <folder>', out, 'lwm2m-results')
    .addOption(choice('--junit <dialect>', 'strict: as the Jenkins xUnit schema', ['extended', 'strict'], 'extended'))
    .option('--strict', 'remarks fail the run', false)
    .option('--require-all', 'cases that could not be run fail the run', false)
    .option('--quiet', 'no progress', false)
    .option('--json', 'print the results on standard output', false);
}

const choice = (flags: string, description: string, choices: readonly string[], preset: string): Option =>
  new Option(flags, description).choices(choices).default(preset);

/** A list in one word: one of several words would take the payload behind it. */
const words = (text: string): readonly string[] => text.split(',').map((word) => word.trim());

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new CommandError({ code: 'number', message: `${JSON.stringify(text)} is no number` });
  return value;
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

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename) {
  process.exitCode = await main(process.argv.slice(2), processIo());
  // What an interrupted case slept for is not waited for.
  if (process.exitCode === Exit.interrupted) process.exit();
}
