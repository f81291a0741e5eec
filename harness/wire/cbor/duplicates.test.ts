import { describe, expect, it } from 'vitest';
import { pathOf } from '../../model/path.js';
import { firstDuplicate } from './duplicates.js';

/** `/3/0/9@5`: a path and its time. */
const entries = (...texts: readonly string[]): Parameters<typeof firstDuplicate>[0] =>
  texts.map((text) => {
    const [path = '', time] = text.split('@');
    return { path: pathOf(path), ...(time !== undefined && { time: Number(time) }) };
  });

describe('the first duplicate', () => {
  it.each([
    [['/3/0/9', '/3/0/10', '/3/0/11/0']],
    [['/3/0/10', '/3/0/6/1', '/3/0/9', '/3/0/6/0']],
    [['/3303/0/5700@1', '/3303/0/5700@2', '/3303/0/5700@3']],
    [['/3303/0/5700@3', '/3303/0/5700@1', '/3303/0/5700@-1.5']],
    [['/3303/0/5700@2', '/3303/0/5701@2', '/3303/0/5700@1', '/3303/0/5701@1']],
    [['/3303/0/5700', '/3303/0/5700@0']],
    [[]],
  ])('is not in %j', (texts) => {
    expect(firstDuplicate(entries(...texts))).toBe(-1);
  });

  it.each([
    [['/3/0/9', '/3/0/9'], 1],
    [['/3/0/10', '/3/0/9', '/3/0/11/0', '/3/0/10'], 3],
    [['/3303/0/5700@1', '/3303/0/5700@2', '/3303/0/5700@1'], 2],
    [['/3303/0/5700@2', '/3303/0/5700@2', '/3303/0/5700@1'], 1],
    [['/3/0/6/0@2', '/3/0/9', '/3/0/6@1'], 2],
    [['/3/0/6', '/3/0/9', '/3/0/6/1'], 2],
  ])('of %j is at %i', (texts, place) => {
    expect(firstDuplicate(entries(...texts))).toBe(place);
  });
});
