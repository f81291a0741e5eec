import { describe, expect, it } from 'vitest';
import { createColors } from 'picocolors';
import { seconds, testCase, type TestCase } from '../../case/index.js';
import type { Io } from '../io.js';
import type { RunOptions } from './options.js';
import { referencePlayer } from './parties.js';
import { run } from './run.js';

const told: string[] = [];
const io: Io = {
  out: () => undefined,
  err: (text) => void told.push(text),
  status: () => undefined,
  isTerminal: false,
  colors: createColors(false),
};

/** A run on real time against a client over UDP, which is our own. */
const options = (catalogue: readonly TestCase[]): RunOptions => ({
  ...{ bench: 'client', judged: ['client'], enabler: '1.1', timing: 'quick', seed: 1, jobs: 2, select: [] },
  client: { ...referencePlayer('client', false), foreign: true },
  server: referencePlayer('server', true),
  bootstrapServer: referencePlayer('bootstrap-server', true),
  ...{ catalogue, quiet: false, argv: [] },
});

/** A case whose first attempts hold up the loop and then judge a duration. */
function held(attempts: number): TestCase {
  let attempt = 0;
  return testCase(
    {
      id: 'registration.held',
      title: 'A duration can be judged',
      since: '1.0',
      configuration: 'C.1',
      checks: { x1: { by: 'client', level: 'must', req: 'R-18', says: 'is in time' } },
    },
    async ({ server, sleep, check }) => {
      await server.registered();
      attempt++;
      const isSlow = attempt <= attempts;
      if (isSlow) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
      await sleep(0.2);
      check('x1', isSlow ? 9 : 1, seconds(1, 1));
    },
  );
}

describe('run', () => {
  it('repeats a case that the bench was too slow for, once', async () => {
    const repeated = await run(options([held(1)]), io);
    expect(repeated.results.cases.filter(({ id }) => id === 'registration.held')).toMatchObject([{ verdict: 'pass' }]);
    expect(told.join('\n')).toMatch(/once more, alone, as the bench was too slow: 1 cases/);

    const hopeless = await run(options([held(2)]), io);
    expect(hopeless.results.cases.filter(({ id }) => id === 'registration.held')).toMatchObject([
      { verdict: 'inconclusive', reason: expect.stringContaining('bench too slow') },
    ]);
  });
});
