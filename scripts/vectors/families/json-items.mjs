/** JSON that is none, for every format on JSON: whole texts around a good one, and single values. */

/** @typedef {{ name: string, comment: string, text: string, error?: string }} BadJson */

/** Values that are no JSON (RFC 8259 §3, §6, §7). @type {BadJson[]} */
export const BAD_VALUES = [
  ['leading-zero', 'a leading zero', '05'],
  ['double-zero', 'two zeros', '00'],
  ['minus-leading-zero', 'a minus and a leading zero', '-05'],
  ['plus', 'a plus sign', '+5'],
  ['dot-first', 'no digit before the dot', '.5'],
  ['dot-last', 'no digit after the dot', '5.'],
  ['minus-alone', 'a minus alone', '-'],
  ['exponent-empty', 'an exponent without digits', '5e'],
  ['exponent-sign-alone', 'an exponent with a sign alone', '5e+'],
  ['hex', 'a hexadecimal number', '0x05'],
  ['nan', 'NaN', 'NaN'],
  ['infinity', 'Infinity', 'Infinity'],
  ['minus-infinity', '-Infinity', '-Infinity'],
  ['upper-true', 'TRUE', 'TRUE'],
  ['undefined', 'undefined', 'undefined'],
  ['bare-word', 'a word without quotes', 'five'],
  ['single-quotes', 'single quotes', "'5'"],
  ['missing', 'nothing at all', ''],
  ['two-values', 'two numbers with a blank between', '5 6'],
  ['digit-separator', 'an underscore between digits', '1_000'],
  ['suffix', 'a letter after the number', '5n'],
].map(([name = '', comment = '', text = '']) => ({ name, comment, text }));

/** String literals that are no JSON. @type {BadJson[]} */
export const BAD_STRINGS = [
  ['raw-newline', 'a raw line break', '"a\nb"'],
  ['raw-nul', 'a raw NUL', '"a\u0000b"'],
  ['raw-tab', 'a raw tabulator', '"a\tb"'],
  ['escape-x', 'escape x', '"\\x41"'],
  ['escape-quote', 'escape of a single quote', '"\\\'"'],
  ['escape-u-short', 'a u escape of three digits', '"\\u041"'],
  ['escape-u-letters', 'a u escape that is not hexadecimal', '"\\u00g0"'],
  ['escape-at-end', 'a backslash at the end', '"a\\"'],
  ['unterminated', 'no closing quote', '"a'],
].map(([name = '', comment = '', text = '']) => ({ name, comment, text }));

/** What may go wrong around a good text. @param {string} good @returns {(BadJson & { error: string })[]} */
export const BAD_TEXTS = (good) =>
  [
    ['trailing-text', 'a letter after the end', `${good} x`, 'trailing-data'],
    ['trailing-bracket', 'a closing bracket too many', `${good}]`, 'trailing-data'],
    ['trailing-second', 'the same once more', `${good}${good}`, 'trailing-data'],
    ['trailing-comma-after', 'a comma after the end', `${good},`, 'trailing-data'],
    ['trailing-nul', 'a terminator', `${good}\u0000`, 'trailing-data'],
    ['comment-line', 'a comment after the end', `${good} // done`, 'trailing-data'],
    ['comment-block', 'a comment before the start', `/* start */${good}`, 'not-well-formed'],
    ['leading-text', 'a letter before the start', `x${good}`, 'not-well-formed'],
    ['leading-comma', 'a comma before the start', `,${good}`, 'not-well-formed'],
    ['json-p', 'a call around it', `f(${good})`, 'not-well-formed'],
    ['quoted', 'the whole as a string', JSON.stringify(good), 'bad-structure'],
    ['no-break-space', 'a no-break space before the start', `\u00a0${good}`, 'not-well-formed'],
    ['form-feed', 'a form feed before the start', `\f${good}`, 'not-well-formed'],
    ['blanks-alone', 'blanks alone', '  ', 'truncated'],
  ].map(([name = '', comment = '', text = '', error = '']) => ({ name, comment, text, error }));

/** Blanks where JSON allows them (RFC 8259 §2). @param {string} good */
export const BLANKS = (good) => good.replace(/([[\]{},:])(?=[[\]{},:"\d-]|$)/g, '$1 \t\r\n');

/** @param {string} text */
export const utf16 = (text) =>
  [...text].map((character) => `${character.charCodeAt(0).toString(16).padStart(2, '0')}00`).join('');
