import { setImmediate as breath } from 'node:timers/promises';
import { sameScope, type Scope } from '../../contract/org.ts';
import type { StationRecord, Writer } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';

/**
 * Takes over what the province says this workstation may see. Rights follow at once, records outside leave some at a time;
 * one that was interrupted goes on at the next session.
 */
export async function followScope({ writer, clock, station, log }: { writer: Writer; clock: Clock; station: () => StationRecord | null; log: Log }, scope: Scope): Promise<void> {
  const known = station();
  if (known === null || (sameScope(known.scope, scope) && known.leaving !== true)) return;
  if (!sameScope(known.scope, scope)) {
    await writer.call('sync.scopeChanged', { scope, atMs: clock.nowMs() });
    log.info({ sites: scope.siteIds?.length ?? null, services: scope.services }, 'this workstation may now see something else');
  }
  while ((await writer.call('sync.leaveScope', null)).more) await breath();
}
