import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, utf8 } from '../base/bytes.js';
import { formatProblem } from '../base/error.js';
import { seeded } from '../base/random.js';
import { modelOf } from '../model/definition.js';
import { pathOf } from '../model/path.js';
import {
  boolean,
  corelnk,
  equalValues,
  float,
  formatValue,
  integer,
  objlnk,
  opaque,
  text,
  time,
  unsigned,
  type ResourceType,
  type Value,
} from '../model/value.js';
import { opaqueCodec } from './opaque.js';
import { formatDecimal, formatTextValue, parseTextValue, TEXT_LENIENCIES } from './text-value.js';
import { textCodec } from './text.js';
import { TYPES } from './testing/definitions.js';

const model = modelOf([
  {
    id: 100,
    name: 'Values',
    version: '1.0',
    enabler: '1.0',
    multiple: true,
    mandatory: false,
    urn: '',
    resources: [...TYPES, 'integer' as const].map((type, id) => ({
      id,
      name: type,
      operations: 'RW' as const,
      multiple: id === 10,
      mandatory: false,
      type,
      range: '',
      units: '',
    })),
  },
]);
const pathFor = (type: ResourceType) => pathOf(`/100/0/${TYPES.indexOf(type)}`);
const all = Object.keys(TEXT_LENIENCIES);

function parse(value: string, type: ResourceType, lenient: readonly string[] = []): string {
  const result = parseTextValue(value, type, new Set(lenient));
  return result.ok ? formatValue(result.value) : result.problem.code;
}

describe('text values', () => {
  it.each<[string, Value]>([
    ['0', integer(0)],
    ['-5', integer(-5)],
    ['9223372036854775807', integer(2n ** 63n - 1n)],
    ['-9223372036854775808', integer(-(2n ** 63n))],
    ['18446744073709551615', unsigned(2n ** 64n - 1n)],
    ['1700000000', time(1700000000)],
    ['-1', time(-1)],
    ['21.5', float(21.5)],
    ['-0', float(-0)],
    ['0.00000000006667', float(0.00000000006667)],
    ['10000000000000000000000', float(1e22)],
    ['0.1', float(0.1)],
    ['1', boolean(true)],
    ['0', boolean(false)],
    ['3q2+7w==', opaque(fromHex('deadbeef') ?? new Uint8Array())],
    ['AQIDBAU=', opaque(Uint8Array.of(1, 2, 3, 4, 5))],
    ['', opaque(new Uint8Array())],
    ['10:0', objlnk(10, 0)],
    ['65535:65535', objlnk(65535, 65535)],
    ['', text('')],
    ['é\0\n', text('é\0\n')],
    ['</3/0>', corelnk('</3/0>')],
  ])('reads and writes %j as %o', (written, value) => {
    expect(parse(written, value.type)).toBe(formatValue(value));
    expect(formatTextValue(value)).toEqual({ ok: true, value: written });
  });

  it.each<[ResourceType, string, string]>([
    ['integer', '9223372036854775808', 'out-of-range'],
    ['integer', '-9223372036854775809', 'out-of-range'],
    ['integer', '1'.repeat(100_000), 'out-of-range'],
    ['unsigned', '18446744073709551616', 'out-of-range'],
    ['unsigned', '-1', 'out-of-range'],
    ...['', '-', '+5', '05', '-0', ' 5', '5 ', '5\n', '5.0', '1e2', '0x10', 'abc', '٣'].map(
      (value): [ResourceType, string, string] => ['integer', value, 'bad-value'],
    ),
    ...['1.5', '2016-10-11T10:16:53Z', ''].map((value): [ResourceType, string, string] => ['time', value, 'bad-value']),
    ...['', '-', '.', '.5', '5.', '1,5', 'NaN', 'INF', '+1', '1.0x', '1e', '0x1', ' 1'].map(
      (value): [ResourceType, string, string] => ['float', value, 'bad-value'],
    ),
    ['float', '1e400', 'out-of-range'],
    ...['true', 'false', '2', '01', ''].map((value): [ResourceType, string, string] => ['boolean', value, 'bad-value']),
    ...['3:', ':0', '3', '3:0 ', '03:00', '3:0:0', 'FFFF:FFFF', '-1:0'].map((value): [ResourceType, string, string] => [
      'objlnk',
      value,
      'bad-value',
    ]),
    ['objlnk', '65536:0', 'out-of-range'],
    ...['AQIDBAU', '-_-_', 'AR==', 'AQID\nBAU=', 'A', 'A===', 'AQ=I', '===='].map(
      (value): [ResourceType, string, string] => ['opaque', value, 'bad-value'],
    ),
    ['none', '', 'bad-type'],
  ])('refuses for %s %j as %s', (type, value, code) => {
    expect(parse(value, type)).toBe(code);
  });

  it.each<[ResourceType, string, string, string]>([
    ['integer', '+5', 'text-plus', '5'],
    ['integer', '05', 'text-leading-zeros', '5'],
    ['integer', '-0', 'text-leading-zeros', '0'],
    ['float', '+1.5', 'text-plus', '1.5'],
    ['float', '.5', 'text-bare-point', '0.5'],
    ['float', '5.', 'text-bare-point', '5'],
    ['float', 'NaN', 'text-not-finite', 'NaN'],
    ['float', '-INF', 'text-not-finite', '-Infinity'],
    ['boolean', 'true', 'text-boolean-words', 'true'],
    ['objlnk', 'FFFF:FFFF', 'hex-null-link', '65535:65535'],
    ['objlnk', '03:00', 'text-leading-zeros', '3:0'],
    ['opaque', 'AQIDBAU', 'text-base64-unpadded', `h'0102030405'`],
    ['opaque', 'AR==', 'text-base64-trailing-bits', `h'01'`],
  ])('takes for %s %j only with %s', (type, value, leniency, result) => {
    expect(
      parse(
        value,
        type,
        all.filter((other) => other !== leniency),
      ),
    ).toBe('bad-value');
    expect(parse(value, type, [leniency])).toBe(result);
  });

  it('writes floats without an exponent that read back as the same number', () => {
    expect(formatDecimal(5e-324)).toMatch(/^0\.0{323}5$/);
    expect(formatDecimal(-1.5e-7)).toBe('-0.00000015');
    expect(formatDecimal(1.25e21)).toBe('1250000000000000000000');
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const written = formatDecimal(value);
        expect(written).not.toMatch(/e/);
        expect(Number(written)).toBe(value);
      }),
    );
  });

  it('cannot write what has no text form', () => {
    for (const value of [float(NaN), float(Infinity), integer(2n ** 63n), unsigned(-1n), text('\ud800')]) {
      const result = formatTextValue(value);
      expect(result.ok ? 'ok' : result.problem.code).toBe('not-encodable');
    }
  });
});

