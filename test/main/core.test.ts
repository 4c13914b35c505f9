import { rmSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import { afterEach, expect, test } from 'vitest';
import type { IssueDetail } from '../../contract/console.ts';
import { newId } from '../../contract/ids.ts';
import type { Service } from '../../contract/org.ts';
import { createCore } from '../../main/core.ts';
import { silentLog } from '../support/silent-log.ts';
import { KEY, testDesk } from './issues/desk.ts';
import { issueWith, PEOPLE, sessionWith, SITES } from './issues/support.ts';

const HOUR_MS = 3_600_000;
const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });

/**
 * How somebody who signed in an hour ago may open a reporter in the core of a desk whose clock is wrong.
 *
 * @param fastByMs how far the desk's clock is ahead of the province's
 * @param takenAfterMs when a colleague took their line `field` over, counted from the sign-in
 * @param services the lines of who signed in
 */
async function accessAt(fastByMs: number, takenAfterMs: number, services: Service[] = ['field']): Promise<IssueDetail['personal']> {
  const { folder, reader, writer, station } = await testDesk();
  ends.push(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  const nowMs = Date.now();
  const signedInCorrectedMs = nowMs - HOUR_MS - fastByMs;
  const signature = (by: 0 | 1, atMs: number) => ({ byId: PEOPLE[by], deviceId: station.deviceId, atMs });
  const takenAtMs = signedInCorrectedMs + takenAfterMs;
  const content = { lines: ['field'], shiftName: '', fromMs: takenAtMs - HOUR_MS, toMs: takenAtMs - 1, figures: [], records: [], recordsLeft: 0, warnings: [], faults: [], instructions: '', notes: '' };
  const handover = {
    id: newId(nowMs), siteId: SITES[0], lines: ['field'], history: [{ atMs: takenAtMs - 1, byId: PEOPLE[0], deviceId: station.deviceId, action: 'handover.give' }], version: 9,
    content, digest: '0'.repeat(64), state: 'received', given: signature(0, takenAtMs - 1), taken: { ...signature(1, takenAtMs), remark: '' }, ended: null, remarks: [], readBy: [],
  };
  const issue = issueWith({ authorId: PEOPLE[1], reporter: { anonymous: false, name: 'Trần Minh Họa', phone: '0900000001', relation: '' } });
  await writer.call('sync.applyPage', { rows: [{ kind: 'handover', id: handover.id, seq: 9, deleted: false, data: handover }, { kind: 'issue', id: issue.id, seq: 10, deleted: false, data: { ...issue } }], cursor: 'c2', verdicts: [], atMs: nowMs });
  await writer.call('sync.noteOffset', { offsetMs: -fastByMs, measuredAtMs: nowMs, roundTripMs: 1 });
  const session = { ...sessionWith({ roles: ['truc_ban'], scope: { siteIds: [SITES[0]], services }, signedInAtMs: nowMs - HOUR_MS, signedInCorrectedMs }), touchedAtMs: nowMs };
  await writer.call('session.save', session);
  reader.close();
  await writer.close();
  const core = await createCore({ dataDir: folder, keyHex: KEY, version: '0.0.0', resume: true, log: silentLog });
  ends.push(() => core.close());
  const { issues } = createRouterClient(core.router) as unknown as { issues: { get(input: { id: string }): Promise<IssueDetail> } };
  return (await issues.get({ id: issue.id })).personal;
}

test.each([['right', 0], ['nine hours fast', 9 * HOUR_MS], ['seven hours slow', -7 * HOUR_MS]])('whose shift was taken over since they signed in is off duty, at a desk whose clock is %s', async (_name, fastByMs) => {
  expect(await accessAt(fastByMs, HOUR_MS / 2)).toEqual({ access: 'reason', lacks: ['duty'] });
});

test('whoever has handed over one of two lines goes on in the other', async () => {
  expect(await accessAt(0, HOUR_MS / 2, ['field', '1022'])).toEqual({ access: 'open', lacks: [] });
});

test.each([['right', 0], ['nine hours fast', 9 * HOUR_MS], ['seven hours slow', -7 * HOUR_MS]])('whoever was relieved and has signed in after that is on duty, at a desk whose clock is %s', async (_name, fastByMs) => {
  expect(await accessAt(fastByMs, -HOUR_MS / 2)).toEqual({ access: 'open', lacks: [] });
});
