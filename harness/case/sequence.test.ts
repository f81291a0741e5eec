import { expect, it } from 'vitest';
import { inSequence } from './sequence.js';

const judge = (...numbered: (readonly [number, number | undefined])[]): string =>
  inSequence.judge(
    numbered.map(([t, observe]) => ({ t, observe })),
    { enabler: '1.1', tolerance: () => ({ early: 0, late: 0 }) },
  ).outcome;

it('takes numbers that rise, also over the end of 24 bits', () => {
  expect(judge([0, 1], [1, 2], [2, 90])).toBe('met');
  expect(judge([0, 0xfffffe], [1, 0xffffff], [2, 0])).toBe('met');
  expect(judge()).toBe('met');
});

it('misses a number that repeats, falls or is not there', () => {
  expect(judge([0, 5], [1, 5])).toBe('missed');
  expect(judge([0, 5], [1, 4])).toBe('missed');
  expect(judge([0, 5], [1, undefined])).toBe('missed');
  expect(judge([0, undefined])).toBe('missed');
});

it('takes any number after 128 s', () => {
  expect(judge([0, 5], [128, 4])).toBe('missed');
  expect(judge([0, 5], [129, 4])).toBe('met');
});

it('misses what is no list of notifications', () => {
  const judging = { enabler: '1.1', tolerance: () => ({ early: 0, late: 0 }) } as const;
  expect(inSequence.judge(undefined, judging).outcome).toBe('missed');
  expect(inSequence.judge(['x'], judging).outcome).toBe('missed');
});
