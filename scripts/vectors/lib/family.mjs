/**
 * A family is one file of vectors. Its module default-exports `family({...}, (file) => …)`; the callback opens groups and
 * writes tests into them. Nothing here knows a format.
 */
import { utf8 } from './bytes.mjs';
import { nodes as nodeList } from './values.mjs';

/**
 * @typedef {import('./values.mjs').Node} Node
 * @typedef {{ kind: string, [k: string]: unknown }} Decoded
 * @typedef {{ kind: string, description: string, effect?: string, links?: string[] }} Flag
 * @typedef {{ by: string, saw: string, why: string, clause?: string, open?: true }} Dissent
 * @typedef {string | { class: string, alsoAccept?: string[], coapCode?: string[] }} ErrorSpec  a class, or the whole
 *
 * What a test may say; `flags`, `spec` and `context` default to (context: are laid over) those of the group.
 * @typedef {object} TestSpec
 * @property {string} [payload]  hexadecimal; or
 * @property {string} [text]  the payload as text, from which the bytes are made
 * @property {string[]} [options]  the payload as Uri-Query options, joined by `&`
 * @property {Node[]} [nodes]  short for `decoded: nodes(...)`
 * @property {Decoded} [decoded]
 * @property {'bytes' | 'any-listed' | 'semantic'} [encode]  the vector is one for encoders too
 * @property {{ payload?: string, text?: string, why: string, decoders?: 'may-refuse' }[]} [encodings]  decoders take each
 *   that does not say `may-refuse`
 * @property {ErrorSpec} [error]
 * @property {object[]} [outcomes]
 * @property {object} [script]
 * @property {string[]} [reactions]
 * @property {string} [equivalent]
 * @property {{ ref: string, form: 'printed' | 'corrected', pair?: string }} [erratum]
 * @property {string[]} [flags]
 * @property {string[]} [spec]  e.g. `core-1.2.2 7.5.5 MUST`
 * @property {object} [context]
 *
 * @typedef {{ flags?: string[], spec?: string[], context?: object }} GroupDefaults
 * @typedef {Record<string, any> & { name: string, direction: string, result: string, flags: string[] }} Test
 * @typedef {{ id: string, description: string, context?: object, tests: Test[] }} Group
 * @typedef {{ format: string, contentFormat: number | null, header: string[], flags: Record<string, Flag>, models?: string[] }} FamilyHead
 * @typedef {FamilyHead & { groups: Group[] }} Family
 */

/** `core-1.2.2 7.5.5 MUST` → its three parts; the section may hold blanks. @param {string} line */
export function specReference(line) {
  const [doc, ...rest] = line.split(' ');
  const level = rest.pop();
  if (!doc || !rest.length || !/^(MUST|SHOULD|MAY|inferred)$/.test(level ?? ''))
    throw new Error(`spec reference ${JSON.stringify(line)}`);
  return { doc, section: rest.join(' '), level };
}

/** @param {ErrorSpec} error */
const errorOf = (error) => (typeof error === 'string' ? { class: error } : error);

/** Outcome of an `acceptable` vector: these nodes (or this decoded value). @param {Node[] | Decoded} what @param {string} why */
export const accept = (what, why) => ({ decoded: Array.isArray(what) ? nodeList(...what) : what, why });
/** Outcome of an `acceptable` vector: refused. @param {ErrorSpec} error @param {string} why */
export const reject = (error, why) => ({ error: errorOf(error), why });

/** Bytes of a payload however it was written. @param {{ payload?: string, text?: string, options?: string[] }} spec */
function payloadOf({ payload, text, options }) {
  const written = options === undefined ? text : options.join('&');
  if (written === undefined) return payload;
  if (payload !== undefined) throw new Error('payload is made from the text: write one of them');
  return utf8(written);
}

/** Members in the order in which a reader wants them. */
const ORDER = [
  'tcId',
  'name',
  'comment',
  'direction',
  'result',
  'flags',
  'spec',
  'context',
  'payload',
  'text',
  'options',
  'script',
  'decoded',
  'encodingCheck',
  'encodings',
  'error',
  'outcomes',
  'reactions',
  'equivalent',
  'erratum',
  'evidence',
];

