/** Whether what an implementation did is what a vector says. */

/** @typedef {{ decoded?: any, error?: string, none?: true }} Answer */

/** Decoders resolve a time below 2^28 against the present. */
const RELATIVE = 2 ** 28;
const NOW = Date.now() / 1000;

/** @param {string | undefined} expected @param {string | undefined} seen */
function sameTime(expected, seen) {
  if (expected === undefined || seen === undefined) return expected === seen;
  const seconds = Number(expected);
  return seconds < RELATIVE ? Math.abs(Number(seen) - NOW - seconds) < 600 : Math.abs(Number(seen) - seconds) < 1e-6;
}

/** @param {string | undefined} bits */
const isNaNBits = (bits) => bits !== undefined && /^[7f]ff[8-f0-9]/.test(bits) && !/^[7f]ff0{13}$/.test(bits);

/** @param {any} expected @param {any} seen */
function sameNode(expected, seen) {
  if (expected.path !== seen.path || expected.type !== seen.type || !sameTime(expected.time, seen.time)) return false;
  if ((expected.prefix ?? '') !== (seen.prefix ?? '')) return false;
  if (expected.type === 'float')
    return expected.bits === seen.bits || (isNaNBits(expected.bits) && isNaNBits(seen.bits));
  return (expected.value ?? null) === (seen.value ?? null);
}

/** Containers say nothing that a list of values lacks, except where they are empty. @param {any[]} expected @param {any[]} seen @param {boolean} ordered */
function sameNodes(expected, seen, ordered) {
  if (expected.length !== seen.length) return false;
  if (ordered) return expected.every((node, i) => sameNode(node, seen[i]));
  const left = [...seen];
  return expected.every((node) => {
    const index = left.findIndex((candidate) => sameNode(node, candidate));
    if (index < 0) return false;
    left.splice(index, 1);
    return true;
  });
}

/** @param {any} expected @param {any} seen */
export function sameDecoded(expected, seen) {
  if (expected.kind !== seen.kind) return false;
  switch (expected.kind) {
    case 'nodes':
      return sameNodes(expected.nodes, seen.nodes, expected.ordered ?? false);
    case 'paths':
      return JSON.stringify([...expected.paths].sort()) === JSON.stringify([...seen.paths].sort());
    case 'coap': {
      const { options, ...rest } = expected.message;
      const { options: seenOptions, ...seenRest } = seen.message;
      const keys = Object.keys(rest).sort();
      return (
        JSON.stringify(options) === JSON.stringify(seenOptions) && keys.every((key) => rest[key] === seenRest[key])
      );
    }
    case 'attributes':
      return (
        JSON.stringify(expected.attributes.map(flatAttribute).sort()) ===
        JSON.stringify(seen.attributes.map(flatAttribute).sort())
      );
    case 'links':
      return JSON.stringify(expected.links.map(sortedLink)) === JSON.stringify(seen.links.map(sortedLink));
    default:
      return JSON.stringify(expected) === JSON.stringify(seen);
  }
}

/** @param {any} attribute */
const flatAttribute = ({ name, action, value }) => [name, action, value ?? ''].join(' ');
/** Without quotes, and without the backslashes that escape inside them. @param {string} part */
const unquoted = (part) => (/^".*"$/s.test(part) ? part.slice(1, -1).replace(/\\(.)/gs, '$1') : part);
/** Attributes of a link have no order; quotes are no part of a value. @param {any} link */
const sortedLink = ({ uri, attributes }) => [
  uri,
  attributes.map((/** @type {string[]} */ pair) => pair.map((part) => unquoted(part)).join('=')).sort(),
];

/** For people, and for the record. @param {any} decoded */
export function describe(decoded) {
  const text =
    decoded.kind === 'nodes'
      ? decoded.nodes
          .map(
            (/** @type {any} */ node) =>
              `${node.path} ${node.type} ${node.bits ?? JSON.stringify(node.value ?? null)}${node.time && Number(node.time) < NOW - 1e6 ? ` @${node.time}` : ''}`,
          )
          .join(', ') || 'nothing'
      : JSON.stringify(decoded[Object.keys(decoded).find((key) => key !== 'kind') ?? '']);
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}

/** Errors as recorded: without numbers that change from run to run. @param {string} error */
const brief = (error) => (error.length > 100 ? `${error.slice(0, 97)}…` : error);

/**
 * `agrees`, or what was done instead; undefined without an opinion.
 * @param {any} test @param {Answer | undefined} answer @returns {string | undefined}
 */
export function verdict(test, answer) {
  if (!answer || answer.none) return undefined;
  const { decoded, error } = answer;
  if (test.result === 'invalid') return error !== undefined ? 'agrees' : `accepts it as ${describe(decoded)}`;
  const wanted =
    test.result === 'valid'
      ? [test.decoded]
      : test.outcomes.map((/** @type {any} */ outcome) => outcome.decoded).filter(Boolean);
  if (error !== undefined) {
    const mayRefuse = test.result === 'acceptable' && test.outcomes.some((/** @type {any} */ outcome) => outcome.error);
    return mayRefuse ? 'agrees' : `refuses it: ${brief(error)}`;
  }
  return wanted.some((/** @type {any} */ candidate) => sameDecoded(candidate, decoded))
    ? 'agrees'
    : `reads ${describe(decoded)}`;
}
