import { describe, expect, it } from 'vitest';
import { lookup, type Statement } from './statement.js';
import { judgeStatement } from './statement-check.js';

const shown = (items: Statement['items'], open?: true): Statement => ({
  source: 'derived',
  items,
  ...(open && { open }),
});
const judged = (items: Statement['items'], seen: Statement, enabler: '1.0' | '1.1' = '1.1') =>
  judgeStatement({ source: 'declared', items, shown: seen }, enabler);

const DEVICE = { 'object.1': true, 'object.3': true, 'resource./3/0': true, 'enabler.1.1': true };

describe('a statement held against what was shown', () => {
  it('passes where both say the same, and what is mandatory need not be claimed', () => {
    expect(judged({ 'enabler.1.1': true, 'object.5': false }, shown(DEVICE))).toMatchObject({
      verdict: 'pass',
      remarks: [],
    });
  });

  it.each([
    ['an object', 'object.5'],
    ['a resource of an object that was discovered', 'resource./3/14'],
    ['a format that was refused', 'format.110'],
    ['blocks', 'block-wise'],
  ])('fails %s that is claimed and not shown', (_what, item) => {
    const seen = shown({ ...DEVICE, 'format.110': false, 'block-wise': false });
    expect(judged({ 'enabler.1.1': true, [item]: true }, seen)).toMatchObject({
      verdict: 'fail',
      reason: `x1: claimed and not shown: ${item}`,
    });
  });

  it('remarks what is shown and not claimed, or denied', () => {
    const seen = shown({ ...DEVICE, 'object.16': true, 'format.112': true });
    expect(judged({ 'enabler.1.1': true, 'object.16': false }, seen)).toMatchObject({
      verdict: 'warn',
      remarks: ['x2: shown and not claimed: object.16, format.112'],
    });
  });

  it('judges no other version than that of the run, and no object of another configuration', () => {
    const items = { 'enabler.1.0': true, 'enabler.1.1': true, 'object.5': true };
    expect(judged(items, shown(DEVICE, true))?.verdict).toBe('pass');
  });

  it('says nothing where nothing was declared, or nothing shown', () => {
    expect(judgeStatement(shown(DEVICE), '1.1')).toBeUndefined();
    expect(judgeStatement({ source: 'declared', items: {} }, '1.1')).toBeUndefined();
  });
});

describe('what was shown', () => {
  it('speaks where the declaration is silent', () => {
    const known = lookup({ source: 'declared', items: { 'object.16': true }, shown: shown(DEVICE) });
    expect(['object.16', 'object.3', 'object.5', 'queue', 'op.write'].map(known)).toEqual([
      true,
      true,
      false,
      false,
      undefined,
    ]);
  });

  it('leaves Objects open that may be there in another configuration', () => {
    const known = lookup(shown(DEVICE, true));
    expect(['object.5', 'resource./5/1', 'resource./3/14', 'object.21'].map(known)).toEqual([
      undefined,
      undefined,
      false,
      false,
    ]);
  });
});
