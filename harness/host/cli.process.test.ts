import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLI, cli, finished, outFolder, start } from './testing/cli.js';
import { inProcess } from './testing/in-process.js';
import { serveClient } from './testing/served.js';

let out: ReturnType<typeof outFolder>;
beforeEach(() => {
  out = outFolder();
});
afterEach(() => out.dispose());

const UPDATE = 'registration.update-on-lifetime-change';

describe('the command line', () => {
  it('runs the cases against another process, and judges its record as it was', async () => {
    const ran = await cli('run', 'client', '--exec', serveClient(), '--select', UPDATE, '--out', out.path);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('client') as string });
    expect(out.result(UPDATE)).toMatchObject({ verdict: 'pass', parties: { client: 'pass' } });
    const judged = await cli('judge', '--json', join(out.path, 'journals', `${UPDATE}.jsonl`));
    expect(JSON.parse(judged.out)).toMatchObject([{ verdict: 'pass', parties: { client: 'pass' } }]);
  });

  it('lists the cases, for people and as JSON', async () => {
    expect((await inProcess('list')).out).toContain(UPDATE);
    const listed = JSON.parse((await inProcess('list', '--json')).out) as {
      id: string;
      interface: string;
      checks: unknown[];
    }[];
    expect(listed.find(({ id }) => id === UPDATE)).toMatchObject({
      interface: 'registration',
      ets: { '1.1': 'int-102' },
      since: '1.0',
    });
  });

  it('names the nearest cases for an unknown one, and runs nothing', async () => {
    const { code, err } = await inProcess('run', 'reference', '--select', 'registration.initail', '--out', out.path);
    expect(code).toBe(2);
    expect(err).toContain('registration.initial');
  });

  it.each([
    [['run', 'client', '--sut', 'nonsense'], /no SUT file, and no known system.*known systems/],
    [['run', 'reference', '--timing', 'slow'], /nominal, quick/],
    [['run', 'client', '--jobs', 'many'], /no number/],
    [['judge', '/no/such/journal'], /no such file/],
    [['judge', CLI], /not a journal entry|no journal head/],
    [['dance'], /unknown command/],
    [['serve', 'client', '--server', 'coap://127.0.0.1:1', '--mutant', 'x'], /no deviation "x"/],
  ])('answers %j with one clear message, exit 2 and no stack', async (args, message) => {
    const { code, err } = await inProcess(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('has the same exit code, message and silence as a process', async () => {
    const { code, out: said, err } = await cli('judge', CLI);
    expect([code, said]).toEqual([2, '']);
    expect(err).toMatch(/not a journal entry|no journal head/);
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('points at the line and field of a SUT file that is wrong', async () => {
    const file = join(out.path, 'wrong.yaml');
    writeFileSync(file, 'name: x\nparty: client\ncontrol:\n  - use: exec\n    command: ./x\n    stimulus: {}\n');
    const { code, err } = await inProcess('run', 'client', '--sut', file);
    expect(code).toBe(2);
    expect(err).toMatch(/wrong\.yaml:\d.*"stimulus" is not known here/);
  });

  it('writes its reports when it is interrupted, and leaves no process', async () => {
    const child = start('run', 'client', '--exec', serveClient(), '--select', 'registration', '--out', out.path);
    const done = finished(child);
    await new Promise((resolve) => child.stderr?.once('data', resolve));
    child.kill('SIGINT');
    expect((await done).code).toBe(130);
    expect(out.results().run.interrupted).toBe(true);
    expect(out.results().notRun.length).toBeGreaterThan(0);
    expect(readFileSync(join(out.path, 'junit.xml'), 'utf8')).toContain('<testsuites');
  });

  it('is split over shards, joined again, and compared', async () => {
    const select = ['--select', 'registration.initial', UPDATE, '--quiet'];
    for (const shard of ['1/2', '2/2']) {
      const folder = join(out.path, shard.charAt(0));
      expect(await inProcess('run', 'reference', ...select, '--shard', shard, '--out', folder)).toMatchObject({
        code: 0,
      });
    }
    const parts = [join(out.path, '1'), join(out.path, '2')];
    expect((await inProcess('merge', parts[0]!, '--out', out.path)).code).toBe(1);
    expect((await inProcess('merge', ...parts, '--out', out.path)).code).toBe(0);
    const ids = out.results().cases.map(({ id }) => id);
    expect(ids).toContain('registration.initial');
    expect(ids).toContain(UPDATE);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await inProcess('compare', out.path, out.path)).out).toContain('0 broken');
  });

  it("runs a user's own cases beside ours", async () => {
    const suites = join(out.path, 'suites');
    mkdirSync(suites);
    const meta = `{ id: 'own.registers', title: 'It registers', since: '1.0', configuration: 'C.1', checks: { x1: { by: 'client', level: 'must', req: 'R-1', says: 'registers' } } }`;
    writeFileSync(
      join(suites, 'own.mjs'),
      `import { testCase } from '${join(CLI, '..', '..', 'case', 'index.js')}';\nexport default testCase(${meta}, async ({ server, check }) => check('x1', (await server.registered()).lifetime > 0, true));\n`,
    );
    expect(
      (await cli('run', 'reference', '--suites', suites, '--select', 'own', '--out', out.path, '--quiet')).code,
    ).toBe(0);
    writeFileSync(join(suites, 'none.mjs'), 'export const x = 1;\n');
    expect((await cli('run', 'reference', '--suites', suites, '--select', 'own', '--out', out.path)).err).toMatch(
      /none\.mjs: its default export is no case/,
    );
  });

  it('writes a SUT file that plans, and never over one that is there', async () => {
    const file = join(out.path, 'sut.yaml');
    expect((await inProcess('init', file)).code).toBe(0);
    expect((await inProcess('plan', 'client', '--sut', file)).out).toMatch(/\d+ cases of \d+, quick timing/);
    expect((await inProcess('init', file)).code).toBe(2);
  });

  it('explains a case with what each check rests on', async () => {
    const { out: text } = await inProcess('explain', UPDATE);
    expect(text).toContain('R-19');
    expect(text).toContain('Core §');
    expect((await inProcess('explain', 'nonsense')).code).toBe(2);
  });
});
