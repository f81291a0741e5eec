import { afterEach, describe, expect, it } from 'vitest';
import { RealClock, sleep } from '../base/clock.js';
import { ProblemError } from '../base/error.js';
import type { Setup } from './contract.js';
import { exec, type ExecOptions, type ExecSut } from './exec.js';
import { isRunning, soon } from './testing/processes.js';

const clock = new RealClock();

const setup: Setup = {
  case: 'registration.update',
  endpoint: 'urn:dev:os:1',
  enabler: '1.1',
  configuration: { id: 'C.1', values: { '/1/0/1': 60, '/3/0/14': "+02 'x'" } },
  peers: [{ party: 'server', uri: 'coap://127.0.0.1:5699', shortServerId: 101 }],
  credentials: { key: 'c0ffee' },
};

let sut: ExecSut | undefined;
afterEach(() => sut?.stop());

/** A node process running `script`, with `args` after it. */
function node(script: string, options: Partial<ExecOptions> = {}, args: readonly string[] = []): ExecSut {
  sut = exec({ command: [process.execPath, '-e', script, '--', ...args], clock, ...options });
  return sut;
}

/** The process number that a script printed as `pid N`. */
const pidIn = (log: string): number => Number(/pid (\d+)/.exec(log)?.[1]);

async function problemOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProblemError)) throw new Error(`expected a ProblemError, got ${String(error)}`);
  return error.problem.code;
}

const ECHO = `process.stdin.on('data', (bytes) => process.stdout.write('got ' + bytes)); console.log('pid ' + process.pid + ' up')`;

