import { describe, expect, it } from 'vitest';
import type { Direction, Introduction } from '../../sut/testee/contract.js';
import { asVectorFile, placedVectors, VECTOR_SCHEMA, type Vector, type VectorFile } from './file.js';
import { planTasks, type Planned } from './tasks.js';

const vector = (more: Partial<Vector>): Vector => ({
  tcId: 1,
  name: 'x',
  comment: 'a case',
  direction: 'both',
  result: 'valid',
  flags: ['Basic'],
  spec: [],
  payload: 'c10905',
  decoded: { kind: 'nodes', nodes: [] },
  encodingCheck: 'bytes',
  ...more,
});
const file = (format: string, ...tests: Vector[]): VectorFile => ({
  schema: VECTOR_SCHEMA,
  format,
  contentFormat: 11542,
  version: '1.0.0',
  models: {},
  groups: [
    { id: 'g', description: 'a group', context: { model: 'device', path: '/3/0', operation: 'read', role: 'any' }, tests },
  ],
});
const hello = (capabilities: Record<string, Direction[]>, more: Partial<Introduction> = {}): Introduction => ({
  implementation: { name: 'test' },
  capabilities,
  ...more,
});
const plan = (files: VectorFile[], introduction: Introduction): readonly Planned[] =>
  planTasks(files.flatMap(placedVectors), introduction);
const told = (planned: readonly Planned[]): string[] =>
  planned.map((task) =>
    'questions' in task
      ? `${task.placed.id} ${task.direction}${task.from === undefined ? '' : ` from ${task.from}`}: ${task.questions.map(({ cmd }) => cmd).join(' ')}`
      : `${task.placed.id} ${task.direction} not asked: ${task.reason}`,
  );

describe('A placed vector', () => {
  it('has its context laid over that of the group, the model under the name of its file, the format apart', () => {
    const [placed] = placedVectors(file('tlv', vector({ context: { path: '/3/0/9', contentFormat: 1542 } })));
    expect(placed).toMatchObject({
      id: 'tlv/1',
      contentFormat: 1542,
      context: { model: 'tlv/device', path: '/3/0/9', operation: 'read', role: 'any' },
    });
    expect(placed?.context).not.toHaveProperty('contentFormat');
  });

  it('may stand in a message that names no format', () => {
    expect(placedVectors(file('text', vector({ context: { contentFormat: null } })))[0]?.contentFormat).toBeNull();
  });

  it('comes of a file that says what it is', () => {
    expect(asVectorFile({ schema: 'urn:other', format: 'tlv', groups: [], models: {} }, 'x.json')).toMatchObject({
      ok: false,
      problem: { code: 'vector-file', place: 'x.json' },
    });
    expect(asVectorFile(null, 'x.json').ok).toBe(false);
    expect(asVectorFile(file('tlv'), 'x.json').ok).toBe(true);
  });
});

describe('What a testee is asked', () => {
  const both: Direction[] = ['decode', 'encode'];

  it('is to read the payload and its other encodings, and to write the values', () => {
    const encodings = [
      { payload: 'e1000905', why: 'wide' },
      { payload: '0003c10905', why: 'wrapped', decoders: 'may-refuse' } as const,
    ];
    expect(told(plan([file('tlv', vector({ encodings }))], hello({ tlv: both })))).toEqual([
      'tlv/1 decode: decode decode',
      'tlv/1 encode: encode',
    ]);
    expect(told(plan([file('tlv', vector({ direction: 'decode' }))], hello({ tlv: both })))).toEqual([
      'tlv/1 decode: decode',
    ]);
    expect(told(plan([file('tlv', vector({ direction: 'encode' }))], hello({ tlv: both })))).toEqual([
      'tlv/1 encode: encode',
    ]);
  });

  it('is nothing that it does not announce', () => {
    expect(told(plan([file('tlv', vector({}))], hello({ tlv: ['decode'] })))).toEqual([
      'tlv/1 decode: decode',
      'tlv/1 encode not asked: no encode of tlv',
    ]);
    expect(told(plan([file('tlv', vector({ direction: 'process' }))], hello({})))).toEqual([
      'tlv/1 process not asked: no process of tlv',
    ]);
  });

  it('is nothing of another role or version', () => {
    const server = vector({ direction: 'decode', context: { role: 'server' } });
    expect(told(plan([file('tlv', server)], hello({ tlv: both }, { roles: ['client'] })))).toEqual([
      'tlv/1 decode not asked: for a server',
    ]);
    const newer = vector({ direction: 'decode', context: { enabler: ['1.2'] } });
    expect(told(plan([file('tlv', newer)], hello({ tlv: both }, { enablers: ['1.0', '1.1'] })))).toEqual([
      'tlv/1 decode not asked: of LwM2M 1.2',
    ]);
    const any = vector({ direction: 'decode', context: { enabler: ['1.1', '1.2'] } });
    expect(told(plan([file('tlv', any)], hello({ tlv: both }, { roles: ['client'], enablers: ['1.1'] })))).toEqual([
      'tlv/1 decode: decode',
    ]);
  });

  it('is to write again what it has read, where its values cannot be made', () => {
    expect(told(plan([file('tlv', vector({}))], hello({ tlv: ['recode'] })))).toEqual([
      'tlv/1 decode not asked: no decode of tlv',
      'tlv/1 encode: recode',
    ]);
  });

  it('is to write one format as another, where it announces recoding for both', () => {
    const same = vector({ equivalent: 'battery' });
    const files = [file('tlv', same), file('senml-cbor', same), file('text', vector({}))];
    const all: Direction[] = ['decode', 'encode', 'recode'];
    const crossing = (capabilities: Record<string, Direction[]>): string[] =>
      told(plan(files, hello(capabilities))).filter((line) => line.includes('from'));
    expect(crossing({ tlv: all, 'senml-cbor': all, text: all })).toEqual([
      'tlv/1 recode from senml-cbor/1: recode',
      'senml-cbor/1 recode from tlv/1: recode',
    ]);
    expect(crossing({ tlv: all, 'senml-cbor': both })).toEqual([]);
  });

  it('is never to recode what stands in another place', () => {
    const files = [
      file('tlv', vector({ equivalent: 'battery' })),
      file('text', vector({ equivalent: 'battery', context: { path: '/3/0/9' } })),
    ];
    const planned = plan(files, hello({ tlv: ['recode'], text: ['recode'] }));
    expect(planned.filter((task) => task.direction === 'recode')).toEqual([]);
  });
});
