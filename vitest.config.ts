import { defineConfig } from 'vitest/config';
import { LongFirst } from './test/support/long-first.ts';

/** What is waited for may take long on a busy machine; the second that is usual is a test of the machine. */
const POLLING = { poll: { timeout: 15_000, interval: 50 } };
/** Loading their modules anew for each file takes longer than the tests. */
const PURE = ['test/contract/**/*.test.ts', 'test/renderer/**/*.test.ts'];

/**
 * Unit and integration tests (`unit`; those of the contract and of what screens reckon with, which touch nothing outside themselves, one after another in the
 * same process: `pure`), and the whole console in a real browser (`e2e`).
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    maxWorkers: '100%',   // by itself Vitest leaves one processor idle: of two, half
    projects: [
      {
        test: {
          name: 'pure', include: PURE, environment: 'node', pool: 'forks', isolate: false, globalSetup: 'test/support/build-first.ts', testTimeout: 60_000, hookTimeout: 60_000, expect: POLLING,
        },
      },
      {
        test: {
          name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**', 'test/electron/**', ...PURE],
          environment: 'node', pool: 'forks', globalSetup: 'test/support/build-first.ts', testTimeout: 60_000, hookTimeout: 60_000, expect: POLLING,
        },
      },
      {
        test: {
          name: 'e2e', include: ['test/e2e/**/*.test.ts', 'test/electron/**/*.test.ts'],
          environment: 'node', pool: 'forks', globalSetup: 'test/support/build-first.ts', testTimeout: 180_000, hookTimeout: 180_000, expect: POLLING,
        },
      },
    ],
  },
});
