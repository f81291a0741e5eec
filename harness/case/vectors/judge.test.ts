import { describe, expect, it } from 'vitest';
import type { Answer, Decoded } from '../../sut/testee/contract.js';
import type { Vector } from './file.js';
import { judgeReaction, judgeReading, judgeWriting, type Judgement } from './judge.js';

const value = (text: string): Decoded => ({
  kind: 'nodes',
  nodes: [{ path: '/3/0/9', type: 'integer', value: text }],
});
const BASE = { tcId: 1, name: 'x', comment: 'a case', direction: 'both', flags: ['Basic'], spec: [] } as const;
const valid: Vector = { ...BASE, result: 'valid', payload: 'c10905', decoded: value('5'), encodingCheck: 'bytes' };
const invalid: Vector = {
  ...BASE,
  result: 'invalid',
  payload: 'c109',
  error: { class: 'truncated', alsoAccept: ['bad-length'] },
};
const acceptable: Vector = {
  ...BASE,
  result: 'acceptable',
  payload: 'c10906',
  outcomes: [
    { decoded: value('6'), why: 'added' },
    { error: { class: 'unsupported' }, why: 'not known' },
  ],
};
const LAX = { strict: false, now: 0 };
const STRICT = { strict: true, now: 0 };
const refusal = (name: string): Answer => ({ error: { class: name } });
const deviation = (judged: Judgement): string => ('deviation' in judged ? judged.deviation : judged.verdict);

describe('The verdict on a reading', () => {
  it.each<[string, Vector, Answer, string]>([
    ['the value', valid, { decoded: value('5') }, 'pass'],
    ['another value', valid, { decoded: value('6') }, 'value-mismatch'],
    ['a refusal of what is valid', valid, refusal('bad-value'), 'rejected-valid'],
    ['a refusal of what is invalid', invalid, refusal('truncated'), 'pass'],
    ['a refusal of another permitted class', invalid, refusal('bad-length'), 'pass'],
    ['a refusal without a class', invalid, refusal('error'), 'pass'],
    ['a value of what is invalid', invalid, { decoded: value('5') }, 'accepted-invalid'],
    ['a listed outcome', acceptable, { decoded: value('6') }, 'pass'],
    ['a listed refusal', acceptable, refusal('unsupported'), 'pass'],
    ['the silent third outcome', acceptable, { decoded: value('1') }, 'outcome-not-listed'],
    ['a skip', valid, { skip: 'not there' }, 'unsupported'],
    ['bytes instead of a value', valid, { payload: '00' }, 'value-mismatch'],
  ])('of %s', (_, vector, answer, expected) => {
    expect(deviation(judgeReading(vector, answer, LAX))).toBe(expected);
  });

  it('names the outcome that it was', () => {
    expect(judgeReading(acceptable, { decoded: value('6') }, LAX)).toEqual({ verdict: 'pass', outcome: 'added' });
    expect(judgeReading(acceptable, refusal('unsupported'), LAX)).toEqual({ verdict: 'pass', outcome: 'not known' });
  });

  it('fails a refusal where only values are permitted', () => {
    const onlyValues = { ...acceptable, outcomes: [{ decoded: value('6'), why: 'added' }] };
    expect(deviation(judgeReading(onlyValues, refusal('unsupported'), LAX))).toBe('outcome-not-listed');
  });

  it('remarks on another class, and fails it when strict', () => {
    expect(judgeReading(invalid, refusal('duplicate'), LAX)).toEqual({
      verdict: 'pass',
      remark: 'refused as duplicate, not as truncated, bad-length',
    });
    expect(deviation(judgeReading(invalid, refusal('duplicate'), STRICT))).toBe('wrong-class');
    expect(deviation(judgeReading(invalid, refusal('error'), STRICT))).toBe('pass');
  });

  it('remarks on an error that is not documented, and fails it when strict', () => {
    const uncaught: Answer = { error: { class: 'uncaught', message: 'NumberFormatException' } };
    expect(judgeReading(invalid, uncaught, LAX)).toEqual({ verdict: 'pass', remark: 'uncaught NumberFormatException' });
    expect(deviation(judgeReading(invalid, uncaught, STRICT))).toBe('uncaught');
  });
});

describe('The verdict on a writing', () => {
  const listed: Vector = { ...valid, encodings: [{ payload: 'e1000905', why: 'a wide id' }], encodingCheck: 'any-listed' };
  const never = (): Promise<Answer> => Promise.reject(new Error('nothing is to be read back'));
  const judge = (vector: Vector, answer: Answer, readBack = never): Promise<Judgement> =>
    judgeWriting(vector, answer, readBack, LAX);

  it('wants the payload where there is one way to write it', async () => {
    expect(deviation(await judge(valid, { payload: 'c10905' }))).toBe('pass');
    expect(deviation(await judge(valid, { payload: 'e1000905' }))).toBe('encoding-mismatch');
    expect(deviation(await judge({ ...listed, encodingCheck: 'bytes' }, { payload: 'e1000905' }))).toBe('encoding-mismatch');
  });

  it('takes a listed encoding where that is asked, and says which', async () => {
    expect(await judge(listed, { payload: 'e1000905' })).toEqual({ verdict: 'pass', outcome: 'a wide id' });
    expect(deviation(await judge(listed, { payload: 'c20900' }))).toBe('encoding-mismatch');
  });

  it('reads back what it does not know where any layout will do', async () => {
    const semantic: Vector = { ...listed, encodingCheck: 'semantic' };
    const reads = (text: string) => (): Promise<Answer> => Promise.resolve({ decoded: value(text) });
    expect(deviation(await judge(semantic, { payload: 'c2090005' }, reads('5')))).toBe('pass');
    expect(await judge(semantic, { payload: 'c2090006' }, reads('6'))).toMatchObject({
      deviation: 'encoding-mismatch',
      message: expect.stringMatching(/which reads: .*"6" instead of .*"5"/),
    });
    const refuses = (): Promise<Answer> => Promise.resolve(refusal('truncated'));
    expect(deviation(await judge(semantic, { payload: 'c2' }, refuses))).toBe('encoding-mismatch');
  });

  it('wants a refusal of what has no encoding, and none of what has one', async () => {
    const none: Vector = { ...BASE, direction: 'encode', result: 'invalid', decoded: value('5'), error: { class: 'not-encodable' } };
    expect(deviation(await judge(none, refusal('bad-value')))).toBe('pass');
    expect(deviation(await judge(none, { payload: 'c10905' }))).toBe('encoded-invalid');
    expect(deviation(await judge(valid, refusal('not-encodable')))).toBe('refused-to-encode');
    expect(deviation(await judge(valid, { skip: 'not there' }))).toBe('unsupported');
  });
});

describe('The verdict on a reaction', () => {
  const vector: Vector = { ...BASE, direction: 'process', result: 'valid', reactions: ['rst', 'silence'] };
  it('is a pass for each permitted one alone', () => {
    expect(judgeReaction(vector, { reaction: 'rst' })).toEqual({ verdict: 'pass', outcome: 'rst' });
    expect(judgeReaction(vector, { reaction: '4.02' })).toMatchObject({ message: '4.02 instead of rst or silence' });
    expect(deviation(judgeReaction(vector, refusal('error')))).toBe('reaction-not-listed');
    expect(deviation(judgeReaction(vector, { skip: 'no endpoint' }))).toBe('unsupported');
  });
});
