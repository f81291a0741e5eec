import { join, resolve } from 'node:path';
import { mutants } from '../../../fixtures/mutants/index.js';
import { catalogue } from '../catalogue.generated.js';
import { Exit, type Io } from '../io.js';
import { knownPeers } from '../known-peers.js';
import { playerOf, referencePlayer } from '../run/parties.js';
import { formatCaseLine } from '../run/progress.js';
import type { RunOptions } from '../run/options.js';
import { exitCodeOf, run, type Ran } from '../run/run.js';
import { readBaseline } from './run.js';
import { isKilled, runMutant } from '../run/mutants.js';

/** Two deviations to show, one of each party. */
const SHOWN = ['client-updates-without-lifetime', 'server-never-expires'];

/** `demo`, what npm start runs: three parts, each of which must come out as it says. */
export async function demoCommand({ out }: { readonly out: string }, io: Io): Promise<number> {
  const { bold, dim, green, red } = io.colors;
  const outcomes: boolean[] = [];
  const conclude = (fine: boolean, says: string): void => {
    outcomes.push(fine);
    io.out(`  ${fine ? green('as it must be') : red('NOT as it must be')}: ${says}\n`);
  };

  io.out(bold('1. Our own client against our own server, both judged, on virtual time'));
  const reference = await part('reference', join(out, 'reference'), io);
  conclude(
    isConforming(reference),
    `every case passes on both parties; ${reference.results.cases.length} cases in ${reference.results.run.durationMs} ms`,
  );

  io.out(
    bold('2. A foreign client: a device on node-coap, another process, over UDP; what its library gets wrong is known'),
  );
  const device = await part('node-coap', join(out, 'client'), io);
  const known = device.results.cases.filter(({ baseline }) => baseline !== undefined).length;
  conclude(
    isConforming(device),
    `${device.results.totals.pass} cases pass, ${known} known failures of the library are as they were`,
  );

  io.out(bold('3. Deviations that a check must catch'));
  for (const mutant of mutants.filter(({ name }) => SHOWN.includes(name))) {
    const ran = await runMutant(
      mutant,
      catalogue.map(({ testCase }) => testCase),
    );
    io.out(formatCaseLine(io, ran.result));
    conclude(
      isKilled(mutant, ran),
      `a ${mutant.party} that ${mutant.says} is caught by ${mutant.case} ${mutant.check}`,
    );
  }

  io.out(
    `${outcomes.every(Boolean) ? green('All parts came out as they must.') : red('Some part did not come out as it must.')} ${dim(`Results, JUnit and journals are in ${out}/`)}`,
  );
  io.out(dim('Next: npx lwm2m-conformance run client --exec "./my-client -s {uri} -n {endpoint}"'));
  return outcomes.every(Boolean) ? Exit.ok : Exit.nonconforming;
}

async function part(kind: 'reference' | 'node-coap', out: string, io: Io): Promise<Ran> {
  const baseline = knownPeers().find((peer) => peer.name === kind)?.baseline;
  const options: RunOptions = {
    bench: kind === 'reference' ? 'reference' : 'client',
    judged: kind === 'reference' ? ['client', 'server'] : ['client'],
    client: kind === 'reference' ? referencePlayer('client', true) : playerOf('client', kind, undefined),
    server: referencePlayer('server', true),
    bootstrapServer: referencePlayer('bootstrap-server', true),
    catalogue: catalogue.map(({ testCase }) => testCase),
    // Every case on virtual time costs nothing; over UDP those of the ETS and of the transport show enough.
    select: kind === 'reference' ? [] : ['int-*', 'transport', 'robustness'],
    enabler: '1.1',
    timing: 'quick',
    seed: 1,
    jobs: 16,
    out: resolve(out),
    quiet: true,
    argv: ['demo'],
    ...(baseline !== undefined && { baseline: readBaseline(baseline, false) }),
  };
  const ran = await run(options, io);
  for (const result of ran.results.cases.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable'))
    io.out(formatCaseLine(io, result));
  return ran;
}

const isConforming = (ran: Ran): boolean => exitCodeOf(ran, { strict: false, requireAll: true }) === Exit.ok;
