import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { modelOf, type ResourceDefinition } from '../model/definition.js';
import * as wire from './index.js';

const resource = (
  id: number,
  name: string,
  type: ResourceDefinition['type'],
  multiple = false,
): ResourceDefinition => ({
  id,
  name,
  operations: 'R',
  multiple,
  mandatory: false,
  type,
  range: '',
  units: '',
});

/** What examples may name: the public functions, and a model with part of the Device. */
const scope = {
  ...wire,
  Uint8Array,
  model: modelOf([
    {
      id: 3,
      name: 'Device',
      version: '1.1',
      enabler: '1.1',
      multiple: false,
      mandatory: true,
      urn: 'urn:oma:lwm2m:oma:3:1.1',
      resources: [
        resource(7, 'Power Source Voltage', 'integer', true),
        resource(9, 'Battery Level', 'integer'),
        resource(14, 'UTC Offset', 'string'),
      ],
    },
  ]),
};

interface Example {
  readonly file: string;
  readonly expression: string;
  readonly expected: string;
}

/** Examples of a source: an expression, and after `// =>` the value it has. */
function examplesOf(file: string, source: string): Example[] {
  const blocks = [...source.matchAll(/ \* @example\n((?: \*(?! @|\/).*\n)+)/g)].map((match) =>
    (match[1] ?? '').replace(/^ \* ?/gm, ''),
  );
  return blocks.flatMap((block) =>
    [...block.matchAll(/((?:^(?!\/\/).*\n)+)\/\/ => ((?:.*\n)(?:\/\/ {3}.*\n|\/\/ [\])}].*\n)*)/gm)].map(
      ([, expression = '', expected = '']) => ({
        file,
        expression: expression.trim(),
        expected: expected.replace(/^\/\/ /gm, '').trim(),
      }),
    ),
  );
}

const folder = new URL('.', import.meta.url);
const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
const examples = sources.flatMap((name) => examplesOf(name, readFileSync(new URL(name, folder), 'utf8')));

/** Examples of the page for users: as those of the sources, in blocks of code. */
const page = readFileSync(new URL('../../docs/codecs.md', folder), 'utf8');
const shown = [...page.matchAll(/^```ts\n([^`]*?);\n\/\/ => (.*)\n```$/gm)].map(
  ([, expression = '', expected = '']) => ({ expression, expected }),
);

describe('public entry of wire', () => {
  it.each(examples)('runs the example of $file: $expression', ({ expression, expected }) => {
    expect(runInNewContext(`(${expression})`, scope)).toEqual(runInNewContext(`(${expected})`, scope));
  });

  it.each(shown)('runs the example of docs/codecs.md: $expression', ({ expression, expected }) => {
    expect(runInNewContext(`(${expression})`, scope)).toEqual(runInNewContext(`(${expected})`, scope));
  });

  it('has examples in docs/codecs.md', () => {
    expect(shown).toHaveLength(5);
  });

  it('has an example for every @example', () => {
    const marks = sources.map((name) => readFileSync(new URL(name, folder), 'utf8').split('@example').length - 1);
    const examined = new Set(examples.map(({ file, expression }) => file + expression)).size;
    expect(examples.length).toBeGreaterThan(9);
    expect(examined).toBeGreaterThanOrEqual(marks.reduce((sum, count) => sum + count, 0));
  });
});
