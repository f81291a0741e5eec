import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { packageRoot } from '../base/package-files.js';
import { unwrap } from '../base/error.js';
import { asVectorFile, placedVectors } from '../case/vectors/file.js';
import { validateVectorResults, type VectorResults } from '../../reports/vector-results.js';
import { CLI, outFolder, start, finished } from './testing/cli.js';
import { inProcess } from './testing/in-process.js';

const EXAMPLES = join(packageRoot(), 'docs', 'examples');
const JARS = ['.peers/oracles/java', '.peers/leshan/lib']
  .map((path) => join(packageRoot(), path))
  .find((path) => existsSync(path));

let out: ReturnType<typeof outFolder>;
beforeEach(() => {
  out = outFolder();
});
afterEach(() => out.dispose());

// The runner is in this process, the testees are processes: what is tested is what passes between them.
const vectors = (testee: string, ...more: string[]) =>
  inProcess('vectors', '--testee', testee, '--out', out.path, '--quiet', ...more);
const results = (): VectorResults =>
  unwrap(validateVectorResults(JSON.parse(readFileSync(join(out.path, 'results.json'), 'utf8'))));
const deviationOf = (id: string, direction = 'decode'): string | undefined =>
  results().results.find((result) => result.id === id && result.direction === direction)?.deviation;
const has = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
const node = process.execPath;

describe('lwm2m-conformance vectors', () => {
  it('finds that our own codecs do what every vector says', async () => {
    const run = await vectors('self');
    const deviations = results().results.filter(({ deviation }) => deviation !== undefined);
    expect(deviations.map(({ id, direction, message }) => `${id} ${direction} ${message}`)).toEqual([]);
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/As the vectors say/);
    expect(results().totals.pass).toBeGreaterThan(6500);
    expect(results().formats).toHaveLength(17);
  }, 120_000);

  it('comes to the same result with our codecs as a program', async () => {
    const formats = ['--format', 'tlv', 'notification', 'senml-cbor'];
    await vectors('self', ...formats);
    const inProcess = results().totals;
    expect((await vectors(`${node} ${CLI} testee`, ...formats)).code).toBe(0);
    expect(results().totals).toEqual(inProcess);
    expect(results().run.restarts).toBe(0);
  }, 120_000);

  it('goes on after a crash, garbage and silence, and tells them apart', async () => {
    const program = join(out.path, 'moody.mjs');
    writeFileSync(
      program,
      `import { createInterface } from 'node:readline';
let asked = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { seq, cmd, payload } = JSON.parse(line);
  const say = (more) => console.log(JSON.stringify({ seq, ...more }));
  if (cmd === 'hello') say({ protocol: 1, implementation: { name: 'moody' }, capabilities: { opaque: ['decode'] } });
  else if (cmd !== 'decode') say({});
  else if (payload === '') process.exit(5);
  else if (payload.startsWith('ff')) console.log('oops');
  else if (payload === '00') ; else say({ error: { class: 'error' } });
}`,
    );
    const run = await vectors(`${node} ${program}`, '--format', 'opaque', '--timeout', '0.5');
    expect(run.code).toBe(1);
    const kinds = new Set(results().results.map(({ deviation }) => deviation));
    expect(kinds).toContain('crash');
    expect(kinds).toContain('protocol');
    expect(kinds).toContain('rejected-valid');
    expect(results().run.restarts).toBeGreaterThan(1);
    expect(results().totals.unsupported).toBeGreaterThan(10);
    expect(readFileSync(join(out.path, 'junit.xml'), 'utf8')).toMatch(/<error[^>]*type="crash"/);
  }, 120_000);

  it('holds known failures, and fails over one that is none any more', async () => {
    const testee = `${node} ${join(EXAMPLES, 'testee-lwm2m-codec.mjs')}`;
    const known = join(out.path, 'known.yaml');
    const run = () => vectors(testee, '--format', 'tlv', '--known', known);
    expect((await vectors(testee, '--format', 'tlv')).code).toBe(1);
    expect((await run()).err).toMatch(/--accept writes one/);
    expect((await vectors(testee, '--format', 'tlv', '--known', known, '--accept')).code).toBe(0);
    expect((await run()).code).toBe(0);
    expect(results().totals.known).toBe(results().totals.fail);
    const text = readFileSync(known, 'utf8');
    writeFileSync(known, `${text}  - vector: tlv/2\n    deviation: value-mismatch\n    reason: it was so once\n`);
    const stale = await run();
    expect(stale.code).toBe(1);
    expect(stale.out).toMatch(/stale.* tlv\/2 .*it was so once/);
  }, 120_000);

  it.each([
    [['--testee', 'self', '--format', 'morse'], /there are no vectors of "morse"/],
    [['--testee', './no-such-testee'], /there is no program/],
    [['--testee', `${node} -e process.exit(3)`], /did not come up: .*exit code 3/],
    [['--testee', 'self', '--accept'], /--accept needs --known/],
    [['--testee', 'self', '--timeout', 'soon'], /is no number/],
  ])('refuses %j', async (args, message) => {
    const run = await inProcess('vectors', ...args);
    expect(run).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });

  it('prints the results as JSON alone', async () => {
    const run = await inProcess('vectors', '--testee', 'self', '--format', 'opaque', '--json', '--quiet');
    expect(validateVectorResults(JSON.parse(run.out))).toMatchObject({ ok: true });
  });

  it('stops when interrupted, and writes what it has', async () => {
    const program = join(out.path, 'slow.mjs');
    writeFileSync(
      program,
      `import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
for await (const line of createInterface({ input: process.stdin })) {
  const { seq, cmd } = JSON.parse(line);
  const hello = { protocol: 1, implementation: { name: 'slow' }, capabilities: { tlv: ['decode'] } };
  if (cmd === 'decode') writeFileSync(process.argv[2], '');
  if (cmd === 'decode') await new Promise((resolve) => setTimeout(resolve, 50));
  console.log(JSON.stringify({ seq, ...(cmd === 'hello' ? hello : cmd === 'decode' ? { skip: 'no' } : {}) }));
}`,
    );
    const begun = join(out.path, 'begun');
    const child = start('vectors', '--testee', `${node} ${program} ${begun}`, '--format', 'tlv', '--out', out.path);
    const done = finished(child);
    await vi.waitUntil(() => existsSync(begun), { timeout: 30_000, interval: 20 });
    child.kill('SIGINT');
    expect((await done).code).toBe(130);
    expect(results().run.interrupted).toBe(true);
  }, 60_000);
});

