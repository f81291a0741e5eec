import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, utf8 } from '../base/bytes.js';
import { seeded } from '../base/random.js';
import { pathOf } from '../model/path.js';
import { linkCodec } from './core-link-codec.js';
import {
  alternatePath,
  attributeOf,
  decodeLinks,
  formatDiscover,
  formatLinks,
  formatRegistration,
  LINK_LENIENCIES,
  parseDiscover,
  parseLinks,
  parseRegistration,
  REGISTRATION_STYLES,
  type LinkAttribute,
} from './core-link.js';

const all = Object.keys(LINK_LENIENCIES);

function parse(text: string, lenient: readonly string[] = []) {
  const links = parseLinks(text, new Set(lenient));
  if (!links.ok) return [links.problem.code, links.problem.at];
  return links.value.map((link) => [link.path, ...link.attributes]);
}

describe('parseLinks', () => {
  it('reads targets, attributes of all forms, and their places', () => {
    const links = parseLinks('</>;rt="oma.lwm2m";ct="60 110",</1/0>;ver=1.1;obs,</x%20y>;title*=UTF-8\'\'a');
    expect(links).toEqual({
      ok: true,
      value: [
        {
          path: '/',
          attributes: [
            ['rt', 'oma.lwm2m', true],
            ['ct', '60 110', true],
          ],
          at: 0,
        },
        {
          path: '/1/0',
          attributes: [
            ['ver', '1.1', false],
            ['obs', undefined, false],
          ],
          at: 31,
        },
        { path: '/x%20y', attributes: [['title*', "UTF-8''a", false]], at: 50 },
      ],
    });
  });

  it('keeps separators and escapes inside quotes', () => {
    expect(parse(String.raw`</3>;a=",;<>=";b="\"\\x";c="é"`)).toEqual([
      ['/3', ['a', ',;<>=', true], ['b', '"\\x', true], ['c', 'é', true]],
    ]);
  });

  it('takes the empty text for the empty list', () => {
    expect(parse('')).toEqual([]);
  });

  it.each<[string, string, number]>([
    [',', 'not-well-formed', 0],
    ['</1/0>,', 'truncated', 7],
    [',</1/0>', 'not-well-formed', 0],
    ['</1/0>,,</3/0>', 'not-well-formed', 7],
    ['</1/0></3/0>', 'not-well-formed', 6],
    ['</1/0>, </3/0>', 'not-well-formed', 7],
    [' </1/0>', 'not-well-formed', 0],
    ['</1/0> ', 'not-well-formed', 6],
    ['</1/0>\n', 'not-well-formed', 6],
    ['</1/0', 'truncated', 5],
    ['/1/0', 'not-well-formed', 0],
    ['</1 0>', 'not-well-formed', 3],
    ['</é>', 'not-well-formed', 2],
    ['</1>;', 'truncated', 5],
    ['</1>;=1', 'not-well-formed', 5],
    ['</1>;ver=', 'truncated', 9],
    ['</1>;ver=,</2>', 'not-well-formed', 9],
    ['</>;ct=60 110', 'not-well-formed', 9],
    ['</>;rt="oma', 'truncated', 7],
    ['</>;rt="a\\', 'truncated', 7],
    ['</>;rt="a\x01"', 'not-well-formed', 9],
    ['</>;rt="a"b', 'not-well-formed', 10],
    ['</>;ct=110;ct=112', 'duplicate', 11],
    ['lwm2m="1.0",</0/0>', 'not-well-formed', 0],
  ])('refuses %j as %s at %i', (text, code, at) => {
    expect(parse(text)).toEqual([code, at]);
  });

  it.each<[string, string, unknown]>([
    ['</1/0> , </3/0> ;ver=1.1 ', 'link-blanks', [['/1/0'], ['/3/0', ['ver', '1.1', false]]]],
    ['</>;ct=60 110;rt=a', 'link-unquoted-list', [['/', ['ct', '60 110', false], ['rt', 'a', false]]]],
    [
      'lwm2m="1.0",</0/0>;ssid=101',
      'link-bare-attributes',
      [
        ['', ['lwm2m', '1.0', true]],
        ['/0/0', ['ssid', '101', false]],
      ],
    ],
    ['</>;ct=110;ct=112', 'link-repeated-attributes', [['/', ['ct', '110', false], ['ct', '112', false]]]],
  ])('takes %j only with %s', (text, leniency, expected) => {
    const others = parse(
      text,
      all.filter((other) => other !== leniency),
    );
    expect(others[0]).toMatch(/not-well-formed|duplicate/);
    expect(parse(text, [leniency])).toEqual(expected);
  });

  it('gives byte offsets for a payload', () => {
    const links = decodeLinks(utf8('</a>;t="é€😀",</3>'));
    expect(links.ok && links.value.map((link) => link.at)).toEqual([0, 19]);
    const wrong = decodeLinks(utf8('</a>;t="é€😀", </3>'));
    expect(wrong.ok ? undefined : wrong.problem.at).toBe(19);
    const broken = decodeLinks(fromHex('3c2fc3283e') ?? new Uint8Array());
    expect(broken.ok ? undefined : broken.problem.code).toBe('invalid-utf8');
  });

  it('reads back what formatLinks writes', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,6}$/);
    const value = fc.option(
      fc.string({ unit: 'grapheme' }).filter((text) => !/[\p{Cc}]/u.test(text)),
      { nil: undefined },
    );
    const attributes = fc
      .uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 4 })
      .map((list) => list.map(([key, text]): LinkAttribute => [key, text, false]));
    const links = fc.array(fc.record({ path: fc.stringMatching(/^(\/[a-z0-9]{1,5}){1,4}$/), attributes }));
    fc.assert(
      fc.property(links, (written) => {
        const read = parseLinks(formatLinks(written));
        expect(
          read.ok && read.value.map((link) => [link.path, link.attributes.map(([key, text]) => [key, text])]),
        ).toEqual(written.map((link) => [link.path, link.attributes.map(([key, text]) => [key, text])]));
      }),
    );
  });

  it('survives random text, every prefix and every changed byte', () => {
    const random = seeded(5);
    const payload = utf8('</>;rt="oma.lwm2m";ct="60 110",</1/0>,</3303>;ver=1.1,</3303/0>;x="\\"é"');
    const inputs = [...payload.keys()].map((end) => payload.subarray(0, end));
    for (const at of payload.keys()) for (let byte = at % 7; byte < 256; byte += 7) inputs.push(payload.with(at, byte));
    for (let i = 0; i < 2000; i++) inputs.push(random.bytes(random.integer(40)));
    for (const input of inputs) {
      decodeLinks(input);
      parseRegistration(input);
      parseDiscover(input);
      const lenient = decodeLinks(input, new Set(all));
      expect(lenient.ok || typeof lenient.problem.at === 'number').toBe(true);
    }
  });

  it('reads a thousand links of 64 KiB', () => {
    const text = Array.from({ length: 1000 }, (_, i) => `</${i}/0>;x="${'y'.repeat(52)}"`).join(',');
    expect(parse(text)).toHaveLength(1000);
  });
});

