import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { RealClock, sleep } from '../base/clock.js';
import type { Outcome, Setup, Stimulus, Sut, SutEvent } from './contract.js';
import { serveStdio } from './control-server.js';
import { stdio, type StdioOptions, type StdioSut } from './stdio.js';

const clock = new RealClock();

const setup: Setup = {
  case: 'c',
  endpoint: 'e',
  enabler: '1.1',
  configuration: { id: 'C.1', values: {} },
  peers: [],
  credentials: {},
};

const read: Stimulus = { do: 'read', endpoint: 'e', path: '/3/0/9' };

let sut: StdioSut | undefined;
afterEach(() => sut?.stop());

/**
 * An adapter in a process of its own. `stimulate` is the body of a function of `say` (prints an answer of any shape),
 * `id` and `params`, for any stimulus that it knows.
 */
function adapter(stimulate: string, options: Partial<StdioOptions> = {}): StdioSut {
  const script = `
    const say = (m) => process.stdout.write((typeof m === 'string' ? m : JSON.stringify(m)) + '\\n');
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const { id, method, params } = JSON.parse(line);
      const result = (value) => say({ id, result: value });
      if (method === 'hello') return result({ protocol: 1, capabilities: ['events'] });
      if (method === 'describe') return result({ name: 'acme', version: '2', party: 'server', stimuli: ['read'] });
      if (method === 'start') return result({ address: '127.0.0.1:5683' });
      if (method === 'stop') return result(null);
      if (params.do !== 'read') return result('unsupported');
      ${stimulate}
    });`;
  sut = stdio({ command: [process.execPath, '-e', script], clock, ...options });
  return sut;
}

const codes = (): readonly string[] => (sut?.notes() ?? []).map((problem) => problem.code);

