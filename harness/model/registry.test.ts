import { describe, expect, it } from 'vitest';
import type { ObjectDefinition } from './definition.js';
import { ENABLERS } from './party.js';
import { parseRange } from './range.js';
import { defaultVersion, definition, definitions, modelFor } from './registry.js';

/** Versions of an object with their number of resources. */
const sizes = (id: number): string =>
  definitions()
    .filter((one) => one.id === id)
    .map((one) => `${one.version} ${one.resources.length}`)
    .join(', ');

describe('the definitions', () => {
  it('hold every version of the core objects', () => {
    expect(sizes(0)).toBe('1.0 13, 1.1 18, 1.2 31');
    expect(sizes(1)).toBe('1.0 9, 1.1 24, 1.2 28');
    expect(sizes(2)).toBe('1.0 4, 1.1 4');
    expect(sizes(3)).toBe('1.0 23, 1.1 23, 1.2 23');
    expect(sizes(4)).toBe('1.0 11, 1.1 12, 1.2 13, 1.3 14');
    expect(sizes(5)).toBe('1.0 9, 1.1 13, 1.2 14');
    expect(sizes(6)).toBe('1.0 7');
    expect(sizes(7)).toBe('1.0 9');
    expect(sizes(21)).toBe('1.0 6, 1.1 7, 2.0 7');
  });

  it('are consistent in themselves', () => {
    for (const one of definitions()) {
      const name = `${one.id} ${one.version}`;
      expect(new Set(one.resources.map((resource) => resource.id)).size, name).toBe(one.resources.length);
      expect(one.urn, name).toMatch(new RegExp(`:${one.id}${one.version === '1.0' ? '' : `:${one.version}`}$`));
      for (const resource of one.resources) {
        expect(resource.type === 'none', `${name} ${resource.id}`).toBe(resource.operations === 'E');
        if (resource.range !== '')
          expect(parseRange(resource.range, resource.type), `${name} ${resource.id}`).toBeDefined();
      }
    }
  });

  it('keep what changed between versions', () => {
    expect(definition(1, '1.1')?.resources.find(({ id }) => id === 17)?.operations).toBe('');
    expect(definition(1, '1.2')?.resources.find(({ id }) => id === 17)?.operations).toBe('RW');
    expect(definition(21, '1.1')?.resources.find(({ id }) => id === 0)?.type).toBe('string');
    expect(definition(21, '2.0')?.resources.find(({ id }) => id === 0)?.type).toBe('opaque');
    expect(definition(25, '2.0')?.resources.map(({ id }) => id)).not.toContain(2);
    expect(definition(3, '1.3')).toBeUndefined();
  });

  it('carry no sentence of the registry', () => {
    for (const { name, resources } of definitions())
      for (const text of [name, ...resources.flatMap((resource) => [resource.name, resource.range])])
        expect(text).not.toMatch(/\. |\.$/);
  });
});

describe('defaultVersion', () => {
  it('follows the table of the enablers', () => {
    const row = (...ids: number[]): (string | undefined)[][] =>
      ENABLERS.map((enabler) => ids.map((id) => defaultVersion(enabler, id)));
    expect(row(0, 1, 2, 3, 4, 5, 6, 7, 21, 23, 26)).toEqual([
      ['1.0', '1.0', '1.0', '1.0', '1.0', '1.0', '1.0', '1.0', undefined, undefined, undefined],
      ['1.1', '1.1', '1.0', '1.1', '1.2', '1.0', '1.0', '1.0', '1.0', undefined, undefined],
      ['1.2', '1.2', '1.1', '1.2', '1.3', '1.1', '1.0', '1.0', '2.0', '1.0', '1.0'],
    ]);
  });

  it('is 1.0 for every object that is not core', () => {
    expect(defaultVersion('1.2', 3303)).toBe('1.0');
    expect(defaultVersion('1.0', 32000)).toBe('1.0');
  });
});

describe('modelFor', () => {
  it('takes the core objects in the versions of the enabler', () => {
    expect(modelFor('1.0').object(1)?.version).toBe('1.0');
    expect(modelFor('1.1').object(4)?.version).toBe('1.2');
    expect(modelFor('1.2').object(5)?.version).toBe('1.1');
    expect(modelFor('1.2').resource(1, 26)?.name).toBe('Default Notification Mode');
    expect(modelFor('1.1').resource(1, 26)).toBeUndefined();
  });

  it('leaves out core objects of a later enabler', () => {
    expect(modelFor('1.0').object(21)).toBeUndefined();
    expect(modelFor('1.1').object(23)).toBeUndefined();
    expect(modelFor('1.2').object(23)?.version).toBe('1.0');
  });

  it('takes other objects in version 1.0 when they ask for no later enabler', () => {
    expect(modelFor('1.1').object(3303)?.version).toBe('1.0');
    expect(modelFor('1.0').object(3442)).toBeUndefined();
    expect(modelFor('1.1').object(3442)?.version).toBe('1.0');
  });

  it('takes the versions that were announced', () => {
    const model = modelFor('1.0', { 3: '1.2', 3303: '1.1', 3442: '1.0', 21: '1.1' });
    expect([3, 3303, 3442, 21].map((id) => model.object(id)?.version)).toEqual(['1.2', '1.1', '1.0', '1.1']);
  });

  it('reads an unknown minor as the newest known one, and knows nothing of an unknown major', () => {
    expect(modelFor('1.2', { 3: '1.9' }).object(3)?.version).toBe('1.2');
    expect(modelFor('1.2', { 20: '2.7' }).object(20)?.version).toBe('2.1');
    expect(modelFor('1.2', { 3: '2.0' }).object(3)).toBeUndefined();
  });

  it('lets definitions of the user win', () => {
    const own = (id: number, version: string, name: string): ObjectDefinition => ({
      ...{ id, version, name, enabler: '1.0', multiple: false, mandatory: false, urn: `urn:oma:lwm2m:x:${id}` },
      resources: [
        {
          id: 0,
          name: 'On',
          operations: 'RW',
          multiple: false,
          mandatory: true,
          type: 'boolean',
          range: '',
          units: '',
        },
      ],
    });
    const model = modelFor('1.1', { 10250: '1.1' }, [
      own(3303, '1.0', 'Mine'),
      own(10250, '1.0', 'Old'),
      own(10250, '1.1', 'New'),
    ]);
    expect(model.object(3303)?.name).toBe('Mine');
    expect(model.resource(3303, 5700)).toBeUndefined();
    expect(model.object(10250)?.name).toBe('New');
  });
});
