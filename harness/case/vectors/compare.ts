import type { Decoded, VectorLink, VectorMessage, VectorNode } from '../../sut/testee/contract.js';
import { timelineDifference } from './timeline.js';

/** Seconds below which a SenML time is relative to now (RFC 8428 §4.5.3). */
const RELATIVE = 2 ** 28;
/** A relative time that the other side has resolved: its clock need not be ours. */
const CLOCK_SLACK = 600;

/**
 * What is different in what was read, for a person; undefined where nothing is. Order means nothing unless the vector says
 * so (vectors/README.md, Comparing).
 *
 * @param now seconds since 1970, against which a relative time may have been resolved
 */
export function difference(expected: Decoded, seen: Decoded, now: number): string | undefined {
  if (expected.kind === 'nodes' && seen.kind === 'nodes') {
    const same = (a: VectorNode, b: VectorNode): boolean => sameNode(a, b, now);
    return listDifference(expected.nodes, seen.nodes, same, formatNode, expected.ordered ?? false);
  }
  if (expected.kind === 'coap' && seen.kind === 'coap') return messageDifference(expected, seen);
  if (expected.kind === 'timeline' && seen.kind === 'timeline')
    return timelineDifference(expected.notifications, seen.notifications, (a, b) =>
      listDifference(a, b, (one, other) => sameNode(one, other, now), formatNode, false),
    );
  if (expected.kind !== seen.kind) return `${seen.kind} instead of ${expected.kind}`;
  return listDifference(
    linesOf(expected),
    linesOf(seen),
    (a, b) => a === b,
    (line) => line,
    false,
  );
}

/** `/3/0/9 integer 100, …`, cut where it is long. */
export function formatDecoded(decoded: Decoded): string {
  const lines = decoded.kind === 'nodes' ? decoded.nodes.map(formatNode) : linesOf(decoded);
  const text = lines.length === 0 ? 'nothing' : lines.join(', ');
  return text.length > 300 ? `${text.slice(0, 297)}…` : text;
}

/** What has no tolerance, one text for each element. */
function linesOf(decoded: Decoded): readonly string[] {
  switch (decoded.kind) {
    case 'paths':
      return decoded.paths;
    case 'links':
      return decoded.links.map(formatLink);
    case 'arguments':
      return decoded.arguments.map(({ digit, value }) => (value === null ? String(digit) : `${digit}='${value}'`));
    case 'attributes':
      return decoded.attributes.map(({ name, action, value }) =>
        action === 'unset' ? name : `${name}=${value === undefined ? '' : String(Number(value))}`,
      );
    case 'query':
      return decoded.params.map((pair) => pair.join('='));
    case 'timeline':
      return decoded.notifications.map((notification) => JSON.stringify(notification));
    case 'coap':
      return [JSON.stringify(decoded.message)];
    case 'nodes':
      return decoded.nodes.map(formatNode);
  }
}

/** Attributes of a link have no order either. */
const formatLink = ({ uri, attributes }: VectorLink): string =>
  [`<${uri}>`, ...attributes.map((pair) => pair.map((part) => JSON.stringify(part)).join('=')).sort()].join(';');

const formatNode = ({ path, type, value, bits, time, prefix }: VectorNode): string => {
  const content = type === 'float' ? `${value ?? ''} (${bits ?? 'no bits'})` : JSON.stringify(value);
  const typed = value === undefined && bits === undefined ? type : `${type} ${value === null ? 'null' : content}`;
  return `${prefix === undefined ? '' : `/${prefix}`}${path} ${typed}${time === undefined ? '' : ` @${time}`}`;
};

function sameNode(expected: VectorNode, seen: VectorNode, now: number): boolean {
  if (expected.path !== seen.path || expected.type !== seen.type) return false;
  if ((expected.prefix ?? '') !== (seen.prefix ?? '') || !sameTime(expected.time, seen.time, now)) return false;
  if (expected.type === 'float') return sameFloat(expected, seen);
  return (expected.value ?? null) === (seen.value ?? null);
}

function sameTime(expected: string | undefined, seen: string | undefined, now: number): boolean {
  if (expected === undefined || seen === undefined) return expected === seen;
  const seconds = Number(expected);
  if (Math.abs(Number(seen) - seconds) < 1e-6) return true;
  return seconds < RELATIVE && Math.abs(Number(seen) - now - seconds) < CLOCK_SLACK;
}

function sameFloat(expected: VectorNode, seen: VectorNode): boolean {
  const [a, b] = [floatOf(expected), floatOf(seen)];
  const { ulps = 0 } = expected;
  // Without slack the two zeros are different, which have one place in the order.
  if (ulps === 0 || Number.isNaN(a) || Number.isNaN(b)) return Object.is(a, b);
  const off = orderOf(a) - orderOf(b);
  return (off < 0n ? -off : off) <= BigInt(ulps);
}

/** `bits` decide; a testee may leave them out where its language does not give them. */
function floatOf({ bits, value }: VectorNode): number {
  if (bits === undefined || !/^[0-9a-f]{16}$/i.test(bits))
    return value === undefined || value === '' ? NaN : Number(value);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${bits}`));
  return view.getFloat64(0);
}

/** Place of a number among all of binary64: neighbours are one apart. */
function orderOf(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(2n ** 63n) - bits : bits;
}

function messageDifference(
  { message: expected, unrecognised: wanted = [] }: Decoded & { readonly kind: 'coap' },
  { message: seen, unrecognised }: Decoded & { readonly kind: 'coap' },
): string | undefined {
  const fields = ['version', 'type', 'code', 'mid', 'token', 'payload'] as const;
  const shown = (message: VectorMessage, field: (typeof fields)[number]): string => String(message[field] ?? '');
  const wrong = fields.filter(
    (field) => expected[field] !== undefined && shown(expected, field) !== shown(seen, field),
  );
  const lines = wrong.map(
    (field) => `${field} ${shown(seen, field) || 'none'} instead of ${shown(expected, field) || 'none'}`,
  );
  if (JSON.stringify(expected.options) !== JSON.stringify(seen.options))
    lines.push(`options ${JSON.stringify(seen.options)} instead of ${JSON.stringify(expected.options)}`);
  if (unrecognised && JSON.stringify(unrecognised) !== JSON.stringify(wanted))
    lines.push(`unrecognised options ${JSON.stringify(unrecognised)} instead of ${JSON.stringify(wanted)}`);
  return lines.length === 0 ? undefined : lines.join('; ');
}

/** Elements that are missing and elements too many; for an ordered list also a wrong order. */
function listDifference<T>(
  expected: readonly T[],
  seen: readonly T[],
  same: (expected: T, seen: T) => boolean,
  format: (element: T) => string,
  ordered: boolean,
): string | undefined {
  const extra = [...seen];
  const missing = expected.filter((element) => {
    const index = extra.findIndex((candidate) => same(element, candidate));
    if (index >= 0) extra.splice(index, 1);
    return index < 0;
  });
  const list = (elements: readonly T[]): string =>
    elements.slice(0, 3).map(format).join(', ') + (elements.length > 3 ? ` and ${elements.length - 3} more` : '');
  if (missing.length > 0 && extra.length > 0) return `${list(extra)} instead of ${list(missing)}`;
  if (missing.length > 0) return `without ${list(missing)}`;
  if (extra.length > 0) return `${list(extra)} too many`;
  const isInOrder = !ordered || expected.every((element, i) => seen[i] !== undefined && same(element, seen[i]));
  return isInOrder ? undefined : `another order: ${list(seen)}`;
}
