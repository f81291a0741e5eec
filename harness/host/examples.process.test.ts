import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../base/package-files.js';
import { outFolder } from './testing/cli.js';
import { inProcess } from './testing/in-process.js';

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!hasPython)('the example adapter in Python', () => {
  let out: ReturnType<typeof outFolder>;
  beforeEach(() => {
    out = outFolder();
  });
  afterEach(() => out.dispose());

  it('runs ten cases with the program that it controls', async () => {
    const file = join(packageRoot(), 'docs', 'examples', 'adapter.yaml');
    const select = ['management.read*', 'management.discover', 'management.write-text', 'management.write-tlv'];
    const more = ['management.discover-of-resource', 'management.write-read-only'];
    const args = ['--select', ...select, ...more, '--out', out.path, '--quiet'];
    expect(await inProcess('run', 'client', '--sut', file, ...args)).toMatchObject({ code: 0 });
    expect(out.results().totals).toMatchObject({ fail: 0, inconclusive: 0 });
    expect(out.results().totals.pass).toBeGreaterThanOrEqual(10);
  });
});
