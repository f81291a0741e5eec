import { describe, expect, it } from 'vitest';
import { readPackageJson } from '../../base/package-files.js';
import { parseSutFile } from '../../sut/sut-file.js';
import { SUT_TEMPLATE } from './sut-template.js';

/** Names of all fields that a schema knows, at any depth. */
function fieldsOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]: [string, unknown]) => [
    ...(name === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : []),
    ...fieldsOf(value),
  ]);
}

describe('the SUT file that init writes', () => {
  it('is one, and shows every field that there is', () => {
    expect(parseSutFile(SUT_TEMPLATE, 'template')).toMatchObject({ ok: true });
    const fields = fieldsOf(readPackageJson('harness/sut/schema/sut-file.schema.json'));
    expect(fields).toContain('bind');
    const missing = fields.filter((name) => name !== '$schema' && !new RegExp(`\\b${name}:`).test(SUT_TEMPLATE));
    expect(missing).toEqual([]);
    expect(SUT_TEMPLATE).toContain('{bootstrap-uri}');
  });
});
