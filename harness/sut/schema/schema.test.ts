import { Ajv } from 'ajv';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { PARTY_STIMULI } from '../party-stimuli.js';
import { checkDescription, checkOutcome, checkSetup, checkStimulus } from '../validate.js';
import { STIMULUS_KINDS } from './definitions.js';
import { messageSchemas } from './messages.js';

describe('the schemas of the control protocol', () => {
  // `npx vitest run harness/sut/schema -u` writes them anew.
  it.each(Object.keys(messageSchemas))('are published as they are used: %s', async (name) => {
    const text = await format(JSON.stringify(messageSchemas[name]), { parser: 'json', printWidth: 120 });
    await expect(text).toMatchFileSnapshot(`./${name}.schema.json`);
  });

  it.each(Object.keys(messageSchemas))('compile in strict mode: %s', (name) => {
    const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false });
    expect(() => ajv.compile(messageSchemas[name] ?? {})).not.toThrow();
  });

  it('know every stimulus of the contract', () => {
    expect([...STIMULUS_KINDS].sort()).toEqual(Object.values(PARTY_STIMULI).flat().sort());
  });

  it.each<[string, (value: unknown) => { ok: boolean }, unknown, boolean]>([
    ['a read', checkStimulus, { do: 'read', endpoint: 'e', path: '/3/0/9', format: 110 }, true],
    ['a read of the root', checkStimulus, { do: 'read', endpoint: 'e', path: '/' }, true],
    ['a read without its endpoint', checkStimulus, { do: 'read', path: '/3' }, false],
    ['a relative path', checkStimulus, { do: 'read', endpoint: 'e', path: '3/0' }, false],
    [
      'steps of a bootstrap',
      checkStimulus,
      {
        do: 'provision',
        endpoint: 'e',
        deletes: [],
        writes: {},
        steps: [{ do: 'write', path: '/1', value: { '0/1': 60 }, optional: true }, { do: 'finish' }],
      },
      true,
    ],
    [
      'a step that there is not',
      checkStimulus,
      { do: 'provision', endpoint: 'e', deletes: [], writes: {}, steps: [{ do: 'execute', path: '/1/0/8' }] },
      false,
    ],
    [
      'no steps, which is to accept and no more',
      checkStimulus,
      { do: 'provision', endpoint: 'e', deletes: [], writes: {}, steps: [] },
      true,
    ],
    ['a path of five', checkStimulus, { do: 'read', endpoint: 'e', path: '/1/2/3/4/5' }, false],
    ['a path with a leading zero', checkStimulus, { do: 'read', endpoint: 'e', path: '/03' }, false],
    ['a field too many', checkStimulus, { do: 'update', now: true }, false],
    [
      'a write of a table',
      checkStimulus,
      { do: 'write', endpoint: 'e', path: '/3/0', mode: 'update', value: { '14': '+02', '7/0': 1 } },
      true,
    ],
    [
      'a write of null',
      checkStimulus,
      { do: 'write', endpoint: 'e', path: '/3/0/14', mode: 'replace', value: null },
      false,
    ],
    [
      'an attribute that is removed',
      checkStimulus,
      { do: 'write-attributes', endpoint: 'e', path: '/3', attributes: { pmin: null } },
      true,
    ],
    ['a create of one value', checkStimulus, { do: 'create', endpoint: 'e', path: '/3303', value: 1 }, false],
    ['unsupported', checkOutcome, 'unsupported', true],
    ['told anything', checkOutcome, { told: null }, true],
    ['nothing to tell', checkOutcome, {}, true],
    ['two outcomes at once', checkOutcome, { refused: 'x', failed: 'y' }, false],
    ['a description without stimuli', checkDescription, { name: 'x', version: '1', party: 'client' }, false],
    [
      'a description of an unknown party',
      checkDescription,
      { name: 'x', version: '1', party: 'proxy', stimuli: [] },
      false,
    ],
    [
      'a stimulus nobody knows',
      checkDescription,
      { name: 'x', version: '1', party: 'client', stimuli: ['sing'] },
      false,
    ],
    ['an empty setup', checkSetup, {}, false],
  ])('judge %s', (_, check, value, valid) => {
    expect(check(value).ok).toBe(valid);
  });

  it('say which field is wrong', () => {
    expect(
      checkSetup({
        case: 'c',
        endpoint: 'e',
        enabler: '2.0',
        configuration: { id: '', values: {} },
        peers: [],
        credentials: {},
      }),
    ).toMatchObject({
      problem: { code: 'control-shape', place: '/enabler' },
    });
  });
});
