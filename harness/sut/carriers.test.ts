import { createServer, type RequestListener, type Server } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { RealClock, sleep, VirtualClock } from '../base/clock.js';
import type { Description, Outcome, Setup, Stimulus, StimulusKind, Sut, SutEvent } from './contract.js';
import { http, type HttpSut } from './http.js';
import { mixed } from './mixed.js';
import { operator, type OperatorAnswer, type OperatorOptions, type OperatorSut } from './operator.js';
import { serveHttp, type HttpService } from './serve-http.js';
import { shell, type ShellOptions } from './shell.js';

const clock = new RealClock();

const setup: Setup = {
  case: 'c',
  endpoint: 'e',
  enabler: '1.1',
  configuration: { id: 'C.1', values: { '/1/0/1': 60 } },
  peers: [{ party: 'server', uri: 'coap://127.0.0.1:5683', shortServerId: 1 }],
  credentials: { key: 'c0ffee' },
};

/** A control that answers from a table. */
class Table implements Sut {
  readonly calls: string[] = [];
  constructor(
    readonly name: string,
    readonly outcomes: Readonly<Partial<Record<StimulusKind, Outcome>>>,
    readonly options: {
      readonly address?: string;
      readonly failsToStart?: boolean;
      readonly statement?: Record<string, boolean>;
    } = {},
  ) {}
  describe(): Promise<Description> {
    const { statement } = this.options;
    const stimuli = Object.keys(this.outcomes) as StimulusKind[];
    return Promise.resolve({
      name: this.name,
      version: '1',
      party: 'client',
      stimuli,
      ...(statement && { statement }),
    });
  }
  start(): Promise<{ address?: string }> {
    this.calls.push('start');
    if (this.options.failsToStart) return Promise.reject(new Error(`${this.name} fails`));
    return Promise.resolve(this.options.address === undefined ? {} : { address: this.options.address });
  }
  stimulate(stimulus: Stimulus): Promise<Outcome> {
    this.calls.push(stimulus.do);
    return Promise.resolve(this.outcomes[stimulus.do] ?? 'unsupported');
  }
  async *events(): AsyncGenerator<SutEvent> {
    yield await Promise.resolve({ event: 'log', text: this.name } as const);
  }
  stop(): Promise<void> {
    this.calls.push('stop');
    return Promise.resolve();
  }
}

describe('http and serveHttp', () => {
  let service: HttpService | undefined;
  let raw: Server | undefined;
  let sut: HttpSut | undefined;
  afterEach(async () => {
    await sut?.stop();
    await service?.close();
    raw?.closeAllConnections();
    raw?.close();
    service = raw = sut = undefined;
  });

  /** A service that is no adapter of ours. */
  async function serving(listener: RequestListener): Promise<HttpSut> {
    raw = createServer(listener);
    await new Promise<void>((resolve) => raw?.listen(0, '127.0.0.1', resolve));
    const address = raw.address();
    const port = typeof address === 'object' ? address?.port : 0;
    sut = http({ url: `http://127.0.0.1:${port}`, clock, allowances: { hello: 0.3, stimulate: 0.3, stop: 0.3 } });
    return sut;
  }

  it('carry the five calls and the events', async () => {
    const table = new Table('acme', { set: {}, value: { told: 21.5 }, restart: { refused: 'no' } }, { address: 'h:1' });
    service = await serveHttp(table);
    sut = http({ url: service.url, clock });
    expect(await sut.describe()).toMatchObject({ name: 'acme', stimuli: ['set', 'value', 'restart'] });
    expect(await sut.start(setup)).toEqual({ address: 'h:1' });
    expect(await sut.stimulate({ do: 'value', path: '/3/0/9' })).toEqual({ told: 21.5 });
    expect(await sut.stimulate({ do: 'restart' })).toEqual({ refused: 'no' });
    expect(await sut.stimulate({ do: 'update' })).toBe('unsupported');
    await sut.stop();
    expect(table.calls).toEqual(['start', 'value', 'restart', 'update', 'stop']);
    expect(sut.notes()).toEqual([]);
  });

  it('bring events to whoever reads', async () => {
    service = await serveHttp(new Table('acme', {}));
    sut = http({ url: service.url, clock });
    const seen: SutEvent[] = [];
    const events = sut.events();
    const reading = (async () => {
      for await (const event of events) seen.push(event);
    })();
    await sut.start(setup);
    for (let i = 0; i < 100 && seen.length === 0; i++) await sleep(clock, 0.02);
    await sut.stop();
    await reading;
    expect(seen).toEqual([{ event: 'log', text: 'acme' }]);
  });

  it.each<[string, RequestListener, RegExp]>([
    ['an error page', (_, response) => response.writeHead(500).end('<h1>oops</h1>'), /HTTP 500: <h1>oops/],
    ['no JSON', (_, response) => response.end('hello'), /not JSON/],
    ['another shape', (_, response) => response.end('{"ok":true}'), /answer/],
    [
      'another id',
      (_, response) => response.end('{"id":99,"result":{"protocol":1}}'),
      /call 1 was answered as call 99/,
    ],
    ['an error', (_, response) => response.end('{"id":1,"error":{"code":"busy","message":"try later"}}'), /try later/],
    ['nothing', () => undefined, /no answer within 0.3 s/],
    ['a broken connection', (request) => request.destroy(), /socket hang up/],
    [
      'half an answer',
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{');
        setTimeout(() => response.destroy(), 20);
      },
      /breaks off/,
    ],
  ])('tell of a service that answers with %s', async (_, listener, reason) => {
    await expect((await serving(listener)).start(setup)).rejects.toThrow(reason);
  });

  it('tell of a service that is not there', async () => {
    sut = http({ url: 'http://127.0.0.1:9', clock });
    await expect(sut.describe()).rejects.toThrow(/ECONNREFUSED/);
  });

  it('take only JSON by POST', async () => {
    service = await serveHttp(new Table('acme', {}));
    const post = (headers: Record<string, string>, body: string): Promise<number> =>
      fetch(service?.url ?? '', { method: 'POST', headers, body }).then(({ status }) => status);
    expect(await post({ 'content-type': 'text/plain' }, '{}')).toBe(415);
    expect(await post({ 'content-type': 'application/json' }, 'x'.repeat(5e6))).toBe(413);
    expect(await post({ 'content-type': 'application/json' }, 'x')).toBe(200);
    expect((await fetch(service.url)).status).toBe(405);
  });

  it('tell of a port that is taken', async () => {
    service = await serveHttp(new Table('acme', {}));
    const port = Number(new URL(service.url).port);
    await expect(serveHttp(new Table('other', {}), { port })).rejects.toThrow(/EADDRINUSE/);
  });
});

