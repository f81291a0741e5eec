import { describe, expect, it } from 'vitest';
import { utf8 } from '../base/bytes.js';
import { plainTargets } from './core-link-targets.js';

const read = (text: string): readonly string[] | undefined =>
  plainTargets(utf8(text))?.map(({ path }) => path.join('/'));

describe('the pass over plain links', () => {
  it.each([
    ['</1>', ['1']],
    ['</1/0>,</3/0/7>,</3/0/7/1>', ['1/0', '3/0/7', '3/0/7/1']],
    ['</65535/65535>', ['65535/65535']],
    ['</5>;ver=1.1,</5/0>;ssid=101;uri="coap://x:5683"', ['5', '5/0']],
    ['</3/0/9>;pmin=10;lt=-5.5;con;edge=0', ['3/0/9']],
  ])('takes %s', (text, paths) => {
    expect(read(text)).toEqual(paths);
  });

  it.each([
    ['an empty list', ''],
    ['the root', '</>'],
    ['an alternate path', '</lwm2m/3/0>'],
    ['a leading zero', '</03/0>'],
    ['an id above 65535', '</65536>'],
    ['many digits', `</${'9'.repeat(400)}>`],
    ['five ids', '</3/0/7/1/2>'],
    ['an empty segment', '</3//7>'],
    ['a slash at the end', '</3/0/>'],
    ['a blank after the comma', '</3>, </4>'],
    ['a comma at the end', '</3>,'],
    ['no end', '</3'],
    ['an attribute that stands twice', '</3>;ct=110;ct=112'],
    ['a long name', '</3>;attribute=1'],
    ['no name', '</3>;=1'],
    ['no value', '</3>;dim='],
    ['a list without quotes', '</3>;ct=60 110'],
    ['an escape', '</3>;uri="a\\"b"'],
    ['a quote that is not closed', '</3>;uri="a'],
    ['a control character', '</3>;uri="a\tb"'],
  ])('leaves %s to the reader of the grammar', (_, text) => {
    expect(read(text)).toBeUndefined();
  });
});
