import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromHex } from '../base/bytes.js';
import { modelFor } from '../model/registry.js';
import { CommandError } from './io.js';
import { smartCardIn } from './smart-card.js';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'card-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, digits: string): void =>
  writeFileSync(join(folder, name), fromHex(digits) ?? new Uint8Array(0));

/** A card whose bootstrap information is in 64AB; `oid` is the content of the object identifier. */
function card(oid: string): void {
  put('5031', 'a7063004040264cd');
  const identified = `06${length(oid)}${oid}3004040264ab`;
  put('64CD', nested(['a1', 'a1', '30'], identified));
  put('64AB', '0001000b0001000006080003c1013c');
}

const length = (digits: string): string => (digits.length / 2).toString(16).padStart(2, '0');
const nested = (tags: readonly string[], inner: string): string =>
  tags.reduceRight((content, tag) => `${tag}${length(content)}${content}`, inner);

const told: string[] = [];
const read = (): unknown => smartCardIn(folder, modelFor('1.1'), (line) => told.push(line));

describe('A folder with the files of a smart card', () => {
  it('gives values, whatever the case of the names', () => {
    card('672b0901');
    expect([read(), told]).toEqual([{ '/1/0/1': 60 }, []]);
  });

  it('tells what deviates', () => {
    card('0604672b0901');
    expect(read()).toEqual({ '/1/0/1': 60 });
    expect(told).toEqual(['64cd: the object identifier stands as 0604672b0901']);
  });

  it('that cannot be read is an error which names the file', () => {
    expect(read).toThrow(CommandError);
    expect(read).toThrow(join(folder, '5031'));
  });
});
