/** A Leshan server on the loopback interface, from `node scripts/peers.mjs leshan`: what it answers to queries and what it makes of them. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { batch } from './batch.mjs';
import { verdict } from './compare.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const LIBRARY = here('../../../.peers/leshan/lib');
const CLASSES = here('../../../.peers/oracles/classes');

/** @type {boolean | undefined} */
let ready;
function prepare() {
  if (!existsSync(LIBRARY) || spawnSync('javac', ['-version']).status !== 0) return false;
  mkdirSync(CLASSES, { recursive: true });
  const source = here('./java/Registrations.java');
  const compile = ['-encoding', 'UTF-8', '-cp', `${LIBRARY}/*`, '-d', CLASSES, source];
  return spawnSync('javac', compile, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

/** Without what the server cannot tell apart: the order of letters, zeros in front, a value that is empty. @param {string[][]} params */
const plain = (params) =>
  params
    .flatMap(([name = '', value = '']) => {
      if (name === 'Q') return ['Q='];
      if (name === 'b')
        return [`b=${[...value.replace('Q', '')].sort().join('')}`, ...(value.includes('Q') ? ['Q='] : [])];
      return [name === 'lt' && /^\d+$/.test(value) ? `lt=${BigInt(value)}` : `${name}=${value}`];
    })
    .sort();

/** But for what the server adds by itself or has no place for. @param {string[]} expected @param {string[]} seen @param {boolean} update */
function same(expected, seen, update) {
  const told = (/** @type {string} */ one) =>
    (update ? /^(lt|b|sms)=/ : /^(ep|lt|lwm2m|b|sms|Q)=/).test(one) && one !== 'b=U';
  return JSON.stringify(expected.filter(told)) === JSON.stringify(seen.filter(told));
}

/** @type {import('./index.mjs').Oracle} */
export const leshanServer = {
  name: 'leshan-server',
  available: () => (ready ??= prepare()),
  version: () =>
    readdirSync(LIBRARY)
      .map((name) => /^leshan-lwm2m-server-(.*)\.jar$/.exec(name)?.[1])
      .find(Boolean) ?? '?',
  judge(cases) {
    const asked = cases.filter(
      ({ format, context }) => format === 'registration-query' && ['register', 'update'].includes(context.operation),
    );
    const requests = asked.map(({ test, context }) => ({
      options: test.options,
      update: context.operation === 'update',
      enabler: context.enabler?.includes('1.1') ? '1.1' : '1.0',
    }));
    const answers = batch('java', ['-cp', `${LIBRARY}/*:${CLASSES}`, 'Registrations'], requests);
    const byCase = new Map(asked.map((one, i) => [one, answers[i]]));
    return cases.map((one) => {
      const answer = byCase.get(one);
      const { test, context } = one;
      if (!answer?.code) return undefined;
      if (!answer.code.startsWith('2.')) {
        // It knows neither 1.2 nor its letters and profiles: refusing them is no witness.
        return context.enabler?.length === 1 && context.enabler[0] === '1.2'
          ? undefined
          : verdict(test, { error: answer.code });
      }
      if (test.result === 'invalid') return `accepts it: ${answer.code}`;
      const wanted = [
        test.decoded,
        ...(test.outcomes ?? []).map((/** @type {any} */ outcome) => outcome.decoded),
      ].filter(Boolean);
      if (!answer.params) return 'syntax';
      const seen = plain(answer.params);
      return wanted.some(({ params }) => same(plain(params), seen, context.operation === 'update'))
        ? 'agrees'
        : `reads ${seen.join(' ').slice(0, 120)}`;
    });
  },
};
