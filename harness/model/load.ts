import { failed, ok, ProblemError, type Problem, type Result } from '../base/error.js';
import type { ObjectDefinition, ResourceDefinition } from './definition.js';
import { parseXml, type XmlElement } from './load-xml.js';
import { MAX_ID } from './path.js';
import { parseRange } from './range.js';
import type { ResourceType } from './value.js';

const TYPES: Readonly<Record<string, ResourceType>> = {
  String: 'string',
  Integer: 'integer',
  'Unsigned Integer': 'unsigned',
  Float: 'float',
  Boolean: 'boolean',
  Opaque: 'opaque',
  Time: 'time',
  Objlnk: 'objlnk',
  Corelnk: 'corelnk',
};

const OPERATIONS: readonly ResourceDefinition['operations'][] = ['', 'R', 'W', 'RW', 'E'];

export interface LoadedObjects {
  readonly definitions: readonly ObjectDefinition[];
  /** What is odd but does not stop it: files of the registry itself show these. */
  readonly remarks: readonly Problem[];
}

/**
 * Reads an object definition file of OMA's editor (`LWM2M.xsd`, 1.0 and 1.1): one or several Objects.
 *
 * Beyond the schema it refuses ids used twice, an executable with a type, a value without one, a type it does not know,
 * and a URN of another Object. It remarks on multiple executables and on ranges whose ends are swapped.
 *
 * @param place name of the file, for problems; these add line and column
 */
