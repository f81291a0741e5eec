import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RealClock } from '../../base/clock.js';
import type { Question } from './contract.js';
import { ProgramTestee } from './program-testee.js';

const ODD = fileURLToPath(new URL('testing/odd-testee.mjs', import.meta.url));
const decode = (payload: string, model?: string): Question => ({
  cmd: 'decode',
  format: 'tlv',
  contentFormat: 11542,
  context: model === undefined ? {} : { model },
  payload,
});

let folder: string;
let notes: string;
let testee: ProgramTestee;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'testee-'));
  notes = join(folder, 'notes');
});
afterEach(async () => {
  await testee.stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = (how = ''): ProgramTestee =>
  new ProgramTestee({
    command: [process.execPath, ODD, notes, how],
    clock: new RealClock(),
    answerWithin: 0.8,
    helloWithin: 10,
  });
const heard = (): string[] => readFileSync(notes, 'utf8').trim().split('\n');

describe('A testee behind a program', () => {
  it('introduces itself, is given the models it needs, answers, and stops', async () => {
    testee = start();
    expect(await testee.hello()).toMatchObject({ ok: true, value: { implementation: { name: 'odd' } } });
    await testee.model('tlv/device', { objects: [] });
    await testee.model('tlv/other', { objects: [] });
    expect(await testee.ask(decode('ff', 'tlv/device'))).toMatchObject({ ok: true, value: { decoded: { nodes: [] } } });
    expect(await testee.ask(decode('fe', 'tlv/device'))).toMatchObject({ ok: true });
    expect(await testee.ask(decode('0a'))).toMatchObject({ ok: true, value: { skip: 'not today' } });
    expect(await testee.ask(decode('0b'))).toMatchObject({ ok: true, value: { error: { class: 'truncated' } } });
    await testee.stop();
    expect(heard()).toEqual(['hello', 'model tlv/device', 'decode ff', 'decode fe', 'decode 0a', 'decode 0b', 'stop']);
    expect(testee.restarts).toBe(0);
  });

  it.each([
    ['01', 'testee-died', /exit code 9/],
    ['02', 'testee-garbage', /no JSON: segment of thought/],
    ['03', 'testee-silent', /no answer to decode within 0.8 s/],
    ['04', 'testee-seq', /an answer with seq/],
    ['05', 'testee-shape', /must be string/],
    ['07', 'testee-garbage', /no JSON/],
    ['08', 'testee-shape', /decoded/],
    ['09', 'testee-died', /signal SIGSEGV/],
  ])('is ended over %s with %s, and started again for the next question', async (payload, code, message) => {
    testee = start();
    await testee.model('tlv/device', { objects: [] });
    await testee.ask(decode('ff', 'tlv/device'));
    expect(await testee.ask(decode(payload))).toMatchObject({
      ok: false,
      problem: { code, message: expect.stringMatching(message) },
    });
    expect(await testee.ask(decode('ff', 'tlv/device'))).toMatchObject({ ok: true });
    expect(testee.restarts).toBe(1);
    expect(heard().slice(-3)).toEqual(['hello', 'model tlv/device', 'decode ff']);
  });

  it('keeps what it logged before it broke down', async () => {
    testee = start();
    await testee.ask(decode('01'));
    expect(testee.log()).toBe('about to crash\n');
  });

  it('is started again after an answer that nobody asked for', async () => {
    testee = start();
    expect(await testee.ask(decode('06'))).toMatchObject({ ok: true });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await testee.ask(decode('ff'))).toMatchObject({ ok: true });
    expect(testee.restarts).toBe(1);
  });

  it('that refuses a model fails the questions with it, and no others', async () => {
    testee = start();
    await testee.model('tlv/none', { objects: [] });
    expect(await testee.ask(decode('ff', 'tlv/none'))).toMatchObject({
      ok: false,
      problem: { code: 'testee-model', message: expect.stringMatching(/no such type/) },
    });
    expect(await testee.ask(decode('ff'))).toMatchObject({ ok: true });
    expect(testee.restarts).toBe(0);
  });

  it('is given up when it breaks down over everything', async () => {
    testee = start();
    for (let i = 0; i < 20; i++)
      expect(await testee.ask(decode('04'))).toMatchObject({ problem: { code: 'testee-seq' } });
    expect(await testee.ask(decode('ff'))).toMatchObject({ problem: { code: 'testee-lost' } });
  }, 60_000);

  it('is ended when it does not end by itself', async () => {
    testee = start('stays');
    await testee.hello();
    await testee.stop();
    expect(heard()).toEqual(['hello', 'stop']);
  });
});

describe('A program that is no testee', () => {
  it.each([
    ['dies', 'testee-died', /exit code 4/],
    ['chatters', 'testee-garbage', /Welcome to the codec/],
    ['protocol', 'testee-shape', /the answer to hello: must be equal to constant/],
  ])('that %s is told as %s', async (how, code, message) => {
    testee = start(how);
    expect(await testee.hello()).toMatchObject({
      ok: false,
      problem: { code, message: expect.stringMatching(message) },
    });
  });

  it('is not started for ever', async () => {
    testee = start('dies');
    for (let i = 0; i < 3; i++) await testee.hello();
    expect(await testee.ask(decode('ff'))).toMatchObject({ problem: { code: 'testee-lost' } });
  });

  it('may be missing', async () => {
    testee = new ProgramTestee({ command: './no-such-testee', clock: new RealClock() });
    expect(await testee.hello()).toMatchObject({ problem: { code: 'program-missing' } });
    testee = new ProgramTestee({ command: "python3 'open", clock: new RealClock() });
    expect(await testee.hello()).toMatchObject({ problem: { code: 'command-quote' } });
  });
});
