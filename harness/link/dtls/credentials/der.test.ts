import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../../base/bytes.js';
import { commonName, daysSince1970, decodeElements, der, formatOid, oid, parseTime, TAG, time } from './der.js';

describe('der', () => {
  it.each([
    [0, '0400'],
    [127, '047f'],
    [128, '048180'],
    [255, '0481ff'],
    [256, '04820100'],
    [65535, '0482ffff'],
  ])('writes the shortest length: %i', (length, head) => {
    const bytes = der(TAG.octet_string, new Uint8Array(length));
    expect(toHex(bytes.subarray(0, head.length / 2))).toBe(head);
    expect(decodeElements(bytes)).toMatchObject([{ tag: 4 }]);
    expect(decodeElements(bytes)?.[0]?.content.length).toBe(length);
  });

  it.each([
    ['1.2.840.10045.2.1', '06072a8648ce3d0201'],
    ['2.5.4.3', '0603550403'],
    ['1.3.132.0.34', '06052b81040022'],
    ['2.999.3', '0603883703'],
  ])('writes and reads the object identifier %s', (dotted, expected) => {
    const bytes = oid(dotted);
    expect(toHex(bytes)).toBe(expected);
    expect(formatOid(bytes.subarray(2))).toBe(dotted);
  });

  it('writes a Name with a common name', () => {
    expect(toHex(commonName('ab'))).toBe('300d310b300906035504030c026162');
  });

  it.each(['30', '3081', '308001', '300501', '3084ffffffff', '1f0100', '308300ffff'])('does not read %s', (text) => {
    expect(decodeElements(fromHex(text) ?? new Uint8Array())).toBeUndefined();
  });
});

describe('time', () => {
  it.each([
    [0, TAG.utc_time, '700101000000Z'],
    [951_782_399, TAG.utc_time, '000228235959Z'],
    [951_782_400, TAG.utc_time, '000229000000Z'],
    [1_700_000_000, TAG.utc_time, '231114221320Z'],
    [2_524_607_999, TAG.utc_time, '491231235959Z'],
    [2_524_608_000, TAG.generalized_time, '20500101000000Z'],
    [-631_152_000, TAG.utc_time, '500101000000Z'],
    [-631_152_001, TAG.generalized_time, '19491231235959Z'],
  ])('writes and reads %i', (seconds, tag, text) => {
    expect(time(seconds)).toEqual(der(tag, utf8(text)));
    expect(parseTime({ tag, content: utf8(text), bytes: time(seconds) })).toBe(seconds);
  });

  it.each([
    [TAG.utc_time, '20500101000000Z'],
    [TAG.generalized_time, '500101000000Z'],
    [TAG.utc_time, '700101000000+0000'],
    [TAG.utc_time, ''],
  ])('does not read tag %i with %s', (tag, text) => {
    expect(parseTime({ tag, content: utf8(text), bytes: utf8(text) })).toBeUndefined();
  });

  it('counts days as the calendar does', () => {
    expect([
      daysSince1970(1970, 1, 1),
      daysSince1970(2000, 3, 1),
      daysSince1970(2100, 3, 1),
      daysSince1970(1900, 3, 1),
    ]).toEqual([0, 11_017, 47_541, -25_508]);
  });
});
