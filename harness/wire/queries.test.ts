import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../base/random.js';
import type { ResourceDefinition } from '../model/definition.js';
import type { Enabler } from '../model/party.js';
import { pathOf } from '../model/path.js';
import {
  applyAttributes,
  ATTRIBUTE_LENIENCIES,
  ATTRIBUTE_NAMES,
  checkAttributes,
  formatAttributes,
  formatBootstrap,
  formatRegister,
  formatUpdate,
  parseAttributes,
  parseBootstrap,
  parseRegister,
  parseUpdate,
  QUERY_LENIENCIES,
  type AttributeContext,
  type BootstrapContext,
  type QueryContext,
} from './queries.js';

const options = (query: string): string[] => (query === '' ? [] : query.split('&'));

function register(query: string, context?: QueryContext) {
  const read = parseRegister(options(query), context);
  return read.ok ? read.value : [read.problem.code, read.problem.place];
}

const FULL = { endpoint: 'urn:dev:os:1', lifetime: 300, enabler: '1.1' } as const;
const BASE = 'ep=urn:dev:os:1&lt=300&lwm2m=1.1';

describe('parseRegister', () => {
  it.each<[string, object]>([
    [BASE, FULL],
    ['lwm2m=1.1&lt=300&ep=urn:dev:os:1', FULL],
    ['lt=300&lwm2m=1.1', { lifetime: 300, enabler: '1.1' }],
    [`${BASE}&b=UT&Q&sms=49123`, { ...FULL, binding: 'UT', queueMode: true, sms: '49123' }],
    [`${BASE}&b=TU`, { ...FULL, binding: 'TU' }],
    [
      'ep=e&lt=0&lwm2m=1.2&b=UTSNMH&pid=6:27354b9a',
      { endpoint: 'e', lifetime: 0, enabler: '1.2', binding: 'UTSNMH', profile: '6:27354b9a' },
    ],
    ['lt=1&lwm2m=1.2&pid="1:ab,oma:x-1,v:Y"', { lifetime: 1, enabler: '1.2', profile: '"1:ab,oma:x-1,v:Y"' }],
    [
      'ep=a=b/ %41é&lt=4294967295&lwm2m=1.0&b=UQS',
      { endpoint: 'a=b/ %41é', lifetime: 4294967295, enabler: '1.0', binding: 'UQS' },
    ],
    [`${BASE}&sms=id@operator.example`, { ...FULL, sms: 'id@operator.example' }],
  ])('reads %s', (query, expected) => {
    expect(register(query)).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ['ep=e&lwm2m=1.1', 'missing', 'lt'],
    ['ep=e&lt=300', 'missing', 'lwm2m'],
    ['', 'missing', 'lt'],
    ['lt=300&lwm2m=1.0', 'missing', 'ep'],
    ['ep=&lt=300&lwm2m=1.1', 'bad-value', 'ep'],
    ['ep=e&ep=e&lt=300&lwm2m=1.1', 'duplicate', 'ep'],
    [`${BASE}&lt=300`, 'duplicate', 'lt'],
    ...['lt=', 'lt', 'lt=-1', 'lt=1.5', 'lt=abc', 'lt=+1', 'lt=1e3', 'lt= 1'].map((lt): [string, string, string] => [
      `ep=e&lwm2m=1.1&${lt}`,
      'bad-value',
      'lt',
    ]),
    ['ep=e&lwm2m=1.1&lt=4294967296', 'out-of-range', 'lt'],
    ...['lwm2m=1', 'lwm2m=1.1 ', 'lwm2m=v1.1', 'lwm2m=', 'lwm2m="1.1"'].map((version): [string, string, string] => [
      `ep=e&lt=300&${version}`,
      'bad-value',
      'lwm2m',
    ]),
    ['ep=e&lt=300&lwm2m=1.3', 'unsupported', 'lwm2m'],
    ['ep=e&lt=300&lwm2m=2.0', 'unsupported', 'lwm2m'],
    ['ep=e&lt=abc&lwm2m=2.0', 'bad-value', 'lt'],
    ['ep=e&lwm2m=2.0', 'missing', 'lt'],
    ...['b=', 'b', 'b=X', 'b=UU', 'b=u', 'b=UQ', 'b=M'].map((b): [string, string, string] => [
      `${BASE}&${b}`,
      'bad-value',
      'b',
    ]),
    ['ep=e&lt=300&lwm2m=1.0&b=UT', 'bad-value', 'b'],
    ['ep=e&lt=300&lwm2m=1.0&b=USQ', 'bad-value', 'b'],
    [`${BASE}&Q=1`, 'bad-value', 'Q'],
    ['ep=e&lt=300&lwm2m=1.0&Q', 'unknown-label', 'Q'],
    ...['sms=+49123', 'sms=', 'sms', 'sms=abc'].map((sms): [string, string, string] => [
      `${BASE}&${sms}`,
      'bad-value',
      'sms',
    ]),
    [`${BASE}&pid=6:27354b9a`, 'unknown-label', 'pid'],
    ...['pid=', 'pid=6:', 'pid=6:XYZ', 'pid=other:x', 'pid="6:ab', 'pid=6:ab,6:cd', 'pid=""'].map(
      (pid): [string, string, string] => [`ep=e&lt=300&lwm2m=1.2&${pid}`, 'bad-value', 'pid'],
    ),
    [`${BASE}&foo=bar`, 'unknown-label', 'foo'],
    [`${BASE}&EP=x`, 'unknown-label', 'EP'],
    [`${BASE}&=x`, 'unknown-label', ''],
  ])('refuses %s: %s of %s', (query, code, place) => {
    expect(register(query)).toEqual([code, place]);
  });

  it.each<[string, keyof typeof QUERY_LENIENCIES, object]>([
    [`${BASE}&foo=bar&x`, 'query-unknown-parameter', { ...FULL, others: ['foo=bar', 'x'] }],
    ['ep=e&lwm2m=1.0', 'query-no-lifetime', { endpoint: 'e', lifetime: 86400, enabler: '1.0' }],
    ['ep=e&lt=300', 'query-no-version', { endpoint: 'e', lifetime: 300, enabler: '1.0' }],
    ['lt=300&lwm2m=1.0', 'query-no-endpoint', { lifetime: 300, enabler: '1.0' }],
    [`${BASE}&b=UQ`, 'query-queue-in-binding', { ...FULL, binding: 'U', queueMode: true }],
    [`${BASE}&Q=1`, 'query-queue-value', { ...FULL, queueMode: true }],
    ['ep=e&lt=300&lwm2m=1.0&Q', 'query-queue-early', { endpoint: 'e', lifetime: 300, enabler: '1.0', queueMode: true }],
    [`${BASE}&sms=+49123`, 'query-plus-sms', { ...FULL, sms: '49123' }],
  ])('takes %s with %s', (query, leniency, expected) => {
    const others = Object.keys(QUERY_LENIENCIES).filter(
      (other) => other !== leniency && other !== 'query-unknown-parameter',
    );
    expect(Array.isArray(register(query, { lenient: new Set(others) }))).toBe(true);
    expect(register(query, { lenient: new Set([leniency]) })).toEqual(expected);
  });

  it('supports the versions it is told', () => {
    const only: QueryContext = { enablers: ['1.0'] };
    expect(register(BASE, only)).toEqual(['unsupported', 'lwm2m']);
    expect(register('ep=e&lt=300&lwm2m=1.0', only)).toEqual({ endpoint: 'e', lifetime: 300, enabler: '1.0' });
  });

  it('does not let the lenient lifetime of 1.0 reach later versions', () => {
    expect(register('ep=e&lwm2m=1.1', { lenient: new Set(['query-no-lifetime']) })).toEqual(['missing', 'lt']);
  });

  it('reads back what formatRegister writes', () => {
    const parameters = fc.record(
      {
        endpoint: fc.string({ minLength: 1, unit: 'grapheme' }),
        lifetime: fc.nat(),
        enabler: fc.constant('1.2' as const),
        binding: fc.constantFrom('U', 'UT', 'NH'),
        queueMode: fc.constant(true),
        sms: fc.stringMatching(/^\d{1,15}$/),
        profile: fc.constantFrom('6:27354b9a', 'oma:a'),
        others: fc.constantFrom(['x', 'y=1']),
      },
      { requiredKeys: ['lifetime', 'enabler'] },
    );
    fc.assert(
      fc.property(parameters, (given) => {
        const read = parseRegister(formatRegister(given), { lenient: new Set(['query-unknown-parameter']) });
        expect(read.ok && read.value).toEqual(given);
      }),
    );
    expect(
      formatRegister({ endpoint: 'e', lifetime: 300, enabler: '1.1', binding: 'U', queueMode: true, sms: '1' }),
    ).toEqual(options('ep=e&lt=300&lwm2m=1.1&b=U&Q&sms=1'));
    expect(formatRegister({ queueMode: false })).toEqual([]);
  });
});

