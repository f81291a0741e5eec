import { describe, expect, it } from 'vitest';
import {
  absent,
  asMatcher,
  between,
  contains,
  each,
  having,
  lacks,
  matcher,
  matches,
  not,
  oneOf,
  present,
  retransmittedAfter,
  seconds,
  show,
  type Judging,
} from './matcher.js';

const judging: Judging = { enabler: '1.1', tolerance: () => ({ early: 0.1, late: 2 }) };
const outcome = (expected: unknown, actual: unknown): string => asMatcher(expected).judge(actual, judging).outcome;
const tolerant = matcher('2.04, tolerated 2.05', (actual) =>
  actual === '2.05' ? { outcome: 'tolerated', row: 'X-1' } : actual === '2.04',
);

describe('a matcher', () => {
  it('compares plain values by content, bytes too', () => {
    expect(outcome('2.04', '2.04')).toBe('met');
    expect(outcome({ a: [1, Uint8Array.of(1)] }, { a: [1, Uint8Array.of(1)] })).toBe('met');
    expect(outcome({ a: 1 }, { a: 1, b: 2 })).toBe('missed');
    expect(outcome([1, 2], [2, 1])).toBe('missed');
    expect(outcome(undefined, null)).toBe('missed');
  });

  it('compares lists element by element when one of them is a matcher', () => {
    expect(outcome(['2.01', matches(/^\/rd\//)], ['2.01', '/rd/1'])).toBe('met');
    expect(outcome(['2.01', matches(/^\/rd\//)], ['2.01', '/x'])).toBe('missed');
    expect(outcome(['2.01', present], ['2.01'])).toBe('missed');
  });

  it('allows what is early and late for seconds, and no more', () => {
    expect(outcome(seconds(5, 15), 4.9)).toBe('met');
    expect(outcome(seconds(5, 15), 4.89)).toBe('missed');
    expect(outcome(seconds(5, 15), 17)).toBe('met');
    expect(outcome(seconds(5, 15), 17.1)).toBe('missed');
    expect(seconds(5, 15).timed).toBe(true);
  });

  it('has a row of its own for the gaps of retransmissions', () => {
    const rows: Judging = {
      enabler: '1.1',
      tolerance: (row) => (row === 'retransmission' ? { early: 0.25, late: 1 } : { early: 9, late: 9 }),
    };
    const gap = (actual: number): string => retransmittedAfter(2, 3).judge(actual, rows).outcome;
    expect([1.7, 1.75, 4, 4.1].map(gap)).toEqual(['missed', 'met', 'met', 'missed']);
  });

  it('asks a list for a number of elements and for each of them', () => {
    expect(outcome(each(between(1, 3), 2), [1, 3])).toBe('met');
    expect(outcome(each(between(1, 3), 2), [1])).toBe('missed');
    expect(outcome(each(between(1, 3), 2), [1, 4])).toBe('missed');
    expect(each(seconds(1, 2)).timed).toBe(true);
  });

  it('finds an element, or its absence', () => {
    expect(outcome(contains(having({ endpoint: 'a' })), [{ endpoint: 'b' }, { endpoint: 'a', lifetime: 1 }])).toBe(
      'met',
    );
    expect(outcome(lacks('a'), ['b'])).toBe('met');
    expect(outcome(lacks('a'), ['a'])).toBe('missed');
    expect(outcome(lacks('a'), undefined)).toBe('missed');
  });

  it('knows alternatives, negation, presence', () => {
    expect(outcome(oneOf(1, 2), 2)).toBe('met');
    expect(outcome(not(oneOf(1, 2)), 2)).toBe('missed');
    expect(outcome(present, undefined)).toBe('missed');
    expect(outcome(absent, undefined)).toBe('met');
  });

  it('carries a tolerated outcome through lists and objects, unless something misses', () => {
    expect(outcome([tolerant, 1], ['2.05', 1])).toBe('tolerated');
    expect(outcome(having({ code: tolerant }), { code: '2.05' })).toBe('tolerated');
    expect(outcome([tolerant, 1], ['2.05', 2])).toBe('missed');
  });
});

describe('show', () => {
  it('writes values for a report: codes bare, bytes as hexadecimal, times to the millisecond', () => {
    expect(show('2.04')).toBe('2.04');
    expect(show('x')).toBe('"x"');
    expect(show(undefined)).toBe('nothing');
    expect(show({ at: 1.23456, bytes: Uint8Array.of(1, 255) })).toBe('{"at":1.235,"bytes":"01ff"}');
    expect(show('y'.repeat(500))).toMatch(/… \(502 characters\)$/);
  });
});
