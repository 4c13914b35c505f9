import { join } from 'node:path';
import type { ChangeEvent } from '../contract/console.ts';
import { DUTY_HOURS, onDutyBySignIn, onDutyUntilRelieved } from '../contract/duty.ts';
import type { ImportJob } from '../contract/imports.ts';
import { openDatabase } from '../db/open.ts';
import { readImportLines, readWarnedLines } from '../db/stores/imports.ts';
import { readPolicyBook } from '../db/stores/policy.ts';
import { isTextUnclean } from '../db/text-clean.ts';
import type { Writer } from '../db/writer-api.ts';
import { startWriter } from '../db/writer.ts';
import { createAccessLog } from './access-log/access-log.ts';
import { Alarms } from './alarms/alarms.ts';
import { createAttachments } from './attachments/attachments.ts';
import { createAuth } from './auth/auth.ts';
import { createHandovers, isRelieved } from './handover/handovers.ts';
import { createAttention } from './issues/attention.ts';
import { createExports } from './issues/export/exports.ts';
import { createImports } from './issues/import/imports.ts';
import { createIssues } from './issues/issues.ts';
import { createMap } from './map/map.ts';
import { createDirectory } from './org/directory.ts';
import { createStation } from './org/station.ts';
import { createPolicy } from './policy/policy.ts';
import { createRosters } from './roster/rosters.ts';
import { createRequests } from './requests/requests.ts';
import { createStick } from './stick/stick.ts';
import { systemClock } from './platform/clock.ts';
import type { Core, CoreOptions } from './platform/core-api.ts';
import { systemTimers } from './platform/timers.ts';
import { enrolAt } from './sync/enrol.ts';
import { createDiagnosis } from './sync/diagnosis.ts';
import { stickRelay } from './sync/relay.ts';
import { createSync } from './sync/sync.ts';
import { createDispatch } from './wire/dispatch.ts';
import { createSubscriptions } from './wire/subscriptions.ts';

/** Full-text segments are merged and the log is checkpointed when nobody has written for this long. */
const UPKEEP_AFTER_MS = 5_000;
/** The first page goes before the sheet of all records, which every other list needs. */
const SHEET_AFTER_MS = 400;
/** Lines of a kind that a command line lists at most. */
const MAX_LISTED = 200;

/**
 * Builds every capability of a workstation, in order, and hands one what it needs of another. The one file that knows
 * them all.
 *
 * @throws {AppError} `db/…` when the local database cannot be opened; nothing is changed then
 */
