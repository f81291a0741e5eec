import { execFileSync } from 'node:child_process';
import { defineConfig } from 'vitest/config';

// The catalogue is generated: a test run must see the cases that are there now.
execFileSync(process.execPath, ['scripts/catalogue.mjs']);

const exclude = ['dist/**', 'node_modules/**'];
const project = (name: string, include: readonly string[], skip: readonly string[] = []) => ({
  // One module graph for all files of a project: no test leaves state behind in a module.
  test: { name, isolate: false, include: [...include], exclude: [...exclude, ...skip], testTimeout: 60_000 },
});

export default defineConfig({
  test: {
    // All cores: process tests wait more than they compute.
    maxWorkers: '100%',
    projects: [
      project(
        'unit',
        [
          'harness/**/*.test.ts',
          'reports/**/*.test.ts',
          'suites/requirements/**/*.test.ts',
          'fixtures/configurations/**/*.test.ts',
          'fixtures/models/**/*.test.ts',
        ],
        ['harness/**/*vectors.test.ts', '**/*.process.test.ts'],
      ),
      project('suites', ['suites/*.test.ts']),
      project('deviations', ['fixtures/mutants.test.ts', 'fixtures/variants.test.ts']),
      project('vectors', ['fixtures/vectors.test.ts', 'harness/**/*vectors.test.ts']),
      project('processes', ['**/*.process.test.ts']),
    ],
  },
});
