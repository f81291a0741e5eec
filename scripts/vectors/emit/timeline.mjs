/**
 * When notifications are due: a slow evaluator that walks through time on a grid and asks the rules of Core §5.1.2 (1.2: §7.3.2) anew at
 * each step. It shares nothing with the evaluator of the harness, which jumps from event to event.
 */
import { compare, decimalOf, distance } from './decimal.mjs';

/**
 * Where the text leaves a choice.
 * @typedef {object} Policy
 * @property {boolean} [forget] a change that is held is forgotten when the value returns
 * @property {'leave' | 'reach' | 'pass'} [edgeOfThreshold] what counts as crossing where a value is the threshold: leaving it, reaching it, neither
 * @property {boolean} [oneWay] gt fires upwards alone, lt downwards alone
 * @property {boolean} [binary] steps are differences of doubles
 * @property {boolean} [ignoreEqualPeriods] a pmax that equals pmin is ignored, as 1.1 has it
 * @property {boolean} [ownTimers] each path of a composite observation by its own periods
 * @property {boolean} [restart] writing attributes starts the periods anew
 * @property {boolean} [late] attributes written during an observation count only for the next one
 *
 * @typedef {import('../lib/values.mjs').Node} Node
 * @typedef {Record<string, string>} Attributes
 * @typedef {{ at?: string, path: string, query: string, server?: number }} Write
 * @typedef {{ paths: string[], server?: number, at?: string, query?: string }} Observe
 * @typedef {{ at: string, set?: Node[], remove?: string[], happens?: string, server?: number }} Event
 * @typedef {{ attributes: Write[], defaults?: { pmin?: string, pmax?: string }, observe?: Observe[], initial: Node[], events: Event[], end: string }} Script
 * @typedef {{ at: number, server: number, nodes: Node[], cause: string, confirmable: boolean }} Report
 */

const MS = (/** @type {string} */ seconds) => Math.round(Number(seconds) * 1000);
const gcd = (/** @type {number} */ a, /** @type {number} */ b) => {
  while (b) [a, b] = [b, a % b];
  return a;
};
const isBelow = (/** @type {string} */ path, /** @type {string} */ top) =>
  top === '/' || path === top || path.startsWith(`${top}/`);

/** `pmin=5&gt` → what it sets and takes away. @param {string} query @returns {Record<string, string | undefined>} */
const parseQuery = (query) =>
  Object.fromEntries(
    query
      .split('&')
      .filter(Boolean)
      .map((option) => option.split('='))
      .map(([name = '', value]) => [name, value]),
  );

/** A path and its ancestors, from the top. @param {string} path */
const levels = (path) =>
  path
    .split('/')
    .slice(1)
    .map((_, i, ids) => `/${ids.slice(0, i + 1).join('/')}`);

/** One observation while the script runs. */
class Observation {
  /** @param {Observe} spec @param {number} now @param {Map<string, Node>} values @param {Map<string, Attributes>} attached */
  constructor(spec, now, values, attached) {
    this.frozen = structuredClone(attached);
    this.spec = spec;
    this.server = spec.server ?? 1;
    this.tell(now, values);
    this.seen = new Map(values);
  }

  /** @param {number} now @param {Map<string, Node>} values */
  tell(now, values) {
    this.told = new Map(values);
    this.toldAt = now;
    this.cause = /** @type {string | undefined} */ (undefined);
    this.causeAt = now;
  }

  /** @param {Map<string, Node>} values */
  content(values) {
    return [...values.values()].filter(({ path }) => this.spec.paths.some((top) => isBelow(path, top)));
  }
}

/** @param {Script} script */
function gridOf(script) {
  const queries = [
    ...script.attributes.map(({ query }) => query),
    ...(script.observe ?? []).map(({ query = '' }) => query),
  ];
  const periods = queries.flatMap((query) =>
    Object.entries(parseQuery(query)).flatMap(([name, value]) => (/^(ep|p)m/.test(name) && value ? [value] : [])),
  );
  const times = [
    ...script.events.map(({ at }) => at),
    ...script.attributes.flatMap(({ at }) => at ?? []),
    ...(script.observe ?? []).flatMap(({ at }) => at ?? []),
    ...periods,
    script.defaults?.pmin ?? '0',
    script.defaults?.pmax ?? '0',
    script.end,
  ];
  return times.map(MS).reduce(gcd, 0) || 1000;
}

