import type { Answer, Decoded } from '../../sut/testee/contract.js';
import { difference, formatDecoded } from './compare.js';
import type { ExpectedError, Outcome, Vector } from './file.js';

/** What is wrong with an answer. */
export type Deviation =
  | 'rejected-valid'
  | 'value-mismatch'
  | 'accepted-invalid'
  | 'outcome-not-listed'
  | 'wrong-class'
  | 'uncaught'
  | 'encoding-mismatch'
  | 'refused-to-encode'
  | 'encoded-invalid'
  | 'reaction-not-listed'
  | 'crash'
  | 'time-out'
  | 'protocol';

export type Judgement =
  /** `outcome` says which of the permitted ones it was; `remark` what is no deviation unless one is strict. */
  | { readonly verdict: 'pass'; readonly outcome?: string; readonly remark?: string }
  | { readonly verdict: 'fail' | 'error'; readonly deviation: Deviation; readonly message: string }
  | { readonly verdict: 'unsupported'; readonly message: string };

export interface Strictness {
  /** A refusal must have one of the classes that the vector names, and be a documented error. */
  readonly strict: boolean;
  /** Seconds since 1970: a relative time may come back resolved. */
  readonly now: number;
}

const fail = (deviation: Deviation, message: string): Judgement => ({ verdict: 'fail', deviation, message });

/** Classes that say nothing of the reason. */
const UNKNOWN: ReadonlySet<string> = new Set(['error', 'uncaught']);

/** Whether what was read, or evaluated, is what the vector permits. */
export function judgeReading(vector: Vector, answer: Answer, how: Strictness): Judgement {
  if ('skip' in answer) return { verdict: 'unsupported', message: answer.skip };
  if ('error' in answer) return judgeRefusal(vector, answer.error, how);
  if (!('decoded' in answer)) return fail('value-mismatch', 'no decoded value in the answer');
  if (vector.result === 'invalid')
    return fail(
      'accepted-invalid',
      `read as ${formatDecoded(answer.decoded)} instead of refused (${vector.error?.class})`,
    );
  if (vector.result === 'valid') {
    const wrong = vector.decoded && difference(vector.decoded, answer.decoded, how.now);
    return wrong === undefined ? { verdict: 'pass' } : fail('value-mismatch', wrong);
  }
  return judgeOutcome(vector.outcomes ?? [], answer.decoded, how.now);
}

function judgeOutcome(outcomes: readonly Outcome[], decoded: Decoded, now: number): Judgement {
  const met = outcomes.find((outcome) => outcome.decoded && difference(outcome.decoded, decoded, now) === undefined);
  if (met) return { verdict: 'pass', outcome: met.why };
  const permitted = outcomes.map((outcome) => (outcome.decoded ? formatDecoded(outcome.decoded) : 'a refusal'));
  return fail('outcome-not-listed', `read as ${formatDecoded(decoded)}; permitted: ${permitted.join(' | ')}`);
}

function judgeRefusal(
  vector: Vector,
  seen: { readonly class: string; readonly message?: string },
  { strict }: Strictness,
): Judgement {
  const said = `${seen.class}${seen.message === undefined ? '' : `: ${seen.message}`}`;
  const outcome = vector.outcomes?.find(({ error }) => error);
  const expected = vector.result === 'invalid' ? vector.error : outcome?.error;
  if (!expected)
    return vector.result === 'valid'
      ? fail('rejected-valid', `refused with ${said}`)
      : fail('outcome-not-listed', `refused with ${said}; no refusal is permitted`);
  const known = outcome === undefined ? {} : { outcome: outcome.why };
  if (strict && seen.class === 'uncaught')
    return fail('uncaught', `refused by an error that is not documented: ${said}`);
  if (UNKNOWN.has(seen.class) || isNamed(expected, seen.class))
    return {
      verdict: 'pass',
      ...known,
      ...(seen.class === 'uncaught' && { remark: `uncaught ${seen.message ?? ''}`.trim() }),
    };
  const names = [expected.class, ...(expected.alsoAccept ?? [])].join(', ');
  if (strict) return fail('wrong-class', `refused as ${said}, not as ${names}`);
  return { verdict: 'pass', ...known, remark: `refused as ${seen.class}, not as ${names}` };
}

const isNamed = ({ class: name, alsoAccept = [] }: ExpectedError, seen: string): boolean =>
  name === seen || alsoAccept.includes(seen);

/**
 * Whether the bytes that were written are what the vector permits. Where any layout will do, `readBack` tells what they say.
 */
export async function judgeWriting(
  vector: Vector,
  answer: Answer,
  readBack: (payload: string) => Promise<Answer>,
  how: Strictness,
): Promise<Judgement> {
  if ('skip' in answer) return { verdict: 'unsupported', message: answer.skip };
  if ('error' in answer) {
    if (vector.result === 'invalid') return { verdict: 'pass' };
    return fail('refused-to-encode', `${answer.error.class}: ${answer.error.message ?? 'no reason given'}`);
  }
  if (!('payload' in answer)) return fail('encoding-mismatch', 'no payload in the answer');
  const { payload } = answer;
  if (vector.result === 'invalid')
    return fail('encoded-invalid', `wrote ${shown(payload)} for values that have no encoding`);
  if (payload === vector.payload) return { verdict: 'pass', outcome: 'as in the vector' };
  const listed = vector.encodings?.find((encoding) => encoding.payload === payload);
  if (listed && vector.encodingCheck !== 'bytes') return { verdict: 'pass', outcome: listed.why };
  if (vector.encodingCheck !== 'semantic')
    return fail('encoding-mismatch', `wrote ${shown(payload)} instead of ${shown(vector.payload ?? '')}`);
  const read = judgeReading({ ...vector, result: 'valid' }, await readBack(payload), how);
  if (read.verdict === 'pass') return { verdict: 'pass', outcome: 'another layout of the same values' };
  return fail('encoding-mismatch', `wrote ${shown(payload)}, which reads: ${read.message}`);
}

export function judgeReaction(vector: Vector, answer: Answer): Judgement {
  if ('skip' in answer) return { verdict: 'unsupported', message: answer.skip };
  const said =
    'reaction' in answer ? answer.reaction : 'error' in answer ? `error ${answer.error.class}` : 'no reaction';
  const permitted = vector.reactions ?? [];
  if (permitted.includes(said)) return { verdict: 'pass', outcome: said };
  return fail('reaction-not-listed', `${said} instead of ${permitted.join(' or ')}`);
}

const shown = (hex: string): string => (hex.length > 240 ? `${hex.slice(0, 237)}…` : hex || 'nothing');