export async function createCore({ dataDir, keyHex, version, resume, log }: CoreOptions): Promise<Core> {
  const file = join(dataDir, 'console.db');
  const clock = systemClock;
  const writer = await startWriter({ file, keyHex, thread: true, onTrouble: error => { log.warn({ error: error.message }, 'upkeep failed'); } });
  const reader = openDatabase({ file, keyHex, role: 'reader' });
  const subscriptions = createSubscriptions();
  const tell: Tell = (tables, news = { issueIds: [], fresh: {} }) => { subscriptions.publish({ tables, ...news }); };

  const station = createStation({
    reader, writer, clock, version, enrol: enrolAt,
    currentSession: () => auth.currentSession(), tiles: () => auth.tiles(), lockAfterMs: () => auth.lockAfterMs, onEnrolled: firstToken => { sync.enrolled(firstToken); },
  });
  const sync = createSync({ reader, writer, clock, station: station.station, log, onProvinceTime: nowMs => { auth.provinceSays(nowMs); }, onStickKeys: keys => { stick.keysTold(keys); } });
  const auth = createAuth({ reader, writer, clock, link: sync.link, station: station.station, correctedNowMs: sync.correctedNowMs, resume });
  const signedIn = onDutyBySignIn(clock.nowMs, () => readPolicyBook(reader).at(sync.correctedNowMs()).personalData.duty?.hours ?? DUTY_HOURS);
  const onDuty = onDutyUntilRelieved(signedIn, (personId, scope, sinceMs) => isRelieved(reader, { personId, scope }, sinceMs));
  const shared = { reader, writer, clock, correctedNowMs: sync.correctedNowMs, station: station.station, onDuty };
  const issues = createIssues({ ...shared, linkIsUp: sync.linkIsUp });
  const alarms = new Alarms({ ...shared, timers: systemTimers, log, currentSession: auth.currentSession });
  const handovers = createHandovers({ ...shared, linkIsUp: sync.linkIsUp, facts: session => ({ alarms: alarms.state(session), link: sync.status() }), check: auth.check, takeDesk: auth.takeDesk, onTaken: taken => rosters.noteHandover(taken) });
  const exports = createExports({ ...shared, rowsOf: issues.rowsOf, chosenOf: issues.chosenOf });
  const imports = createImports({ ...shared, dataDir });
  const diagnosis = createDiagnosis({ ...shared, dataDir, status: sync.status, onStep: () => { tell(['sync']); } });
  const stick = createStick({ ...shared, log, linkIsUp: sync.linkIsUp, relay: stickRelay({ station: station.station, clock }) });
  const attachments = createAttachments({ ...shared, dataDir, keyHex, log, road: sync.files });
  const rosters = createRosters({ ...shared, linkIsUp: sync.linkIsUp, log, nowMs: clock.nowMs, onNews: () => { tell(['roster']); } });
  const accessLog = createAccessLog({ ...shared, log, road: sync.accessLog });
  const router = createDispatch({
    handlers: {
      station: station.handlers, auth: auth.handlers, directory: createDirectory({ reader }), policy: createPolicy({ ...shared, tokenFor: auth.tokenFor, province: sync.admin }), issues: issues.handlers, accessLog: accessLog.handlers, alarms: alarms.handlers, bulk: issues.bulk, savedViews: issues.savedViews, handovers, rosters: rosters.handlers, requests: createRequests({ ...shared, linkIsUp: sync.linkIsUp }), attachments: attachments.handlers,
      map: createMap({ reader, dataDir, correctedNowMs: sync.correctedNowMs }),
      imports: imports.handlers, exports: exports.handlers, stick: stick.handlers, sync: { ...sync.handlers, ...diagnosis, ...createAttention(shared) },
    },
    currentSession: auth.currentSession, subscriptions, log,
  });

  const upkeep = idleTimer(UPKEEP_AFTER_MS, () => writer.call('upkeep', null).then(() => { if (isTextUnclean(reader)) upkeep.restart(); }).catch((error: unknown) => { log.warn({ error: String(error) }, 'upkeep failed'); }));
  announce({ tell, writer, accessLog, attachments, issues, sync, auth, alarms, stick, onPresence: () => { rosters.noteSession(auth.currentSession()).catch((error: unknown) => { log.error({ error: String(error) }, 'presence was not looked for'); }); }, onWrite: () => { upkeep.restart(); } });
  sync.start();
  attachments.start();
  accessLog.start();
  const firstLook = setTimeout(() => { issues.loadSheet().then(() => { tell(['issue']); }).catch((error: unknown) => { log.error({ error: String(error) }, 'the sheet did not load'); }); }, SHEET_AFTER_MS);

  return {
    router,
    onAlarm: listener => { alarms.onCall(listener); },
    async *importFile(path, login, password): AsyncGenerator<ImportJob> {
      yield* imports.importFile(path, await auth.check(login, password));
    },
    stickCommand: async ({ action, path, login, password }) => stick.command(action, path, await auth.check(login, password)),
    importReport: jobId => ({ refused: readImportLines(reader, jobId, 'refused', 0, MAX_LISTED).lines, warned: readWarnedLines(reader, jobId, MAX_LISTED) }),
    async close() {
      clearTimeout(firstLook);
      alarms.close();
      upkeep.stop();
      await stick.close();
      await attachments.close();
      await accessLog.close();
      await sync.stop();
      imports.close();
      await exports.close();
      await rosters.close();
      auth.close();
      await issues.close();
      reader.close();
      await writer.close();
    },
  };
}

type Tell = (tables: ChangeEvent['tables'], news?: Pick<ChangeEvent, 'issueIds' | 'fresh'>) => void;

interface Announcing {
  tell: Tell; writer: Writer; accessLog: ReturnType<typeof createAccessLog>; attachments: ReturnType<typeof createAttachments>; issues: ReturnType<typeof createIssues>; sync: ReturnType<typeof createSync>;
  auth: ReturnType<typeof createAuth>; alarms: Alarms; stick: ReturnType<typeof createStick>; onPresence: () => void; onWrite: () => void;
}

/** Tells the screens what to ask again, and each capability what another has noticed. */
function announce({ tell, writer, accessLog, attachments, issues, sync, auth, alarms, stick, onPresence, onWrite }: Announcing): void {
  writer.onChange(change => {
    tell(change.tables, change.tables.includes('issue') ? issues.freshCounts(change) : undefined);
    attachments.noteChange(change);
    accessLog.noteChange(change);
    if (change.tables.includes('document')) onPresence();
    onWrite();
  });
  attachments.onProgress(() => { tell(['attachment']); });
  issues.onNews(news => { tell(['issue'], news); });
  sync.onStatus(() => {
    tell(['sync']);
    stick.lookForLink();
  });
  auth.onSession(() => {
    tell(['session']);
    alarms.lookSoon();
    onPresence();
  });
  alarms.onCall(() => { tell(['alarm']); });
}

/** Calls `work` once nothing has called `restart` for `afterMs`. */
function idleTimer(afterMs: number, work: () => unknown): { restart(): void; stop(): void } {
  const timer = setTimeout(work, afterMs);
  timer.unref();
  return { restart: () => { timer.refresh(); }, stop: () => { clearTimeout(timer); } };
}
