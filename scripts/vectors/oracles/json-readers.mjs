/**
 * What a JSON parser and a UTF-8 decoder that were not written here say of the bytes: those of V8 and of Node. As the CBOR readers, they
 * judge the syntax; what SenML or LwM2M make of it they do not know.
 */
import { bytesOf } from '../lib/bytes.mjs';

const JSON_FORMATS = ['oma-json', 'senml-json', 'senml-etch-json'];
const TEXT_FORMATS = [...JSON_FORMATS, 'text', 'link-format', 'execute-args'];
const SYNTAX = new Set(['truncated', 'not-well-formed', 'trailing-data', 'invalid-utf8']);

/** @param {import('./index.mjs').Case} one */
const reads = ({ test }) => ['decode', 'both'].includes(test.direction);

/** @param {any} test @param {() => unknown} read @param {(error: string) => boolean} judged which errors of the vector the reader can see */
function verdictOf(test, read, judged) {
  let error;
  try {
    read();
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  }
  if (test.result === 'invalid') {
    if (!judged(test.error.class)) return undefined;
    return error === undefined ? undefined : 'agrees';
  }
  const mayRefuse = test.result === 'acceptable' && test.outcomes.some((/** @type {any} */ outcome) => outcome.error);
  if (error === undefined) return 'syntax';
  return mayRefuse ? 'agrees' : `refuses it: ${error.replace(/\s+/g, ' ').slice(0, 80)}`;
}

/** @param {string} hex */
const decoded = (hex) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOf(hex));

/** @type {import('./index.mjs').Oracle} */
export const v8Json = {
  name: 'v8-json',
  available: () => true,
  version: () => process.versions.v8.split('.').slice(0, 2).join('.'),
  judge: (cases) =>
    cases.map((one) => {
      if (!JSON_FORMATS.includes(one.format) || !reads(one)) return undefined;
      return verdictOf(
        one.test,
        () => JSON.parse(decoded(one.test.payload)),
        (error) => SYNTAX.has(error),
      );
    }),
};

/** Whether a text is UTF-8. @type {import('./index.mjs').Oracle} */
export const nodeUtf8 = {
  name: 'node-utf8',
  available: () => true,
  version: () => process.versions.node.split('.')[0] ?? '?',
  judge: (cases) =>
    cases.map((one) => {
      if (!TEXT_FORMATS.includes(one.format) || !reads(one) || one.test.error?.class !== 'invalid-utf8')
        return undefined;
      return verdictOf(
        one.test,
        () => decoded(one.test.payload),
        (error) => error === 'invalid-utf8',
      );
    }),
};
