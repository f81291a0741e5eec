import { describe, expect, it } from 'vitest';
import { lookup, parseRequires, parseStatement, type Truth } from './statement.js';

const holds = (text: string, known: Readonly<Record<string, boolean>>): Truth => {
  const parsed = parseRequires(text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value.holds(lookup({ source: 'declared', items: known }));
};

describe('parseRequires', () => {
  it('joins items, `&` before `|`, in three values', () => {
    expect(holds('op.write & resource./1/1', { 'op.write': true, 'resource./1/1': true })).toBe(true);
    expect(holds('op.write & queue', { 'op.write': true, queue: false })).toBe(false);
    expect(holds('op.write & queue', { 'op.write': true })).toBeUndefined();
    expect(holds('queue & send | acl', { acl: true })).toBe(true);
    expect(holds('queue & (send | acl)', { acl: true, queue: false })).toBe(false);
    expect(holds('!queue', { queue: false })).toBe(true);
    expect(holds('queue | send', { queue: false })).toBeUndefined();
  });

  it('lets an object with a version stand for the object', () => {
    expect(holds('object.3303', { 'object.3303@1.1': true })).toBe(true);
  });

  it('names the place of what is wrong', () => {
    expect(parseRequires('op.write & ')).toMatchObject({ ok: false, problem: { code: 'requires-syntax', at: 11 } });
    expect(parseRequires('(queue')).toMatchObject({ ok: false, problem: { code: 'requires-syntax' } });
    expect(parseRequires('queue send')).toMatchObject({ ok: false, problem: { code: 'requires-syntax', at: 6 } });
    expect(parseRequires('op.fly')).toMatchObject({ ok: false, problem: { code: 'statement-item', place: 'op.fly' } });
  });
});

describe('lookup', () => {
  it('is closed where a derived statement looked, and open elsewhere', () => {
    const derived = lookup({
      source: 'derived',
      items: { 'object.3': true, 'object.5': true, 'resource./3/0': true, 'format.110': true },
    });
    expect(derived('object.4')).toBe(false);
    expect(derived('resource./3/9')).toBe(false);
    expect(derived('resource./4/0')).toBe(false);
    expect(derived('resource./5/3')).toBeUndefined(); // its Resources were not discovered
    expect(derived('object.0')).toBeUndefined(); // it is never announced
    expect(derived('resource./0/1')).toBeUndefined();
    expect(derived('format.112')).toBeUndefined();
    expect(derived('op.create')).toBeUndefined();
  });
});

describe('parseStatement', () => {
  it('takes items of the vocabulary with true or false', () => {
    expect(parseStatement({ 'object.5@1.1': true, 'format.110': false })).toMatchObject({
      ok: true,
      value: { source: 'declared' },
    });
  });

  it('refuses an unknown item and a value that is no boolean', () => {
    expect(parseStatement({ 'objects.5': true })).toMatchObject({
      ok: false,
      problem: { code: 'statement-item', place: 'objects.5' },
    });
    expect(parseStatement({ queue: 'yes' })).toMatchObject({
      ok: false,
      problem: { code: 'statement-value', place: 'queue' },
    });
    expect(parseStatement([])).toMatchObject({ ok: false, problem: { code: 'statement-shape' } });
  });
});