function registration(text: string, enabler?: '1.0' | '1.1' | '1.2') {
  const read = parseRegistration(utf8(text), enabler);
  if (!read.ok) return read.problem.code;
  const { alternatePath: prefix, formats, objects, remarks } = read.value;
  return { prefix, formats, objects, remarks: remarks.map(({ code }) => code) };
}

describe('parseRegistration', () => {
  it('reads root, formats, versions and instances', () => {
    expect(
      registration('</>;rt="oma.lwm2m";ct=110,</1/0>,</1/1>,</2/0>,</3/0>,</5>,</3303>;ver=1.1,</3303/0>'),
    ).toEqual({
      prefix: '',
      formats: [110],
      objects: [
        { id: 1, instances: [0, 1] },
        { id: 2, instances: [0] },
        { id: 3, instances: [0] },
        { id: 5, instances: [] },
        { id: 3303, instances: [0], version: '1.1' },
      ],
      remarks: [],
    });
  });

  it('lists paths: instances, and Objects without one', () => {
    const read = parseRegistration(utf8('</1/0>,</3/0>,</5>,</44>;ver=2.2,</44/0>'));
    expect(read.ok && read.value.paths).toEqual(['/1/0', '/3/0', '/5', '/44/0']);
  });

  it('takes an alternate path off', () => {
    const text = '</lwm2m>;rt="oma.lwm2m";ct="60 112",</lwm2m/1/0>,</lwm2m/3/0>,</9/0>';
    expect(registration(text)).toEqual({
      prefix: '/lwm2m',
      formats: [60, 112],
      objects: [
        { id: 1, instances: [0] },
        { id: 3, instances: [0] },
      ],
      remarks: ['outside-root'],
    });
    expect(alternatePath(utf8(text))).toBe('/lwm2m');
    expect(alternatePath(utf8('</a/b>;rt="core oma.lwm2m",</a/b/1/0>,</a/b/3/0>'))).toBe('/a/b');
    expect(alternatePath(utf8('</1/0>'))).toBe('');
    expect(alternatePath(utf8('<<<'))).toBe('');
    expect(registration('</1>;rt="oma.lwm2m"')).toBe('bad-path');
    expect(registration('</lwm2m/1>;rt="oma.lwm2m"')).toBe('bad-path');
  });

  it.each<[string, readonly string[]]>([
    ['</1/0>, </3/0>', ['not-well-formed']],
    ['</>;rt=oma.lwm2m,</1/0>,</3/0>', ['unquoted-rt']],
    ['</>;ct=60 110,</1/0>,</3/0>', ['not-well-formed']],
    ['</1/0>,</3/0>,</0/0>,</21/0>', ['unlisted-object', 'unlisted-object']],
    ['</1/0>,</3/0>,</3/0/0>', ['listed-resource']],
    ['</1/0>', ['missing-object']],
    ['</1>,</3/0>', ['missing-object']],
    ['</1/0>,</1/0>,</3/0>', ['duplicate']],
    ['</1/0>,</3>,</3/0>', ['bare-object']],
    ['</1/0>,</3>;ver=1.2,</3/0>', []],
    ['</1/0>,</3/0>;ver=1.2', ['version-on-instance']],
    ['</1/0>,</3>;ver="1.2",</3/0>', ['quoted-version']],
    ['</1/0>,</03/0>', ['leading-zeros']],
    ['</1/0>,</3/0/>', ['trailing-slash']],
    ['</1/0>,</3/0>,</lwm2m>', ['unknown-link']],
    ['</1/0>,</3/0>;ver1.1;foo=bar', []],
  ])('remarks on %j: %j', (text, remarks) => {
    expect(registration(text)).toMatchObject({ remarks });
  });

  it('judges by the version', () => {
    expect(registration('</1/0>,</3>;ver="1.1",</3/0>', '1.0')).toMatchObject({ remarks: [] });
    expect(registration('</1/0>,</3/0>,</21/0>', '1.0')).toMatchObject({ remarks: [] });
    expect(registration('</1/0>,</3/0>,</23/0>', '1.2')).toMatchObject({ remarks: ['unlisted-object'] });
    expect(registration('</1/0>,</3/0>;ver=1.2', '1.2')).toMatchObject({ remarks: [] });
    expect(registration('', '1.2')).toMatchObject({ remarks: [] });
    expect(registration('', '1.1')).toMatchObject({ remarks: ['missing-object', 'missing-object'] });
  });

  it.each<[string, string]>([
    ['</1/65535>', 'out-of-range'],
    ['</65536>', 'out-of-range'],
    ['</1/0/0/0/0>', 'bad-path'],
    ['<1/0>', 'bad-path'],
    ['<coap://h/1/0>', 'bad-path'],
    ['</1>;ver=1', 'bad-value'],
    ['</1>;ver', 'bad-value'],
    ['</>;ct=abc', 'bad-value'],
    ['</>;ct=70000', 'bad-value'],
    ['</1/0></3/0>', 'not-well-formed'],
    ['</1/0', 'truncated'],
  ])('refuses %j as %s', (text, code) => {
    expect(registration(text)).toBe(code);
  });

  it('reads back what formatRegistration writes, in every style', () => {
    const spec = {
      formats: [60, 110],
      objects: [
        { id: 1, instances: [0] },
        { id: 3, version: '1.2', instances: [0] },
        { id: 5, instances: [] },
      ],
    };
    expect(formatRegistration(spec)).toBe('</>;rt="oma.lwm2m";ct="60 110",</1/0>,</3>;ver=1.2,</3/0>,</5>');
    expect(formatRegistration({ objects: [{ id: 1, instances: [0] }] })).toBe('</1/0>');
    expect(formatRegistration({ objects: [] }, new Set(['link-root']))).toBe('</>;rt="oma.lwm2m"');
    expect(formatRegistration({ ...spec, alternatePath: '/lwm2m', formats: [] })).toBe(
      '</lwm2m>;rt="oma.lwm2m",</lwm2m/1/0>,</lwm2m/3>;ver=1.2,</lwm2m/3/0>,</lwm2m/5>',
    );
    const remarks: Record<string, readonly string[]> = {};
    for (const style of Object.keys(REGISTRATION_STYLES)) {
      const read = registration(formatRegistration(spec, new Set([style])));
      expect(read).toMatchObject({
        formats: [60, 110],
        objects: spec.objects.map(({ id, instances }) => ({ id, instances })),
      });
      remarks[style] = typeof read === 'string' ? [] : read.remarks;
    }
    expect(remarks).toEqual({
      'link-root': [],
      'link-blanks': ['not-well-formed'],
      'link-quoted-version': ['quoted-version'],
      'link-version-on-instance': ['version-on-instance'],
      'link-unquoted': ['not-well-formed', 'unquoted-rt'],
    });
  });
});