describe('text codec', () => {
  const decode = (payload: Uint8Array, path: string) => {
    const result = textCodec.decode(payload, { path: pathOf(path), model });
    return result.ok ? result.value : formatProblem(result.problem);
  };

  it('takes the type of the definition, of a Resource and of a Resource Instance', () => {
    expect(decode(utf8('-5'), '/100/0/1')).toEqual([{ path: [100, 0, 1], value: integer(-5) }]);
    expect(decode(utf8('7'), '/100/0/10/3')).toEqual([{ path: [100, 0, 10, 3], value: integer(7) }]);
    expect(decode(utf8('7'), '/101/0/1')).toEqual([{ path: [101, 0, 1], value: text('7') }]);
    expect(decode(utf8(''), '/100/0/0')).toEqual([{ path: [100, 0, 0], value: text('') }]);
  });

  it('names path, offset and expectation of a fault', () => {
    expect(decode(utf8('x'), '/100/0/1')).toBe(
      '/100/0/1, offset 0: "x" is not a decimal integer (expected digits with an optional "-" and no leading zeros)',
    );
    expect(decode(fromHex('4142c328') ?? new Uint8Array(), '/100/0/0')).toBe(
      '/100/0/0, offset 3: the text is not UTF-8',
    );
    expect(decode(utf8('x'), '/100/0')).toContain('this format carries one value');
    expect(decode(utf8('x'), '/100/0/10')).toContain('this format carries one value');
    expect(decode(utf8('x'), '/100/0/9')).toContain('an executable Resource has no value');
  });

  it('writes the one value at the path, and nothing else', () => {
    const encode = (entries: Parameters<typeof textCodec.encode>[0], path: string) => {
      const result = textCodec.encode(entries, { path: pathOf(path) });
      return result.ok ? new TextDecoder().decode(result.value) : result.problem.code;
    };
    const one = { path: [100, 0, 1], value: integer(5) };
    expect(encode([one], '/100/0/1')).toBe('5');
    expect(encode([], '/100/0/1')).toBe('not-encodable');
    expect(encode([one, one], '/100/0/1')).toBe('not-encodable');
    expect(encode([one], '/100/0/2')).toBe('not-encodable');
    expect(encode([one], '/100/0')).toBe('not-encodable');
    expect(encode([{ ...one, time: 5 }], '/100/0/1')).toBe('not-encodable');
    expect(encode([{ path: [100, 0, 3], value: float(NaN) }], '/100/0/3')).toBe('not-encodable');
  });

  it('reads back every value it writes', () => {
    const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const id = fc.integer({ min: 0, max: 65535 });
    const values = fc.oneof(
      fc.string({ unit: 'grapheme' }).map(text),
      int64.map(integer),
      int64.map(time),
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(unsigned),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(float),
      fc.boolean().map(boolean),
      fc.uint8Array().map(opaque),
      fc.tuple(id, id).map(([object, instance]) => objlnk(object, instance)),
    );
    fc.assert(
      fc.property(values, (value) => {
        const path = pathFor(value.type);
        const bytes = textCodec.encode([{ path, value }], { path });
        if (!bytes.ok) throw new Error(bytes.problem.message);
        const back = textCodec.decode(bytes.value, { path, model });
        const read = back.ok ? back.value[0]?.value : undefined;
        expect(read && equalValues(read, value)).toBe(true);
      }),
    );
  });

  it('survives random bytes for every type', () => {
    const random = seeded(3);
    for (let i = 0; i < 2000; i++) {
      const payload = random.bytes(random.integer(12));
      for (const type of TYPES) textCodec.decode(payload, { path: pathFor(type), model, lenient: new Set(all) });
    }
  });
});

