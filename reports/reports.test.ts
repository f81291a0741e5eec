import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { acceptedBaseline, applyBaseline, knownOf, parseBaseline } from './baseline.js';
import { compareResults } from './compare.js';
import { formatJunit, visible } from './junit.js';
import { mergeResults } from './merge.js';
import { parseResults, validateResults } from './results.js';
import { formatMarkdown } from './summary.js';
import { everything, missed, result, results } from './testing.js';

interface Attributes {
  readonly [name: string]: string;
}

const parse = (
  xml: string,
): { testsuites: { testsuite: (Attributes & { testcase: Record<string, unknown>[] })[] } & Attributes } =>
  new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    isArray: (name) => ['testsuite', 'testcase', 'property'].includes(name),
  }).parse(xml);

describe('JUnit', () => {
  const extended = parse(formatJunit(everything));

  it('has a suite per interface, and every case once under a name of its own', () => {
    const suites = extended.testsuites.testsuite;
    expect(suites.map((suite) => suite['@name'])).toEqual(['lwm2m.client.registration', 'lwm2m.client.management']);
    const names = suites.flatMap((suite) => suite.testcase.map((testCase) => testCase['@name']));
    expect(new Set(names).size).toBe(everything.cases.length);
    expect(names).toContain('management.c[tlv]: title of management.c');
  });

  it('makes a fail a failure, inconclusive and our own error errors, and what was not judged a skip with its reason', () => {
    const byName = new Map(
      extended.testsuites.testsuite.flatMap((suite) =>
        suite.testcase.map((testCase) => [String(testCase['@name']).split(':')[0], testCase]),
      ),
    );
    expect(byName.get('registration.b')).toMatchObject({ failure: { '@type': 'fail' } });
    expect(byName.get('management.d')).toMatchObject({
      error: { '@type': 'inconclusive', '@message': 'not registered' },
    });
    expect(byName.get('management.e')).toMatchObject({ error: { '@type': 'harness' } });
    expect(byName.get('management.f')).toMatchObject({
      skipped: { '@message': 'not-applicable: the statement says "no" & <skipped/>' },
    });
    expect(byName.get('management.g')).toMatchObject({ skipped: { '@message': 'known: known since 2020' } });
  });

  it('escapes what XML cannot hold so that it can be seen', () => {
    expect(visible('a\u0000b\u001b\ud800\uffff')).toBe('a\\u{0}b\\u{1b}\\u{d800}\\u{ffff}');
    expect(formatJunit(everything)).toContain('\\u{0}\\u{1b}');
  });

  it('carries properties in the extended dialect', () => {
    expect(JSON.stringify(extended)).toContain('x1: something | else');
  });

  it('holds to the attributes and elements of the Jenkins xUnit schema in the strict dialect', () => {
    const strict = parse(formatJunit(everything, 'strict'));
    expect(strict.testsuites['@skipped']).toBeUndefined();
    for (const suite of strict.testsuites.testsuite)
      for (const testCase of suite.testcase) {
        const known = ['@name', '@classname', '@time', 'skipped', 'failure', 'error', 'system-out', 'system-err'];
        expect(Object.keys(testCase).filter((key) => !known.includes(key))).toEqual([]);
      }
  });
});

describe('results.json', () => {
  it('is valid as it is made, and back from text', () => {
    expect(parseResults(JSON.stringify(everything))).toEqual({ ok: true, value: everything });
  });

  it('names the place that breaks the schema, and says when it is of another schema', () => {
    expect(validateResults({ ...everything, totals: {} })).toMatchObject({ ok: false, problem: { place: '/totals' } });
    expect(validateResults({ ...everything, schema: 2 })).toMatchObject({
      ok: false,
      problem: { message: expect.stringContaining('schema 2') },
    });
    expect(parseResults('{')).toMatchObject({ ok: false, problem: { code: 'results-json' } });
  });
});

