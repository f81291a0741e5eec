/** CoRE Link Format (RFC 6690 §2) of what LwM2M says with it: lists in quotes, numbers and versions bare. */

const QUOTED = new Set(['rt', 'uri', 'if']);

/** @param {string[]} attribute */
function attribute([name = '', value]) {
  if (value === undefined) return name;
  const quote = QUOTED.has(name) || !/^[A-Za-z0-9.\-_:/+]+$/.test(value);
  return quote ? `${name}="${value.replace(/["\\]/g, '\\$&')}"` : `${name}=${value}`;
}

/** @param {...[string, ...string[][]]} list */
export const linkText = (...list) =>
  list.map(([uri, ...attributes]) => [`<${uri}>`, ...attributes.map(attribute)].join(';')).join(',');
