/** Scripts and what follows from them, computed by the evaluator in `emit/timeline.mjs`. */
import { boolean, float, integer, timeline, unsigned } from '../../lib/values.mjs';
import { simulate } from '../../emit/timeline.mjs';

export const LEVEL = '/3/0/9';
export const TEMPERATURE = '/3303/0/5700';
export const SWITCH = '/3442/0/140';
export const COUNTER = '/3442/0/125';
export const SPEC = ['core-1.2.2 7.3.2 MUST', 'core-1.1.1 5.1.2 MUST'];
export const OBSERVE = { model: 'device', path: LEVEL, operation: 'observe', role: 'client' };

/** @typedef {import('../text/common.mjs').Group} Group */
/** @typedef {import('../../lib/values.mjs').Node} Node */
/** @typedef {import('../../emit/timeline.mjs').Policy} Policy */

const seconds = (/** @type {number} */ ms) => String(ms / 1000);

/** Values of one resource one after the other: `[[3, 21], …]`. @param {(value: any) => Node} make @param {[number, any][]} changes */
export const changes = (make, changes) => changes.map(([at, value]) => ({ at: String(at), set: [make(value)] }));

export const battery = (/** @type {number} */ value) => integer(LEVEL, value);
export const degrees = (/** @type {number} */ value) => float(TEMPERATURE, value);
export const on = (/** @type {boolean} */ value) => boolean(SWITCH, value);
export const count = (/** @type {number | string} */ value) => unsigned(COUNTER, value);

/** A second beyond the moment that the rules name; tests over a network allow more. */
const SLACK = 1000;

/** @param {any} script @param {Policy} policy @param {string} path */
export function timelineOf(script, policy, path) {
  const servers = new Set([...script.attributes, ...(script.observe ?? [])].map(({ server = 1 }) => server));
  return timeline(
    ...simulate(script, policy, path).map(({ at, server, nodes, cause, confirmable }) => ({
      earliest: seconds(at),
      latest: seconds(at + SLACK),
      ...(servers.size > 1 ? { server } : {}),
      nodes,
      ...(confirmable ? { confirmable } : {}),
      cause,
    })),
  );
}

/**
 * @typedef {object} Scene
 * @property {string} [query] attributes on the observed path; or
 * @property {any[]} [attributes]
 * @property {Node[]} initial
 * @property {any[]} [events]
 * @property {number | string} end
 * @property {object} [defaults]
 * @property {any[]} [observe]
 * @property {object} [context]
 * @property {string[]} [flags]
 * @property {string[]} [spec]
 * @property {[Policy, string][]} [readings] where the text leaves a choice: each way to read it, and why
 * @property {{ decoded?: object, error?: object, why: string }[]} [outcomes] written by hand
 * @property {Policy} [policy]
 */

/** @param {any} v @param {{ path: string }} observed context of the group @param {string} name @param {string} comment @param {Scene} scene */
export function scene(v, observed, name, comment, scene) {
  const { path } = { ...observed, .../** @type {any} */ (scene.context ?? {}) };
  const script = {
    attributes: scene.attributes ?? (scene.query === undefined ? [] : [{ path, query: scene.query }]),
    ...(scene.defaults ? { defaults: scene.defaults } : {}),
    ...(scene.observe ? { observe: scene.observe } : {}),
    initial: scene.initial,
    events: scene.events ?? [],
    end: String(scene.end),
  };
  const common = { script, context: scene.context, flags: scene.flags, spec: scene.spec };
  if (scene.outcomes) return v.evaluate(name, comment, { ...common, outcomes: scene.outcomes });
  if (!scene.readings)
    return v.evaluate(name, comment, { ...common, decoded: timelineOf(script, scene.policy ?? {}, path) });
  const outcomes = scene.readings.map(([policy, why]) => ({ decoded: timelineOf(script, policy, path), why }));
  const distinct = new Set(outcomes.map(({ decoded }) => JSON.stringify(decoded)));
  if (distinct.size !== outcomes.length) throw new Error(`${name}: two readings come to the same timeline`);
  return v.evaluate(name, comment, { ...common, outcomes });
}