describe('the Markdown summary', () => {
  it('shows totals, and each case that did not pass with what was expected and where the evidence is', () => {
    const text = formatMarkdown(everything);
    expect(text).toContain('| fail | 2 |');
    expect(text).toContain('| B | client | missed | R-19 | 2.04 | 4.00 |');
    expect(text).toContain('journals/registration.b.jsonl');
    expect(text).not.toContain('registration.a');
  });

  it('puts what was not begun together by reason, the largest group first', () => {
    const not = (id: string, reason: string, variant?: string): ReturnType<typeof result> =>
      result(id, 'not-applicable', { reason, ...(variant !== undefined && { variant }) });
    const unbegun = [
      not('management.a', 'no TLV'),
      not('security.b', 'no channel', 'x'),
      not('security.b', 'no channel', 'y'),
    ];
    const text = formatMarkdown({
      ...results([result('registration.a', 'pass'), ...unbegun]),
      notRun: [{ id: 'registration.c', reason: 'the run was interrupted' }],
    });
    expect(text).toContain('## Not applicable: 3\n\n- 2: no channel. security.b[x, y]\n- 1: no TLV. management.a\n');
    expect(text).toContain('## Not run: 1\n\n- 1: the run was interrupted. registration.c\n');
  });
});

describe('a baseline', () => {
  const known = [{ case: 'registration.b', check: 'B', verdict: 'fail', reason: 'theirs' }] as const;

  it('marks the failure that it expects', () => {
    const { cases, stale } = applyBaseline([result('registration.b', 'fail', { checks: [missed] })], known);
    expect(cases[0]?.baseline).toEqual({ reason: 'theirs', verdict: 'fail' });
    expect(stale).toEqual([]);
  });

  it('does not cover another check, nor another verdict, and is stale then', () => {
    for (const other of [
      result('registration.b', 'fail', { checks: [{ ...missed, id: 'A' }] }),
      result('registration.b', 'pass'),
    ]) {
      const { cases, stale } = applyBaseline([other], known);
      expect(cases[0]?.baseline).toBeUndefined();
      expect(stale).toEqual(known);
    }
  });

  it('is not stale where its case was not run', () => {
    expect(applyBaseline([result('registration.a', 'pass'), result('registration.b', 'not-run')], known).stale).toEqual(
      [],
    );
  });

  it('is rewritten with what fails now, reasons kept', () => {
    const cases = [
      result('registration.b', 'fail', { checks: [missed] }),
      result('registration.c', 'inconclusive', { reason: 'why' }),
      result('registration.d', 'error'),
    ];
    const other = { case: 'management.z', verdict: 'warn', reason: 'not run this time' } as const;
    expect(acceptedBaseline(cases, [...known, other], { transport: 'udp', enabler: '1.1' })).toEqual([
      other,
      ...known,
      { case: 'registration.c', verdict: 'inconclusive', reason: 'to be explained: why' },
    ]);
  });

  it('knows what belongs to a transport, and to all that are protected', () => {
    const over = (transport: 'udp' | 'dtls' | 'dtls-psk') => ({ ...known[0], transport });
    const all = [...known, over('udp'), over('dtls'), over('dtls-psk')];
    const transports = (run: 'udp' | 'dtls-psk' | 'dtls-rpk'): unknown =>
      knownOf({ transport: run, enabler: '1.1' }, all).map((entry) => entry.transport);
    expect(transports('udp')).toEqual([undefined, 'udp']);
    expect(transports('dtls-rpk')).toEqual([undefined, 'dtls']);
    expect(transports('dtls-psk')).toEqual([undefined, 'dtls', 'dtls-psk']);
  });

  it('knows what belongs to a version, and rewrites that alone', () => {
    const of = (enabler: '1.0' | '1.1') => ({ ...known[0], case: 'registration.b', verdict: 'fail', enabler }) as const;
    const all = [of('1.0'), of('1.1')];
    expect(knownOf({ transport: 'udp', enabler: '1.0' }, all)).toEqual([of('1.0')]);
    expect(knownOf({ transport: 'udp', enabler: '1.2' }, all)).toEqual([]);
    const missing = [result('registration.b', 'fail', { checks: [missed] })];
    expect(acceptedBaseline(missing, all, { transport: 'udp', enabler: '1.1' })).toEqual(all);
    expect(acceptedBaseline([result('registration.b', 'pass')], all, { transport: 'udp', enabler: '1.1' })).toEqual([
      of('1.0'),
    ]);
  });

  it('is rewritten for the transport of the run alone', () => {
    const cases = [
      result('registration.b', 'fail', { checks: [missed] }),
      result('registration.c', 'inconclusive', { reason: 'why' }),
    ];
    const inClear = { case: 'registration.c', verdict: 'fail', transport: 'udp', reason: 'not seen here' } as const;
    const secured = { case: 'registration.c', verdict: 'warn', transport: 'dtls', reason: 'no more' } as const;
    expect(acceptedBaseline(cases, [...known, inClear, secured], { transport: 'dtls-psk', enabler: '1.1' })).toEqual([
      inClear,
      ...known,
      { case: 'registration.c', verdict: 'inconclusive', transport: 'dtls-psk', reason: 'to be explained: why' },
    ]);
  });

  it('says which entry and field of a file is wrong', () => {
    expect(parseBaseline({ known })).toMatchObject({ ok: true });
    expect(parseBaseline({ known: [{ ...known[0], transport: 'dtls' }] })).toMatchObject({ ok: true });
    expect(parseBaseline({ known: [{ ...known[0], transport: 'tls' }] })).toMatchObject({
      ok: false,
      problem: { place: 'known[0]', message: expect.stringContaining('"tls" is no transport') },
    });
    expect(parseBaseline({ known: [{ ...known[0], enabler: '1.1' }] })).toMatchObject({ ok: true });
    expect(parseBaseline({ known: [{ ...known[0], enabler: 1.1 }] })).toMatchObject({
      ok: false,
      problem: { message: `1.1 is no enabler; enablers are '1.0', '1.1', '1.2', in quotes` },
    });
    expect(parseBaseline({ known: [{ case: 'a', verdict: 'pass', reason: 'x' }] })).toMatchObject({
      ok: false,
      problem: { place: 'known[0]', message: expect.stringContaining('"pass"') },
    });
    expect(parseBaseline({ known: [{ case: 'a', verdict: 'fail' }] })).toMatchObject({
      ok: false,
      problem: { message: '"reason" is missing' },
    });
    expect(parseBaseline({ known: [{ case: 'a', verdict: 'fail', reason: 'x', chck: 'B' }] })).toMatchObject({
      ok: false,
      problem: { message: expect.stringContaining('"chck"') },
    });
    expect(parseBaseline([])).toMatchObject({ ok: false });
  });
});

