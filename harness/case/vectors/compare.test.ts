import { describe, expect, it } from 'vitest';
import type { Decoded, VectorMessage, VectorNode, VectorNotification } from '../../sut/testee/contract.js';
import { difference, formatDecoded } from './compare.js';

const NOW = 1_800_000_000;
const nodes = (...list: VectorNode[]): Decoded => ({ kind: 'nodes', nodes: list });
const integer = (path: string, value: string): VectorNode => ({ path, type: 'integer', value });
const float = (bits: string, more: Partial<VectorNode> = {}): VectorNode => ({
  path: '/3303/0/5700',
  type: 'float',
  value: 'x',
  bits,
  ...more,
});
const compare = (expected: Decoded, seen: Decoded): string | undefined => difference(expected, seen, NOW);

describe('The comparison of nodes', () => {
  const [a, b, c] = [integer('/3/0/9', '1'), integer('/3/0/10', '2'), integer('/3/0/9', '2')];

  it('passes over the order, unless the vector says that it counts', () => {
    expect(compare(nodes(a, b), nodes(b, a))).toBeUndefined();
    expect(compare({ kind: 'nodes', nodes: [a, b], ordered: true }, nodes(b, a))).toMatch(/^another order/);
    expect(compare({ kind: 'nodes', nodes: [a, b], ordered: true }, nodes(a, b))).toBeUndefined();
  });

  it('tells what is missing, what is too many, and what came instead', () => {
    expect(compare(nodes(a, b), nodes(a))).toBe('without /3/0/10 integer "2"');
    expect(compare(nodes(a), nodes(a, a))).toBe('/3/0/9 integer "1" too many');
    expect(compare(nodes(a), nodes(c))).toBe('/3/0/9 integer "2" instead of /3/0/9 integer "1"');
    expect(compare(nodes(), nodes())).toBeUndefined();
  });

  it('keeps types, prefixes and absent values apart', () => {
    expect(compare(nodes(a), nodes({ ...a, type: 'unsigned' }))).toBeDefined();
    expect(compare(nodes(a), nodes({ ...a, prefix: 'd01' }))).toBeDefined();
    expect(compare(nodes({ path: '/3/0/7/0', type: 'none', value: null }), nodes({ path: '/3/0/7/0', type: 'none' }))).toBe(
      undefined,
    );
    expect(compare(nodes({ path: '/3/0/7', type: 'multiple' }), nodes({ path: '/3/0/7', type: 'none' }))).toBeDefined();
  });

  it('compares floats by their bits: any NaN is NaN, minus zero is not zero', () => {
    expect(compare(nodes(float('7ff8000000000000')), nodes(float('fff8000000000001')))).toBeUndefined();
    expect(compare(nodes(float('7ff8000000000000')), nodes(float('7ff0000000000000')))).toBeDefined();
    expect(compare(nodes(float('0000000000000000')), nodes(float('8000000000000000')))).toBeDefined();
    expect(compare(nodes(float('3ff0000000000000')), nodes(float('3ff0000000000001')))).toBeDefined();
  });

  it('lets a float be off by the units that the vector grants, also around zero', () => {
    expect(compare(nodes(float('3ff0000000000000', { ulps: 1 })), nodes(float('3fefffffffffffff')))).toBeUndefined();
    expect(compare(nodes(float('3ff0000000000000', { ulps: 1 })), nodes(float('3ff0000000000002')))).toBeDefined();
    expect(compare(nodes(float('0000000000000001', { ulps: 2 })), nodes(float('8000000000000001')))).toBeUndefined();
  });

  it('reads the decimal of a float where an answer has no bits', () => {
    const answer: VectorNode = { path: '/3303/0/5700', type: 'float', value: '1.5' };
    expect(compare(nodes(float('3ff8000000000000')), nodes(answer))).toBeUndefined();
    expect(compare(nodes(float('7ff0000000000000')), nodes({ ...answer, value: 'Infinity' }))).toBeUndefined();
    expect(compare(nodes(float('8000000000000000')), nodes({ ...answer, value: '-0' }))).toBeUndefined();
    expect(compare(nodes(float('0000000000000000')), nodes({ ...answer, value: '' }))).toBeDefined();
  });

  it('takes a relative time as it stands, or resolved against now', () => {
    const at = (time: string): Decoded => nodes({ ...a, time });
    expect(compare(at('-5'), at('-5.0'))).toBeUndefined();
    expect(compare(at('-5'), at(String(NOW - 7)))).toBeUndefined();
    expect(compare(at('-5'), at(String(NOW - 4000)))).toBeDefined();
    expect(compare(at('1700000000'), at('1700000001'))).toBeDefined();
    expect(compare(at('1700000000'), nodes(a))).toBeDefined();
    expect(compare(nodes(a), at('0'))).toBeDefined();
  });
});

