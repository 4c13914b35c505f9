import type { Scope } from '../../contract/org.ts';
import type { Database } from '../../db/database.ts';
import { hasUnknown } from '../../db/held.ts';
import type { StationRecord, Writer } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { followScope } from './scope.ts';

export interface SessionDeps { reader: Database; writer: Writer; clock: Clock; station: () => StationRecord | null; log: Log }

/** Takes over what a session says: the scope, and whether the province may know by now what an older one did not. */
export async function followSession(deps: SessionDeps, { scope, protocol }: { scope: Scope; protocol: number }): Promise<void> {
  await followScope(deps, scope);
  if (!hasUnknown(deps.reader, protocol)) return;
  const { released } = await deps.writer.call('sync.releaseUnknown', { protocol });
  deps.log.info({ protocol, released }, 'changes that the province did not know are sent again');
}
