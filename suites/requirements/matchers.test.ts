import { describe, expect, it } from 'vitest';
import { graded } from './matchers.js';

describe('a graded row as a matcher', () => {
  it('says of which version a value is where it is not for all', () => {
    expect(graded.E22.text).toBe('4.06, tolerated 4.15 (E-22)');
    expect(graded.E19.text).toBe('4.01, tolerated 4.04 in 1.0, 4.05 in 1.0 (E-19)');
    expect(graded.E47.text).toBe('4.05 in 1.0 and 1.1 or 2.02 in 1.2 (E-47)');
    expect(graded.E16.text).toBe('4.05, tolerated 4.01, 4.00 (E-16)');
  });
});
