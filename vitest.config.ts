import { defineConfig } from 'vitest/config';

const exclude = ['dist/**', 'node_modules/**'];
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['harness/**/*.test.ts', 'reports/**/*.test.ts', 'fixtures/**/*.test.ts', 'suites/**/*.test.ts'], exclude } },
    ],
  },
});
