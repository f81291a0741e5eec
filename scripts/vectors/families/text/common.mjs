/** Paths of the test object, and the ways to write a refusal, for the families of text. */

export const BASE = '/3442/0';
export const CONTEXT = { model: 'test', path: BASE, operation: 'read', role: 'any' };
export const SPEC = ['core-1.2.2 C MUST', 'core-1.2.2 7.5.1 MUST', 'core-1.1.1 7.4.1 MUST', 'core-1.0.2 6.4.1 MUST'];
export const [STRING, INTEGER, UNSIGNED, FLOAT, BOOLEAN, OPAQUE, TIME, OBJLNK, CORELNK] =
  /** @type {[string, string, string, string, string, string, string, string, string]} */ (
    [110, 120, 125, 130, 140, 150, 160, 170, 180].map((id) => `${BASE}/${id}`)
  );

/** @param {string} error @param {...string} alsoAccept */
export const refuse = (error, ...alsoAccept) => ({
  class: error,
  ...(alsoAccept.length ? { alsoAccept } : {}),
  coapCode: ['4.00'],
});
/** As part of the name of a vector. @param {unknown} value */
export const slug = (value) =>
  String(value).replace(/^-/, 'minus-').replace('e-', 'e-minus-').replace('e+', 'e').replace('.', '-');

/** @typedef {(id: string, description: string, defaults: import('../../lib/family.mjs').GroupDefaults, write: (v: any) => void) => void} Group */