describe('parseUpdate', () => {
  const update = (query: string, enabler: Enabler = '1.1') => {
    const read = parseUpdate(options(query), { enabler });
    return read.ok ? read.value : [read.problem.code, read.problem.place];
  };

  it('reads what changed, and nothing', () => {
    expect(update('')).toEqual({});
    expect(update('lt=600&b=U&Q&sms=1')).toEqual({ lifetime: 600, binding: 'U', queueMode: true, sms: '1' });
    expect(update('pid=oma:x', '1.2')).toEqual({ profile: 'oma:x' });
    expect(formatUpdate({ lifetime: 600, profile: 'oma:x' })).toEqual(['lt=600', 'pid=oma:x']);
  });

  it('refuses what only a Register has, and faults', () => {
    expect(update('ep=e')).toEqual(['unknown-label', 'ep']);
    expect(update('lwm2m=1.1')).toEqual(['unknown-label', 'lwm2m']);
    expect(update('lt=x')).toEqual(['bad-value', 'lt']);
    expect(update('Q', '1.0')).toEqual(['unknown-label', 'Q']);
    expect(update('b=UQ')).toEqual(['bad-value', 'b']);
    expect(update('b=UQ', '1.0')).toEqual({ binding: 'UQ' });
  });
});

describe('parseBootstrap', () => {
  const bootstrap = (query: string, context?: BootstrapContext) => {
    const read = parseBootstrap(options(query), context);
    return read.ok ? read.value : [read.problem.code, read.problem.place];
  };

  it('reads endpoint, preferred format and account', () => {
    expect(bootstrap('ep=urn:dev:os:1&pct=110')).toEqual({ endpoint: 'urn:dev:os:1', preferredFormat: 110 });
    expect(bootstrap('', { enabler: '1.1' })).toEqual({});
    expect(bootstrap('ep=a=b', { enabler: '1.0' })).toEqual({ endpoint: 'a=b' });
    const pack = { endpoint: 'e', account: [pathOf('/0/2'), pathOf('/21/0')] };
    expect(bootstrap('ep=e&acc=</0/2>,</21/0>', { pack: true })).toEqual(pack);
    expect(formatBootstrap(pack)).toEqual(['ep=e', 'acc=</0/2>,</21/0>']);
    expect(formatBootstrap({ endpoint: 'e', preferredFormat: 110 })).toEqual(['ep=e', 'pct=110']);
  });

  it.each<[string, BootstrapContext, string, string]>([
    ['', { enabler: '1.0' }, 'missing', 'ep'],
    ['ep=', {}, 'bad-value', 'ep'],
    ['ep', {}, 'bad-value', 'ep'],
    ['ep=a&ep=b', {}, 'duplicate', 'ep'],
    ['ep=a&pct=110', { enabler: '1.0' }, 'unknown-label', 'pct'],
    ['ep=a&pct=', {}, 'bad-value', 'pct'],
    ['ep=a&pct=x', {}, 'bad-value', 'pct'],
    ['ep=a&pct=110,112', {}, 'bad-value', 'pct'],
    ['ep=a&pct=99999', {}, 'bad-value', 'pct'],
    ['ep=a&pct=0', {}, 'unsupported', 'pct'],
    ['ep=a&pct=11544', { enabler: '1.1' }, 'unsupported', 'pct'],
    ['ep=a&acc=</0/2>', {}, 'unknown-label', 'acc'],
    ['ep=a&pct=110', { pack: true }, 'unknown-label', 'pct'],
    ['ep=a&acc=</0>', { pack: true }, 'bad-value', 'acc'],
    ['ep=a&acc=</0/2>;ver=1.1', { pack: true }, 'bad-value', 'acc'],
    ['ep=a&acc=x', { pack: true }, 'bad-value', 'acc'],
    ['ep=a&acc=', { pack: true }, 'bad-value', 'acc'],
    ['ep=a&foo=1', {}, 'unknown-label', 'foo'],
  ])('refuses %j %j as %s of %s', (query, context, code, place) => {
    expect(bootstrap(query, context)).toEqual([code, place]);
  });

  it('passes over what it does not know when told', () => {
    expect(bootstrap('foo=1&ep=a', { lenient: new Set(['query-unknown-parameter']) })).toEqual({ endpoint: 'a' });
    expect(bootstrap('', { enabler: '1.0', lenient: new Set(['query-no-endpoint']) })).toEqual({});
  });
});

