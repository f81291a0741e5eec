/**
 * Wakaama, whose source the npm package node-red-contrib-lwm2m carries: TLV, OMA JSON, text, opaque as of LwM2M 1.0. It has no model: it parses
 * the structure, and its typed getters are asked for the type that the model names.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { verdict } from './compare.mjs';
import { mayInstall } from './install.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const HOME = here('../../../.peers/oracles/wakaama');
const PACKAGE = 'node-red-contrib-lwm2m';
const VERSION = '2.12.3';
const CORE = `${HOME}/package/deps/wakatiwai/deps/wakaama/core`;
const PROGRAM = `${HOME}/driver`;
const FORMATS = /** @type {Record<string, number>} */ ({ tlv: 11542, 'oma-json': 11543, text: 0, opaque: 42 });

function prepare() {
  if (spawnSync('cc', ['--version']).status !== 0) return false;
  mkdirSync(HOME, { recursive: true });
  if (!existsSync(CORE)) {
    if (!mayInstall()) return false;
    if (
      spawnSync('npm', ['pack', '--silent', '--pack-destination', HOME, `${PACKAGE}@${VERSION}`], {
        cwd: HOME,
        stdio: 'ignore',
      }).status !== 0
    )
      return false;
    if (
      spawnSync('tar', ['-xzf', `${PACKAGE}-${VERSION}.tgz`, 'package/deps/wakatiwai/deps/wakaama/core'], { cwd: HOME })
        .status !== 0
    )
      return false;
  }
  const sources = ['data.c', 'tlv.c', 'json.c', 'utils.c', 'uri.c'].map((name) => `${CORE}/${name}`);
  const defines = ['LWM2M_SERVER_MODE', 'LWM2M_CLIENT_MODE', 'LWM2M_SUPPORT_JSON', 'LWM2M_LITTLE_ENDIAN'].map(
    (name) => `-D${name}`,
  );
  const compile = [
    '-w',
    '-O1',
    ...defines,
    `-I${CORE}`,
    `-I${CORE}/er-coap-13`,
    '-o',
    PROGRAM,
    here('./wakaama/driver.c'),
    ...sources,
    '-ffunction-sections',
    '-Wl,--gc-sections',
    '-lm',
  ];
  return spawnSync('cc', compile, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

/** @type {boolean | undefined} */
let ready;

/** @param {string[]} lines @returns {any[]} by id */
function run(lines) {
  const result = spawnSync(PROGRAM, [], { input: lines.join(''), encoding: 'utf8', maxBuffer: 1 << 28 });
  /** @type {any[]} */
  const answers = [];
  for (const line of result.stdout.split('\n').filter(Boolean)) {
    const answer = JSON.parse(line);
    answers[answer.id] = answer;
  }
  return answers;
}

/** @param {any} model @param {string} path */
function resourceOf(model, path) {
  const [, object, , resource] = path.split('/');
  return model.objects
    .find((/** @type {any} */ o) => o.id === Number(object))
    ?.resources.find((/** @type {any} */ r) => r.id === Number(resource));
}

const textOf = (/** @type {string} */ hex) => Buffer.from(hex, 'hex').toString('utf8');

/**
 * The node that the getters make of a leaf, undefined where Wakaama has no getter, null where its getter refuses.
 * @param {any} leaf @param {any} model
 */
function nodeOf(leaf, model) {
  const depth = leaf.path.split('/').length - 1;
  if (leaf.empty !== undefined)
    return depth === 3 ? { path: leaf.path, type: 'multiple' } : { path: leaf.path, type: 'instance' };
  const resource = resourceOf(model, leaf.path);
  if (!resource || resource.multiple !== (depth === 4)) return undefined;
  const { type } = resource;
  const made = (/** @type {unknown} */ value) => (value === undefined ? null : { path: leaf.path, type, value });
  switch (type) {
    case 'integer':
    case 'time':
      return made(leaf.integer);
    case 'float':
      return leaf.float === undefined ? null : { path: leaf.path, type, bits: leaf.float };
    case 'boolean':
      return made(leaf.boolean);
    case 'string':
      return made(leaf.raw === undefined ? undefined : textOf(leaf.raw));
    case 'opaque':
      return leaf.kind === 5 ? made(leaf.raw) : undefined;
    case 'objlnk':
      return leaf.objlnk === undefined ? undefined : made(leaf.objlnk);
    default:
      return undefined;
  }
}

/** @type {import('./index.mjs').Oracle} */
export const wakaama = {
  name: 'wakaama',
  available: () => (ready ??= prepare()),
  version: () => `of ${PACKAGE} ${VERSION}`,
  judge(cases) {
    /** @type {Map<import('./index.mjs').Case, number>} */
    const ids = new Map();
    const lines = [];
    for (const one of cases) {
      const { format, test, context } = one;
      const path = context.path?.split('/').filter(Boolean).map(Number) ?? [];
      if (!(format in FORMATS) || !['decode', 'both'].includes(test.direction) || path.length < 1 || path.length > 3)
        continue;
      if (context.contentFormat !== undefined || /create|execute/.test(context.operation) || test.payload === '')
        continue;
      const [object, instance = -1, resource = -1] = path;
      ids.set(one, lines.length);
      lines.push(`${lines.length} ${FORMATS[format]} ${object} ${instance} ${resource} ${test.payload}\n`);
    }
    const answers = run(lines);
    return cases.map((one) => {
      const { test, context, document } = one;
      const answer = answers[ids.get(one) ?? -1];
      if (!answer) return undefined;
      // Its JSON reader has no links, times, unknown members or resources without a name.
      if (answer.error && one.format === 'oma-json' && test.result !== 'invalid') return undefined;
      if (answer.error) return verdict(test, answer);
      const model = document.models[context.model];
      const decoded = answer.leaves.map((/** @type {any} */ leaf) => nodeOf(leaf, model));
      const inside = (/** @type {any} */ leaf) => `${leaf.path}/`.startsWith(`${context.path}/`);
      if (decoded.includes(undefined) || !answer.leaves.every(inside)) return undefined;
      // Paths, kinds and repetition are left to the caller there, and it knows no UTF-8.
      if (decoded.includes(null)) return verdict(test, { error: 'the typed getter refuses' });
      if (
        test.result === 'invalid' &&
        !['truncated', 'bad-length', 'bad-value', 'not-well-formed', 'trailing-data'].includes(test.error.class)
      )
        return undefined;
      return verdict(test, { decoded: { kind: 'nodes', nodes: decoded } });
    });
  },
};
