import { describe, expect, it } from 'vitest';
import {
  commonPeriods,
  effectiveAttributes,
  inheritedAttributes,
  periodsOf,
  wantsConfirmation,
  type AttachedAttributes,
  type NotificationAttributes,
} from './attributes.js';
import { formatPath, pathOf } from './path.js';

const attached =
  (values: Record<string, NotificationAttributes>): AttachedAttributes =>
  (path) =>
    values[formatPath(path)];

const LEVELS = attached({
  '/3': { pmin: 10, pmax: 200 },
  '/3/0': { pmax: 320 },
  '/3/0/7': { gt: 6, pmin: 0 },
  '/3/0/7/1': { gt: 8, pmax: 5 },
});

describe('inheritedAttributes', () => {
  it('takes each attribute from the nearest level', () => {
    expect(inheritedAttributes(pathOf('/3'), LEVELS)).toEqual({ pmin: 10, pmax: 200 });
    expect(inheritedAttributes(pathOf('/3/0'), LEVELS)).toEqual({ pmin: 10, pmax: 320 });
    expect(inheritedAttributes(pathOf('/3/0/7'), LEVELS)).toEqual({ pmin: 0, pmax: 320, gt: 6 });
    expect(inheritedAttributes(pathOf('/3/0/7/1'), LEVELS)).toEqual({ pmin: 0, pmax: 5, gt: 8 });
  });

  it('passes over what stands below or beside the path', () => {
    expect(inheritedAttributes(pathOf('/3/0/9'), LEVELS)).toEqual({ pmin: 10, pmax: 320 });
    expect(inheritedAttributes(pathOf('/3/1/7'), LEVELS)).toEqual({ pmin: 10, pmax: 200 });
    expect(inheritedAttributes(pathOf('/4'), LEVELS)).toEqual({});
    expect(inheritedAttributes([], LEVELS)).toEqual({});
  });
});

describe('effectiveAttributes', () => {
  it('falls back to the default periods of the server', () => {
    const defaults = { pmin: 1, pmax: 10 };
    expect(effectiveAttributes(pathOf('/4/0'), LEVELS, defaults)).toEqual({ pmin: 1, pmax: 10 });
    expect(effectiveAttributes(pathOf('/3/0/7'), LEVELS, defaults)).toEqual({ pmin: 0, pmax: 320, gt: 6 });
    expect(effectiveAttributes(pathOf('/4/0'), attached({ '/4': { pmax: 0 } }), defaults)).toEqual({
      pmin: 1,
      pmax: 0,
    });
  });

  it('lets attributes of the Observe replace all attached ones, but not the defaults', () => {
    expect(effectiveAttributes(pathOf('/3/0/7'), LEVELS, { pmin: 1, pmax: 10 }, { pmax: 15 })).toEqual({
      pmin: 1,
      pmax: 15,
    });
    expect(effectiveAttributes(pathOf('/3/0/7'), LEVELS, {}, {})).toEqual({});
  });
});

describe('periodsOf', () => {
  it('takes no minimum as 0 and no or zero maximum as none', () => {
    expect(periodsOf({}, '1.1')).toEqual({ minimum: 0, maximum: Infinity });
    expect(periodsOf({ pmin: 5, pmax: 0 }, '1.0')).toEqual({ minimum: 5, maximum: Infinity });
    expect(periodsOf({ pmin: 0, pmax: 10 }, '1.1')).toEqual({ minimum: 0, maximum: 10 });
  });

  it('ignores a maximum below the minimum, in 1.1 also one equal to it', () => {
    const maximum = (pmin: number, pmax: number): number[] =>
      (['1.0', '1.1', '1.2'] as const).map((enabler) => periodsOf({ pmin, pmax }, enabler).maximum);
    expect(maximum(10, 9)).toEqual([Infinity, Infinity, Infinity]);
    expect(maximum(10, 10)).toEqual([10, Infinity, 10]);
    expect(maximum(10, 11)).toEqual([11, 11, 11]);
  });
});

describe('commonPeriods', () => {
  it('keeps the minimum of every path and the shortest maximum', () => {
    expect(commonPeriods([{ pmin: 30, pmax: 45 }, {}, { pmax: 60 }], '1.1')).toEqual({ minimum: 30, maximum: 45 });
    expect(commonPeriods([], '1.1')).toEqual({ minimum: 0, maximum: Infinity });
  });

  it('ignores maxima that the common minimum rules out', () => {
    expect(commonPeriods([{ pmin: 30, pmax: 45 }, { pmax: 10 }], '1.1')).toEqual({ minimum: 30, maximum: 45 });
    expect(commonPeriods([{ pmin: 30 }, { pmax: 30 }], '1.1')).toEqual({ minimum: 30, maximum: Infinity });
    expect(commonPeriods([{ pmin: 30 }, { pmax: 30 }], '1.2')).toEqual({ minimum: 30, maximum: 30 });
  });
});

describe('wantsConfirmation', () => {
  const paths = [pathOf('/3/0/7/0'), pathOf('/3/0/9')];

  it('holds as soon as one reported value has con=1 in force', () => {
    expect(wantsConfirmation(paths, attached({}))).toBe(false);
    expect(wantsConfirmation(paths, attached({ '/3/0/9': { con: 1 } }))).toBe(true);
    expect(wantsConfirmation(paths, attached({ '/3': { con: 1 } }))).toBe(true);
    expect(wantsConfirmation(paths, attached({ '/3': { con: 1 }, '/3/0': { con: 0 } }))).toBe(false);
    expect(wantsConfirmation(paths, attached({ '/3': { con: 1 }, '/3/0/7': { con: 0 } }))).toBe(true);
    expect(wantsConfirmation(paths, attached({ '/3/0/6': { con: 1 } }))).toBe(false);
  });

  it('follows the Observe alone where that brought attributes', () => {
    expect(wantsConfirmation(paths, attached({ '/3': { con: 1 } }), { pmax: 5 })).toBe(false);
    expect(wantsConfirmation(paths, attached({}), { con: 1 })).toBe(true);
  });
});
