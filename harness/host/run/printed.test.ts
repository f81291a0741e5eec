import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Around, PartyPlan } from '../../case/session.js';
import { VirtualClock } from '../../base/clock.js';
import { seeded } from '../../base/random.js';
import { modelFor } from '../../model/registry.js';
import { Printed, writePrinted } from './printed.js';

const around: Around = {
  clock: new VirtualClock(),
  random: seeded(1),
  model: modelFor('1.1'),
  enabler: '1.1',
  link: () => Promise.reject(new Error('nothing is sent')),
  own: {},
};

/** A system that says these, one each time that it is made. */
const talker = (...texts: readonly string[]): PartyPlan => {
  const left = [...texts];
  return {
    ours: false,
    sut: () => {
      const text = left.shift() ?? '';
      return {
        describe: () => Promise.resolve({ name: 'talker', version: '', party: 'client', stimuli: [] }),
        start: () => Promise.resolve({}),
        stimulate: () => Promise.resolve('unsupported'),
        stop: () => Promise.resolve(),
        log: () => text,
      };
    },
  };
};

describe('Printed', () => {
  it('has what each foreign system printed, in all its lives, and nothing of ours', () => {
    const printed = new Printed();
    const client = printed.by('client', talker('first\n', 'second\n'));
    const ours: PartyPlan = { ...talker('ours'), ours: true };
    expect(printed.by('server', ours)).toBe(ours);
    printed.by('bootstrap-server', talker('')).sut(around);
    expect(printed.texts()).toEqual([]);
    client.sut(around);
    client.sut(around);
    expect(printed.texts()).toEqual([['client', 'first\nsecond\n']]);
  });

  it('stays within bounds, however often a system is started anew', () => {
    const printed = new Printed();
    const lives = Array.from({ length: 20 }, (_, i) => `${i} ${'x'.repeat(100_000)}\n`);
    const client = printed.by('client', talker(...lives));
    for (const _life of lives) client.sut(around);
    const [[, text] = ['client', '']] = printed.texts();
    expect(text.length).toBeLessThan(1_000_000);
    expect(text).toMatch(/^0 x[^]*characters left out[^]*19 x/);
  });
});

describe('writePrinted', () => {
  it('writes a file for each system, without its keys, and tells where', () => {
    const out = mkdtempSync(join(tmpdir(), 'lwm2m-printed-'));
    try {
      const printed = new Printed();
      printed.by('client', talker('key 0123\n')).sut(around);
      const redact = (text: string): string => text.replaceAll('0123', '****');
      expect(writePrinted(printed, 'management.read', { out, redact })).toEqual({
        client: 'logs/management.read.client.log',
      });
      expect(readFileSync(join(out, 'logs/management.read.client.log'), 'utf8')).toBe('key ****\n');
      expect(writePrinted(printed, 'management.read', {})).toEqual({});
    } finally {
      rmSync(out, { recursive: true });
    }
  });
});
