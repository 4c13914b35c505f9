import type { Log } from '../../main/platform/log.ts';

/** For tests that keep no diary. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
