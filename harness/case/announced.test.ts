import { describe, expect, it } from 'vitest';
import { isRuledOut } from './announced.js';

const registration = { objects: ['/1/0', '/3/0', '/16'] };

describe('a registration', () => {
  it('rules out a case that needs an object which is not announced', () => {
    expect(isRuledOut('op.create & object.5', registration)).toBe(true);
    expect(isRuledOut('object.5@1.1', registration)).toBe(true);
    expect(isRuledOut('object.5 | object.6', registration)).toBe(true);
  });

  it('leaves a case alone whose objects are there, or may be', () => {
    expect(isRuledOut('op.create & object.16', registration)).toBe(false);
    expect(isRuledOut('object.3', registration)).toBe(false);
    expect(isRuledOut('object.5 | object.3', registration)).toBe(false);
    expect(isRuledOut('!object.5', registration)).toBe(false);
    expect(isRuledOut('object.1 & format.0', registration)).toBe(false);
    expect(isRuledOut(undefined, registration)).toBe(false);
  });

  it('looks for the object of a resource, and of what is bound to a role', () => {
    expect(isRuledOut('resource./5/0', registration)).toBe(true);
    expect(isRuledOut('resource./3/14', registration)).toBe(false);
    expect(isRuledOut('role.numeric', registration, { numeric: '/3303/0/5700' })).toBe(true);
    expect(isRuledOut('role.numeric', registration, { numeric: '/3/0/9' })).toBe(false);
    expect(isRuledOut('role.numeric', registration)).toBe(false);
  });

  it('says nothing of objects that are never announced', () => {
    expect(isRuledOut('object.21', registration)).toBe(false);
  });
});
