import { records } from './0010-records.ts';
import { stationsAndPeople } from './0020-stations-people.ts';
import { judging } from './0030-judging.ts';
import { largerRows } from './0040-larger-rows.ts';
import { changedFields } from './0050-changed-fields.ts';
import { attachments } from './0060-attachments.ts';
import { signals } from './0070-signals.ts';
import { severalServers } from './0075-several-servers.ts';
import { stickFiles } from './0080-stick-files.ts';
import { left } from './0090-left.ts';
import { horizon } from './0091-horizon.ts';
import { digests } from './0092-digests.ts';
import { epochSpans } from './0100-epoch-spans.ts';
import { manyRows } from './0110-many-rows.ts';
import { withUnit } from './0120-with-unit.ts';
import { documents } from './0130-documents.ts';
import { accessLog } from './0135-access-log.ts';
import { erasure } from './0136-erasure.ts';
import { merged } from './0137-merged.ts';
import { requestsKept } from './0138-requests-kept.ts';
import { rosters } from './0139-rosters.ts';
import type { Migration } from './migration.ts';

/** Every step, in order. */
export const MIGRATIONS: readonly Migration[] = [
  records, stationsAndPeople, judging, largerRows, changedFields, attachments, signals, severalServers, stickFiles, left, horizon, digests, epochSpans, manyRows, withUnit, documents, accessLog, erasure, merged, requestsKept, rosters,
];
