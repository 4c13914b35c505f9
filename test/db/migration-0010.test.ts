import { expect, test } from 'vitest';
import { base } from '../../db/migrations/0010-base.ts';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import { openDatabase } from '../../db/open.ts';
import { KEY, openDesk, tempFile } from './support.ts';

test('before it there is nothing, after it every table, and a second run does nothing', () => {
  const db = openDatabase({ file: tempFile(), keyHex: KEY, role: 'writer' });
  expect(schemaVersion(db)).toBeGreaterThanOrEqual(10);
  const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type='table'`).pluck().all();
  expect(tables).toEqual(expect.arrayContaining(['issue', 'ex', 'fo', 'org_row', 'outbox', 'base_row', 'attention', 'draft', 'session', 'station', 'settings', 'audit']));
  expect(migrate(db, null)).toEqual([]);
  expect(() => base.up(db)).toThrow(/already exists/);      // a step is run by its version only, never twice
  db.close();
});

test('rows written before a second opening are untouched by it', () => {
  const one = openDesk();
  const id = one.receive();
  const before = one.db.prepare('SELECT * FROM issue').all();
  one.close();
  const two = openDatabase({ file: one.file, keyHex: KEY, role: 'writer' });
  expect(two.prepare('SELECT * FROM issue').all()).toEqual(before);
  expect(id).toHaveLength(36);
  two.close();
});

test('local row numbers rise and are never used again', () => {
  const { db, close } = openDesk();
  expect(db.prepare(`SELECT sql FROM sqlite_schema WHERE name='issue'`).pluck().get()).toContain('rid INTEGER PRIMARY KEY AUTOINCREMENT');
  close();
});

test('the sheet is loaded from its covering index alone, the phone from the end by its own', () => {
  const { db, close } = openDesk();
  const plan = (sql: string) => (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map(step => step.detail).join('; ');
  expect(plan(`SELECT rid, received_at, state, service, severity, site_id, area_id, lead_unit_id, author_id, due_at, sync, is_open FROM issue INDEXED BY ix_cover`))
    .toContain('COVERING INDEX ix_cover');
  const reversed = Array.from({ length: 10 }, (_, i) => `substr(phone,-${i + 1},1)`).join('||');
  expect(plan(`SELECT rid FROM issue WHERE ${reversed} >= '8145' AND ${reversed} < '8146'`)).toContain('ix_phone_rev');
  expect(plan('SELECT rid FROM issue WHERE is_open = 1 ORDER BY severity, due_at LIMIT 100')).toContain('ix_open_prio_due');
  close();
});
