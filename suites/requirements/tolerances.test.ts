import { expect, it } from 'vitest';
import { allowed, TOLERANCES } from './tolerances.js';

const real = { virtual: false };
const virtual = { virtual: true };

it('lets a notification come a tenth of a second early and two seconds and a hundredth late', () => {
  expect(allowed('early', 60, real)).toEqual({ early: 0.1, late: Infinity });
  expect(allowed('late', 60, real)).toEqual({ early: Infinity, late: 2.6 });
});

it('adds the clock resolution of the SUT to what is early', () => {
  expect(allowed('early', 5, { virtual: false, resolution: 1 }).early).toBe(1.1);
  expect(allowed('retransmission', 2, { virtual: false, resolution: 1 })).toEqual({ early: 0.25, late: 1 });
});

it('lets a registration outlive its lifetime by ten seconds or a tenth, and never end early', () => {
  expect(allowed('expiry', 20, real)).toEqual({ early: 0, late: 10 });
  expect(allowed('expiry', 100, real)).toEqual({ early: 0, late: 10 });
  expect(allowed('expiry', 300, real)).toEqual({ early: 0, late: 30 });
});

it('takes a fifth of a retry delay on either side', () => {
  expect(allowed('retry', 60, real)).toEqual({ early: 12, late: 12 });
});

it('leaves ten milliseconds on a virtual clock to what the bench itself decides', () => {
  expect(allowed('early', 60, { virtual: true, resolution: 1 }).early).toBe(0.01);
  expect(allowed('late', 3600, virtual).late).toBe(0.01);
  expect(allowed('retransmission', 2, virtual)).toEqual({ early: 0.01, late: 0.01 });
});

it('keeps the freedom of the text on a virtual clock', () => {
  expect(allowed('expiry', 300, virtual)).toEqual({ early: 0, late: 30 });
  expect(allowed('retry', 60, virtual)).toEqual({ early: 12, late: 12 });
});

it('follows another table', () => {
  const table = { ...TOLERANCES, late: { late: { seconds: 5, share: 0, combine: 'sum' as const } } };
  expect(allowed('late', 100, real, table).late).toBe(5);
});
