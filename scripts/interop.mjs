// `npm run interop` (quick) and `npm run interop:full` (nominal): every known peer of fixtures/suts/, each with its baseline.
// A peer that cannot be fetched is a failure. Ends with a table and one line of counts.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    timing: { type: 'string', default: 'quick' },
    jobs: { type: 'string', default: '6' },
    out: { type: 'string', default: join(tmpdir(), 'lwm2m-interop') },
  },
});
const suts = join(root, 'fixtures', 'suts');
const peers = readdirSync(suts)
  .filter((file) => file.endsWith('.yaml') && !file.endsWith('.baseline.yaml'))
  .map((file) => ({ name: file.replace(/\.yaml$/, ''), text: readFileSync(join(suts, file), 'utf8') }))
  .filter(({ name }) => positionals.length === 0 || positionals.includes(name));

/** What a peer was not expected to do by its baseline, a line each. */
const unexpected = ({ cases, stale = [] }) => [
  ...cases
    .filter(({ verdict, baseline }) => !baseline && ['fail', 'inconclusive', 'error'].includes(verdict))
    .map(({ id, variant, verdict, reason, checks = [] }) => {
      const missed = checks.find(({ outcome }) => outcome === 'missed');
      const why = reason ?? (missed ? `${missed.id}: expected ${missed.expected}, got ${missed.actual}` : '');
      return `  ${verdict} ${id}${variant ? `[${variant}]` : ''} ${why}`;
    }),
  ...stale.map(
    (entry) => `  not seen any more: ${entry.case}${entry.variant ? `[${entry.variant}]` : ''} ${entry.check ?? ''}`,
  ),
];

let passed = 0;
let failed = 0;
const rows = [];
const open = [];
for (const { name, text } of peers) {
  const file = parse(text);
  const version = file.statement?.['enabler.1.1'] === false ? '1.0' : '1.1';
  // What a peer is started from tells what must be fetched for it.
  const [, needed] = /\{package\}\/\.peers\/([^/:]+)/.exec(text) ?? [];
  const fetched =
    needed === undefined ||
    spawnSync(process.execPath, [join(root, 'scripts', 'peers.mjs'), needed], { stdio: 'inherit' }).status === 0;
  if (!fetched) {
    failed++;
    rows.push([name, 'could not be fetched']);
    continue;
  }
  const baseline = join(suts, `${name}.baseline.yaml`);
  const out = join(options.out, name);
  const args = [
    'run',
    file.party,
    '--sut',
    name,
    '--enabler',
    version,
    '--timing',
    options.timing,
    '--jobs',
    options.jobs,
    '--out',
    out,
    ...(existsSync(baseline) ? ['--baseline', baseline] : []),
  ];
  console.log(`\n== ${name}: lwm2m-conformance ${args.join(' ')}`);
  const { status } = spawnSync(process.execPath, [join(root, 'dist', 'harness', 'host', 'cli.js'), ...args], {
    stdio: 'inherit',
  });
  const results = existsSync(join(out, 'results.json'))
    ? JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))
    : { totals: {}, cases: [] };
  const { totals, cases } = results;
  if (status !== 0) open.push(`${name}:`, ...unexpected(results));
  const known = cases.filter((result) => result.baseline).length;
  rows.push([
    name,
    status === 0 ? 'as expected' : `exit ${status}`,
    ...['pass', 'warn', 'fail', 'inconclusive', 'not-run', 'not-applicable'].map(
      (verdict) => `${totals[verdict] ?? 0} ${verdict}`,
    ),
    `${known} known`,
  ]);
  if (status === 0) passed++;
  else failed++;
}
console.log(`\n${rows.map(([name, ...cells]) => `${name.padEnd(28)} ${cells.join(', ')}`).join('\n')}`);
if (open.length > 0) console.log(`\n${open.join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed > 0 ? 1 : 0);