describe('compare', () => {
  it('tells fixed, broken, changed, added and removed apart', () => {
    const before = results([
      result('a', 'fail'),
      result('b', 'pass'),
      result('c', 'pass'),
      result('d', 'pass'),
      result('f', 'fail'),
    ]);
    const after = results([
      result('a', 'pass'),
      result('b', 'inconclusive'),
      result('c', 'warn'),
      result('e', 'pass'),
      result('f', 'fail'),
    ]);
    const { fixed, broken, changed, added, removed } = compareResults(before, after);
    expect([fixed, broken, changed, added, removed].map((changes) => changes.map(({ name }) => name))).toEqual([
      ['a'],
      ['b'],
      ['c'],
      ['e'],
      ['d'],
    ]);
  });
});

describe('merge', () => {
  const shard = (index: number, id: string) => results([result(id, 'pass')], { shard: `${index}/2` });

  it('joins all shards of a run', () => {
    expect(mergeResults([shard(2, 'b'), shard(1, 'a')])).toMatchObject({
      ok: true,
      value: { cases: [{ id: 'a' }, { id: 'b' }], totals: { pass: 2 } },
    });
  });

  it('names a shard that is missing or there twice, and results of different runs', () => {
    expect(mergeResults([shard(1, 'a')])).toMatchObject({
      ok: false,
      problem: { message: 'shard 2/2 is there 0 times' },
    });
    expect(mergeResults([shard(1, 'a'), shard(1, 'b'), shard(2, 'c')])).toMatchObject({
      ok: false,
      problem: { message: 'shard 1/2 is there 2 times' },
    });
    const other = results([result('b', 'pass')], { shard: '2/2', seed: 9 });
    expect(mergeResults([shard(1, 'a'), other])).toMatchObject({ ok: false, problem: { code: 'merge-runs' } });
    expect(mergeResults([])).toMatchObject({ ok: false });
  });
});
