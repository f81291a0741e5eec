import { describe, expect, it } from 'vitest';
import { nearest, plan, plannedName, selects, unknownSelectors, type PlanOptions } from './plan.js';
import { testCase, type CaseMeta } from './test-case.js';

const aCase = (id: string, more: Partial<CaseMeta> = {}) =>
  testCase(
    {
      id,
      title: id,
      since: '1.0',
      configuration: 'C.1',
      checks: { x1: { by: 'client', level: 'must', req: 'R-1', says: 'is' } },
      ...more,
    },
    () => Promise.resolve(),
  );

const catalogue = [
  aCase('registration.initial', { ets: { '1.1': 'int-101' }, start: true }),
  aCase('management.read', { variants: ['text', 'tlv'] }),
  aCase('management.send', { since: '1.1', requires: 'send' }),
  aCase('reporting.misbehaves', { our: 'server' }),
  aCase('registration.expiry', { checks: { E: { by: 'server', level: 'must', req: 'R-15', says: 'drops' } } }),
];

const client: PlanOptions = { bench: 'client', enabler: '1.1', judged: ['client'], ours: ['server'], select: [] };
const shown = (options: Partial<PlanOptions>): string[] =>
  plan(catalogue, { ...client, ...options }).map(
    (planned) => `${plannedName(planned)}${planned.not ? ` ${planned.not.verdict}: ${planned.not.reason}` : ''}`,
  );

describe('plan', () => {
  it('expands variants, and says why a case does not apply', () => {
    expect(shown({})).toEqual([
      'registration.initial',
      'management.read[text]',
      'management.read[tlv]',
      'management.send',
      'reporting.misbehaves',
      'registration.expiry not-applicable: it judges no client',
    ]);
  });

  it('leaves out what the version, the bench or the statement rules out', () => {
    expect(shown({ enabler: '1.0' })).toContain(
      'management.send not-applicable: it is about LwM2M 1.1 and later, the run is about 1.0',
    );
    expect(shown({ bench: 'server', judged: ['server', 'client'], ours: ['client'] })).toContain(
      'reporting.misbehaves not-applicable: it needs our own server, which the server bench has not',
    );
    expect(shown({ statement: { source: 'declared', items: { send: false } } })).toContain(
      'management.send not-applicable: the statement does not claim send',
    );
    expect(shown({ statement: { source: 'declared', items: {} } })).toContain('management.send');
  });

  it('leaves out the cases of the bootstrap interface for a client that has none, or cannot be told of a server of it', () => {
    const cases = [aCase('bootstrap.asks', { bootstrap: 'unbootstrapped' }), aCase('registration.initial')];
    const reasons = (options: Partial<PlanOptions>): (string | undefined)[] =>
      plan(cases, { ...client, ...options }).map(({ not }) => not?.reason);
    expect(reasons({})).toEqual([undefined, undefined]);
    expect(reasons({ statement: { source: 'declared', items: { 'op.bootstrap-request': false } } })).toEqual([
      'the statement does not claim op.bootstrap-request',
      undefined,
    ]);
    expect(reasons({ unprovisioned: 'it cannot be told' })).toEqual(['it cannot be told', undefined]);
  });

  it('takes a role for the resource that is bound to it, and asks of a variant what it requires beside', () => {
    const cases = [
      aCase('management.write', { requires: 'role.writable' }),
      aCase('management.read', { variants: ['text', 'tlv'], variantRequires: { tlv: 'format.11542' } }),
    ];
    const items = { 'resource./3/14': false, 'format.11542': false };
    const bound = (writable: string) =>
      plan(cases, { ...client, statement: { source: 'declared', items }, bind: () => ({ writable }) }).map(
        (planned) => `${plannedName(planned)}${planned.not ? ' not' : ''}`,
      );
    expect(bound('/3/0/14')).toEqual(['management.write not', 'management.read[text]', 'management.read[tlv] not']);
    expect(bound('/3/0/15')).toEqual(['management.write', 'management.read[text]', 'management.read[tlv] not']);
  });

  it('does not run what must be started where we cannot start it', () => {
    expect(shown({ external: true })).toContain(
      'registration.initial not-run: the device must be started for it, which we cannot',
    );
  });

  it('selects by id, ETS number, interface and glob', () => {
    expect(shown({ select: ['int-101'] })).toEqual(['registration.initial']);
    expect(shown({ select: ['management'] })).toHaveLength(3);
    expect(shown({ select: ['*.re*'] })).toEqual(['management.read[text]', 'management.read[tlv]']);
    expect(selects('management.rea', catalogue[1]!.meta)).toBe(false);
  });

  it('selects one variant of a case, or of each that has it', () => {
    expect(shown({ select: ['management.read[tlv]'] })).toEqual(['management.read[tlv]']);
    expect(shown({ select: ['management.*[text]', 'int-101'] })).toEqual([
      'registration.initial',
      'management.read[text]',
    ]);
    expect(unknownSelectors(catalogue, ['management.read[tlw]', 'registration.initial[tlv]'])).toEqual([
      { selector: 'management.read[tlw]', nearest: expect.arrayContaining(['management.read[tlv]']) },
      { selector: 'registration.initial[tlv]', nearest: expect.any(Array) },
    ]);
  });

  it('names the nearest cases for a selector that selects none', () => {
    expect(unknownSelectors(catalogue, ['int-101', 'management.raed'])).toEqual([
      { selector: 'management.raed', nearest: expect.arrayContaining(['management.read']) },
    ]);
    expect(nearest('ab', ['abc', 'xyz', 'a', 'ab'])[0]).toBe('ab');
  });
});
