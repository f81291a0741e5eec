/**
 * Plain CBOR readers. They judge whether bytes are CBOR, for all CBOR formats; what SenML or LwM2M make of it they do not
 * know, which is `syntax`. For one value (Content-Format 60) the item and the value can be compared: there they judge fully.
 */

const CBOR_FORMATS = ['cbor', 'senml-cbor', 'senml-etch-cbor', 'lwm2m-cbor'];
/** Errors that a CBOR reader sees. */
const SYNTAX = new Set(['truncated', 'not-well-formed', 'trailing-data', 'invalid-utf8']);

/** @param {import('./index.mjs').Case} one */
export const readsCbor = ({ format, test }) =>
  CBOR_FORMATS.includes(format) && test.payload !== undefined && test.direction !== 'encode';

/** Two equal keys in one map are ill-formed for strict readers; two keys that only mean the same are not. @param {any} test */
const sameKeys = (test) =>
  /^duplicate-(label-(value|value-equal|name|base-name)|label|equal-keys|equal-keys-equal-values|map-keys|object-key)$/.test(
    test.name,
  );

/** Type of the item for a node. @type {Record<string, string>} */
const KINDS = {
  string: 'text',
  corelnk: 'text',
  objlnk: 'text',
  integer: 'integer',
  unsigned: 'integer',
  time: 'integer',
  float: 'float',
  boolean: 'boolean',
  opaque: 'bytes',
};

/** @param {any} node @param {any} item */
function sameItem(node, item) {
  if (node.type === 'time' && item.kind === 'time') return Number(node.value) === Math.floor(Number(item.value));
  if (item.kind !== KINDS[node.type]) return undefined;
  if (item.kind === 'float')
    return item.bits === node.bits || (node.value === 'NaN' && /^[7f]ff[0-9a-f]*[1-9a-f]/.test(item.bits));
  return item.value === node.value;
}

/**
 * @param {import('./index.mjs').Case} one
 * @param {{ error?: string, item?: any } | undefined} answer `item`: kind and value, where the reader tells
 */
export function cborVerdict({ format, test }, answer) {
  if (!answer) return undefined;
  const { error, item } = answer;
  if (test.result === 'invalid') {
    if (!SYNTAX.has(test.error.class) && !sameKeys(test)) return undefined;
    return error !== undefined ? 'agrees' : 'reads it as well-formed CBOR';
  }
  const mayRefuse = test.result === 'acceptable' && test.outcomes.some((/** @type {any} */ outcome) => outcome.error);
  if (error !== undefined) return mayRefuse ? 'agrees' : `refuses it: ${error.slice(0, 90)}`;
  if (format === 'cbor' && item) {
    const wanted = [test.decoded, ...(test.outcomes ?? []).map((/** @type {any} */ outcome) => outcome.decoded)].filter(
      (decoded) => decoded?.nodes?.length === 1,
    );
    const matches = wanted.map((decoded) => sameItem(decoded.nodes[0], item));
    if (matches.includes(true)) return 'agrees';
    if (mayRefuse) return 'syntax';
    if (matches.includes(false)) return `reads ${item.kind} ${item.bits ?? JSON.stringify(item.value)}`;
  }
  return 'syntax';
}
