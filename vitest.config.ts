import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// The catalogue is generated: a test run must see the cases that are there now.
execFileSync(process.execPath, ['scripts/catalogue.mjs']);

const exclude = ['dist/**', 'node_modules/**'];
/** Ends only what hangs: a machine with much else to do takes ten times as long as an idle one. */
const PATIENCE = 120_000;
const project = (name: string, include: readonly string[], skip: readonly string[] = []) => ({
  // One module graph for all files of a project: no test leaves state behind in a module.
  test: {
    ...{ name, isolate: false, testTimeout: PATIENCE, hookTimeout: PATIENCE },
    ...{ include: [...include], exclude: [...exclude, ...skip] },
  },
});

/** What waits goes first, and what computes for seconds before what does not: at the end no core is left without work. */
const PROJECTS = ['processes', 'suites', 'unit'];
const LONG = [
  'harness/host/security.process.test.ts',
  'harness/host/run.process.test.ts',
  'fixtures/suts/peers.process.test.ts',
  'harness/host/vectors.process.test.ts',
  'harness/host/lifeless.process.test.ts',
  'harness/host/bad-adapter.process.test.ts',
  'harness/host/pair.process.test.ts',
  'harness/host/matrix.process.test.ts',
  'harness/host/cli.process.test.ts',
  'suites/catalogue.test.ts',
  'fixtures/mutants.test.ts',
  'harness/link/dtls/mutation.test.ts',
  'harness/host/security/all-cases.test.ts',
  'fixtures/variants.test.ts',
  'harness/sut/check-adapter.test.ts',
  'harness/sut/stdio.test.ts',
  'harness/wire/senml/agreement.test.ts',
  'harness/host/security/whole-run.test.ts',
];

class LongFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONG.indexOf(relative(import.meta.dirname, moduleId));
      return at < 0 ? LONG.length : at;
    };
    const order = (a: TestSpecification, b: TestSpecification): number =>
      PROJECTS.indexOf(a.project.name) - PROJECTS.indexOf(b.project.name) || place(a) - place(b);
    return Promise.resolve(files.toSorted(order));
  }
}

export default defineConfig({
  test: {
    // One more than two cores have work for: tests of processes wait more than they compute.
    maxWorkers: Math.max(3, availableParallelism()),
    sequence: { sequencer: LongFirst },
    projects: [
      project(
        'unit',
        ['harness/**/*.test.ts', 'reports/**/*.test.ts', 'suites/requirements/**/*.test.ts', 'fixtures/**/*.test.ts'],
        ['**/*.process.test.ts'],
      ),
      project('suites', ['suites/*.test.ts']),
      project('processes', ['**/*.process.test.ts']),
    ],
  },
});