/** @param {Record<string, unknown>} test */
export const inOrder = (test) =>
  Object.fromEntries(ORDER.filter((key) => test[key] !== undefined).map((key) => [key, test[key]]));

/**
 * @param {string} name @param {string} comment @param {string} direction @param {string} result
 * @param {TestSpec} spec @param {GroupDefaults} defaults
 * @returns {Test}
 */
function test(name, comment, direction, result, spec, defaults) {
  const text = spec.text ?? (spec.options ? spec.options.join('&') : undefined);
  const made = {
    name,
    comment,
    direction,
    result,
    flags: spec.flags ?? defaults.flags ?? [],
    spec: (spec.spec ?? defaults.spec ?? []).map(specReference),
    context: spec.context,
    payload: payloadOf(spec),
    text,
    options: spec.options,
    script: spec.script,
    decoded: spec.decoded ?? (spec.nodes ? nodeList(...spec.nodes) : undefined),
    encodingCheck: spec.encode,
    encodings: spec.encodings?.map((other) => ({
      payload: payloadOf(other),
      text: other.text,
      why: other.why,
      decoders: other.decoders,
    })),
    error: spec.error === undefined ? undefined : errorOf(spec.error),
    outcomes: spec.outcomes,
    reactions: spec.reactions,
    equivalent: spec.equivalent,
    erratum: spec.erratum,
  };
  return /** @type {Test} */ (JSON.parse(JSON.stringify(inOrder(made))));
}

/** Writes tests into one group. */
class GroupWriter {
  /** @param {Test[]} tests @param {GroupDefaults} defaults */
  constructor(tests, defaults) {
    this.tests = tests;
    this.defaults = defaults;
  }

  /** @param {string} direction @param {string} result @param {string} name @param {string} comment @param {TestSpec} spec */
  add(direction, result, name, comment, spec) {
    this.tests.push(test(name, comment, direction, result, spec, this.defaults));
  }

  /** Must be decoded to this; with `encode` an encoder must also produce it. @param {string} name @param {string} comment @param {TestSpec} spec */
  valid(name, comment, spec) {
    this.add(spec.encode ? 'both' : 'decode', 'valid', name, comment, spec);
  }

  /** For encoders only. @param {string} name @param {string} comment @param {TestSpec} spec */
  encodes(name, comment, spec) {
    this.add('encode', 'valid', name, comment, { encode: 'bytes', ...spec });
  }

  /** A decoder must refuse the payload. @param {string} name @param {string} comment @param {TestSpec & { error: ErrorSpec }} spec */
  invalid(name, comment, spec) {
    this.add('decode', 'invalid', name, comment, spec);
  }

  /** An encoder must refuse the nodes. @param {string} name @param {string} comment @param {TestSpec & { error: ErrorSpec }} spec */
  refuses(name, comment, spec) {
    this.add('encode', 'invalid', name, comment, spec);
  }

  /** Any of `outcomes` (use `accept` and `reject`), and no other. @param {string} name @param {string} comment @param {TestSpec & { outcomes: object[] }} spec */
  acceptable(name, comment, spec) {
    this.add('decode', 'acceptable', name, comment, spec);
  }

  /** What an endpoint may do with a datagram. @param {string} name @param {string} comment @param {TestSpec & { reactions: string[] }} spec */
  process(name, comment, spec) {
    this.add('process', 'valid', name, comment, spec);
  }

  /** A script of events and what follows: `decoded: timeline(...)`, or `outcomes` of timelines. @param {string} name @param {string} comment @param {TestSpec & { script: object }} spec */
  evaluate(name, comment, spec) {
    this.add('evaluate', spec.outcomes ? 'acceptable' : 'valid', name, comment, spec);
  }
}

/**
 * @param {FamilyHead} head
 * @param {(file: { group(id: string, description: string, defaults: GroupDefaults, write: (group: GroupWriter) => void): void }) => void} write
 * @returns {Family}
 */
export function family(head, write) {
  /** @type {Group[]} */
  const groups = [];
  write({
    group(id, description, defaults, body) {
      /** @type {Test[]} */
      const tests = [];
      body(new GroupWriter(tests, defaults));
      groups.push({ id, description, ...(defaults.context ? { context: defaults.context } : {}), tests });
    },
  });
  return { ...head, groups };
}
