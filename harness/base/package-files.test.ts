import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot, readPackageJson } from './package-files.js';

it('finds the folder with our package.json', () => {
  expect(existsSync(join(packageRoot(), 'tsconfig.json'))).toBe(true);
  expect(readPackageJson('package.json')).toMatchObject({ name: 'lwm2m-conformance' });
});

it('names the file that is missing or damaged', () => {
  expect(() => readPackageJson('harness/no-such.json')).toThrow('harness/no-such.json of the package cannot be read');
  expect(() => readPackageJson('.npmrc')).toThrow('.npmrc');
});