describe('The README of the vectors', () => {
  const folder = join(packageRoot(), 'vectors');
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const example = (language: string): string =>
    new RegExp('```' + language + '\\n(.*?)```', 's').exec(readme)?.[1] ?? '';
  const decodable = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => unwrap(asVectorFile(JSON.parse(readFileSync(join(folder, name), 'utf8')), name)))
    .flatMap(placedVectors)
    .filter(({ vector }) => vector.direction === 'decode' || vector.direction === 'both')
    .map(({ vector, file, context }) =>
      [file.format, vector.tcId, vector.result, context.path ?? '', vector.payload].join(' ').trimEnd(),
    )
    .sort();

  it.skipIf(!has('python3', '--version'))('reads all that is to be decoded: Python', () => {
    const run = spawnSync('python3', ['-c', example('python')], {
      cwd: packageRoot(),
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    const lines = run.stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.replace(' None ', '  ').trimEnd()).sort()).toEqual(decodable);
  });

  it.skipIf(!has('jq', '--version'))('reads all that is to be decoded: sh', () => {
    const run = spawnSync('sh', ['-c', example('sh')], { cwd: packageRoot(), encoding: 'utf8', maxBuffer: 1e8 });
    const lines = run.stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.replaceAll('\t', ' ').trimEnd()).sort()).toEqual(decodable);
  });
});

describe('The examples', () => {
  const cbor2 = has('python3', '-c', 'import cbor2');

  it.skipIf(!cbor2)(
    'in Python does what the vectors say, but for what its CBOR reader hides',
    async () => {
      await vectors(`python3 ${join(EXAMPLES, 'testee.py')}`);
      const deviations = results().results.filter(({ deviation }) => deviation !== undefined);
      expect(results().totals.pass).toBeGreaterThan(1400);
      // Duplicate labels are merged by cbor2 before anybody sees them.
      expect(
        deviations
          .filter(({ flags }) => !flags.some((flag) => /Duplicate/i.test(flag)))
          .map(({ id, message }) => `${id} ${message}`),
      ).toEqual([]);
    },
    120_000,
  );

  it.skipIf(!has('python3', '--version'))(
    'in Python offers no CBOR without the library',
    async () => {
      const isolated = `python3 -I -S ${join(EXAMPLES, 'testee.py')}`;
      await vectors(isolated, '--format', 'senml-json', 'senml-cbor');
      const [json, cbor] = results().formats;
      expect(json?.failed).toBe(0);
      expect(json?.passed).toBeGreaterThan(500);
      expect(cbor?.passed).toBe(0);
    },
    120_000,
  );

  it('on npm lwm2m-codec shows its deviations, and breaks down over nothing', async () => {
    await vectors(`${node} ${join(EXAMPLES, 'testee-lwm2m-codec.mjs')}`);
    expect(results().totals.error).toBe(0);
    expect(results().totals.pass).toBeGreaterThan(500);
    expect(deviationOf('tlv/18')).toBe('value-mismatch'); // 255, unsigned
    expect(deviationOf('tlv/8', 'encode')).toBe('refused-to-encode'); // 128
    expect(deviationOf('tlv/2')).toBeUndefined();
  }, 120_000);

  it.skipIf(JARS === undefined || !has('javac', '-version'))(
    'on Leshan shows its deviations, and breaks down over nothing',
    async () => {
      const classes = join(out.path, 'classes');
      mkdirSync(classes);
      const source = join(EXAMPLES, 'LeshanTestee.java');
      // Compilers that start quickly: the run is too short for those that make fast code.
      const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
      const compiler = [...quick.map((flag) => `-J${flag}`), '-proc:none', '-encoding', 'UTF-8'];
      execFileSync('javac', [...compiler, '-cp', `${JARS}/*`, '-d', classes, source]);
      await vectors(`java ${quick.join(' ')} -Xss4m -cp ${JARS}/*:${classes} LeshanTestee`);
      expect(results().totals.error).toBe(0);
      expect(results().totals.pass).toBeGreaterThan(3200);
      expect(deviationOf('tlv/18')).toBe('value-mismatch'); // 255, unsigned
      expect(deviationOf('tlv/166')).toBe('accepted-invalid'); // boolean 02
      expect(deviationOf('senml-json/352')).toBe('outcome-not-listed'); // base value and value
    },
    180_000,
  );
});
