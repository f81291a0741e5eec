import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { moduleSut } from './module.js';

const folder = mkdtempSync(join(tmpdir(), 'module-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const BODY = `describe() { return Promise.resolve({ name: 'mine', version: '1', party: 'client', stimuli: [] }) } start() {} stimulate() {} stop() {}`;

describe('moduleSut', () => {
  it.each([
    ['an object', `export default { ${BODY.replaceAll('} s', '}, s')} }`],
    ['a function that makes one', `class Mine { ${BODY} } export default () => new Mine()`],
    ['a function that takes its time', `class Mine { ${BODY} } export default async () => new Mine()`],
  ])('takes %s', async (name, text) => {
    const sut = await moduleSut(file(`${name}.mjs`, text));
    expect(await sut.describe()).toMatchObject({ name: 'mine' });
  });

  it.each([
    ['is missing', '', /no-such-file/],
    ['does not parse', 'export default {', /unexpected|parse/i],
    ['exports nothing', 'export const x = 1', /no Sut/],
    ['lacks a call', 'export default { describe() {}, start() {}, stop() {} }', /no Sut/],
    ['throws', 'export default () => { throw new Error("no licence") }', /no licence/],
  ])('says what is wrong with a module that %s', async (name, text, reason) => {
    const path = name === 'is missing' ? join(folder, 'no-such-file.mjs') : file(`${name}.mjs`, text);
    await expect(moduleSut(path)).rejects.toThrow(reason);
  });
});