describe('shell', () => {
  const script = (code: string): string => `${process.execPath} -e "${code}" {path} {endpoint}`;
  const of = (stimuli: ShellOptions['stimuli'], options: Partial<ShellOptions> = {}): Sut & { log(): string } =>
    shell({ stimuli, clock, ...options });

  it('runs the command of a stimulus with its fields and those of the setup', async () => {
    const sut = of({ value: script('console.log(JSON.stringify(process.argv.slice(1)))') });
    await sut.start(setup);
    expect(await sut.stimulate({ do: 'value', path: '/3/0/9' })).toEqual({ told: ['/3/0/9', 'e'] });
    expect(await sut.stimulate({ do: 'update' })).toBe('unsupported');
    expect(await sut.describe()).toEqual({ name: 'shell', version: '', party: 'client', stimuli: ['value'] });
  });

  it.each<[string, string, Outcome]>([
    ['a text', `console.log('warm')`, { told: 'warm' }],
    ['nothing', ``, { told: null }],
    ['exit code 10', `console.error('locked'); process.exit(10)`, { refused: 'locked' }],
    ['exit code 11', `process.exit(11)`, 'unsupported'],
    ['another exit code', `console.error('no power'); process.exit(2)`, { failed: 'exit code 2: no power' }],
    ['a signal', `process.kill(process.pid, 'SIGKILL')`, { failed: 'signal SIGKILL: signal SIGKILL' }],
  ])('reads %s as an outcome', async (_, code, outcome) => {
    const sut = of({ value: script(code) });
    await sut.start(setup);
    expect(await sut.stimulate({ do: 'value', path: '/3/0/9' })).toEqual(outcome);
  });

  it('ends a command that takes too long', async () => {
    const sut = of({ restart: `${process.execPath} -e "setInterval(() => {}, 1000)"` }, { within: 0.2 });
    await sut.start(setup);
    expect(await sut.stimulate({ do: 'restart' })).toEqual({
      failed: expect.stringContaining('did not end within 0.2 s'),
    });
  });

  it('tells of commands that cannot be run', async () => {
    const sut = of({ restart: './no-such-script', update: `x 'y`, send: 'send {nothing}' });
    await sut.start(setup);
    expect(await sut.stimulate({ do: 'restart' })).toEqual({ failed: expect.stringContaining('no program') });
    expect(await sut.stimulate({ do: 'update' })).toEqual({ failed: expect.stringContaining('never closed') });
    expect(await sut.stimulate({ do: 'send', paths: ['/3'] })).toEqual({
      failed: expect.stringContaining('{nothing}'),
    });
  });

  it('runs what starts and stops the device, and says so when that fails', async () => {
    const sut = of(
      {},
      {
        start: `${process.execPath} -e "console.log('on', process.argv[1])" {uri}`,
        stop: `${process.execPath} -e "process.exit(1)"`,
        address: '{host}:1',
      },
    );
    expect(await sut.start(setup)).toEqual({ address: '127.0.0.1:1' });
    expect(sut.log()).toContain('on coap://127.0.0.1:5683');
    await expect(sut.stop()).rejects.toThrow(/exit code 1/);
  });
});

