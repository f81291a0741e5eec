import type { VectorNode, VectorNotification } from '../../sut/testee/contract.js';

type NodesDifference = (expected: readonly VectorNode[], seen: readonly VectorNode[]) => string | undefined;

/**
 * What is different in a series of notifications: each that is due must come within its bounds, and no other. Nodes, server,
 * confirmable and cause count where the vector states them; a testee need not tell a cause.
 */
export function timelineDifference(
  expected: readonly VectorNotification[],
  seen: readonly VectorNotification[],
  nodesDifference: NodesDifference,
): string | undefined {
  // Each takes the first that fits: bounds of one server do not overlap in another order.
  const left = [...seen].sort((a, b) => Number(a.at) - Number(b.at));
  for (const wanted of [...expected].sort((a, b) => Number(a.latest) - Number(b.latest))) {
    const index = left.findIndex((one) => fits(wanted, one, nodesDifference));
    if (index < 0) return `${near(wanted, left, nodesDifference)}; due ${bounds(wanted)}`;
    left.splice(index, 1);
  }
  const [extra] = left;
  return extra ? `a notification at ${extra.at ?? '?'} that is not due` : undefined;
}

/** Binary fractions of seconds add up to a little more or less. */
const SLACK = 1e-6;

const isInTime = ({ earliest, latest }: VectorNotification, { at }: VectorNotification): boolean =>
  Number(at) >= Number(earliest) - SLACK && Number(at) <= Number(latest) + SLACK;

const fits = (wanted: VectorNotification, seen: VectorNotification, nodes: NodesDifference): boolean =>
  isInTime(wanted, seen) && contentDifference(wanted, seen, nodes) === undefined;

function contentDifference(
  wanted: VectorNotification,
  seen: VectorNotification,
  nodes: NodesDifference,
): string | undefined {
  if (wanted.server !== undefined && seen.server !== undefined && wanted.server !== seen.server)
    return `to server ${seen.server}`;
  if (wanted.confirmable !== undefined && seen.confirmable !== undefined && wanted.confirmable !== seen.confirmable)
    return seen.confirmable ? 'confirmable' : 'not confirmable';
  return wanted.nodes && seen.nodes ? nodes(wanted.nodes, seen.nodes) : undefined;
}

function near(wanted: VectorNotification, seen: readonly VectorNotification[], nodes: NodesDifference): string {
  const inTime = seen.find((one) => isInTime(wanted, one));
  if (inTime)
    return `the notification at ${inTime.at ?? '?'} has ${contentDifference(wanted, inTime, nodes) ?? 'another content'}`;
  return seen.length === 0 ? 'no notification' : `notifications only at ${seen.map(({ at }) => at).join(', ')}`;
}

const bounds = ({ earliest, latest, cause }: VectorNotification): string =>
  `${earliest === latest ? `at ${earliest ?? '?'}` : `from ${earliest ?? '?'} to ${latest ?? '?'}`}${cause === undefined ? '' : ` (${cause})`}`;
