/** What SenML JSON and SenML CBOR have alike is written once; a form says how either of them writes it. */

/**
 * @typedef {Record<string, any>} Fields
 *
 * @typedef {object} Form  one of the two formats
 * @property {string} section  of Core 1.2.2
 * @property {string} older  the section of Core 1.1.1
 * @property {string[]} spec
 * @property {string} identifiers  what says how identifiers are written
 * @property {(...records: Fields[]) => { text: string } | { payload: string }} body
 * @property {(text: string) => any} text  a text, under any label
 * @property {(hex: string) => any} data
 * @property {any} yes  true, under any label
 * @property {(number: number) => any} float  in the form that is preferred
 * @property {(number: number) => any} double
 */

/** @typedef {(v: any, ...shared: any[]) => void} More  the vectors of a group that only one of the formats has */

export const DEVICE = { model: 'device', path: '/3/0', operation: 'read', role: 'any', enabler: ['1.1', '1.2'] };
export const SEND = { model: 'core', path: '/', operation: 'send', role: 'server' };
export const ONE = { v: 5 };
