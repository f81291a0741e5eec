import { describe, expect, it } from 'vitest';
import { createColors } from 'picocolors';
import { unwrap } from '../../base/error.js';
import type { Around } from '../../case/session.js';
import { udpLink } from '../../link/udp.js';
import type { Party } from '../../model/party.js';
import { referenceBootstrapServer } from '../../sut/reference-bootstrap-server.js';
import { referenceClient } from '../../sut/reference-client.js';
import { referenceServer } from '../../sut/reference-server.js';
import type { Sut } from '../../sut/contract.js';
import type { BootstrapServerRole } from '../../roles/bootstrap-server/index.js';
import { deviationOf } from '../../../fixtures/deviations.js';
import { catalogue } from '../catalogue.generated.js';
import type { Io } from '../io.js';
import type { RunOptions } from './options.js';
import { referencePlayer, type Player } from './parties.js';
import { run, type Ran } from './run.js';

const io: Io = {
  ...{ out: () => undefined, err: () => undefined, status: () => undefined },
  ...{ isTerminal: false, colors: createColors(false) },
};

/** Our own party as if it were another's: on a socket of its own, which nobody taps. */
const anothers = (party: Party, sut: (around: Around) => Sut): Player => ({
  ...referencePlayer(party, false),
  plan: {
    ours: false,
    sut: (around) => sut({ ...around, link: async () => unwrap(await udpLink({ host: '127.0.0.1' })) }),
  },
  foreign: true,
});

const pairOf = (select: string, Role?: typeof BootstrapServerRole): Promise<Ran> => {
  const options: RunOptions = {
    ...{ bench: 'pair', enabler: '1.1', timing: 'quick', seed: 1, jobs: 1, quiet: true, argv: [] },
    judged: ['client', 'server', 'bootstrap-server'],
    select: [select, 'bootstrap.unknown-endpoint'],
    catalogue: catalogue.map(({ testCase }) => testCase),
    client: anothers('client', (around) => referenceClient(around)),
    server: anothers('server', (around) => referenceServer(around)),
    bootstrapServer: anothers('bootstrap-server', (around) =>
      referenceBootstrapServer({ ...around, ...(Role && { Role }) }),
    ),
  };
  return run(options, io);
};

describe('a pair with a bootstrap-server of others', () => {
  it('has three parties, each with a verdict, seen at two relays', async () => {
    const { results, cases } = await pairOf('bootstrap.ordered-by-server');
    const found = (id: string) => results.cases.find((one) => one.id === id);
    const pass = { client: 'pass', server: 'pass', 'bootstrap-server': 'pass' };
    expect(found('bootstrap.ordered-by-server')).toMatchObject({ verdict: 'pass', parties: pass });
    expect(found('bootstrap.unknown-endpoint')).toMatchObject({
      verdict: 'not-applicable',
      reason: expect.stringContaining('our own client'),
    });
    const seen = cases[0]?.journal.entries.flatMap((entry) => (entry.kind === 'datagram' ? [entry.to] : []));
    expect(new Set(seen)).toEqual(new Set(['client', 'server', 'bootstrap-server']));
  });

  it('blames the bootstrap-server alone where it refuses a client', async () => {
    const { bootstrapServer } = unwrap(deviationOf('bootstrap-server-refuses-all'));
    const { results } = await pairOf('bootstrap.client-initiated', bootstrapServer);
    expect(results.cases[0]).toMatchObject({
      parties: { client: 'not-run', 'bootstrap-server': 'fail' },
      reason: expect.stringContaining('A: expected 2.04'),
    });
  });
});