const definition = (type: ResourceDefinition['type']): ResourceDefinition => ({
  id: 0,
  name: 'x',
  operations: type === 'none' ? 'E' : 'R',
  multiple: false,
  mandatory: false,
  type,
  range: '',
  units: '',
});

function attributes(query: string, context?: AttributeContext) {
  const read = parseAttributes(options(query), context);
  if (!read.ok) return [read.problem.code, read.problem.place];
  return Object.fromEntries(read.value.map(({ name, value }) => [name, value ?? null]));
}

describe('parseAttributes', () => {
  it('sets and removes every attribute', () => {
    expect(attributes('pmin=0&pmax=4294967295&gt=42.5&lt=0.5&st=2&epmin=1&epmax=2&edge=1&con=0&hqmax=10')).toEqual({
      ...{ pmin: 0, pmax: 4294967295, gt: 42.5, lt: 0.5, st: 2, epmin: 1, epmax: 2, edge: 1, con: 0, hqmax: 10 },
    });
    expect(attributes(ATTRIBUTE_NAMES.join('&'))).toEqual(
      Object.fromEntries(ATTRIBUTE_NAMES.map((name) => [name, null])),
    );
    expect(attributes('')).toEqual({});
    expect(attributes(`gt=${'1'.repeat(40)}.${'5'.repeat(40)}`)).toEqual({ gt: 1.1111111111111111e39 });
  });

  it.each<[string, string, string]>([
    ...['pmin=', 'pmin=-1', 'pmin=1.5', 'pmin=+1', 'pmin=1e3', 'pmin=010', 'pmin=1%3D', 'pmin==1', 'pmin=1,pmax=2'].map(
      (query): [string, string, string] => [query, 'bad-value', 'pmin'],
    ),
    ['pmin=4294967296', 'out-of-range', 'pmin'],
    ...['gt=', 'gt=.5', 'gt=5.', 'gt=1e3', 'gt=+1', 'gt=-40.5', 'gt=x', 'gt=NaN'].map(
      (query): [string, string, string] => [query, 'bad-value', 'gt'],
    ),
    [`gt=${'9'.repeat(400)}`, 'out-of-range', 'gt'],
    ['st=0', 'bad-value', 'st'],
    ['st=-1', 'bad-value', 'st'],
    ['st=0.0', 'bad-value', 'st'],
    ['edge=2', 'bad-value', 'edge'],
    ['edge=true', 'bad-value', 'edge'],
    ['con=2', 'bad-value', 'con'],
    ['hqmax=-1', 'bad-value', 'hqmax'],
    ['pmin=1&pmin=2', 'duplicate', 'pmin'],
    ['pmin=1&pmin', 'duplicate', 'pmin'],
    ['foo', 'unknown-label', 'foo'],
    ['foo=', 'unknown-label', 'foo'],
    ['PMIN=1', 'unknown-label', 'PMIN'],
    ['dim=2', 'unknown-label', 'dim'],
    ['ver=1.1', 'unknown-label', 'ver'],
    ['toString=1', 'unknown-label', 'toString'],
    ['pmin=1&&pmax=2', 'unknown-label', ''],
  ])('refuses %s as %s of %s', (query, code, place) => {
    expect(attributes(query)).toEqual([code, place]);
  });

  it.each<[string, AttributeContext, string]>([
    ['gt=1', { path: pathOf('/3') }, 'bad-level'],
    ['lt', { path: pathOf('/3/0') }, 'bad-level'],
    ['st=1', { path: pathOf('/3/0') }, 'bad-level'],
    ['edge=1', { path: pathOf('/3/0') }, 'bad-level'],
    ['pmin=1', { path: pathOf('/') }, 'bad-level'],
    ['pmin=1', { path: pathOf('/3/0/7/0'), enabler: '1.0' }, 'bad-level'],
    ['gt=1', { definition: definition('string') }, 'bad-type'],
    ['st=1', { definition: definition('boolean') }, 'bad-type'],
    ['edge=1', { definition: definition('integer') }, 'bad-type'],
    ['pmin=1', { definition: definition('none') }, 'bad-type'],
    ['epmin=1', { enabler: '1.0' }, 'unknown-label'],
    ['edge=1', { enabler: '1.1' }, 'unknown-label'],
  ])('refuses %s with %j as %s', (query, context, code) => {
    expect(attributes(query, context)).toEqual([code, query.split('=')[0]]);
  });

  it.each<[string, AttributeContext]>([
    ['pmin=1&pmax=2&epmin=1&con=1&hqmax=1', { path: pathOf('/3') }],
    ['gt=1&lt=0&st=1', { path: pathOf('/3/0/7/0'), enabler: '1.1', definition: definition('integer') }],
    ['gt=1', { path: pathOf('/3/0/9'), enabler: '1.0', definition: definition('float') }],
    ['edge=1', { path: pathOf('/3/0/9'), enabler: '1.2', definition: definition('boolean') }],
    ['pmin=1', { definition: definition('opaque') }],
  ])('takes %s with %j', (query, context) => {
    expect(Object.keys(attributes(query, context))).toEqual(query.split('&').map((option) => option.split('=')[0]));
  });

  it.each<[string, keyof typeof ATTRIBUTE_LENIENCIES, object, AttributeContext]>([
    ['gt=-40.5&lt=+1', 'attributes-signed', { gt: -40.5, lt: 1 }, {}],
    ['pmin=&gt=', 'attributes-empty-value', { pmin: null, gt: null }, {}],
    ['edge=1', 'attributes-newer', { edge: 1 }, { enabler: '1.0' }],
    ['pmin=010', 'attributes-leading-zeros', { pmin: 10 }, {}],
  ])('takes %s only with %s', (query, leniency, expected, context) => {
    const others = Object.keys(ATTRIBUTE_LENIENCIES).filter((other) => other !== leniency);
    expect(Array.isArray(attributes(query, { ...context, lenient: new Set(others) }))).toBe(true);
    expect(attributes(query, { ...context, lenient: new Set([leniency]) })).toEqual(expected);
  });

  it('survives random options', () => {
    const random = seeded(9);
    const letters = 'pmingtlst=0123456789.-+eE&\u00e9 ';
    for (let i = 0; i < 2000; i++) {
      const query = Array.from(
        { length: random.integer(12) },
        () => letters[random.integer(letters.length)] ?? '',
      ).join('');
      for (const read of [
        parseAttributes([query]),
        parseRegister([query]),
        parseUpdate([query]),
        parseBootstrap([query]),
      ])
        expect(read.ok || read.problem.code !== '').toBe(true);
    }
  });
});

