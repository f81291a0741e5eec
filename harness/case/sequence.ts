import { isNewer } from '../coap/observe.js';
import { matcher, type Finding, type Matcher } from './matcher.js';

interface Numbered {
  readonly t: number;
  readonly observe: number | undefined;
}

const isNumbered = (value: unknown): value is Numbered =>
  typeof value === 'object' && value !== null && 't' in value && typeof value.t === 'number' && 'observe' in value;

/** Of a list of notifications: each has an Observe value that is newer than the one before (RFC 7641 §3.4). */
export const inSequence: Matcher = matcher('each newer than the one before (RFC 7641 §3.4)', (actual): Finding => {
  if (!Array.isArray(actual)) return { outcome: 'missed' };
  const numbered = actual.filter(isNumbered);
  if (numbered.length < actual.length) return { outcome: 'missed' };
  const at = numbered.findIndex((one, i) => !isOrdered(numbered[i - 1], one));
  return at < 0
    ? { outcome: 'met' }
    : {
        outcome: 'missed',
        why: `${numbered[at]?.observe ?? 'nothing'} after ${numbered[at - 1]?.observe ?? 'nothing'}`,
      };
});

function isOrdered(before: Numbered | undefined, one: Numbered): boolean {
  if (one.observe === undefined) return false;
  return (
    before === undefined || (before.observe !== undefined && isNewer(before.observe, one.observe, one.t - before.t))
  );
}
