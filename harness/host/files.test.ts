import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outputFolder } from './files.js';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'lwm2m-files-'));
});
afterEach(() => rmSync(base, { recursive: true }));

describe('a folder to write to', () => {
  it('is made with all above it, and is taken as it is', () => {
    const path = join(base, 'one', 'two');
    outputFolder(path);
    outputFolder(path);
    expect(statSync(path).isDirectory()).toBe(true);
  });

  it('is refused at and below a file', () => {
    const file = join(base, 'file');
    writeFileSync(file, '');
    expect(() => outputFolder(file)).toThrow(`${file}: it is a file, not a folder`);
    expect(() => outputFolder(join(file, 'below'))).toThrow('below: a part of its path is no folder');
  });

  it('is refused where nothing can be made, at once', () => {
    // mkdir of Node, asked for all folders above too, does not come back from there.
    expect(() => outputFolder('/proc/one/two')).toThrow(/there is no such file or folder/);
  });
});