export function loadObjects(text: string, place: string): Result<LoadedObjects> {
  const root = parseXml(text, place);
  if (!root.ok) return root;
  const reader = new Reader(place);
  try {
    return ok({ definitions: readRoot(root.value, reader), remarks: reader.remarks });
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}

function readRoot(root: XmlElement, reader: Reader): ObjectDefinition[] {
  if (root.name !== 'LWM2M') reader.fail(root, 'root', `the root element is LWM2M, not ${root.name}`);
  const objects = root.children.filter((child) => child.name === 'Object');
  if (objects.length === 0) reader.fail(root, 'no-object', 'there is no Object in it');
  const seen = new Set<string>();
  return objects.map((element) => {
    const definition = readObject(element, reader);
    const key = `${definition.id} ${definition.version}`;
    if (seen.has(key))
      reader.fail(element, 'duplicate', `Object ${definition.id} is defined twice in version ${definition.version}`);
    seen.add(key);
    return definition;
  });
}

function readObject(element: XmlElement, reader: Reader): ObjectDefinition {
  const id = reader.id(reader.child(element, 'ObjectID'));
  const version = reader.version(element, 'ObjectVersion');
  const items = reader.child(element, 'Resources').children.filter((child) => child.name === 'Item');
  const seen = new Set<number>();
  const resources = items.map((item) => {
    const resource = readResource(item, reader);
    if (seen.has(resource.id))
      reader.fail(item, 'duplicate', `Resource ${resource.id} is defined twice in Object ${id}`);
    seen.add(resource.id);
    return resource;
  });
  return {
    id,
    name: reader.named(element),
    version,
    enabler: reader.version(element, 'LWM2MVersion'),
    multiple: reader.choice(element, 'MultipleInstances', 'Multiple', 'Single'),
    mandatory: reader.choice(element, 'Mandatory', 'Mandatory', 'Optional'),
    urn: reader.urn(reader.child(element, 'ObjectURN'), id, version),
    resources: resources.sort((a, b) => a.id - b.id),
  };
}

function readResource(item: XmlElement, reader: Reader): ResourceDefinition {
  const operations = readOperations(reader.child(item, 'Operations'), reader);
  const type = readType(reader.child(item, 'Type'), operations, reader);
  const multiple = reader.choice(item, 'MultipleInstances', 'Multiple', 'Single');
  if (type === 'none' && multiple) reader.remark(item, 'executable', 'an executable Resource has a single instance');
  return {
    id: reader.itemId(item),
    name: reader.named(item),
    operations,
    multiple,
    mandatory: reader.choice(item, 'Mandatory', 'Mandatory', 'Optional'),
    type,
    range: readRange(item, type, reader),
    units: reader.optional(item, 'Units'),
  };
}

function readOperations(element: XmlElement, reader: Reader): ResourceDefinition['operations'] {
  const found = OPERATIONS.find((operations) => operations === element.text);
  if (found === undefined)
    return reader.fail(element, 'operations', `${JSON.stringify(element.text)} is none of R, W, RW, E or nothing`);
  return found;
}

function readType(element: XmlElement, operations: string, reader: Reader): ResourceType {
  if (operations === 'E') {
    if (element.text !== '')
      reader.fail(element, 'executable', `an executable Resource has no type, but ${element.text} is given`);
    return 'none';
  }
  const type = Object.hasOwn(TYPES, element.text) ? TYPES[element.text] : undefined;
  if (type) return type;
  const message =
    element.text === '' ? 'a Resource that is not executable needs a type' : `unknown type ${element.text}`;
  return reader.fail(element, 'type', message, `one of ${Object.keys(TYPES).join(', ')}`);
}

/** The text as it stands: the registry writes ranges freely. An interval that is none is remarked. */
function readRange(item: XmlElement, type: ResourceType, reader: Reader): string {
  const range = reader.optional(item, 'RangeEnumeration');
  if (/^[\d\s.-]*\d\s*\.\.[\s\d.-]*$/.test(range) && parseRange(range, type) === undefined)
    reader.remark(item, 'range', `${JSON.stringify(range)} is no range`, 'lower..upper');
  return range;
}

/** Takes elements apart and says where something is wrong. */
class Reader {
  readonly remarks: Problem[] = [];

  constructor(readonly place: string) {}

  fail(element: XmlElement, code: string, message: string, hint?: string): never {
    throw new ProblemError(this.#problem(element, code, message, hint));
  }

  remark(element: XmlElement, code: string, message: string, hint?: string): void {
    this.remarks.push(this.#problem(element, code, message, hint));
  }

  #problem(element: XmlElement, code: string, message: string, hint: string | undefined): Problem {
    const id = element.attributes['ID'];
    return {
      code: `model-${code}`,
      message: `${element.name}${id === undefined ? '' : ` ${id}`}: ${message}`,
      place: `${this.place}, ${element.position()}`,
      ...(hint && { hint }),
    };
  }

  child(element: XmlElement, name: string): XmlElement {
    const [child, second] = element.children.filter((candidate) => candidate.name === name);
    if (!child) return this.fail(element, 'missing', `there is no ${name} in it`);
    if (second) return this.fail(second, 'repeated', `there is a second one in ${element.name}`);
    return child;
  }

  optional(element: XmlElement, name: string): string {
    return element.children.some((child) => child.name === name) ? this.child(element, name).text : '';
  }

  named(element: XmlElement): string {
    const name = this.child(element, 'Name');
    return name.text === '' ? this.fail(name, 'name', 'it is empty') : name.text;
  }

  id(element: XmlElement): number {
    return this.#number(element, element.text);
  }

  itemId(item: XmlElement): number {
    const id = item.attributes['ID'];
    return id === undefined ? this.fail(item, 'missing', 'there is no attribute ID on it') : this.#number(item, id);
  }

  #number(element: XmlElement, text: string): number {
    if (!/^\d{1,5}$/.test(text) || Number(text) >= MAX_ID)
      return this.fail(element, 'id', `${JSON.stringify(text)} is no identifier`, `0 to ${MAX_ID - 1}`);
    return Number(text);
  }

  /** Absent or empty stands for 1.0 (Core 1.1 §7.2.1). */
  version(element: XmlElement, name: string): string {
    const text = this.optional(element, name);
    if (text === '') return '1.0';
    if (!/^\d+\.\d+(\.\d+)?$/.test(text))
      this.fail(this.child(element, name), 'version', `${JSON.stringify(text)} is no version`, '1.0');
    return text;
  }

  choice(element: XmlElement, name: string, yes: string, no: string): boolean {
    const child = this.child(element, name);
    if (child.text !== yes && child.text !== no)
      this.fail(child, 'choice', `${JSON.stringify(child.text)} is neither ${yes} nor ${no}`);
    return child.text === yes;
  }

  urn(element: XmlElement, id: number, version: string): string {
    const match = /^urn:oma:lwm2m:[a-z0-9-]+:(\d+)(?::(\d+\.\d+))?$/.exec(element.text);
    const expected = `urn:oma:lwm2m:{oma,ext,x}:${id}${version === '1.0' ? '' : `:${version}`}`;
    if (!match || Number(match[1]) !== id || (match[2] ?? '1.0') !== version)
      this.fail(
        element,
        'urn',
        `${JSON.stringify(element.text)} does not name Object ${id} version ${version}`,
        expected,
      );
    return element.text;
  }
}