describe('The comparison of other kinds', () => {
  it('knows no order of paths, links, their attributes, arguments, attributes, parameters', () => {
    const pairs: [Decoded, Decoded][] = [
      [
        { kind: 'paths', paths: ['/3', '/4'] },
        { kind: 'paths', paths: ['/4', '/3'] },
      ],
      [
        { kind: 'links', links: [{ uri: '/1', attributes: [['a', 'b'], ['c']] }] },
        { kind: 'links', links: [{ uri: '/1', attributes: [['c'], ['a', 'b']] }] },
      ],
      [
        { kind: 'arguments', arguments: [{ digit: 1, value: null }, { digit: 2, value: 'x' }] },
        { kind: 'arguments', arguments: [{ digit: 2, value: 'x' }, { digit: 1, value: null }] },
      ],
      [
        { kind: 'attributes', attributes: [{ name: 'pmin', action: 'set', value: '10' }] },
        { kind: 'attributes', attributes: [{ name: 'pmin', action: 'set', value: '10.0' }] },
      ],
      [
        { kind: 'query', params: [['ep', 'x'], ['Q']] },
        { kind: 'query', params: [['Q'], ['ep', 'x']] },
      ],
    ];
    for (const [expected, seen] of pairs) expect(compare(expected, seen), expected.kind).toBeUndefined();
  });

  it('tells an empty argument from one without value, and an attribute that is unset from one that is set', () => {
    const argument = (value: string | null): Decoded => ({ kind: 'arguments', arguments: [{ digit: 1, value }] });
    expect(compare(argument(null), argument(''))).toBe("1='' instead of 1");
    expect(
      compare(
        { kind: 'attributes', attributes: [{ name: 'pmin', action: 'unset' }] },
        { kind: 'attributes', attributes: [{ name: 'pmin', action: 'set', value: '0' }] },
      ),
    ).toBe('pmin=0 instead of pmin');
    expect(compare({ kind: 'paths', paths: [] }, nodes())).toBe('nodes instead of paths');
  });

  const message: VectorMessage = { version: 1, type: 'CON', code: '0.01', mid: 7, token: 'aa', options: [[11, '33']], payload: null };
  const coap = (more: Partial<VectorMessage>, unrecognised?: number[]): Decoded => ({
    kind: 'coap',
    message: { ...message, ...more },
    ...(unrecognised && { unrecognised }),
  });

  it('tells which field of a message differs; no payload may be empty or null', () => {
    expect(compare(coap({}), coap({}))).toBeUndefined();
    expect(compare(coap({}), coap({ payload: '' }))).toBeUndefined();
    expect(compare(coap({}), coap({ mid: 8, type: 'NON' }))).toBe('type NON instead of CON; mid 8 instead of 7');
    expect(compare(coap({}), coap({ options: [] }))).toBe('options [] instead of [[11,"33"]]');
  });

  it('asks for unrecognised options only where the answer names them', () => {
    expect(compare(coap({}, [0]), coap({}))).toBeUndefined();
    expect(compare(coap({}, [0]), coap({}, []))).toBe('unrecognised options [] instead of [0]');
  });
});

describe('The comparison of timelines', () => {
  const due = (earliest: string, latest: string, more: Partial<VectorNotification> = {}): VectorNotification => ({
    earliest,
    latest,
    nodes: [integer('/3/0/9', '50')],
    ...more,
  });
  const sent = (at: string, more: Partial<VectorNotification> = {}): VectorNotification => ({
    at,
    nodes: [integer('/3/0/9', '50')],
    ...more,
  });
  const timeline = (...notifications: VectorNotification[]): Decoded => ({ kind: 'timeline', notifications });

  it('wants each notification within its bounds, and no other', () => {
    expect(compare(timeline(due('10', '11')), timeline(sent('10')))).toBeUndefined();
    expect(compare(timeline(due('10', '11')), timeline(sent('11')))).toBeUndefined();
    expect(compare(timeline(due('10', '11')), timeline(sent('9.5')))).toBe('notifications only at 9.5; due from 10 to 11');
    expect(compare(timeline(due('10', '10', { cause: 'pmax' })), timeline())).toBe('no notification; due at 10 (pmax)');
    expect(compare(timeline(), timeline(sent('10')))).toBe('a notification at 10 that is not due');
  });

  it('compares content, server and confirmable where both state them', () => {
    expect(compare(timeline(due('10', '11')), timeline(sent('10', { nodes: [integer('/3/0/9', '51')] })))).toMatch(
      /the notification at 10 has .*"51" instead of .*"50"/,
    );
    expect(compare(timeline(due('10', '11', { server: 1 })), timeline(sent('10', { server: 2 })))).toMatch(/to server 2/);
    expect(compare(timeline(due('10', '11', { confirmable: true })), timeline(sent('10', { confirmable: false })))).toMatch(
      /not confirmable/,
    );
    expect(compare(timeline(due('10', '11', { cause: 'gt' })), timeline(sent('10')))).toBeUndefined();
  });

  it('finds a partner for each of two servers at one moment', () => {
    const both = timeline(due('10', '11', { server: 1 }), due('10', '11', { server: 2 }));
    expect(compare(both, timeline(sent('10', { server: 2 }), sent('10', { server: 1 })))).toBeUndefined();
    expect(compare(both, timeline(sent('10', { server: 2 }), sent('10', { server: 2 })))).toBeDefined();
  });
});

describe('What was read, for a person', () => {
  it('is short', () => {
    expect(formatDecoded(nodes())).toBe('nothing');
    expect(formatDecoded(nodes(integer('/3/0/9', '1'), { path: '/3/0/7', type: 'multiple' }))).toBe(
      '/3/0/9 integer "1", /3/0/7 multiple',
    );
    expect(formatDecoded(nodes({ path: '/5/0/0', type: 'opaque', value: 'ab'.repeat(500) })).length).toBeLessThan(301);
  });
});