describe('opaque codec', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);

  it('carries bytes unchanged', () => {
    for (const payload of [new Uint8Array(), bytes, utf8('\uFEFF'), new Uint8Array(65_536)]) {
      const path = pathFor('opaque');
      expect(opaqueCodec.decode(payload, { path, model })).toEqual({
        ok: true,
        value: [{ path, value: opaque(payload) }],
      });
      expect(opaqueCodec.encode([{ path, value: opaque(payload) }], { path })).toEqual({ ok: true, value: payload });
    }
    expect(opaqueCodec.decode(bytes, { path: [200, 0, 1, 2] })).toEqual({
      ok: true,
      value: [{ path: [200, 0, 1, 2], value: opaque(bytes) }],
    });
  });

  it('refuses other TYPES and paths above a single value', () => {
    const codeOf = (path: string, lenient: readonly string[] = []) => {
      const result = opaqueCodec.decode(utf8('ab'), { path: pathOf(path), model, lenient: new Set(lenient) });
      return result.ok ? 'ok' : result.problem.code;
    };
    expect(codeOf('/100/0/1')).toBe('bad-type');
    expect(codeOf('/100/0/0')).toBe('bad-type');
    expect(codeOf('/100/0/0', ['opaque-for-string'])).toBe('ok');
    expect(codeOf('/100/0/1', ['opaque-for-string'])).toBe('bad-type');
    expect(codeOf('/100/0/9')).toBe('bad-type');
    expect(codeOf('/100/0')).toBe('unsupported');
    expect(codeOf('/100/0/10')).toBe('unsupported');
    const wrong = opaqueCodec.encode([{ path: [100, 0, 0], value: text('a') }], { path: [100, 0, 0] });
    expect(wrong.ok ? 'ok' : wrong.problem.code).toBe('not-encodable');
    const styled = opaqueCodec.encode([{ path: [100, 0, 0], value: text('a') }], {
      path: [100, 0, 0],
      style: new Set(['opaque-for-string']),
    });
    expect(styled).toEqual({ ok: true, value: utf8('a') });
  });
});
