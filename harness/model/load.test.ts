import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatProblem, unwrap } from '../base/error.js';
import { loadObjects } from './load.js';

const item = (id: number, body: string): string => `<Item ID="${id}">${body}</Item>`;

const resource = (changes: Record<string, string> = {}): string =>
  Object.entries({
    Name: 'Level',
    Operations: 'RW',
    MultipleInstances: 'Single',
    Mandatory: 'Optional',
    Type: 'Integer',
    RangeEnumeration: '0..100',
    Units: '/100',
    Description: 'how full <b>it</b> is'.replaceAll('<', '&lt;'),
    ...changes,
  })
    .map(([name, text]) => `<${name}>${text}</${name}>`)
    .join('');

const object = (changes: Record<string, string> = {}): string =>
  `<Object ObjectType="MODefinition">${Object.entries({
    Name: 'Tank',
    Description1: 'a tank',
    ObjectID: '10250',
    ObjectURN: 'urn:oma:lwm2m:x:10250',
    MultipleInstances: 'Multiple',
    Mandatory: 'Optional',
    Resources: item(0, resource()),
    Description2: '',
    ...changes,
  })
    .map(([name, text]) => `<${name}>${text}</${name}>`)
    .join('\n')}</Object>`;

const file = (...objects: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<LWM2M>\n${objects.join('\n')}\n</LWM2M>`;

/** How the problem reads for a person. */
function complaint(text: string): string {
  const loaded = loadObjects(text, 'tank.xml');
  return loaded.ok ? 'none' : formatProblem(loaded.problem);
}

describe('loadObjects', () => {
  it('reads an object of the first schema, versions left out', () => {
    expect(unwrap(loadObjects(file(object()), 'tank.xml'))).toEqual({
      remarks: [],
      definitions: [
        {
          id: 10250,
          name: 'Tank',
          version: '1.0',
          enabler: '1.0',
          multiple: true,
          mandatory: false,
          urn: 'urn:oma:lwm2m:x:10250',
          resources: [
            {
              id: 0,
              name: 'Level',
              operations: 'RW',
              multiple: false,
              mandatory: false,
              type: 'integer',
              range: '0..100',
              units: '/100',
            },
          ],
        },
      ],
    });
  });

  it('reads versions, and the types that came with 1.1', () => {
    const resources = [
      item(26241, resource({ Type: 'Corelnk', RangeEnumeration: '' })),
      item(1, resource({ Type: 'Unsigned Integer' })),
      item(2, resource({ Type: '', Operations: 'E', RangeEnumeration: '' })),
      item(3, resource({ Operations: '' })),
    ].join('\n');
    const versions = { ObjectVersion: '1.1', LWM2MVersion: '1.1', ObjectURN: 'urn:oma:lwm2m:x:10250:1.1' };
    const [definition] = unwrap(
      loadObjects(file(object({ ...versions, Resources: resources })), 'tank.xml'),
    ).definitions;
    expect(definition).toMatchObject({ version: '1.1', enabler: '1.1' });
    expect(definition?.resources.map((one) => [one.id, one.type, one.operations])).toEqual([
      [1, 'unsigned', 'RW'],
      [2, 'none', 'E'],
      [3, 'integer', ''],
      [26241, 'corelnk', 'RW'],
    ]);
  });

  it('reads several objects, and several versions of one', () => {
    const second = { ObjectVersion: '2.0', ObjectURN: 'urn:oma:lwm2m:x:10250:2.0' };
    const other = { ObjectID: '10251', ObjectURN: 'urn:oma:lwm2m:x:10251:1.0' };
    const { definitions } = unwrap(loadObjects(file(object(), object(second), object(other)), 'tank.xml'));
    expect(definitions.map(({ id, version }) => `${id} ${version}`)).toEqual(['10250 1.0', '10250 2.0', '10251 1.0']);
  });

  it('reads CDATA, entities, a byte order mark and the line ends of Windows', () => {
    const text = file(
      object({ Name: '<![CDATA[Tank & <pipe>]]>', Description1: '&lt;&amp;&#62;&#x3E;&quot;&apos;<!-- <no/> -->' }),
    );
    const { definitions } = unwrap(loadObjects(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'tank.xml'));
    expect(definitions[0]?.name).toBe('Tank & <pipe>');
  });

  it.each([
    ['', 'tank.xml, line 1, column 1: there is no element in it'],
    ['no xml', 'line 1, column 1: there is text outside the root element'],
    ['<LWM2M>\n <Object></LWM2M>', 'line 2, column 10: </LWM2M> closes <Object>'],
    ['<LWM2M>\n <Object>', 'line 2, column 2: <Object> is not closed'],
    ['<LWM2M></LWM2M></b>', 'column 16: </b> closes nothing'],
    ['<LWM2M/>\n<LWM2M/>', 'line 2, column 1: there is one root element, not also <LWM2M>'],
    ['<LWM2M><a b=1/></LWM2M>', 'column 8: <a is no tag'],
    ['<LWM2M><a b="1" b="2"/></LWM2M>', 'column 8: the attribute b of <a> stands twice'],
    ['<LWM2M>\n <a', 'line 2, column 2: this tag is not closed'],
    ['<LWM2M>\n <a></a', 'line 2, column 5: Closing Tag is not closed'],
    ['<LWM2M><!-- one -->\n<!-- never closed', 'line 2, column 1: Comment is not closed'],
    ['<LWM2M/>\n<![CDATA[', 'line 2, column 1: CDATA is not closed'],
    ['<LWM2M>\n&nbsp;</LWM2M>', 'line 1, column 1: LWM2M: &nbsp; stands for no character'],
    ['<LWM2M>\n<a b="&x;"/></LWM2M>', 'line 2, column 1: a: &x; stands for no character'],
    ['<LWM2M></LWM2M> text', 'column 17: there is text outside the root element'],
    ['<LWM2M>\n<!DOCTYPE a></LWM2M>', 'line 2, column 1: a document type is not read'],
    ['<!-- <!DOCTYPE a> -->\n<!DOCTYPE a><LWM2M/>', 'line 2, column 1: a document type is not read'],
    ['<a><b></a></b>', 'column 7: </a> closes <b>'],
    ['<LWM2M>&#x110000;</LWM2M>', '&#x110000; stands for no character'],
    ['<LWM2M>a & b</LWM2M>', '& stands for no character'],
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hosts">]><LWM2M>&x;</LWM2M>', 'a document type is not read'],
    ['<html/>', 'the root element is LWM2M, not html'],
    ['<LWM2M></LWM2M>', 'there is no Object in it'],
  ])('refuses the document %j', (text, message) => {
    expect(complaint(text)).toContain(message);
  });

  it.each([
    [{ ObjectID: '65535' }, 'ObjectID: "65535" is no identifier (0 to 65534)'],
    [{ ObjectID: 'tank' }, 'ObjectID: "tank" is no identifier'],
    [{ Name: '' }, 'Name: it is empty'],
    [{ ObjectURN: 'urn:oma:lwm2m:x:10251' }, 'does not name Object 10250 version 1.0'],
    [{ ObjectURN: 'urn:oma:lwm2m:x:10250:1.1' }, 'urn:oma:lwm2m:{oma,ext,x}:10250)'],
    [{ ObjectURN: '' }, 'ObjectURN: ""'],
    [{ ObjectVersion: 'one' }, 'ObjectVersion: "one" is no version'],
    [{ MultipleInstances: 'Many' }, '"Many" is neither Multiple nor Single'],
    [{ Mandatory: '' }, '"" is neither Mandatory nor Optional'],
    [{ Resources: item(0, resource()) + item(0, resource()) }, 'Item 0: Resource 0 is defined twice in Object 10250'],
    [{ Resources: `<Item>${resource()}</Item>` }, 'Item: there is no attribute ID on it'],
    [{ Resources: item(65535, resource()) }, 'Item 65535: "65535" is no identifier'],
  ])('refuses an object with %j', (changes, message) => {
    expect(complaint(file(object(changes)))).toContain(message);
  });

  it.each([
    [{ Operations: 'X' }, '"X" is none of R, W, RW, E or nothing'],
    [{ Operations: 'E' }, 'an executable Resource has no type, but Integer is given'],
    [{ Type: '' }, 'a Resource that is not executable needs a type'],
    [{ Type: 'Int32' }, 'unknown type Int32 (one of String, Integer'],
    [{ Type: 'toString' }, 'unknown type toString'],
  ])('refuses a resource with %j', (changes, message) => {
    expect(complaint(file(object({ Resources: item(0, resource(changes)) })))).toContain(message);
  });

  it('names file, line and column', () => {
    const broken = file(object({ Resources: `\n  ${item(7, resource({ Type: 'Int' }))}` }));
    const lines = broken.split('\n');
    const line = lines.findIndex((text) => text.includes('<Type>'));
    const column = lines[line]?.indexOf('<Type>') ?? 0;
    expect(complaint(broken)).toContain(`tank.xml, line ${line + 1}, column ${column + 1}: Type: unknown type Int`);
    expect(complaint(broken.replaceAll('\n', '\r\n'))).toContain(`line ${line + 1}, column ${column + 1}`);
  });

  it('refuses an element that is missing or there twice', () => {
    expect(complaint(file(object()).replace('<Units>/100</Units>', ''))).toBe('none');
    expect(complaint(file(object()).replace('<Type>Integer</Type>', ''))).toContain('Item 0: there is no Type in it');
    expect(complaint(file(object({ Resources: '' })).replace('<Resources></Resources>', ''))).toContain(
      'there is no Resources',
    );
    expect(complaint(file(object({ Name: 'a</Name><Name>b' })))).toContain('Name: there is a second one in Object');
  });

  it('refuses one object twice in one version', () => {
    expect(complaint(file(object(), object()))).toContain('Object 10250 is defined twice in version 1.0');
  });

  it('remarks on what the registry itself shows', () => {
    const resources = [
      item(0, resource({ RangeEnumeration: '-30..-120' })),
      item(1, resource({ Operations: 'E', Type: '', MultipleInstances: 'Multiple' })),
      item(2, resource({ RangeEnumeration: 'low or high' })),
    ].join('');
    const { definitions, remarks } = unwrap(loadObjects(file(object({ Resources: resources })), 'tank.xml'));
    expect(definitions[0]?.resources).toHaveLength(3);
    expect(remarks.map((remark) => remark.code)).toEqual(['model-range', 'model-executable']);
    expect(remarks[0]?.message).toBe('Item 0: "-30..-120" is no range');
  });
});

const registry = process.env['LWM2M_REGISTRY'];

/** Set LWM2M_REGISTRY to a checkout of OMA's lwm2m-registry. */
describe.skipIf(!registry || !existsSync(registry))('with the OMA registry at LWM2M_REGISTRY', () => {
  it('reads every object but the one whose resource lacks a type', () => {
    const folder = registry ?? '';
    const names = readdirSync(folder).filter((name) => /^\d+\.xml$/.test(name));
    const refused = names.filter((name) => !loadObjects(readFileSync(join(folder, name), 'utf8'), name).ok);
    expect(names.length).toBeGreaterThan(300);
    expect(refused).toEqual(['10482.xml']);
  });
});
