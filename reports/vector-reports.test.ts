import { describe, expect, it } from 'vitest';
import { acceptedDeviations, applyKnownDeviations, parseKnownDeviations } from './vector-known.js';
import { formatVectorJunit } from './vector-junit.js';
import {
  formatTotals,
  validateVectorResults,
  vectorTotals,
  type KnownDeviation,
  type VectorResult,
  type VectorResults,
} from './vector-results.js';

const result = (id: string, more: Partial<VectorResult> = {}): VectorResult => ({
  id,
  name: 'integer-100',
  group: 'integers',
  comment: 'a hundred',
  direction: 'decode',
  expects: 'valid',
  verdict: 'pass',
  flags: ['Basic'],
  spec: ['core-1.2.2 7.5.5 MUST'],
  durationMs: 2,
  ...more,
});
const failure = (id: string, deviation: string, more: Partial<VectorResult> = {}): VectorResult =>
  result(id, { verdict: 'fail', deviation, message: 'read as <5> & "6"\u0001', payload: 'c10905', ...more });

function results(list: readonly VectorResult[], stale: readonly KnownDeviation[] = []): VectorResults {
  return {
    schema: 'urn:lwm2m-conformance:vector-results:1',
    suite: { version: '0.1.0' },
    run: { started: '2026-01-01T00:00:00.000Z', durationMs: 10, strict: false, argv: ['vectors'], restarts: 0 },
    testee: { command: 'self', name: 'ours', capabilities: { tlv: ['decode'] } },
    formats: formatTotals([{ format: 'tlv', version: '1.0.0' }], list),
    totals: vectorTotals(list),
    results: list,
    stale,
  };
}

describe('Known failures of a testee', () => {
  const entry: KnownDeviation = {
    vector: 'tlv/2',
    direction: 'decode',
    deviation: 'value-mismatch',
    reason: 'issue 5',
  };

  it('are marked where vector, direction and deviation are the same', () => {
    const applied = applyKnownDeviations([result('tlv/1'), failure('tlv/2', 'value-mismatch')], [entry]);
    expect(applied.stale).toEqual([]);
    expect(applied.results.map(({ known }) => known?.reason)).toEqual([undefined, 'issue 5']);
  });

  it('are stale when the vector passes, or fails in another way', () => {
    expect(applyKnownDeviations([result('tlv/2')], [entry]).stale).toEqual([entry]);
    expect(applyKnownDeviations([failure('tlv/2', 'rejected-valid')], [entry]).stale).toEqual([entry]);
  });

  it('are not stale when the vector was not asked, or in another direction only', () => {
    expect(applyKnownDeviations([result('tlv/2', { verdict: 'unsupported' })], [entry]).stale).toEqual([]);
    expect(applyKnownDeviations([result('tlv/2', { direction: 'encode' })], [entry]).stale).toEqual([]);
    expect(applyKnownDeviations([], [entry]).stale).toEqual([]);
  });

  it('may hold in any direction', () => {
    const { direction: _, ...any } = entry;
    const both = [failure('tlv/2', 'value-mismatch'), failure('tlv/2', 'value-mismatch', { direction: 'encode' })];
    expect(applyKnownDeviations(both, [any]).results.every(({ known }) => known)).toBe(true);
  });

  it('are written anew with the reasons that still hold, and without those that do not', () => {
    const now = [failure('tlv/2', 'value-mismatch'), failure('tlv/3', 'accepted-invalid'), result('tlv/4')];
    const before = [
      entry,
      { ...entry, vector: 'tlv/4', reason: 'gone' },
      { ...entry, vector: 'text/9', reason: 'elsewhere' },
    ];
    expect(acceptedDeviations(now, before)).toEqual([
      { ...entry, vector: 'text/9', reason: 'elsewhere' },
      entry,
      {
        vector: 'tlv/3',
        direction: 'decode',
        deviation: 'accepted-invalid',
        reason: expect.stringMatching(/^to be explained: read as/),
      },
    ]);
  });

  it.each([
    [[], /a map with a list/],
    [{ known: ['tlv/2'] }, /an entry is a map/],
    [{ known: [{ vector: 'tlv/2', deviation: 'x' }] }, /"reason" is missing/],
    [{ known: [{ ...entry, colour: 'red' }] }, /"colour" is not known/],
    [{ known: [{ ...entry, issue: 5 }] }, /"issue" is a text/],
  ])('have a shape: %j', (value, message) => {
    expect(parseKnownDeviations(value)).toMatchObject({
      ok: false,
      problem: { message: expect.stringMatching(message) },
    });
  });

  it('are read as they stand', () => {
    expect(parseKnownDeviations({ known: [entry] })).toEqual({ ok: true, value: [entry] });
  });
});

describe('Results of a testee', () => {
  const list = [
    result('tlv/1', { outcome: 'added' }),
    failure('tlv/2', 'value-mismatch'),
    failure('tlv/3', 'crash', { verdict: 'error', log: 'Segmentation fault' }),
    result('tlv/4', { verdict: 'unsupported', message: 'no encode of tlv' }),
    failure('tlv/5', 'accepted-invalid', { known: { reason: 'issue "5"' } }),
  ];

  it('keep to their schema', () => {
    expect(validateVectorResults(results(list))).toMatchObject({ ok: true });
    expect(validateVectorResults({ ...results(list), colour: 'red' })).toMatchObject({ ok: false });
    const odd = results([result('nonsense')]);
    expect(validateVectorResults(odd)).toMatchObject({ ok: false, problem: { place: '/results/0/id' } });
  });

  it('are counted by format', () => {
    expect(results(list).formats).toEqual([
      { format: 'tlv', version: '1.0.0', passed: 1, failed: 2, errors: 1, unsupported: 1, known: 1 },
    ]);
  });

  it('are a JUnit report: a class name per format, failures and errors by deviation, the rest skipped with its reason', () => {
    const xml = formatVectorJunit(results(list));
    const [suite = ''] = /<testsuite .*?>/.exec(xml) ?? [];
    for (const attribute of ['name="lwm2m.vectors.tlv"', 'tests="5"', 'failures="1"', 'errors="1"', 'skipped="2"'])
      expect(suite).toContain(attribute);
    expect(xml).toContain('name="tlv/1 decode: a hundred"');
    expect(xml.match(/classname="lwm2m.vectors.tlv"/g)).toHaveLength(5);
    expect(xml).toContain('<property name="outcome" value="added"/>');
    expect(xml).toMatch(/<failure .*type="value-mismatch"/);
    expect(xml).toMatch(/<error .*type="crash"/);
    expect(xml).toContain('Segmentation fault');
    expect(xml).toContain('<skipped message="unsupported: no encode of tlv"/>');
    expect(xml).toContain('<skipped message="known: issue &quot;5&quot;"/>');
    expect(xml).toContain('\\u{1}');
    expect(xml).not.toContain('\u0001');
  });
});
