import { describe, expect, it } from 'vitest';
import { BoundedLog, LineReader, type LineEnd } from './bounded-log.js';

describe('BoundedLog', () => {
  it('keeps everything while there is room', () => {
    const log = new BoundedLog({ head: 5, tail: 5 });
    log.append('abc');
    log.append('defghij');
    expect(log.toString()).toBe('abcdefghij');
  });

  it('keeps the beginning and the end, and says how much is missing', () => {
    const log = new BoundedLog({ head: 3, tail: 4 });
    for (let i = 0; i < 1000; i++) log.append(String(i % 10));
    expect(log.toString()).toBe('012\n[… 993 characters left out …]\n6789');
    log.append('x');
    expect(log.toString()).toBe('012\n[… 994 characters left out …]\n789x');
  });
});

describe('LineReader', () => {
  function read(
    pieces: readonly (string | Uint8Array)[],
    limit?: number,
  ): { lines: [string, LineEnd][]; reader: LineReader } {
    const lines: [string, LineEnd][] = [];
    const reader = new LineReader((line, end) => lines.push([line, end]), limit);
    for (const piece of pieces) reader.write(typeof piece === 'string' ? Buffer.from(piece) : piece);
    return { lines, reader };
  }

  it('joins pieces, takes either line end, and shows the line that has begun', () => {
    const { lines, reader } = read(['a', 'b\r\n', '\nc\nd> ']);
    expect(lines.map(([line]) => line)).toEqual(['ab', '', 'c']);
    expect(reader.pending).toBe('d> ');
    reader.end();
    expect(lines.at(-1)).toEqual(['d> ', 'whole']);
  });

  it('joins a character that was cut between two pieces', () => {
    const bytes = Buffer.from('ä€\n');
    expect(read([bytes.subarray(0, 1), bytes.subarray(1, 4), bytes.subarray(4)]).lines).toEqual([['ä€', 'whole']]);
  });

  it('cuts a line that is too long once, and goes on with the next', () => {
    const { lines, reader } = read(['abc', 'def', 'ghi', '\nxyz\n'], 4);
    expect(lines).toEqual([
      ['abcd', 'cut'],
      ['xyz', 'whole'],
    ]);
    reader.end();
    expect(lines).toHaveLength(2);
  });
});
