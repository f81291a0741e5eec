import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../base/package-files.js';

let folder: string;
let installed: string;

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }).toString();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwm2m-package-'));
  run('npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder, packageRoot());
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  run('tar', 'xzf', tarball ?? 'no tarball');
  installed = join(folder, 'node_modules', 'lwm2m-conformance');
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(folder, 'package'), installed);
  // What npm would fetch is here already; only what package.json asks for may be found.
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package', 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  mkdirSync(join(folder, 'package', 'node_modules'));
  for (const name of Object.keys(dependencies))
    symlinkSync(join(packageRoot(), 'node_modules', name), join(folder, 'package', 'node_modules', name));
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package, unpacked in an empty folder', () => {
  const cli = (...args: string[]): string =>
    run(process.execPath, join(installed, 'dist', 'harness', 'host', 'cli.js'), ...args);

  it('lists the cases', () => {
    expect(cli('list')).toContain('registration.initial');
  });

  it('runs a case', () => {
    cli('run', 'reference', '--select', 'int-101', '--out', join(folder, 'out'), '--quiet');
    expect(JSON.parse(readFileSync(join(folder, 'out', 'results.json'), 'utf8'))).toMatchObject({
      totals: { fail: 0, error: 0, inconclusive: 0 },
    });
  });

  it.each([
    ['.', 'run'],
    ['./case', 'testCase'],
    ['./wire', 'decode'],
    ['./model', 'modelFor'],
    ['./sut', 'serveStdio'],
  ])('exports %s with %s', (entry, name) => {
    const file = join(folder, 'import.mjs');
    writeFileSync(file, `import { ${name} } from '${join('lwm2m-conformance', entry)}'; console.log(typeof ${name});`);
    expect(run(process.execPath, file).trim()).toBe('function');
  });

  it.each(['schema/results.schema.json', 'schema/sut-file.schema.json', 'vectors/tlv.json'])('has %s', (path) => {
    const file = join(folder, 'resolve.mjs');
    writeFileSync(
      file,
      `import { createRequire } from 'node:module'; console.log(typeof createRequire(import.meta.url)('lwm2m-conformance/${path}'));`,
    );
    expect(run(process.execPath, file).trim()).toBe('object');
  });
});
