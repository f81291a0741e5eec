/** Items that are no CBOR, or no value of any type: put into the place of a value by every CBOR format. */

/**
 * @typedef {{ name: string, comment: string, item: string, error: { class: string, alsoAccept?: string[] }, flag: string }} BadItem
 */

/** @param {string} name @param {string} comment @param {string} item @param {string} error @param {string[]} alsoAccept @param {string} flag @returns {BadItem} */
const bad = (name, comment, item, error, alsoAccept, flag) => ({
  name,
  comment,
  item,
  error: { class: error, ...(alsoAccept.length ? { alsoAccept } : {}) },
  flag,
});

/** RFC 8949 App. F and its kinds: no decoder may take these, whatever follows. */
export const ILL_FORMED = [
  bad('info-28', 'additional information 28', '1c', 'not-well-formed', ['truncated'], 'NotWellFormed'),
  bad('info-29', 'additional information 29', '1d', 'not-well-formed', ['truncated'], 'NotWellFormed'),
  bad('info-30', 'additional information 30', '1e', 'not-well-formed', ['truncated'], 'NotWellFormed'),
  bad(
    'negative-info-28',
    'additional information 28 of a negative integer',
    '3c',
    'not-well-formed',
    ['truncated'],
    'NotWellFormed',
  ),
  bad('text-info-29', 'additional information 29 of a text', '7d', 'not-well-formed', ['truncated'], 'NotWellFormed'),
  bad(
    'array-info-28',
    'additional information 28 of an array',
    '9c',
    'not-well-formed',
    ['truncated'],
    'NotWellFormed',
  ),
  bad(
    'simple-info-28',
    'additional information 28 of major type 7',
    'fc',
    'not-well-formed',
    ['truncated', 'bad-type'],
    'NotWellFormed',
  ),
  bad('indefinite-integer', 'an integer of indefinite length', '1f', 'not-well-formed', ['truncated'], 'NotWellFormed'),
  bad(
    'indefinite-negative',
    'a negative integer of indefinite length',
    '3f',
    'not-well-formed',
    ['truncated'],
    'NotWellFormed',
  ),
  bad(
    'indefinite-tag',
    'a tag of indefinite length',
    'df00',
    'not-well-formed',
    ['truncated', 'bad-type'],
    'NotWellFormed',
  ),
  bad(
    'break-alone',
    'a break where an item should be',
    'ff',
    'not-well-formed',
    ['truncated', 'bad-structure'],
    'NotWellFormed',
  ),
  bad(
    'simple-short',
    'simple value 24 in two bytes, reserved',
    'f818',
    'not-well-formed',
    ['bad-type'],
    'NotWellFormed',
  ),
  bad('simple-false-long', 'false in two bytes', 'f814', 'not-well-formed', ['bad-type'], 'NotWellFormed'),
  bad(
    'mixed-chunks-bytes',
    'a text chunk in a byte string',
    '5f6161ff',
    'not-well-formed',
    ['bad-type'],
    'NotWellFormed',
  ),
  bad('mixed-chunks-text', 'a byte chunk in a text', '7f4161ff', 'not-well-formed', ['bad-type'], 'NotWellFormed'),
  bad(
    'nested-chunks',
    'an indefinite chunk in an indefinite text',
    '7f7f6161ffff',
    'not-well-formed',
    ['bad-type'],
    'NotWellFormed',
  ),
  bad('integer-chunk', 'an integer as chunk of a text', '7f00ff', 'not-well-formed', ['bad-type'], 'NotWellFormed'),
];

/** Invalid inside a text, RFC 3629 §3. */
export const BAD_TEXT = [
  ['overlong', '62c0af'],
  ['lone-continuation', '6180'],
  ['surrogate', '63eda080'],
  ['cut', '62e282'],
  ['bad-continuation', '62c328'],
  ['above-10ffff', '64f4908080'],
];

/** Well-formed, but no value of a resource of any type. */
export const NO_VALUE = [
  bad('undefined', 'undefined', 'f7', 'bad-type', [], 'NoValue'),
  bad('simple-0', 'simple value 0', 'e0', 'bad-type', [], 'NoValue'),
  bad('simple-19', 'simple value 19', 'f3', 'bad-type', [], 'NoValue'),
  bad('simple-255', 'simple value 255', 'f8ff', 'bad-type', [], 'NoValue'),
  bad('empty-array', 'an empty array', '80', 'bad-type', ['bad-structure'], 'NoValue'),
  bad('array-of-one', 'an array of one value', '8105', 'bad-type', ['bad-structure'], 'NoValue'),
  bad('map-of-one', 'a map with a text key', 'a1616105', 'bad-type', ['bad-structure', 'bad-path'], 'NoValue'),
];
