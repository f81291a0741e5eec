/** Leshan, Californium and java-coap, from Maven Central, in one Java process. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { batch } from './batch.mjs';
import { mayInstall } from './install.mjs';
import { verdict } from './compare.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const JARS = here('../../../.peers/oracles/java');
const CLASSES = here('../../../.peers/oracles/classes');

/** Jars and classes, fetched and compiled where they are missing; false where there is no Java or no Maven. */
function prepare() {
  if (spawnSync('javac', ['-version']).status !== 0) return false;
  if (!existsSync(JARS)) {
    if (!mayInstall()) return false;
    const fetched = spawnSync(
      'mvn',
      ['-B', '-q', '-f', here('./java/pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${JARS}`],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    if (fetched.status !== 0) return false;
  }
  mkdirSync(CLASSES, { recursive: true });
  return (
    spawnSync('javac', ['-encoding', 'UTF-8', '-cp', `${JARS}/*`, '-d', CLASSES, here('./java/Oracles.java')], {
      stdio: ['ignore', 'inherit', 'inherit'],
    }).status === 0
  );
}

/** @type {boolean | undefined} */
let ready;
const available = () => (ready ??= prepare());
export const javaAvailable = available;
/** @param {RegExp} jar */
const versionOf = (jar) =>
  readdirSync(JARS)
    .map((name) => jar.exec(name)?.[1])
    .find(Boolean) ?? '?';
/** @param {object[]} requests */
const run = (requests) => batch('java', ['-Xss4m', '-Xmx512m', '-cp', `${JARS}/*:${CLASSES}`, 'Oracles'], requests);

export const runJava = run;

/** Errors that a grammar sees. */
const GRAMMAR = new Set(['not-well-formed', 'truncated', 'trailing-data', 'invalid-utf8']);

const DATA_FORMATS = ['tlv', 'oma-json', 'senml-json', 'senml-cbor', 'cbor', 'text', 'opaque'];

/** @param {import('./index.mjs').Case} one @returns {object | undefined} */
function leshanRequest({ format, document, test, context }) {
  if (test.direction === 'process' || test.direction === 'evaluate' || test.direction === 'encode') return undefined;
  // Devices behind a gateway, Execute by another format and legacy numbers are outside of its decoder.
  if (format === 'link-format') return { do: 'links', payload: test.payload, strict: false };
  if (format === 'execute-args') return { do: 'arguments', payload: test.payload };
  // Unknown to it whatever they say: a refusal would be no witness.
  if (format === 'attributes-query' && /(^|&)(edge|con|hqmax)\b/i.test(test.text)) return undefined;
  if (format === 'attributes-query')
    return { do: 'attributes', payload: test.payload, ...(context.path ? { path: context.path } : {}) };
  if (!DATA_FORMATS.includes(format)) return undefined;
  const contentFormat = context.contentFormat ?? document.contentFormat;
  const common = { contentFormat, payload: test.payload, ...(context.rootPath ? { rootPath: context.rootPath } : {}) };
  if (/composite/.test(context.operation) && wantsPaths(test)) return { do: 'paths', ...common };
  return {
    do: 'decode',
    ...common,
    path: context.path,
    operation: context.operation,
    model: document.models[context.model],
  };
}

/** @param {any} test */
const wantsPaths = (test) =>
  [test.decoded, ...(test.outcomes ?? []).map((/** @type {any} */ o) => o.decoded)].some((d) => d?.kind === 'paths') ||
  (test.result === 'invalid' && /^paths-|^fetch-/.test(test.name));

/** @type {import('./index.mjs').Oracle} */
export const leshan = {
  name: 'leshan',
  available,
  version: () => versionOf(/^leshan-lwm2m-core-(.*)\.jar$/),
  judge(cases) {
    const requests = cases.map(leshanRequest);
    const asked = requests.filter((request) => request !== undefined);
    const answers = run(/** @type {object[]} */ (asked));
    let next = 0;
    return cases.map(({ format, test }, i) => {
      if (requests[i] === undefined) return undefined;
      const answer = answers[next++];
      // Of links it reads the grammar here; what LwM2M makes of them is asked in lwm2m-links.mjs.
      if (format === 'link-format' && test.result === 'invalid' && !GRAMMAR.has(test.error.class)) return undefined;
      return verdict(test, answer);
    });
  },
};

/** Bytes that it writes for the nodes, where the format leaves little freedom. @type {import('./index.mjs').Oracle} */
export const leshanEncoder = {
  name: 'leshan-encoder',
  available,
  version: leshan.version,
  judge(cases) {
    const asked = cases.map(({ format, document, test, context }) =>
      DATA_FORMATS.includes(format) &&
      (test.encodingCheck || (test.direction === 'encode' && test.result === 'invalid')) &&
      test.decoded?.kind === 'nodes' &&
      test.decoded.nodes.length &&
      context.path !== '/' &&
      !test.decoded.nodes.some((/** @type {any} */ node) => node.time)
        ? {
            do: 'encode',
            contentFormat: document.contentFormat,
            path: context.path,
            model: document.models[context.model],
            nodes: test.decoded.nodes,
          }
        : undefined,
    );
    const answers = run(/** @type {object[]} */ (asked.filter((request) => request !== undefined)));
    let next = 0;
    return cases.map(({ test }, i) => {
      if (asked[i] === undefined) return undefined;
      const answer = answers[next++];
      if (test.result === 'invalid') return answer?.error && /Link|Path/.test(answer.error) ? 'agrees' : undefined;
      if (!answer?.payload) return undefined;
      const permitted = [test.payload, ...(test.encodings ?? []).map((/** @type {any} */ other) => other.payload)];
      if (permitted.includes(answer.payload)) return 'agrees';
      // Where any layout will do, other bytes are no disagreement.
      return test.encodingCheck === 'semantic'
        ? undefined
        : `writes ${answer.payload.length > 80 ? `${answer.payload.slice(0, 80)}…` : answer.payload}`;
    });
  },
};

/** @type {import('./index.mjs').Oracle} */
export const californium = {
  name: 'californium',
  available,
  version: () => versionOf(/^californium-core-(.*)\.jar$/),
  judge(cases) {
    const asked = cases.filter(judgesMessage);
    /** @type {Map<any, any>} */
    const answers = new Map(
      run(
        asked.map(({ test, context }) => ({
          do: 'californium',
          payload: test.payload,
          tcp: context.transport === 'tcp',
        })),
      ).map((answer, i) => [asked[i], answer]),
    );
    const long = cases.filter(
      ({ format, test }) =>
        format === 'coap' &&
        test.direction === 'encode' &&
        test.result === 'invalid' &&
        test.decoded.message.token.length > 16,
    );
    run(long.map(({ test }) => ({ do: 'token', payload: test.decoded.message.token }))).forEach((answer, i) =>
      answers.set(long[i], answer),
    );
    return cases.map((one) => {
      const answer = answers.get(one);
      if (!answer) return undefined;
      const { test, context } = one;
      if (test.direction === 'encode') return answer.error ? 'agrees' : 'makes such a token';
      const said = verdict(test, answer);
      if (said === 'agrees') return said;
      // Its options are typed while they are read: unrecognised ones are refused, integers shortened, repeated ones merged.
      if (test.decoded?.unrecognised || test.flags.includes('LeadingZero')) return undefined;
      // An unknown response is told by its class alone, as RFC 7252 §5.9 treats it.
      if (/^response-\d-3/.test(test.name)) return undefined;
      // Frames reach it whole, and signalling elsewhere.
      if (context.transport === 'tcp' && (test.error?.class === 'truncated' || test.flags.includes('Signalling')))
        return undefined;
      return said;
    });
  },
};

/** @param {import('./index.mjs').Case} one */
const judgesMessage = ({ format, test }) =>
  format === 'coap' && (test.direction === 'decode' || test.direction === 'both');

/** @type {import('./index.mjs').Oracle} */
export const javaCoap = {
  name: 'java-coap',
  available,
  version: () => versionOf(/^coap-core-(.*)\.jar$/),
  judge(cases) {
    const asked = cases.filter((one) => judgesMessage(one) && one.context.transport !== 'tcp');
    const answers = new Map(
      run(asked.map(({ test }) => ({ do: 'java-coap', payload: test.payload }))).map((answer, i) => [asked[i], answer]),
    );
    return cases.map((one) => {
      const answer = answers.get(one);
      if (!answer) return undefined;
      const { test } = one;
      if (answer.error) return test.result === 'valid' ? undefined : 'agrees';
      // Its options are typed: only what it writes again tells what it read, and only where nothing got lost.
      return test.result !== 'invalid' && answer.payload === test.payload ? 'agrees' : undefined;
    });
  },
};