describe('mixed', () => {
  it('asks the first control that supports a stimulus', async () => {
    const exec = new Table('exec', { restart: {} }, { address: 'h:1', statement: { queue: true } });
    const person = new Table(
      'person',
      { restart: { told: 'person' }, update: { told: 'person' } },
      { address: 'h:2', statement: { queue: false, send: true } },
    );
    const sut = mixed([exec, person]);
    expect(await sut.describe()).toEqual({
      name: 'exec',
      version: '1',
      party: 'client',
      stimuli: ['restart', 'update'],
      statement: { queue: true, send: true },
    });
    expect(await sut.start(setup)).toEqual({ address: 'h:1' });
    expect(await sut.stimulate({ do: 'restart' })).toEqual({});
    expect(await sut.stimulate({ do: 'update' })).toEqual({ told: 'person' });
    expect(await sut.stimulate({ do: 'bootstrap' })).toBe('unsupported');
    expect(person.calls).toEqual(['start', 'update']);
  });

  it('passes on what a control does not support after all', async () => {
    const sut = mixed([new Table('a', { update: 'unsupported' }), new Table('b', { update: {} })]);
    expect(await sut.stimulate({ do: 'update' })).toEqual({});
  });

  it('stops what has been started when a later control does not start', async () => {
    const first = new Table('first', {});
    const last = new Table('last', {});
    await expect(mixed([first, new Table('second', {}, { failsToStart: true }), last]).start(setup)).rejects.toThrow(
      'second fails',
    );
    expect([first.calls, last.calls]).toEqual([['start', 'stop'], []]);
  });

  it('stops all of them even if one fails, and merges their events', async () => {
    const failing = new Table('failing', {});
    failing.stop = () => Promise.reject(new Error('stuck'));
    const other = new Table('other', {});
    const sut = mixed([other, failing]);
    const seen: (string | undefined)[] = [];
    for await (const { text } of sut.events?.() ?? []) seen.push(text);
    expect(seen.sort()).toEqual(['failing', 'other']);
    await expect(sut.stop()).rejects.toThrow('stuck');
    expect(other.calls).toEqual(['stop']);
  });

  it('is the control itself when there is only one', () => {
    const only = new Table('only', {});
    expect(mixed([only])).toBe(only);
    expect(() => mixed([])).toThrow();
  });
});