function discover(text: string, prefix = '') {
  const read = parseDiscover(utf8(text), prefix);
  if (!read.ok) return read.problem.code;
  return { links: read.value.links, remarks: read.value.remarks.map(({ code }) => code) };
}

describe('parseDiscover', () => {
  it('reads properties and attributes of the golden answers', () => {
    const text = '</3/0/7>;dim=2;pmin=10;pmax=200;gt=6;lt=1;st=1,</3/0/7/0>,</3/0/7/1>';
    const read = discover(text);
    expect(read).toMatchObject({
      links: [
        { path: [3, 0, 7], dimension: 2, attributes: { pmin: 10, pmax: 200, lt: 1, gt: 6, st: 1 } },
        { path: [3, 0, 7, 0], attributes: {} },
        { path: [3, 0, 7, 1], attributes: {} },
      ],
      remarks: [],
    });
    expect(typeof read === 'string' ? '' : formatDiscover(read.links)).toBe(text);
  });

  it('reads a Bootstrap-Discover, also in the form of 1.0', () => {
    const text =
      '</>;lwm2m=1.1,</0/0>;ssid=101;uri="coaps://server_1.example.com",</0/1>,</1/0>;ssid=101,</5>,</55>;ver=1.9,</55/0>';
    const read = discover(text);
    expect(read).toMatchObject({
      links: [
        { path: [], enabler: '1.1' },
        { path: [0, 0], serverId: 101, uri: 'coaps://server_1.example.com' },
        { path: [0, 1] },
        { path: [1, 0], serverId: 101 },
        { path: [5] },
        { path: [55], version: '1.9' },
        { path: [55, 0] },
      ],
      remarks: [],
    });
    expect(typeof read === 'string' ? '' : formatDiscover(read.links)).toBe(text);
    expect(discover('lwm2m="1.0",</0/0>;ssid=101')).toMatchObject({
      links: [
        { path: [], enabler: '1.0' },
        { path: [0, 0], serverId: 101 },
      ],
      remarks: ['not-well-formed', 'quoted'],
    });
    expect(discover('</>;lwm2m="1.1",</0/0>;uri=coap:')).toMatchObject({ remarks: ['quoted', 'unquoted'] });
  });

  it('takes an alternate path off and keeps what it does not know', () => {
    expect(discover('</lwm2m/3>;pmin=1;foo=bar;baz,</3/0>', '/lwm2m')).toMatchObject({
      links: [
        {
          path: [3],
          attributes: { pmin: 1 },
          others: [
            ['foo', 'bar', false],
            ['baz', undefined, false],
          ],
        },
      ],
      remarks: ['outside-root'],
    });
    expect(
      formatDiscover(
        [
          { path: [], attributes: {} },
          { path: [3, 0], attributes: { gt: 0.5 } },
        ],
        '/lwm2m',
      ),
    ).toBe('</lwm2m>,</lwm2m/3/0>;gt=0.5');
    expect(discover('</3/0/7>;dim=0;gt=42.2;lt=-1;edge=1;con=0;hqmax=3;epmin=1;epmax=2')).toMatchObject({
      links: [{ dimension: 0, attributes: { gt: 42.2, lt: -1, edge: 1, con: 0, hqmax: 3, epmin: 1, epmax: 2 } }],
    });
  });

  it.each([
    '</3>;pmin',
    '</3>;pmin=x',
    '</3>;gt=5E+1',
    '</3/0/7>;dim=-1',
    '</0/0>;ssid=0',
    '</0/0>;ssid',
    '</>;lwm2m=1',
    '</3>;ver=x',
  ])('refuses %j', (text) => {
    expect(discover(text)).toBe('bad-value');
  });

  it('finds an attribute by name', () => {
    const link = { path: '/3', attributes: [['ver', '1.1', false]] as const };
    expect(attributeOf(link, 'ver')).toEqual(['ver', '1.1', false]);
    expect(attributeOf(link, 'pmin')).toBeUndefined();
  });
});

describe('link codec', () => {
  it('lists targets as entries', () => {
    const decoded = linkCodec.decode(utf8('</>,</3/0>;pmin=1,</3/0/7>'), { path: [] });
    expect(decoded).toEqual({ ok: true, value: [{ path: [] }, { path: [3, 0] }, { path: [3, 0, 7] }] });
    expect(linkCodec.encode([{ path: pathOf('/3/0') }, { path: pathOf('/5') }], { path: [] })).toEqual({
      ok: true,
      value: utf8('</3/0>,</5>'),
    });
    const foreign = linkCodec.decode(utf8('</3/0>,</rd>'), { path: [] });
    expect(foreign.ok ? undefined : [foreign.problem.code, foreign.problem.at]).toEqual(['bad-path', 7]);
    const valued = linkCodec.encode([{ path: [3, 0, 9], value: { type: 'integer', value: 1n } }], { path: [] });
    expect(valued.ok ? undefined : valued.problem.code).toBe('not-encodable');
  });
});
