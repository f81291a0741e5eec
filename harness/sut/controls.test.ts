import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { RealClock } from '../base/clock.js';
import type { Setup } from './contract.js';
import { controlsOf, type ControlsOptions } from './controls.js';
import type { Control } from './sut-file.js';

const clock = new RealClock();
const options: ControlsOptions = {
  clock,
  party: 'client',
  name: 'acme',
  version: '2',
  placeholders: { node: process.execPath },
};
const setup: Setup = {
  case: 'c',
  endpoint: 'e',
  enabler: '1.1',
  configuration: { id: 'C.1', values: {} },
  peers: [],
  credentials: {},
};

const client: Control = {
  use: 'exec',
  command: ['{node}', '-e', `console.log('up'); setInterval(() => {}, 1000)`],
  ready: '^up$',
  stimuli: { update: 'update' },
};

describe('controlsOf', () => {
  it('makes one Sut of a program, a command and a person', async () => {
    const input = new PassThrough();
    const output = new PassThrough({ encoding: 'utf8' });
    const cycle: Control = { use: 'shell', stimuli: { restart: `{node} -e "0"` } };
    const sut = controlsOf([client, cycle, { use: 'operator' }], { ...options, terminal: { input, output } });
    expect(await sut.describe()).toMatchObject({
      name: 'acme',
      version: '2',
      stimuli: expect.arrayContaining(['update', 'restart', 'offline']),
    });
    await sut.start(setup);
    expect(output.read()).toBeNull();
    expect(await sut.stimulate({ do: 'update' })).toEqual({});
    const asking = sut.stimulate({ do: 'bootstrap' });
    input.write('\n');
    setTimeout(() => input.write('!r no account\n'), 20);
    expect(await asking).toEqual({ refused: 'no account' });
    await sut.stop();
    expect(sut.log?.()).toContain('up');
  });

  it('prefers a command for the restart to a power cut of its own, and asks a person to start what nothing else can', async () => {
    const cycle: Control = { use: 'shell', stimuli: { restart: `{node} -e "process.exit(10)"` } };
    const sut = controlsOf([client, cycle], options);
    await sut.start(setup);
    expect(await sut.stimulate({ do: 'restart' })).toEqual({ refused: 'exit code 10' });
    await sut.stop();
    const terminal = {
      input: new PassThrough(),
      output: new PassThrough(),
      answers: [{ case: 'c', asked: 'start', answer: '!f dead' }],
    };
    await expect(controlsOf([cycle, { use: 'operator' }], { ...options, terminal }).start(setup)).rejects.toThrow(
      /dead/,
    );
  });

  it('fills placeholders of an adapter command', async () => {
    const sut = controlsOf([{ use: 'stdio', command: `{node} -e "process.exit(3)"` }], options);
    await expect(sut.describe()).rejects.toThrow(/exit code 3/);
    await expect(controlsOf([{ use: 'stdio', command: 'x {uri}' }], options).describe()).rejects.toThrow(/\{uri\}/);
  });

  it('reaches a service by its URL', async () => {
    await expect(controlsOf([{ use: 'http', url: 'http://127.0.0.1:9' }], options).describe()).rejects.toThrow(
      /ECONNREFUSED/,
    );
  });

  it('says what is wrong with the list', () => {
    expect(() => controlsOf([], options)).toThrow(/no control is given/);
    expect(() => controlsOf([{ use: 'exec', command: 'x', ready: '(' }], options)).toThrow(/acme: ready: /);
    expect(() => controlsOf([{ use: 'operator' }], options)).toThrow(/no terminal/);
  });
});