describe('operator', () => {
  interface Desk {
    readonly sut: OperatorSut;
    /** Everything that was shown since the last look. */
    readonly shown: () => string;
    readonly type: (line: string) => void;
    readonly hangUp: () => void;
  }

  function desk(options: Partial<OperatorOptions> = {}): Desk {
    const input = new PassThrough();
    const output = new PassThrough({ encoding: 'utf8' });
    const sut = operator({ party: 'client', clock, input, output, ...options });
    return {
      sut,
      shown: () => String(output.read() ?? ''),
      type: (line) => input.write(`${line}\n`),
      hangUp: () => input.end(),
    };
  }
  const soon = (): Promise<void> => sleep(clock, 0.01);

  it('says what to set up and waits for the start', async () => {
    const { sut, shown, type } = desk();
    const starting = sut.start(setup);
    await soon();
    const prompt = shown();
    for (const part of [
      'endpoint name: e',
      'server: coap://127.0.0.1:5683',
      '/1/0/1 = 60',
      'key: c0ffee',
      'Start the client',
    ])
      expect(prompt).toContain(part);
    type('');
    expect(await starting).toEqual({});
  });

  it('asks where a server listens', async () => {
    const { sut, type } = desk({ party: 'server' });
    const starting = sut.start(setup);
    await soon();
    type('192.0.2.1:5683');
    expect(await starting).toEqual({ address: '192.0.2.1:5683' });
  });

  it('takes a start that is refused for what it is', async () => {
    const { sut, type } = desk();
    const starting = sut.start(setup);
    await soon();
    type('!f no licence');
    await expect(starting).rejects.toThrow(/did not start the client: no licence/);
  });

  it.each<[string, Stimulus, string, Outcome, RegExp]>([
    ['done', { do: 'restart' }, '', {}, /Restart the device/],
    ['a remark', { do: 'update' }, 'took a minute', { told: 'took a minute' }, /Registration Update/],
    [
      'refused',
      { do: 'set', path: '/3/0/9', value: 84 },
      '!r read-only',
      { refused: 'read-only' },
      /Set \/3\/0\/9 to 84/,
    ],
    ['failed', { do: 'offline', seconds: 20 }, '!f', { failed: 'the operator gave no reason' }, /for 20 s/],
    ['unsupported', { do: 'send', paths: ['/3/0/9'], format: 110 }, '!u', 'unsupported', /as SenML JSON/],
    ['a number', { do: 'value', path: '/3/0/9' }, '84', { told: 84 }, /Which value has \/3\/0\/9/],
    ['a text', { do: 'value', path: '/3/0/0' }, 'Acme Corp', { told: 'Acme Corp' }, /Which value/],
    ['nothing', { do: 'value', path: '/3/0/0' }, '', { told: null }, /Which value/],
  ])('reads an answer as %s', async (_, stimulus, answer, outcome, prompt) => {
    const { sut, shown, type } = desk();
    const asking = sut.stimulate(stimulus);
    await soon();
    expect(shown()).toMatch(prompt);
    type(answer);
    expect(await asking).toEqual(outcome);
  });

  it('reads names of registered endpoints', async () => {
    const { sut, type } = desk({ party: 'server' });
    const asking = sut.stimulate({ do: 'registrations' });
    await soon();
    type('a, b  c');
    expect(await asking).toEqual({ told: [{ endpoint: 'a' }, { endpoint: 'b' }, { endpoint: 'c' }] });
  });

  it('asks again when it cannot tell what is meant', async () => {
    const { sut, shown, type } = desk();
    const asking = sut.stimulate({ do: 'restart' });
    await soon();
    type('!x');
    await soon();
    expect(shown()).toContain('not understood');
    type('');
    expect(await asking).toEqual({});
  });

  it('asks one thing at a time, and takes no line for an answer that came before the question', async () => {
    const { sut, shown, type } = desk();
    type('too early');
    await soon();
    const both = Promise.all([sut.stimulate({ do: 'restart' }), sut.stimulate({ do: 'update' })]);
    await soon();
    expect(shown()).not.toContain('Update');
    type('first');
    await soon();
    type('second');
    expect(await both).toEqual([{ told: 'first' }, { told: 'second' }]);
  });

  it('gives up when nobody answers, or nobody is there', async () => {
    const virtual = new VirtualClock();
    const { sut } = desk({ clock: virtual });
    expect(await virtual.run(() => sut.stimulate({ do: 'restart' }))).toEqual({
      failed: 'the operator did not answer within 600 s',
    });
    const { sut: other, hangUp } = desk();
    const asking = other.stimulate({ do: 'restart' });
    await soon();
    hangUp();
    expect(await asking).toEqual({ failed: expect.stringContaining('nobody is there') });
    expect(await other.stimulate({ do: 'restart' })).toEqual({ failed: expect.stringContaining('nobody is there') });
  });

  it('does only what is of its party, and what it was said to do', async () => {
    expect(await desk().sut.stimulate({ do: 'registrations' })).toBe('unsupported');
    expect(await desk({ stimuli: ['update'] }).sut.stimulate({ do: 'restart' })).toBe('unsupported');
    expect((await desk({ stimuli: ['update'] }).sut.describe()).stimuli).toEqual(['update']);
  });

  it('is not asked to start what another control starts', async () => {
    const { sut, shown } = desk({ starts: false });
    expect(await sut.start(setup)).toEqual({});
    await sut.stop();
    expect(shown()).toBe('');
  });

  it('records who answered what, and gives it again', async () => {
    const { sut, type } = desk({ who: 'ada' });
    const playing = (async () => {
      await sut.start(setup);
      const outcome = await sut.stimulate({ do: 'restart' });
      await sut.stop();
      return outcome;
    })();
    for (const line of ['', 'slowly', '']) {
      await soon();
      type(line);
    }
    expect(await playing).toEqual({ told: 'slowly' });
    const recorded: readonly OperatorAnswer[] = sut.answers();
    expect(recorded).toEqual([
      { case: 'c', asked: 'start', answer: '', who: 'ada' },
      { case: 'c', asked: '{"do":"restart"}', answer: 'slowly', who: 'ada' },
      { case: 'c', asked: 'stop', answer: '', who: 'ada' },
    ]);
    const { sut: again, shown } = desk({ answers: recorded });
    await again.start(setup);
    expect(await again.stimulate({ do: 'restart' })).toEqual({ told: 'slowly' });
    await again.stop();
    expect(shown()).toBe('');
  });
});
