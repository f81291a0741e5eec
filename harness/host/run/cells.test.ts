import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../base/error.js';
import type { Pairing } from '../../../reports/matrix.js';
import { result, results } from '../../../reports/testing.js';
import { testCase } from '../../case/test-case.js';
import { CommandError, Exit } from '../io.js';
import { benchOf, exitCodeOfCells, folderOf, parseNames, runCell } from './cells.js';
import { allowancesOf, lifecycleOf, type RunOptions } from './options.js';
import { referencePlayer, type Player } from './parties.js';
import type { Ran } from './run.js';
import { jointStatement } from './statements.js';

const some = testCase(
  {
    id: 'registration.some',
    title: 'Something holds',
    since: '1.0',
    configuration: 'C.1',
    checks: { x1: { by: 'client', level: 'must', req: 'R-1', says: 'does it' } },
  },
  () => Promise.resolve(),
);
const ours = (party: 'client' | 'server'): Player => referencePlayer(party, true);
const options: RunOptions = {
  bench: 'pair',
  judged: ['client', 'server'],
  client: ours('client'),
  server: ours('server'),
  bootstrapServer: referencePlayer('bootstrap-server', true),
  catalogue: [some],
  select: [],
  enabler: '1.1',
  timing: 'quick',
  seed: 1,
  jobs: 1,
  quiet: true,
  argv: [],
};
const pairing: Pairing = {
  client: 'a',
  server: 'b',
  bench: 'pair',
  judged: ['client', 'server'],
  folder: 'cells/a--b',
};
const lenient = { strict: false, requireAll: false };
const cellOfRun = (run: () => Promise<Ran>) => runCell(pairing, options, run, lenient);

describe('the names of a matrix', () => {
  it('are what was written, a SUT file by its name alone', () => {
    expect(parseNames('reference, ./suts/acme.yaml,other.yml', '--clients')).toEqual([
      { sut: 'reference', name: 'reference' },
      { sut: './suts/acme.yaml', name: 'acme' },
      { sut: 'other.yml', name: 'other' },
    ]);
  });

  it.each([
    ['', /names no system/],
    ['one/acme.yaml,two/acme.yaml', /two of them are called "acme"/],
    ['a b.yaml,a_b.yaml', /two of them are called "a_b"/],
  ])('%j are refused', (text, message) => {
    expect(() => parseNames(text, '--servers')).toThrow(message);
  });

  it('make a folder whatever characters they have', () => {
    expect(folderOf('reference', '../évil name')).toBe('cells/reference--..__vil_name');
  });

  it('say on which bench two of them meet', () => {
    expect(benchOf('reference', 'reference')).toBe('reference');
    expect(benchOf('acme', 'reference')).toBe('client');
    expect(benchOf('reference', 'acme')).toBe('server');
    expect(benchOf('acme', 'other')).toBe('pair');
  });
});

describe('a cell', () => {
  it.each([
    [new CommandError({ code: 'x', message: 'nothing runs', place: 'here' }), 'here: nothing runs', Exit.usage],
    [new ProblemError({ code: 'x', message: 'the port is in use' }), 'the port is in use', Exit.usage],
    [new Error('a bug'), 'our own fault: a bug', Exit.harness],
  ])('has a reason where its run throws %s', async (thrown, reason, exitCode) => {
    const ran = await cellOfRun(() => Promise.reject(thrown));
    expect(ran).toMatchObject({ exitCode, failed: false, cell: { results: [], evidence: [] } });
    expect(ran.cell.reason).toContain(reason);
  });

  it('has a reason where the two never came up', async () => {
    const tried = results([result('a', 'inconclusive', { reason: 'the server did not start: no java' })]);
    const { cell, exitCode } = await cellOfRun(() => Promise.resolve({ results: tried, cases: [], cameUp: false }));
    expect(cell.reason).toBe('the pair did not come up: the server did not start: no java');
    expect(exitCode).toBe(Exit.usage);
  });
});

describe('the exit code of all cells', () => {
  const cell = (exitCode: number, failed = false) => ({ exitCode, failed });

  it.each([
    [[cell(0), cell(0)], Exit.ok],
    [[cell(0), cell(2)], Exit.usage],
    [[cell(2), cell(1)], Exit.nonconforming],
    [[cell(1), cell(3)], Exit.harness],
    [[cell(1, true), cell(3)], Exit.nonconforming],
    [[cell(3), cell(130)], Exit.interrupted],
  ])('of %j is %i', (cells, code) => {
    expect(exitCodeOfCells(cells)).toBe(code);
  });
});

describe('two systems under test', () => {
  const foreign = (party: 'client' | 'server', lifecycle: 'fresh' | 'warm' | 'external', boot: number): Player => ({
    ...ours(party),
    foreign: true,
    allowances: { boot, registration: 10, reaction: 100 - boot, stimulus: 1, settle: 0 },
    file: { name: party, party, control: [{ use: 'exec', command: 'x' }], lifecycle },
  });

  it.each([
    ['warm', 'warm', 'warm'],
    ['warm', 'fresh', 'fresh'],
    ['fresh', 'external', 'external'],
  ] as const)('of which one is %s and one %s are %s', (one, other, both) => {
    const pair = { ...options, client: foreign('client', one, 5), server: foreign('server', other, 30) };
    expect(lifecycleOf(pair)).toBe(both);
    expect(allowancesOf(pair)).toMatchObject({ boot: 30, registration: 10, reaction: 95 });
  });

  it('claim together what none of them denies', () => {
    const client = { source: 'derived', items: { 'op.write': true, send: false, queue: true } } as const;
    const server = {
      source: 'declared',
      items: { 'op.write': true, send: true, queue: false, 'format.0': true },
    } as const;
    expect(jointStatement([client, server])).toEqual({
      source: 'declared',
      items: { 'op.write': true, send: false, queue: false, 'format.0': true },
    });
    expect(jointStatement([client])).toBe(client);
    expect(jointStatement([])).toBeUndefined();
  });
});
