/** Python's cbor2 and aiocoap, in .peers/oracles/python or wherever Python finds them. */
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { batch } from './batch.mjs';
import { mayInstall } from './install.mjs';
import { cborVerdict, readsCbor } from './cbor-readers.mjs';
import { verdict } from './compare.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const PACKAGES = here('../../../.peers/oracles/python');
const PINNED = ['cbor2==6.3.0', 'aiocoap==0.4.17'];

/** @param {object[]} requests */
const run = (requests) => batch('python3', [here('./python/oracles.py')], requests, { PYTHONPATH: PACKAGES });

/** @type {boolean | undefined} */
let ready;
function prepare() {
  if (spawnSync('python3', ['--version']).status !== 0) return false;
  if (existsSync(PACKAGES)) return true;
  if (!mayInstall()) return false;
  return (
    spawnSync('python3', ['-m', 'pip', 'install', '-q', '--target', PACKAGES, ...PINNED], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }).status === 0
  );
}
const available = () => (ready ??= prepare());
/** @param {string} name */
const versionOf = (name) => run([{ do: 'version', package: name }])[0]?.version ?? '?';

/** @type {import('./index.mjs').Oracle} */
export const pythonCbor = {
  name: 'python-cbor2',
  available,
  version: () => versionOf('cbor2'),
  judge(cases) {
    const asked = cases.filter(readsCbor);
    const answers = new Map(
      run(asked.map(({ test }) => ({ do: 'cbor', payload: test.payload }))).map((answer, i) => [asked[i], answer]),
    );
    return cases.map((one) => (answers.has(one) ? cborVerdict(one, answers.get(one)) : undefined));
  },
};

/** @type {import('./index.mjs').Oracle} */
export const aiocoap = {
  name: 'aiocoap',
  available,
  version: () => versionOf('aiocoap'),
  judge(cases) {
    const asked = cases.filter(
      ({ format, test, context }) =>
        format === 'coap' && context.transport !== 'tcp' && (test.direction === 'decode' || test.direction === 'both'),
    );
    const answers = new Map(
      run(asked.map(({ test }) => ({ do: 'coap', payload: test.payload }))).map((answer, i) => [asked[i], answer]),
    );
    return cases.map((one) => {
      const answer = answers.get(one);
      const { test } = one;
      if (!answer) return undefined;
      // It takes many a malformed message, so that only a refusal tells something, and it refuses values of options while parsing.
      if (test.result === 'invalid') return answer.error ? 'agrees' : undefined;
      if (answer.error && test.decoded?.unrecognised) return undefined;
      const said = verdict(test, answer);
      // Integers of options are written anew without leading zeros.
      return said === 'agrees' ||
        !test.flags.some((/** @type {string} */ flag) => ['LeadingZero', 'OptionLength'].includes(flag))
        ? said
        : undefined;
    });
  },
};
