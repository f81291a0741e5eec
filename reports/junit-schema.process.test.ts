import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../harness/base/package-files.js';
import { formatJunit } from './junit.js';
import { everything } from './testing.js';

const SCHEMA = join(packageRoot(), 'reports', 'junit-strict.xsd');
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'lwm2m-junit-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What xmllint says of a report; nothing but that it validates where it does. */
function validated(name: string, xml: string): string {
  const file = join(folder, name);
  writeFileSync(file, xml);
  return spawnSync('xmllint', ['--noout', '--schema', SCHEMA, file], { encoding: 'utf8' }).stderr.trim();
}

describe.skipIf(!hasXmllint)('the strict JUnit dialect (needs xmllint: apt-get install libxml2-utils)', () => {
  it('is valid with a result of every kind', () => {
    expect(validated('strict.xml', formatJunit(everything, 'strict'))).toMatch(/strict\.xml validates$/);
  });

  it('is told from the extended one by its schema', () => {
    expect(validated('extended.xml', formatJunit(everything, 'extended'))).toMatch(/fails to validate$/);
  });

  it('has no name twice', () => {
    const twice = { ...everything, cases: [...everything.cases, ...everything.cases.slice(0, 1)] };
    expect(validated('twice.xml', formatJunit(twice, 'strict'))).toMatch(/Duplicate key-sequence/);
  });
});
