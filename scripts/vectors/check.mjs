/**
 * Runs the vectors through the oracles that are installed.
 *
 *     node scripts/vectors/check.mjs [FORMAT …] [--only ORACLE] [--record] [--install]
 *
 * Fails when one does something else than is recorded. `--record` stores what they do in scripts/vectors/evidence/ and makes the
 * vector files anew; an oracle that is not installed here keeps its record. `--install` fetches those that Maven, pip and npm have, into
 * .peers/oracles; tshark and libcoap come from `apt-get install tshark libcoap3-bin`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';
import { build, familyNames } from './generate.mjs';
import { ORACLES } from './oracles/index.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const args = process.argv.slice(2);
const record = args.includes('--record');
const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
const formats = args.filter((arg, i) => !arg.startsWith('--') && args[i - 1] !== '--only');

const recordPath = (/** @type {string} */ format) => here(`./evidence/${format}.json`);
/** @param {string} format @returns {import('./lib/evidence.mjs').Record_} */
const recorded = (format) =>
  existsSync(recordPath(format)) ? JSON.parse(readFileSync(recordPath(format), 'utf8')) : { oracles: {}, outcomes: {} };

/** @type {import('./oracles/index.mjs').Case[]} */
const cases = [];
/** @type {Map<string, import('./lib/evidence.mjs').Record_>} */
const records = new Map();
for (const format of formats.length ? formats : familyNames()) {
  const { document } = await build(format);
  records.set(format, recorded(format));
  for (const group of document.groups)
    for (const test of group.tests)
      cases.push({
        format,
        document,
        test,
        context: { .../** @type {any} */ (group.context), .../** @type {any} */ (test.context) },
      });
}

let changes = 0;
for (const oracle of ORACLES) {
  if (only !== undefined && oracle.name !== only) continue;
  if (!oracle.available()) {
    console.log(`${oracle.name}: not installed, its record stands`);
    continue;
  }
  const version = await oracle.version();
  const outcomes = await oracle.judge(cases);
  const counts = { agrees: 0, syntax: 0, differs: 0 };
  cases.forEach(({ format, test }, i) => {
    const now = outcomes[i];
    const own = records.get(format);
    if (!own) return;
    const before = own.outcomes[test.name]?.[oracle.name];
    if (now === 'agrees' || now === 'syntax') counts[now]++;
    else if (now !== undefined) counts.differs++;
    if (now !== undefined) own.oracles[oracle.name] = version;
    if (now === before) return;
    changes++;
    if (!record)
      console.error(
        `${format}/${test.name}: ${oracle.name} ${version} was «${before ?? 'without opinion'}», is «${now ?? 'without opinion'}»`,
      );
    const entry = (own.outcomes[test.name] ??= {});
    if (now === undefined) delete entry[oracle.name];
    else entry[oracle.name] = now;
  });
  console.log(
    `${oracle.name} ${version}: ${counts.agrees} agree, ${counts.syntax} on syntax alone, ${counts.differs} differ`,
  );
}

if (record) {
  for (const [format, own] of records) {
    const names = new Set(cases.filter((one) => one.format === format).map(({ test }) => test.name));
    const kept = Object.entries(own.outcomes)
      .filter(([name, entry]) => names.has(name) && Object.keys(entry).length)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    writeFileSync(
      recordPath(format),
      `${JSON.stringify({ oracles: own.oracles, outcomes: Object.fromEntries(kept) }, null, 1)}\n`,
    );
  }
  const made = spawnSync(process.execPath, [here('./generate.mjs'), ...formats], { stdio: 'inherit' });
  process.exitCode = made.status ?? 1;
} else {
  console.log(`${cases.length} vectors, ${changes} changed`);
  if (changes) process.exitCode = 1;
}
