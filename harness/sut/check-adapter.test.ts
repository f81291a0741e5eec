import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { RealClock } from '../base/clock.js';
import { packageRoot } from '../base/package-files.js';
import { checkAdapter } from './check-adapter.js';
import type { Setup } from './contract.js';
import { stdio, type StdioSut } from './stdio.js';

const clock = new RealClock();
const EXAMPLE = ['python3', join(packageRoot(), 'docs/examples/adapter.py')];
const hasPython = spawnSync('python3', ['--version']).status === 0;

/** An adapter that is right but for what `changes` says: parts of a script that see `id`, `method`, `params`, `result` and `say`. */
const adapter = (changes = ''): string[] => [
  process.execPath,
  '-e',
  `const say = (m) => console.log(typeof m === 'string' ? m : JSON.stringify(m));
   require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
     let call; try { call = JSON.parse(line); } catch { return; }
     const { id, method, params } = call;
     const result = (value) => say({ id, result: value });
     ${changes}
     if (method === 'hello') return result({ protocol: 1 });
     if (method === 'describe') return result({ name: 'x', version: '1', party: 'client', stimuli: ['set', 'value'] });
     if (method === 'start') return result({});
     if (method === 'stop') return result(null);
     if (method !== 'stimulate') return say({ id, error: { code: 'unknown-method', message: method } });
     result(params.do === 'set' ? {} : params.do === 'value' ? { told: 1 } : 'unsupported');
   });`,
];

const complaints = async (command: string[]): Promise<string[]> =>
  (await checkAdapter({ command, clock, within: 2 })).flatMap(({ says, problem }) =>
    problem ? [`${says}: ${problem.message}`] : [],
  );

describe('checkAdapter', () => {
  it('finds nothing wrong with a right adapter, and says what it tried', async () => {
    const findings = await checkAdapter({ command: adapter(), clock });
    expect(findings.filter(({ problem }) => problem)).toEqual([]);
    expect(findings.length).toBeGreaterThan(25);
  });

  it.each<[string, string, RegExp]>([
    ['takes nonsense', `if (method === 'stimulate') return result({});`, /x-nonsense.*unsupported/],
    [
      'answers with another version',
      `if (method === 'hello') return result({ protocol: 2 });`,
      /version 1: it chose version 2/,
    ],
    [
      'describes nothing',
      `if (method === 'describe') return result({});`,
      /describes itself: description: must have required/,
    ],
    [
      'names stimuli of a server',
      `if (method === 'describe') return result({ name: 'x', version: '1', party: 'client', stimuli: ['value', 'read'] });`,
      /read belong to another party/,
    ],
    ['tells nothing', `if (params?.do === 'value') return result({});`, /asked for value: it answered \{\}/],
    [
      'does what it does not name',
      `if (params?.do === 'update') return result({});`,
      /stimulus update, which it does not name/,
    ],
    ['is silent to an unknown call', `if (method === 'x-unknown') return;`, /with an error: no answer/],
    ['takes any call', `if (method === 'x-unknown') return result({});`, /with an error: it answered/],
    [
      'prints to its output',
      `if (method === 'start') console.log('starting…');`,
      /nothing but answers and events.*starting/,
    ],
    ['answers twice', `if (method === 'start') result({});`, /nothing but answers.*nobody waits/],
    ['dies at stop', `if (method === 'stop') process.exit(1);`, /answers stop: it ended: exit code 1/],
    ['stays when its input ends', `if (method === 'hello') setInterval(() => {}, 1000);`, /ends when its input ends/],
    [
      'does not start',
      `if (method === 'start') return say({ id, error: { code: 'x', message: 'no licence' } });`,
      /starts: no licence/,
    ],
  ])('finds an adapter that %s', async (_, changes, expected) => {
    expect((await complaints(adapter(changes))).join('\n')).toMatch(expected);
  });

  it('says so when there is no program', async () => {
    expect(await complaints(['./no-such-adapter'])).toEqual([
      expect.stringContaining('can be started: there is no program'),
    ]);
  });
});

describe.skipIf(!hasPython)('the example adapter', () => {
  let sut: StdioSut | undefined;
  afterEach(() => sut?.stop());

  it('has nothing wrong with it', async () => {
    expect(await complaints(EXAMPLE)).toEqual([]);
  });

  it('does what the document shows', async () => {
    const setup: Setup = {
      case: 'c',
      endpoint: 'e',
      enabler: '1.1',
      configuration: { id: 'C.1', values: { '/1/0/1': 60 } },
      peers: [],
      credentials: {},
    };
    sut = stdio({ command: EXAMPLE, clock });
    expect(await sut.describe()).toEqual({
      name: 'example client',
      version: '1.0',
      party: 'client',
      stimuli: ['set', 'value'],
    });
    await sut.start(setup);
    expect(await sut.stimulate({ do: 'set', path: '/3/0/14', value: '+02' })).toEqual({});
    expect(await sut.stimulate({ do: 'value', path: '/3/0/14' })).toEqual({ told: '+02' });
    expect(await sut.stimulate({ do: 'value', path: '/1/0/1' })).toEqual({ told: 60 });
    expect(await sut.stimulate({ do: 'set', path: '/3/0/0', value: 'x' })).toEqual({
      refused: expect.stringContaining('manufacturer'),
    });
    expect(await sut.stimulate({ do: 'restart' })).toBe('unsupported');
    expect(sut.notes()).toEqual([]);
  });
});
