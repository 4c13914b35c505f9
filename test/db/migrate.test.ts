import { existsSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../db/migrate.ts';
import type { Migration } from '../../db/migrations/migration.ts';
import { MIGRATIONS } from '../../db/migrations/list.ts';
import { openDatabase } from '../../db/open.ts';
import { KEY, openDesk, tempFile } from './support.ts';

const first: Migration = { version: 10, name: 'first', up: db => db.exec('CREATE TABLE a(x); INSERT INTO a VALUES (1), (2)') };
const second: Migration = { version: 20, name: 'second', up: db => db.exec('ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x * 10') };
const failing: Migration = {
  version: 30, name: 'failing',
  up(db) {
    db.exec('DELETE FROM a; CREATE TABLE b(z)');
    throw new Error('power cut');
  },
};

test('steps run in order, each once, and say which ran', () => {
  const db = new BetterSqlite3(':memory:');
  expect(migrate(db, null, [first, second])).toEqual([10, 20]);
  expect(db.prepare('SELECT x, y FROM a').raw().all()).toEqual([[1, 10], [2, 20]]);
  expect(migrate(db, null, [first, second])).toEqual([]);
  expect(schemaVersion(db)).toBe(20);
});

test('a step that stops half-way leaves the file before it, version and rows', () => {
  const db = new BetterSqlite3(':memory:');
  expect(() => migrate(db, null, [first, second, failing])).toThrow('power cut');
  expect(schemaVersion(db)).toBe(20);
  expect(db.prepare('SELECT count(*) FROM a').pluck().get()).toBe(2);
  expect(db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name='b'`).pluck().get()).toBe(0);
});

test('a file with data is copied before it is migrated, under the same key; an empty one is not', () => {
  const { file, db, receive } = openDesk();
  const copy = `${file}.copy`;
  receive();
  const next: Migration = { version: 99_999, name: 'next', up: to => to.exec('DROP TABLE issue') };
  expect(migrate(db, copy, [...MIGRATIONS, next])).toEqual([99_999]);
  db.close();
  const before = openDatabase({ file: copy, keyHex: KEY, role: 'writer' });
  expect(before.prepare('SELECT count(*) FROM issue').pluck().get()).toBe(1);
  before.close();
  const empty = tempFile();
  openDatabase({ file: empty, keyHex: KEY, role: 'writer' }).close();
  expect(existsSync(`${empty}.before-migration`)).toBe(false);
});

test('versions rise and are never given twice', () => {
  const versions = MIGRATIONS.map(step => step.version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
});
