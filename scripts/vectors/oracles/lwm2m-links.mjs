/** Leshan's parser of links as LwM2M means them: identifiers, versions, notification attributes. Its plain parser is asked in `java.mjs`. */
import { fileURLToPath } from 'node:url';
import { batch } from './batch.mjs';
import { verdict } from './compare.mjs';
import { leshan } from './java.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const CLASSPATH = `${here('../../../.peers/oracles/java')}/*:${here('../../../.peers/oracles/classes')}`;

/** @type {import('./index.mjs').Oracle} */
export const leshanLinks = {
  name: 'leshan-lwm2m-links',
  available: leshan.available,
  version: leshan.version,
  judge(cases) {
    const meant = cases.filter(
      ({ format, test, context }) => format === 'link-format' && context.operation && test.direction !== 'encode',
    );
    const requests = meant.map(({ test, context }) => ({
      do: 'links',
      strict: true,
      payload: test.payload,
      ...(context.rootPath ? { rootPath: context.rootPath } : {}),
    }));
    const answers = batch('java', ['-Xss4m', '-cp', CLASSPATH, 'Oracles'], requests);
    const byCase = new Map(meant.map((one, i) => [one, answers[i]]));
    return cases.map((one) => {
      const answer = byCase.get(one);
      if (!answer) return undefined;
      // It has no place for attributes of 1.2 nor for those of CoRE, and makes paths canonical: on an object list its refusal of what is
      // wrong counts, on an answer to Discover its reading too.
      if (one.test.result !== 'invalid' && (answer.error || one.context.operation === 'register')) return undefined;
      return verdict(one.test, answer);
    });
  },
};
