import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.js';
import { resultName } from '../../../reports/results.js';
import { plannedName } from '../../case/plan.js';
import { catalogue } from '../catalogue.generated.js';
import { processIo } from '../io.js';
import { referencePlayer } from '../run/parties.js';
import { planRun, run } from '../run/run.js';
import type { RunOptions } from '../run/options.js';
import type { Transport } from './flags.js';
import { RunSecurity } from './run.js';

const optionsOf = (transport: Transport, enabler: '1.1' | '1.2', select: readonly string[]): RunOptions => ({
  bench: 'reference',
  judged: ['client', 'server'],
  client: referencePlayer('client', true),
  server: referencePlayer('server', true),
  bootstrapServer: referencePlayer('bootstrap-server', true),
  security: new RunSecurity({ choice: { transport }, bench: 'reference', seed: 1, foreign: false }),
  catalogue: catalogue.map(({ testCase }) => testCase),
  select,
  enabler,
  timing: 'nominal',
  seed: 1,
  jobs: 1,
  quiet: true,
  argv: [],
});

/** Results that are not the same as in the clear, by name. */
async function differences(
  transport: Transport,
  enabler: '1.1' | '1.2',
  select: readonly string[] = [],
): Promise<readonly string[]> {
  const plain = planRun(optionsOf('udp', enabler, select), undefined).filter(({ not }) => !not);
  const secure = await run(optionsOf(transport, enabler, select), processIo());
  expect(plain.length).toBeGreaterThan(20);
  expect(secure.cases.map(({ result }) => resultName(result))).toEqual(plain.map(plannedName));
  // Every datagram of CoAP was carried by records, and its own bytes were under way nowhere.
  const inNone = catalogue.flatMap(({ testCase: { meta } }) => (meta.channel === 'none' ? [meta.id] : []));
  // One case is about a message to a port for records.
  const plainOnes = new Set([...inNone, 'security.clear-register']);
  for (const { journal, result } of secure.cases.filter((ran) => !plainOnes.has(ran.result.id))) {
    const records = new Set(journal.entries.flatMap((entry) => (entry.kind === 'record' ? [toHex(entry.bytes)] : [])));
    const inClear = journal.entries.some((entry) => entry.kind === 'datagram' && records.has(toHex(entry.bytes)));
    const spoken = journal.entries.some(({ kind }) => kind === 'datagram');
    expect([result.id, inClear, spoken && records.size === 0]).toEqual([result.id, false, false]);
  }
  // In the clear each passes that applies: the test of the catalogue runs them.
  return secure.results.cases
    .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable')
    .map(
      (result) =>
        `${resultName(result)}: ${transport} ${result.verdict} ${result.reason ?? ''} ${JSON.stringify(result.checks.filter(({ outcome }) => outcome !== 'met'))}`,
    );
}

describe('On the reference bench', () => {
  it('all cases come out over dtls-psk as in the clear', async () => {
    expect(await differences('dtls-psk', '1.1')).toEqual([]);
  }, 240_000);

  it.each([
    ['dtls-psk', '1.2', 'reporting'],
    ['dtls-rpk', '1.1', 'transport'],
    ['dtls-x509', '1.1', 'transport'],
  ] as const)(
    'cases come out over %s as in the clear (%s, %s)',
    async (transport, enabler, part) => {
      expect(await differences(transport, enabler, [part])).toEqual([]);
    },
    120_000,
  );
});
