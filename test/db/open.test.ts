import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { closeWriter, markFile, openDatabase } from '../../db/open.ts';
import { withDatabaseErrors } from '../../db/health.ts';
import { newestVersion } from '../../db/migrate.ts';
import { KEY, openDesk, tempFile } from './support.ts';

const value = (db: ReturnType<typeof openDatabase>, pragma: string) => db.pragma(pragma, { simple: true });

const PAGE_BYTES = 16_384;

/** Overwrites a page in the middle of the file, as a bad sector would. */
function damage(file: string, pages: number[]): void {
  const bytes = readFileSync(file);
  for (const page of pages) bytes.fill(0x5a, page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
  writeFileSync(file, bytes);
}

describe('opening the local database', () => {
  test('a writer has every pragma as asked, synchronous=FULL after WAL too', () => {
    const db = openDatabase({ file: tempFile(), keyHex: KEY, role: 'writer' });
    expect([value(db, 'cipher'), value(db, 'journal_mode'), value(db, 'synchronous'), value(db, 'cache_size'), value(db, 'temp_store'), value(db, 'wal_autocheckpoint')])
      .toEqual(['aegis', 'wal', 2, -4096, 2, 1000]);
    expect(value(db, 'page_size')).toBe(PAGE_BYTES);
    db.close();
  });

  test('a reader can read and change nothing', () => {
    const { file, close, receive } = openDesk();
    receive();
    const reader = openDatabase({ file, keyHex: KEY, role: 'reader' });
    expect(value(reader, 'synchronous')).toBe(2);
    expect(reader.prepare('SELECT count(*) FROM issue').pluck().get()).toBe(1);
    expect(() => withDatabaseErrors(() => reader.exec('DELETE FROM issue'))).toThrow(expect.objectContaining({ code: 'db/read-only' }));
    reader.close();
    close();
  });

  test('nothing of the text lies readable in the file or its log', () => {
    const { file, close, receive } = openDesk();
    receive({ description: 'KHONG-DUOC-DOC-THAY' });
    expect(readFileSync(`${file}-wal`).includes('KHONG-DUOC-DOC-THAY')).toBe(false);
    close();
    const bytes = readFileSync(file);
    expect(bytes.includes('KHONG-DUOC-DOC-THAY')).toBe(false);
    expect(bytes.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
  });

  test('another key is said to be the wrong key, and the file stays as it was', () => {
    const { file, close } = openDesk();
    close();
    const before = readFileSync(file);
    expect(() => openDatabase({ file, keyHex: 'b2'.repeat(32), role: 'writer' })).toThrow(expect.objectContaining({ code: 'db/wrong-key' }));
    expect(readFileSync(file).equals(before)).toBe(true);
    openDatabase({ file, keyHex: KEY, role: 'reader' }).close();
  });

  test('a file from a newer program is refused with the version that it needs', () => {
    const { file, db, close } = openDesk();
    db.pragma('user_version=99990');
    close();
    for (const role of ['reader', 'writer'] as const) {
      expect(() => openDatabase({ file, keyHex: KEY, role })).toThrow(expect.objectContaining({
        code: 'db/from-future', facts: { needed: 99_990, known: newestVersion() },
      }));
    }
  });

  test('a stop without closing is noticed, and a damaged page is then found at start', () => {
    const { file, db, call, receive, close } = openDesk();
    for (let i = 0; i < 60; i++) receive();
    call('upkeep', null);
    close();
    expect(existsSync(markFile(file))).toBe(false);
    const pages = statSync(file).size / PAGE_BYTES;
    expect(db.open).toBe(false);
    writeFileSync(markFile(file), '');                      // as a killed writer leaves it
    openDatabase({ file, keyHex: KEY, role: 'writer' }).close();
    damage(file, Array.from({ length: pages - 6 }, (_, i) => i + 5));
    expect(() => openDatabase({ file, keyHex: KEY, role: 'writer' })).toThrow(expect.objectContaining({ code: 'db/damaged' }));
    expect(existsSync(markFile(file))).toBe(true);          // the next start checks again
  });

  test('a damaged page met while reading is said to be damage, not a wrong key', () => {
    const { file, receive, close } = openDesk();
    for (let i = 0; i < 60; i++) receive();
    close();
    const pages = statSync(file).size / PAGE_BYTES;
    damage(file, Array.from({ length: Math.floor(pages / 2) }, (_, i) => pages - 1 - i));
    const reader = openDatabase({ file, keyHex: KEY, role: 'reader' });
    expect(() => withDatabaseErrors(() => reader.prepare('SELECT rest FROM issue').all())).toThrow(expect.objectContaining({ code: 'db/damaged' }));
    reader.close();
  });

  test('a file that was cut short is not opened as if it were whole', () => {
    const { file, receive, close } = openDesk();
    for (let i = 0; i < 60; i++) receive();
    close();
    truncateSync(file, Math.floor(statSync(file).size / PAGE_BYTES / 2) * PAGE_BYTES);
    writeFileSync(markFile(file), '');
    expect(() => openDatabase({ file, keyHex: KEY, role: 'writer' })).toThrow(expect.objectContaining({ code: 'db/damaged' }));
  });

  test('with no room left a command is refused, changes nothing, and works again once there is room', () => {
    const { db, receive, close } = openDesk();
    receive();
    const pages = value(db, 'page_count') as number;
    db.pragma(`max_page_count=${pages}`);
    const filler = 'nước '.repeat(800);
    expect(() => { for (let i = 0; i < 50; i++) receive({ description: filler }); }).toThrow(expect.objectContaining({ code: 'db/disk-full' }));
    const rows = db.prepare('SELECT count(*) FROM issue').pluck().get();
    expect(db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(rows);
    expect(db.prepare('SELECT max(n) FROM outbox').pluck().get()).toBe(rows);
    db.pragma('max_page_count=1000000');
    receive({ description: filler });
    expect(db.prepare('SELECT max(n) FROM outbox').pluck().get()).toBe((rows as number) + 1);
    close();
  });

  test('a missing file is no reader’s to make', () => {
    expect(() => openDatabase({ file: tempFile(), keyHex: KEY, role: 'reader' })).toThrow();
    const file = tempFile();
    closeWriter(openDatabase({ file, keyHex: KEY, role: 'writer' }), file);
    openDatabase({ file, keyHex: KEY, role: 'reader' }).close();
  });
});
