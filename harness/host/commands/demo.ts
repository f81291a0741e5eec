import { join, resolve } from 'node:path';
import { mutants } from '../../../fixtures/mutants/index.js';
import { catalogue } from '../catalogue.generated.js';
import { Exit, type Io } from '../io.js';
import { playerOf, referencePlayer } from '../run/parties.js';
import { formatCaseLine } from '../run/progress.js';
import type { RunOptions } from '../run/options.js';
import { exitCodeOf, run, type Ran } from '../run/run.js';
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

  io.out(bold('2. The same cases against a client that is another process, over UDP'));
  const process = await part('process', join(out, 'client'), io);
  conclude(isConforming(process), 'the cases hold where only the wire tells; JUnit and evidence are written');

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

async function part(kind: 'reference' | 'process', out: string, io: Io): Promise<Ran> {
  const options: RunOptions = {
    bench: kind === 'reference' ? 'reference' : 'client',
    judged: kind === 'reference' ? ['client', 'server'] : ['client'],
    client: kind === 'reference' ? referencePlayer('client', true) : playerOf('client', 'reference-process', undefined),
    server: referencePlayer('server', true),
    catalogue: catalogue.map(({ testCase }) => testCase),
    select: [],
    enabler: '1.1',
    timing: 'quick',
    seed: 1,
    jobs: 4,
    out: resolve(out),
    quiet: false,
    argv: ['demo'],
  };
  return run(options, { ...io, err: (text) => io.out(text) });
}

const isConforming = (ran: Ran): boolean => exitCodeOf(ran, { strict: false, requireAll: true }) === Exit.ok;