describe('exec', () => {
  it('fills placeholders without a shell, so that a value stays one word', async () => {
    const args = [
      '{uri}',
      '{host}',
      '{port}',
      '{endpoint}',
      '{lifetime}',
      '{enabler}',
      '{ssid}',
      '{/3/0/14}',
      '{{case}}',
      '{"a":1}',
    ];
    await node(`console.log(JSON.stringify(process.argv.slice(1)))`, { ready: /\]/ }, args).start(setup);
    expect(sut?.log()).toContain(
      JSON.stringify([
        'coap://127.0.0.1:5699',
        '127.0.0.1',
        '5699',
        'urn:dev:os:1',
        '60',
        '1.1',
        '101',
        "+02 'x'",
        '{case}',
        '{"a":1}',
      ]),
    );
  });

  it('hides credentials in its own notes', async () => {
    await node(`console.log(process.argv[1].length)`, { ready: /6/ }, ['{credential.key}']).start(setup);
    expect(sut?.log()).not.toContain('c0ffee');
  });

  it('refuses an unknown placeholder and names those there are', async () => {
    await expect(node('0', {}, ['{adress}']).start(setup)).rejects.toThrow(/\{adress\}.*\{endpoint\}/);
  });

  it('gives credentials in the environment', async () => {
    const script = 'console.log(process.env.LWM2M_PSK_KEY + process.env.LWM2M_RPK_CLIENT_KEY)';
    const sut = node(script, { ready: /c0ffeebeef/ });
    await sut.start({ ...setup, credentials: { 'psk.key': 'c0ffee', 'rpk.client-key': 'beef' } });
    await sut.stop();
  });

  it('passes environment and folder on', async () => {
    const options = { env: { NAME: '{endpoint}' }, cwd: '/', ready: /up/ };
    await node(`console.log(process.env.NAME + process.cwd() + ' up')`, options).start(setup);
    expect(sut?.log()).toContain('urn:dev:os:1/ up');
  });

  it('writes a line for a stimulus, and says unsupported for one that has none', async () => {
    const { start, stimulate, log } = bound(
      node(ECHO, { ready: /up/, stimuli: { set: 'set {path} {value} {resource}' } }),
    );
    await start(setup);
    expect(await stimulate({ do: 'set', path: '/3/0/14', value: 'x y' })).toEqual({});
    await soon(() => log().includes('got set'));
    expect(log()).toContain('got set /3/0/14 x y 14');
    expect(await stimulate({ do: 'update' })).toBe('unsupported');
  });

  it('never lets a value become a second line', async () => {
    const { start, stimulate } = bound(node(ECHO, { ready: /up/, stimuli: { set: 'set {path} {value}' } }));
    await start(setup);
    expect(await stimulate({ do: 'set', path: '/3/0/14', value: 'x\nquit' })).toEqual({
      failed: expect.stringContaining('line end'),
    });
  });

  it('sees readiness in a prompt without a line end', async () => {
    await node(`process.stdout.write('client> '); setInterval(() => {}, 1000)`, { ready: /^client> $/ }).start(setup);
    expect(sut?.ended()).toBeUndefined();
  });

  it('gives up on a program that never gets ready, and stops it', async () => {
    const work = node(`console.log('pid ' + process.pid); setInterval(() => {}, 1000)`, {
      ready: /never/,
      allowances: { boot: 0.5 },
    }).start(setup);
    expect(await problemOf(work)).toBe('program-not-ready');
    expect(isRunning(pidIn(sut?.log() ?? ''))).toBe(false);
  });

  it('tells what a program said that ends at once', async () => {
    const work = node(`console.error('bad option'); process.exit(3)`, { ready: /up/ }).start(setup);
    await expect(work).rejects.toThrow(/exit code 3; it said last: bad option/);
  });

  it('notices a program that fails at once also without readiness', async () => {
    expect(await problemOf(node('process.exit(3)', { allowances: { settle: 5 } }).start(setup))).toBe(
      'program-ended-early',
    );
  });

  it('tells of a missing program, a folder that is not there and a file that may not be run', async () => {
    expect(await problemOf(exec({ command: './no-such-program', clock }).start(setup))).toBe('program-missing');
    expect(await problemOf(node('0', { cwd: '/no/such/folder' }).start(setup))).toBe('program-missing');
    expect(await problemOf(exec({ command: '/etc', clock }).start(setup))).toBe('program-forbidden');
  });

  it('refuses a command line that cannot be read when it is described', async () => {
    expect(await problemOf(exec({ command: `client "a`, clock }).describe())).toBe('command-quote');
  });

  it('describes the stimuli of its table and the restart that it can do itself', async () => {
    const description = await exec({ command: 'client -n {endpoint}', clock, stimuli: { set: 'set' } }).describe();
    expect(description).toEqual({ name: 'client', version: '', party: 'client', stimuli: ['set', 'restart'] });
  });

  it('knows that a process ended by itself, and how', async () => {
    await node(`process.stdin.on('data', () => process.exit(7)); console.log('up')`, {
      ready: /up/,
      stimuli: { update: 'update' },
    }).start(setup);
    expect(sut?.ended()).toBeUndefined();
    await sut?.stimulate({ do: 'update' });
    await soon(() => sut?.ended() !== undefined);
    expect(sut?.ended()).toEqual({ code: 7, signal: null });
    expect(await sut?.stimulate({ do: 'update' })).toEqual({ failed: 'the program has ended: exit code 7' });
  });

  it('stops by a line, by the end of input, or by a signal, as the program wants it', async () => {
    const asked = `process.stdin.on('data', () => { console.log('bye line'); process.exit() }).on('end', () => { console.log('bye end'); process.exit() });
      process.on('SIGINT', () => { console.log('bye signal'); process.exit() }); console.log('up')`;
    for (const [stop, word] of [
      [{ line: 'quit' }, 'line'],
      ['end-of-input', 'end'],
      ['SIGINT', 'signal'],
    ] as const) {
      await node(asked, { ready: /up/, stop }).start(setup);
      await sut?.stop();
      expect(sut?.log()).toContain(`bye ${word}`);
      expect(sut?.log()).toContain('[ended by manner: exit code 0]');
    }
  });

  it('escalates to SIGKILL for a program that ignores everything else', async () => {
    const deaf = `process.on('SIGTERM', () => console.log('deaf')); setInterval(() => {}, 1000); console.log('pid ' + process.pid + ' up')`;
    await node(deaf, { ready: /up/, stop: 'end-of-input', allowances: { stop: 0.1, term: 0.2 } }).start(setup);
    await sut?.stop();
    expect(sut?.log()).toMatch(/deaf[^]*\[ended by SIGKILL: signal SIGKILL\]/);
    expect(isRunning(pidIn(sut?.log() ?? ''))).toBe(false);
  });

  it('takes the children of a program with it', async () => {
    const parent = `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      console.log('pid ' + child.pid + ' up'); process.stdin.on('data', () => process.exit())`;
    await node(parent, { ready: /up/, stop: { line: 'quit' } }).start(setup);
    const child = pidIn(sut?.log() ?? '');
    expect(isRunning(child)).toBe(true);
    await sut?.stop();
    await soon(() => !isRunning(child));
    expect(isRunning(child)).toBe(false);
  });

  it('drains a flood, keeping its beginning and end', async () => {
    const flood = `console.log('first'); let n = 0; const more = () => { while (n < 60000 && process.stdout.write('x'.repeat(99) + '\\n')) n++;
      if (n < 60000) process.stdout.once('drain', more); else console.log('last up') }; more(); setInterval(() => {}, 1000)`;
    await node(flood, { ready: /last up/ }).start(setup);
    const log = sut?.log() ?? '';
    expect(log.length).toBeLessThan(300_000);
    expect(log).toMatch(/first[^]*characters left out[^]*last up/);
  });

  it('holds the input open as long as the program lives', async () => {
    await node(`process.stdin.on('end', () => process.exit(9)).resume(); console.log('up')`, { ready: /up/ }).start(
      setup,
    );
    await sleep(clock, 0.3);
    expect(sut?.ended()).toBeUndefined();
  });

  it('restarts as a power cut would: without a word, then from the start', async () => {
    const client = `process.on('SIGTERM', () => { console.log('deregistered'); process.exit() }); setInterval(() => {}, 1000); console.log('pid ' + process.pid + ' up')`;
    await node(client, { ready: /up/ }).start(setup);
    const first = pidIn(sut?.log() ?? '');
    expect(await sut?.stimulate({ do: 'restart' })).toEqual({});
    expect(isRunning(first)).toBe(false);
    expect(sut?.log().match(/pid \d+ up/g)).toHaveLength(2);
    expect(sut?.log()).not.toMatch(/^deregistered/m);
    expect(sut?.ended()).toBeUndefined();
  });

  it('tells where a server listens', async () => {
    const options = {
      address: '127.0.0.1:{listen-port}',
      placeholders: { 'listen-port': '5700' },
      party: 'server',
      ready: /up/,
    } as const;
    expect(await node(ECHO, options).start(setup)).toEqual({ address: '127.0.0.1:5700' });
  });
});

/** The calls of a SUT, to be taken apart. */
function bound(of: ExecSut): { start: ExecSut['start']; stimulate: ExecSut['stimulate']; log: () => string } {
  return { start: (s) => of.start(s), stimulate: (s) => of.stimulate(s), log: () => of.log() };
}