/** Attributes in force on a path: the nearest level that has one decides. @param {string} path @param {Map<string, Attributes>} attached @returns {Attributes} */
const inForce = (path, attached) =>
  Object.assign({}, ...(path === '/' ? [] : levels(path)).map((level) => attached.get(level) ?? {}));

/** @param {any} pmin @param {any} pmax @param {Policy} policy @returns {[number, number]} milliseconds */
function periods(pmin, pmax, policy) {
  const [low, high] = [MS(pmin ?? '0'), MS(pmax ?? '0')];
  const ignored = high === 0 || high < low || (high === low && policy.ignoreEqualPeriods);
  return [low, ignored ? Infinity : high];
}

/** @param {Node} node */
const magnitude = (node) =>
  ['integer', 'unsigned', 'time', 'float'].includes(node.type) ? decimalOf(String(node.value)) : undefined;

/** Which side of a threshold a value is on. @param {any} value @param {any} threshold @param {'gt' | 'lt'} kind @param {Policy} policy */
function side(value, threshold, kind, policy) {
  const order = compare(value, threshold);
  if (Number.isNaN(order)) return 'in';
  if (order === 0) return policy.edgeOfThreshold === 'reach' ? 'out' : policy.edgeOfThreshold === 'pass' ? 'on' : 'in';
  return (kind === 'gt' ? order > 0 : order < 0) ? 'out' : 'in';
}

/** @param {Node} before @param {Node} after @param {Attributes} attributes @param {Policy} policy @returns {string | undefined} which condition fires */
function fires(before, after, attributes, policy) {
  const [a, b] = [magnitude(before), magnitude(after)];
  for (const kind of /** @type {const} */ (['gt', 'lt'])) {
    const limit = attributes[kind];
    if (limit === undefined || a === undefined || b === undefined) continue;
    const [was, is] = [side(a, decimalOf(limit), kind, policy), side(b, decimalOf(limit), kind, policy)];
    if (was !== is && was !== 'on' && is !== 'on' && !(policy.oneWay && is === 'in')) return kind;
  }
  if (attributes.st !== undefined && a !== undefined && b !== undefined) {
    const step = decimalOf(attributes.st);
    const far = policy.binary
      ? Math.abs(Number(before.value) - Number(after.value)) >= Number(attributes.st)
      : compare(distance(a, b), step) >= 0;
    if (far) return 'st';
  }
  return undefined;
}

/** @param {Node | undefined} told @param {Node | undefined} seen @param {Node | undefined} now @param {Attributes} attributes @param {Policy} policy */
function candidate(told, seen, now, attributes, policy) {
  if (!told || !now) return told || now ? 'change' : undefined;
  if (now.type === 'boolean' && attributes.edge !== undefined) {
    const wanted = attributes.edge === '1';
    return seen?.value === !wanted && now.value === wanted ? 'edge' : undefined;
  }
  const judged = magnitude(now) !== undefined && (attributes.gt ?? attributes.lt ?? attributes.st) !== undefined;
  if (judged) return fires(told, now, attributes, policy);
  return JSON.stringify([told.type, told.value]) === JSON.stringify([now.type, now.value]) ? undefined : 'change';
}

/**
 * @param {Script} script @param {Policy} [policy] @param {string} [path] what is observed where the script does not say
 * @returns {Report[]}
 */