describe('stdio', () => {
  it('carries the five calls', async () => {
    const acme = adapter(`result({ told: { path: params.path } })`);
    expect(await acme.describe()).toEqual({ name: 'acme', version: '2', party: 'server', stimuli: ['read'] });
    expect(await acme.start(setup)).toEqual({ address: '127.0.0.1:5683' });
    expect(await acme.stimulate(read)).toEqual({ told: { path: '/3/0/9' } });
    expect(await acme.stimulate({ do: 'update' })).toBe('unsupported');
    await acme.stop();
    expect(acme.notes()).toEqual([]);
    expect(acme.ended()).toBeUndefined();
  });

  it('starts the adapter again after a stop', async () => {
    const acme = adapter(`result({})`);
    await acme.start(setup);
    await acme.stop();
    expect(await acme.stimulate(read)).toEqual({ failed: 'the adapter has not been started' });
    await acme.start(setup);
    expect(await acme.stimulate(read)).toEqual({});
  });

  it('matches answers to calls whatever their order', async () => {
    const acme = adapter(
      `globalThis.first ? (result({ told: 2 }), say({ id: first, result: { told: 1 } })) : (globalThis.first = id)`,
    );
    await acme.start(setup);
    expect(await Promise.all([acme.stimulate(read), acme.stimulate(read)])).toEqual([{ told: 1 }, { told: 2 }]);
  });

  it('hands events to whoever reads', async () => {
    const acme = adapter(
      `say({ event: { event: 'registered', endpoint: 'e' } }); say({ event: { event: 'nonsense' } }); result({})`,
    );
    await acme.start(setup);
    const seen: SutEvent[] = [];
    const reading = (async () => {
      for await (const event of acme.events()) seen.push(event);
    })();
    await acme.stimulate(read);
    await acme.stop();
    await reading;
    expect(seen).toEqual([{ event: 'registered', endpoint: 'e' }]);
    expect(codes()).toEqual(['control-shape']);
  });

  it('reports a refusal and a failure as they are told', async () => {
    const acme = adapter(`result(params.path === '/1' ? { refused: 'no' } : { failed: 'broken' })`);
    await acme.start(setup);
    expect(await acme.stimulate({ ...read, path: '/1' })).toEqual({ refused: 'no' });
    expect(await acme.stimulate(read)).toEqual({ failed: 'broken' });
  });

  it.each<[string, string, Outcome, string[]]>([
    [
      'an error answer',
      `say({ id, error: { code: 'rest', message: 'HTTP 500', hint: 'look' } })`,
      { failed: 'HTTP 500 (look)' },
      [],
    ],
    [
      'an outcome of the wrong shape',
      `result({ tell: 1 })`,
      { failed: expect.stringContaining('outcome') as string },
      [],
    ],
    [
      'an answer of the wrong shape',
      `say({ id, outcome: {} })`,
      { failed: expect.stringContaining('answer') as string },
      [],
    ],
    ['death during a call', `process.exit(4)`, { failed: 'the adapter ended during stimulate: exit code 4' }, []],
    ['an answer just before death', `result({}); process.exit(4)`, {}, []],
    [
      'death by a signal',
      `process.kill(process.pid, 'SIGKILL')`,
      { failed: 'the adapter ended during stimulate: signal SIGKILL' },
      [],
    ],
    ['a line that is no JSON', `say('Connected to server.'); result({})`, {}, ['control-json']],
    [
      'JSON that is no message',
      `say('[1]'); say('{"id":"x","result":1}'); result({})`,
      {},
      ['control-shape', 'control-shape'],
    ],
    ['an id that was never called', `say({ id: 999, result: {} }); result({})`, {}, ['adapter-answer-foreign']],
    [
      'an error without an id',
      `say({ id: null, error: { code: 'x', message: 'y' } }); result({})`,
      {},
      ['adapter-answer-foreign'],
    ],
    ['an overlong line', `process.stdout.write('x'.repeat(5e6) + '\\n', () => result({}))`, {}, ['adapter-line-long']],
  ])('survives %s', async (_, script, outcome, notes) => {
    const acme = adapter(script);
    await acme.start(setup);
    expect(await acme.stimulate(read)).toEqual(outcome);
    expect(codes()).toEqual(notes);
  });

  it('notes a second answer to one call', async () => {
    const acme = adapter(`result({ told: 1 }); result({ told: 2 }); `);
    await acme.start(setup);
    expect(await acme.stimulate(read)).toEqual({ told: 1 });
    await acme.stimulate({ do: 'update' });
    expect(codes()).toEqual(['adapter-answer-double']);
  });

  it('gives a call up in time, and notes the answer that comes too late', async () => {
    const acme = adapter(`setTimeout(() => result({}), 400)`, { allowances: { stimulate: 0.2 } });
    await acme.start(setup);
    expect(await acme.stimulate(read)).toEqual({ failed: 'the adapter did not answer stimulate within 0.2 s' });
    await sleep(clock, 0.5);
    expect(codes()).toEqual(['adapter-answer-late']);
  });

  it('remembers how an adapter ended by itself, and fails what is asked of it then', async () => {
    const acme = adapter(`result({}); setTimeout(() => process.exit(5), 10)`);
    await acme.start(setup);
    await acme.stimulate(read);
    await sleep(clock, 0.3);
    expect(acme.ended()).toEqual({ code: 5, signal: null });
    expect(await acme.stimulate(read)).toEqual({ failed: expect.stringContaining('exit code 5') as string });
  });

  it('refuses an adapter that takes a nonsense stimulus', async () => {
    const script = `require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const { id, method } = JSON.parse(line);
      const results = { hello: { protocol: 1 }, describe: { name: 'yes-man', version: '', party: 'client', stimuli: [] }, start: {}, stimulate: {}, stop: null };
      console.log(JSON.stringify({ id, result: results[method] })) })`;
    sut = stdio({ command: [process.execPath, '-e', script], clock });
    await expect(sut.describe()).rejects.toThrow(/"x-nonsense" with \{\}.*unsupported/);
    await expect(sut.start(setup)).rejects.toThrow(/"x-nonsense" with \{\}.*unsupported/);
  });

  it.each<[string, string, RegExp, number]>([
    ['is missing', 'no-such-adapter --fast', /no program "no-such-adapter"/, 10],
    ['cannot be read', `adapter 'x`, /never closed/, 10],
    ['ends at once', `${process.execPath} -e "process.exit(3)"`, /ended during hello: exit code 3/, 10],
    ['says nothing', `${process.execPath} -e "setInterval(() => {}, 1000)"`, /did not answer hello within 0.3 s/, 0.3],
    [
      'speaks no JSON',
      `${process.execPath} -e "console.log('ready>'); setInterval(() => {}, 1000)"`,
      /did not answer hello/,
      0.3,
    ],
    [
      'speaks another version',
      `${process.execPath} -e "process.stdin.once('data', () => console.log(JSON.stringify({id: 1, result: {protocol: 2}}))); setInterval(() => {}, 1000)"`,
      /version 2 of the control protocol, not 1/,
      10,
    ],
  ])('rejects with a reason for a program that %s', async (_, command, reason, hello) => {
    sut = stdio({ command, clock, allowances: { hello } });
    await expect(sut.start(setup)).rejects.toThrow(reason);
  });

  it('stops an adapter that does not listen any more', async () => {
    const acme = adapter(`for (;;);`, { allowances: { stimulate: 0.2, stop: 0.2 } });
    await acme.start(setup);
    await acme.stimulate(read);
    await acme.stop();
    expect(acme.ended()).toBeUndefined();
  });
});

