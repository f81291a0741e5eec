import { resolve } from 'node:path';
import type { Party } from '../../model/party.js';
import { parseAddress } from '../../link/address.js';
import { formatSummary } from '../run/summary-text.js';
import { playerOf, referencePlayer, type Player } from '../run/parties.js';
import { exitCodeOf, run, type RunOptions } from '../run/run.js';
import { catalogue } from '../catalogue.generated.js';
import type { RunFlags } from '../cli.js';
import { CommandError, type Io } from '../io.js';
import { onInterrupt } from '../interrupt.js';

/** `run client|server|reference`: the exit code. */
export async function runCommand(bench: 'client' | 'server' | 'reference', flags: RunFlags, io: Io): Promise<number> {
  const [client, server] = playersOf(bench, flags);
  const judged: readonly Party[] = bench === 'reference' ? ['client', 'server'] : [bench];
  const listen = flags.listen ?? (bench === 'client' ? client.file?.listen : server.file?.listen);
  const advertise = flags.advertise ?? client.file?.advertise;
  const interrupted = onInterrupt(() => io.err('stopping: cases under way are ended, reports are written'));
  const options: RunOptions = {
    bench,
    judged,
    client,
    server,
    catalogue: catalogue.map(({ testCase }) => testCase),
    select: flags.select,
    enabler: flags.enabler,
    timing: flags.timing,
    seed: flags.seed,
    jobs: Math.max(1, flags.jobs),
    out: resolve(flags.out),
    quiet: flags.quiet,
    argv: process.argv.slice(2),
    signal: interrupted.signal,
    ...(listen !== undefined && { listen: hostAndPort(listen) }),
    ...(advertise !== undefined && { advertise }),
    ...(flags.endpoint !== undefined && { endpoint: flags.endpoint }),
  };
  try {
    const ran = await run(options, io);
    if (flags.json) io.out(JSON.stringify(ran.results, null, 2));
    else if (!flags.quiet) io.out(formatSummary(ran.results, flags.out, io));
    return exitCodeOf(ran, flags);
  } finally {
    interrupted.dispose();
  }
}

function playersOf(bench: 'client' | 'server' | 'reference', flags: RunFlags): readonly [Player, Player] {
  if (bench === 'client') return [playerOf('client', flags.sut, flags.exec), referencePlayer('server', true)];
  if (bench === 'server') return [referencePlayer('client', true), playerOf('server', flags.sut, flags.exec)];
  return [referencePlayer('client', true), referencePlayer('server', true)];
}

/** `127.0.0.1`, `127.0.0.1:5683`, `[::1]:5683`. @throws CommandError */
export function hostAndPort(text: string): { readonly host: string; readonly port: number } {
  const withPort =
    /:\d+$/.test(text) && (!text.includes('::') || text.startsWith('['))
      ? text
      : `${text.includes(':') && !text.startsWith('[') ? `[${text}]` : text}:0`;
  const parsed = parseAddress(withPort);
  if (!parsed.ok) throw new CommandError({ ...parsed.problem, place: `--listen ${text}` });
  return parsed.value;
}
