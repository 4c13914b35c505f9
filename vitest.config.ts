import { defineConfig } from 'vitest/config';
import { LongFirst } from './test/support/long-first.ts';

/** What is waited for may take long on a busy machine; the second that is usual is a test of the machine. */
const POLLING = { poll: { timeout: 15_000, interval: 50 } };

/**
 * Unit and integration tests (`unit`), and the whole console in a real browser (`e2e`). Files share a process as it becomes free, and its modules: loading
 * them anew for each file takes longer than most of the tests. What must happen for each file is in `each-file.ts`.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    maxWorkers: '100%',   // by itself Vitest leaves one processor idle: of two, half
    projects: [
      {
        test: {
          name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**', 'test/electron/**'],
          environment: 'node', pool: 'forks', isolate: false, setupFiles: 'test/support/each-file.ts', globalSetup: 'test/support/build-first.ts', testTimeout: 180_000, hookTimeout: 180_000, expect: POLLING,
        },
      },
      {
        test: {
          name: 'e2e', include: ['test/e2e/**/*.test.ts', 'test/electron/**/*.test.ts'],
          environment: 'node', pool: 'forks', isolate: false, globalSetup: 'test/support/build-first.ts', testTimeout: 180_000, hookTimeout: 180_000, expect: POLLING,
        },
      },
    ],
  },
});
