import { execFile } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { markFile } from '../../db/open.ts';
import { pendingMutations } from '../../db/outbox.ts';
import { readForms } from '../../db/stores/form-texts.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readSyncState } from '../../db/stores/sync.ts';
import type { WriterCommand, WriterCommands } from '../../db/writer-api.ts';
import { desk, DESK, KEY, openDesk, report, T0, tempFile } from './support.ts';

const CHILD = join(import.meta.dirname, 'crash-child.ts');

function runChild<C extends WriterCommand>(file: string, killAt: number, command: C, input: WriterCommands[C][0]): Promise<{ signal: string | null; said: string }> {
  return new Promise(resolve => {
    execFile(process.execPath, [CHILD, file, KEY, String(killAt), command, JSON.stringify(input)], (error, said) => {
      resolve({ signal: error === null ? null : String(error.signal), said });
    });
  });
}

/** Kills at every statement in turn, until the command gets through; each time on a fresh copy. */
async function killEverywhere<C extends WriterCommand>(start: string, command: C, input: WriterCommands[C][0], check: (file: string, saved: boolean) => void): Promise<number> {
  for (let killAt = 1; killAt < 200; killAt++) {
    const file = tempFile();
    copyFileSync(start, file);
    const { signal, said } = await runChild(file, killAt, command, input);
    const saved = said.startsWith('saved');
    expect(saved || signal === 'SIGKILL').toBe(true);
    expect(existsSync(markFile(file))).toBe(true);
    check(file, saved);
    if (saved) return killAt;
  }
  throw new Error('the command never got through');
}

test('killed at any statement: what was said to be saved is there with its mutation, or neither is', async () => {
  const start = openDesk();
  start.receive();
  start.close();
  const id = newId(T0);
  const points = await killEverywhere(start.file, 'issue.mutate', { actor: desk, name: 'issue.receive', payload: report(id), atMs: T0, draftId: null }, (file, saved) => {
    const after = openDesk(file);
    const row = readIssue(after.db, id);
    const sent = pendingMutations(after.db, 10).filter(m => m.issueId === id);
    expect(row === null).toBe(!saved);
    expect(sent.map(m => m.n)).toEqual(saved ? [2] : []);
    expect(after.db.prepare('SELECT count(*) FROM audit WHERE subject=?').pluck().get(id)).toBe(saved ? 1 : 0);
    const found = after.db.prepare(`SELECT count(*) FROM fo WHERE fo MATCH '"ong" AND "nuoc"'`).pluck().get();
    expect(found).toBe(saved ? 2 : 1);
    // The desk goes on working, and its numbers have no gap.
    expect(after.mutate(desk, 'issue.receive', report(newId(T0))).n).toBe(saved ? 3 : 2);
    after.close();
  });
  expect(points).toBeGreaterThan(8);
}, 120_000);

test('killed at any statement of a page: cursor, rows and verdicts arrive together or not at all', async () => {
  const start = openDesk();
  const mine = start.receive();
  const row = readIssue(start.db, mine)?.issue;
  start.close();
  const page: WriterCommands['sync.applyPage'][0] = {
    rows: [{ kind: 'issue', id: mine, seq: 7, deleted: false, data: { ...row, displayNo: 'DX-26-000001', version: 7 } }],
    cursor: 'after', verdicts: [{ n: 1, status: 'applied', seq: 7 }], atMs: T0 + 1,
  };
  const points = await killEverywhere(start.file, 'sync.applyPage', page, (file, saved) => {
    const after = openDesk(file, false);
    expect(readSyncState(after.db).cursor).toBe(saved ? 'after' : 'start');
    expect(readIssue(after.db, mine)).toMatchObject(saved ? { sync: 0, issue: { displayNo: 'DX-26-000001', authorId: DESK } } : { sync: 1, issue: { displayNo: null } });
    expect(pendingMutations(after.db, 10).length).toBe(saved ? 0 : 1);
    after.close();
  });
  expect(points).toBeGreaterThan(8);
}, 120_000);

test('killed at any statement of a step: its half-written form is there, or the step is, never both', async () => {
  const start = openDesk();
  const id = start.receive();
  start.call('form.save', { personId: DESK, issueId: id, action: 'issue.note', fields: { text: 'gọi lại' }, atMs: T0 });
  start.close();
  await killEverywhere(start.file, 'issue.mutate', { actor: desk, name: 'issue.note', payload: { id, note: 'gọi lại' }, atMs: T0, draftId: null }, (file, saved) => {
    const after = openDesk(file, false);
    expect(readForms(after.db, DESK, id).length).toBe(saved ? 0 : 1);
    expect(pendingMutations(after.db, 10).length).toBe(saved ? 2 : 1);
    after.close();
  });
}, 120_000);