describe('serveStdio', () => {
  /** A client that knows `set` and the question `value`. */
  class Thermometer implements Sut {
    stopped = 0;
    async describe() {
      return Promise.resolve({
        name: 'thermometer',
        version: '1',
        party: 'client',
        stimuli: ['set', 'value'],
      } as const);
    }
    async start(given: Setup) {
      if (given.endpoint === 'none') throw new Error('no such endpoint');
      return Promise.resolve({});
    }
    async stimulate(stimulus: Stimulus): Promise<Outcome> {
      return Promise.resolve(stimulus.do === 'value' ? { told: 21.5 } : {});
    }
    async *events(): AsyncGenerator<SutEvent> {
      yield await Promise.resolve({ event: 'log', text: 'up' } as const);
    }
    async stop() {
      this.stopped++;
      return Promise.resolve();
    }
  }

  async function talk(...lines: readonly string[]): Promise<unknown[]> {
    const input = new PassThrough();
    const output = new PassThrough();
    const thermometer = new Thermometer();
    const served = serveStdio(thermometer, input, output);
    for (const line of lines) input.write(`${line}\n`);
    await sleep(clock, 0.02);
    input.end();
    await served;
    expect(thermometer.stopped).toBe(1);
    const written = String(output.read() ?? '');
    return written
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown)
      .filter((message) => !JSON.stringify(message).includes('"event"'));
  }

  it('answers the calls of a Sut, and stops it when the input ends', async () => {
    const answers = await talk(
      '{"id":1,"method":"hello","params":{"protocols":[1,9]}}',
      '{"id":2,"method":"describe"}',
      JSON.stringify({ id: 3, method: 'start', params: setup }),
      '{"id":4,"method":"stimulate","params":{"do":"value","path":"/3/0/9"}}',
    );
    expect(answers).toEqual([
      { id: 1, result: { protocol: 1, capabilities: ['events'] } },
      { id: 2, result: { name: 'thermometer', version: '1', party: 'client', stimuli: ['set', 'value'] } },
      { id: 3, result: {} },
      { id: 4, result: { told: 21.5 } },
    ]);
  });

  it.each([
    ['no JSON', 'x', { id: null, error: { code: 'control-json' } }],
    ['no call', '{"id":0}', { id: 0, error: { code: 'bad-call' } }],
    ['an unknown call', '{"id":1,"method":"sing"}', { id: 1, error: { code: 'unknown-method' } }],
    [
      'a version that we lack',
      '{"id":1,"method":"hello","params":{"protocols":[7]}}',
      { id: 1, error: { code: 'control-protocol' } },
    ],
    [
      'a setup without an endpoint',
      '{"id":1,"method":"start","params":{}}',
      { id: 1, error: { code: 'control-shape' } },
    ],
    [
      'a stimulus with a bad path',
      '{"id":1,"method":"stimulate","params":{"do":"value","path":"3"}}',
      { id: 1, error: { code: 'control-shape' } },
    ],
    [
      'a stimulus nobody knows',
      '{"id":1,"method":"stimulate","params":{"do":"x-nonsense"}}',
      { id: 1, result: 'unsupported' },
    ],
    [
      'a Sut that throws',
      JSON.stringify({ id: 1, method: 'start', params: { ...setup, endpoint: 'none' } }),
      { id: 1, error: { message: 'no such endpoint' } },
    ],
  ])('answers %s with its kind of error', async (_, line, answer) => {
    expect(await talk(line)).toMatchObject([answer]);
  });
});
