import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLI, outFolder, processesWith } from './testing/cli.js';
import { inProcess } from './testing/in-process.js';

const TWISTED = fileURLToPath(new URL('./testing/twisted-adapter.mjs', import.meta.url));

/** By case: what its adapter does wrong, the verdict, and the reason. */
const WAYS = [
  ['reporting.not-observed', 'dies', 'inconclusive', /exit code 7/],
  [
    'reporting.stale-notification',
    'is silent',
    'inconclusive',
    /no such request was seen, and its adapter said nothing/,
  ],
  ['reporting.stray-notification', 'refuses', 'inconclusive', /failed at ".*": GET \/api\/clients: HTTP 500/],
  ['transport.downlink-reset', 'fails', 'inconclusive', /failed at ".*": the console did not answer/],
  ['management.update-instance', 'only claims', 'inconclusive', /asked to read .*, but no such request was seen$/],
  ['transport.downlink-token', 'has another shape', 'inconclusive', /failed at ".*": .*outcome/],
  [
    'management.replace-resource',
    'is another call',
    'inconclusive',
    /no such request was seen, and its adapter said nothing/,
  ],
  ['management.instance-shown', 'is untidy', 'pass', undefined],
] as const;

describe('a run with an adapter that does wrong', () => {
  const out = outFolder();
  afterAll(() => out.dispose());

  beforeAll(async () => {
    const ways = Object.fromEntries(WAYS.map(([name, way]) => [name, way]));
    const command = [process.execPath, TWISTED, CLI, JSON.stringify(ways)];
    const file = join(out.path, 'twisted.yaml');
    const allowances = { stimulus: 3, reaction: 0.5 };
    writeFileSync(
      file,
      JSON.stringify({ name: 'twisted', party: 'server', control: [{ use: 'stdio', command }], allowances }),
    );
    const select = WAYS.map(([name]) => name);
    const args = ['--jobs', '8', '--out', out.path, '--quiet'];
    expect(await inProcess('run', 'server', '--sut', file, '--select', ...select, ...args)).toMatchObject({ code: 1 });
  }, 60_000);

  it.each(WAYS)('goes on: in %s the adapter %s, which is %s', (name, _, verdict, reason) => {
    const result = out.result(name);
    expect(result.verdict).toBe(verdict);
    if (reason) expect(result.reason).toMatch(reason);
  });

  it('leaves no process', () => expect(processesWith(TWISTED)).toEqual([]));
});
