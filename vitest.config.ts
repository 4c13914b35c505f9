import { defineConfig } from 'vitest/config';
import { LongFirst } from './test/support/long-first.ts';

/** Unit and integration tests (`unit`), and the whole console in a real browser (`e2e`, one after another). */
export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**', 'test/electron/**'],
          environment: 'node', pool: 'forks', globalSetup: 'test/support/build-first.ts', testTimeout: 60_000, hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e', include: ['test/e2e/**/*.test.ts', 'test/electron/**/*.test.ts'],
          environment: 'node', pool: 'forks', globalSetup: 'test/support/build-first.ts', fileParallelism: false, testTimeout: 180_000, hookTimeout: 180_000,
        },
      },
    ],
  },
});
