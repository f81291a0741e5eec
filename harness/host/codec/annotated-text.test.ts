import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../base/bytes.js';
import { modelFor } from '../../model/registry.js';
import { annotate } from '../../wire/index.js';
import type { Io } from '../io.js';
import { formatAnnotations, formatEntries } from './annotated-text.js';

const io: Io = {
  out: () => undefined,
  err: () => undefined,
  status: () => undefined,
  isTerminal: false,
  colors: createColors(false),
};
const model = modelFor('1.2');
const lines = (hex: string): readonly string[] => {
  const payload = fromHex(hex) ?? new Uint8Array();
  return formatAnnotations(payload, annotate(11542, payload, { path: [3, 0], model }), io);
};

describe('An annotated payload', () => {
  it('has a line for each piece: offset, bytes by depth, meaning', () => {
    expect(lines('c10964')).toEqual(['0000  c1 09  Resource 9 Battery Level, 1 byte', '0002    64   100']);
  });

  it('cuts what is long', () => {
    expect(lines(`c80014${'41'.repeat(20)}`)[1]).toBe(
      '0003    41 41 41 41 41 41 41 41 41 41 41 41 …  "AAAAAAAAAAAAAAAAAAAA"',
    );
  });

  it('points at the byte that is wrong', () => {
    const [, , remark = ''] = lines('c1096488');
    expect(remark).toMatch(/^0003 +\^\^ +! truncated: /);
  });
});

describe('Values', () => {
  it('stand with path, type and name', () => {
    const entries = [
      { path: [3, 0, 9], value: { type: 'integer', value: 100n } as const },
      { path: [3, 0, 13], value: { type: 'time', value: 5n } as const, time: -3 },
      { path: [3, 0] },
    ];
    expect(formatEntries(entries, model, io)).toEqual([
      '/3/0/9   integer   100  Battery Level',
      '/3/0/13  time      5    Current Time at -3',
      '/3/0     no value  -    Device',
    ]);
  });
});
