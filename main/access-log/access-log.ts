import type { AccessPage, AccessQuery } from '../../contract/access-log.ts';
import type { ConsoleOutputs, ConsoleParsedInputs } from '../../contract/console.ts';
import type { Database } from '../../db/database.ts';
import { countUnsentAccess, readAccessPage } from '../../db/stores/access-log.ts';
import type { DbChange, StationRecord, Writer } from '../../db/writer-api.ts';
import type { SignedInCall } from '../platform/call.ts';
import type { Log } from '../platform/log.ts';
import { AccessLane, type AccessSending } from './lane.ts';

export interface AccessLogDeps {
  reader: Database; writer: Writer; log: Log; station: () => StationRecord | null;
  road: AccessSending & { search(query: AccessQuery): Promise<AccessPage> };
  /** Ms between two looks at whether the way is free; for tests. */
  lookEveryMs?: number;
}

type Input = ConsoleParsedInputs['accessLog']['list'];
type Output = ConsoleOutputs['accessLog']['list'];

/** Who has read personal data: the lines of this workstation, at once; those of all of them from the province, where they are kept. */
export function createAccessLog(deps: AccessLogDeps) {
  const { reader, station, road } = deps;
  const lane = new AccessLane(deps);
  return {
    handlers: {
      async list({ of, filter, after }: Input, { session }: SignedInCall): Promise<Output> {
        const query = { filter, after, scope: session.scope };
        const page = of === 'province' ? await road.search(query) : readAccessPage(reader, query, station()?.stationName ?? '');
        return { ...page, unsent: countUnsentAccess(reader) };
      },
    },
    start: (): void => { lane.start(); },
    noteChange: (change: DbChange): void => { if (change.tables.includes('access')) lane.nudge(); },
    close: (): Promise<void> => lane.stop(),
  };
}