describe('the query of an Observe-Composite', () => {
  it('has the periods and con, for all paths of the body', () => {
    expect(parseAttributes(['pmin=10', 'pmax=60', 'con=1'], { path: [], composite: true, enabler: '1.2' }).ok).toBe(
      true,
    );
  });

  it.each(['gt=50', 'lt=50', 'st=5', 'edge=1', 'hqmax=5'])(
    'has no place for %s, which belongs to one path',
    (option) => {
      expect(parseAttributes([option], { path: [], composite: true, enabler: '1.2' })).toMatchObject({
        problem: { code: 'bad-level' },
      });
    },
  );
});

describe('attributes together', () => {
  it('replaces, removes and keeps', () => {
    const changes = parseAttributes(['pmin=5', 'gt']);
    expect(changes.ok && applyAttributes({ pmin: 1, pmax: 60, gt: 3 }, changes.value)).toEqual({ pmin: 5, pmax: 60 });
    expect(applyAttributes({}, [{ name: 'st', value: undefined }])).toEqual({});
  });

  it.each([
    [{ lt: 1, gt: 2 }, undefined],
    [{ lt: 2, gt: 2 }, 'lt'],
    [{ lt: 3, gt: 2 }, 'lt'],
    [{ lt: 1, gt: 6, st: 1 }, undefined],
    [{ lt: 1, gt: 5, st: 2 }, 'st'],
    [{ lt: 0.1, gt: 0.3, st: 0.1 }, 'st'],
    [{ lt: 0.1, gt: 0.30000001, st: 0.1 }, undefined],
    [{ lt: -10, gt: -5, st: 2.5 }, 'st'],
    [{ lt: -10.5, gt: -5, st: 2.5 }, undefined],
    [{ gt: 1, st: 5 }, undefined],
    [{ epmin: 1, epmax: 2 }, undefined],
    [{ epmin: 2, epmax: 2 }, 'epmin'],
    [{ pmin: 10, pmax: 5 }, undefined],
  ])('judges %j: %s', (given, place) => {
    const problem = checkAttributes(given);
    expect(problem?.place).toBe(place);
    expect(problem?.code).toBe(place && 'inconsistent');
  });

  it('writes decimals without an exponent', () => {
    expect(formatAttributes({ pmin: 10, pmax: null, gt: 1e-7, lt: 1e21, foo: 'bar', st: undefined })).toEqual([
      'pmin=10',
      'pmax',
      'gt=0.0000001',
      'lt=1000000000000000000000',
      'foo=bar',
      'st',
    ]);
  });
});