export function simulate(script, policy = {}, path = '/') {
  const grid = gridOf(script);
  /** @type {Map<string, Node>} */
  const values = new Map(script.initial.map((node) => [node.path, node]));
  /** @type {Map<number, Map<string, Attributes>>} */
  const attached = new Map();
  /** @type {Observation[]} */
  const observations = [];
  /** @type {Report[]} */
  const reports = [];
  const observes = script.observe ?? [{ paths: [path] }];

  const write = (/** @type {Write} */ { path: where, query, server = 1 }) => {
    const own = attached.get(server) ?? new Map();
    attached.set(server, own);
    const all = Object.entries({ ...own.get(where), ...parseQuery(query) }).filter(([, value]) => value !== undefined);
    own.set(where, Object.fromEntries(all));
  };
  const terms = (/** @type {Observation} */ observation) => {
    const query = observation.spec.query === undefined ? undefined : parseQuery(observation.spec.query);
    const mine = (policy.late ? observation.frozen : attached.get(observation.server)) ?? new Map();
    return observation.spec.paths.map((top) => ({
      top,
      attributes: /** @type {Attributes} */ ({ ...script.defaults, ...(query ?? inForce(top, mine)) }),
    }));
  };
  /** @param {Observation} observation @param {number} now */
  const step = (observation, now) => {
    const parts = terms(observation);
    /** @param {Map<string, Node>} before what an edge is seen against */
    const cause = (before) => {
      for (const { top, attributes } of parts)
        for (const each of new Set([...observation.told.keys(), ...values.keys()])) {
          const found =
            isBelow(each, top) &&
            candidate(observation.told.get(each), before.get(each), values.get(each), attributes, policy);
          if (found) return found;
        }
      return undefined;
    };
    const raised = cause(observation.seen);
    observation.seen = new Map(values);
    if (raised && observation.cause === undefined) [observation.cause, observation.causeAt] = [raised, now];
    if (policy.forget && !cause(observation.told)) observation.cause = undefined;
    const own = parts.map(({ attributes }) => periods(attributes.pmin, attributes.pmax, policy));
    const pmin = Math.max(0, ...parts.map(({ attributes }) => MS(attributes.pmin ?? '0')));
    const common = /** @type {[number, number]} */ ([
      pmin,
      Math.min(Infinity, ...parts.map(({ attributes }) => periods(pmin / 1000, attributes.pmax, policy)[1])),
    ]);
    const passed = now - observation.toldAt;
    const timers = policy.ownTimers ? own : [common];
    const released = observation.cause !== undefined && timers.some(([low]) => passed >= low);
    const expired = timers.some(([, high]) => passed >= high);
    if (!released && !expired) return;
    const why = !released ? 'pmax' : observation.causeAt < now ? 'pmin-release' : (observation.cause ?? 'change');
    const nodes = observation.content(values);
    const confirmable = nodes.some(
      (node) =>
        (observation.spec.query === undefined
          ? inForce(node.path, attached.get(observation.server) ?? new Map())
          : parseQuery(observation.spec.query)
        ).con === '1',
    );
    reports.push({ at: now, server: observation.server, nodes, cause: why, confirmable });
    observation.tell(now, values);
  };

  for (const each of script.attributes) if (each.at === undefined) write(each);
  for (let now = 0; now <= MS(script.end); now += grid) {
    for (const event of script.events.filter(({ at }) => MS(at) === now)) {
      for (const node of event.set ?? []) values.set(node.path, node);
      for (const gone of event.remove ?? [])
        for (const each of [...values.keys()]) if (isBelow(each, gone)) values.delete(each);
      if (event.happens === 'cancel')
        observations.splice(
          0,
          observations.length,
          ...observations.filter(({ server }) => event.server !== undefined && server !== event.server),
        );
    }
    for (const each of script.attributes)
      if (each.at !== undefined && MS(each.at) === now) {
        write(each);
        if (policy.restart)
          for (const observation of observations)
            if (observation.server === (each.server ?? 1)) observation.toldAt = now;
      }
    for (const observation of observations) step(observation, now);
    for (const spec of observes)
      if (MS(spec.at ?? '0') === now)
        observations.push(new Observation(spec, now, values, attached.get(spec.server ?? 1) ?? new Map()));
  }
  return reports;
}
