/** Nodes as the files carry them. Integers may be written as number, bigint or decimal string; they end up as strings. */
import { float64, narrowest, utf8 } from './bytes.mjs';

/** @typedef {{ path: string, type: string, value?: unknown, time?: string, prefix?: string, [k: string]: unknown }} Node */

/** @param {number | bigint | string} value */
const whole = (value) => {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new Error(`${value} is not exact: write a string`);
  return String(BigInt(value));
};

/** @param {string} path @param {number | bigint | string} value @returns {Node} */
export const integer = (path, value) => ({ path, type: 'integer', value: whole(value) });
/** @param {string} path @param {number | bigint | string} value @returns {Node} */
export const unsigned = (path, value) => ({ path, type: 'unsigned', value: whole(value) });
/** @param {string} path @param {number | bigint | string} value @returns {Node} */
export const time = (path, value) => ({ path, type: 'time', value: whole(value) });
/** @param {string} path @param {boolean} value @returns {Node} */
export const boolean = (path, value) => ({ path, type: 'boolean', value });
/** @param {string} path @param {string} value hexadecimal @returns {Node} */
export const opaque = (path, value) => ({ path, type: 'opaque', value });
/** @param {string} path @param {string} value `oid:iid` @returns {Node} */
export const objlnk = (path, value) => ({ path, type: 'objlnk', value });
/** No value: null, the deletion of a resource instance. @param {string} path @returns {Node} */
export const none = (path) => ({ path, type: 'none', value: null });

/** @param {string} path @param {number} value @returns {Node} */
export const float = (path, value) => ({
  path,
  type: 'float',
  value: Object.is(value, -0) ? '-0' : String(value),
  bits: float64(value),
  exactIn: narrowest(value),
});

/** The bytes stand beside a text that is hard to read. @param {string} type @returns {(path: string, value: string) => Node} */
const textual = (type) => (path, value) => ({
  path,
  type,
  value,
  // eslint-disable-next-line no-control-regex
  ...(/[\u0000-\u001f\u007f-\u009f\ufeff]/.test(value) ? { utf8: utf8(value) } : {}),
});
export const string = textual('string');
export const corelnk = textual('corelnk');

/** A container that holds nothing. @param {string} path @returns {Node} */
export const emptyObject = (path) => ({ path, type: 'object' });
/** @param {string} path @returns {Node} */
export const emptyInstance = (path) => ({ path, type: 'instance' });
/** @param {string} path @returns {Node} */
export const emptyMultiple = (path) => ({ path, type: 'multiple' });

/** @param {Node} node @param {string} seconds exact decimal, base time plus time @returns {Node} */
export const at = (node, seconds) => ({ ...node, time: seconds });
/** A node of a device behind a gateway. @param {string} prefix @param {Node} node @returns {Node} */
export const behind = (prefix, node) => ({ ...node, prefix });

/** @param {...Node} list */
export const nodes = (...list) => ({ kind: 'nodes', nodes: list });
/** @param {...Node} list */
export const orderedNodes = (...list) => ({ kind: 'nodes', nodes: list, ordered: true });
/** @param {...string} list */
export const paths = (...list) => ({ kind: 'paths', paths: list });
/** A link and its attributes, e.g. `['/1', ['ver', '1.1'], ['rt', 'oma.lwm2m'], ['obs']]`. @param {...[string, ...string[][]]} list */
export const links = (...list) => ({ kind: 'links', links: list.map(([uri, ...attributes]) => ({ uri, attributes })) });
/** @param {...[number, (string | null)?]} list */
export const execArguments = (...list) => ({
  kind: 'arguments',
  arguments: list.map(([digit, value]) => ({ digit, value: value ?? null })),
});
/** `['pmin', '10']` sets, `['pmin']` unsets. @param {...[string, string?]} list */
export const attributes = (...list) => ({
  kind: 'attributes',
  attributes: list.map(([name, value]) =>
    value === undefined ? { name, action: 'unset' } : { name, action: 'set', value },
  ),
});
/** @param {...string[]} params */
export const query = (...params) => ({ kind: 'query', params });
/** @param {...object} notifications */
export const timeline = (...notifications) => ({ kind: 'timeline', notifications });
