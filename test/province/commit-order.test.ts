import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import type { Service } from '../../contract/org.ts';
import { migrate } from '../../province/migrate.ts';
import { pull } from '../../province/pull.ts';
import { openServer } from '../../province/server-database.ts';
import { mayRetry, type Database } from '../../province/sql.ts';
import { commitChanges, readHead, type RowWrite } from '../../province/store.ts';
import { postgresMissing, startPostgres, type TemporaryPostgres } from './postgres.ts';
import { emptyEmbedded } from '../support/embedded.ts';

const SITE = newId(0);
const READER = { id: newId(0), scope: { siteIds: null, services: null }, scopeVersion: 1, lastN: 0 };
const WRITERS = 8;

function newRow(service: Service = '114'): RowWrite {
  const id = newId(Date.now());
  return { kind: 'issue', id, siteId: SITE, service, deleted: false, data: { id, text: 'x'.repeat(200) }, expected: 0 };
}

const missing = postgresMissing();
if (missing !== null) console.warn(`skipped: commit order on a PostgreSQL server (${missing})`);

const engines: { name: string; open: () => Promise<{ db: Database; postgres: TemporaryPostgres | null }> }[] = [
  { name: 'the embedded engine', open: async () => ({ db: await emptyEmbedded(), postgres: null }) },
  { name: 'a PostgreSQL server', open: async () => { const postgres = startPostgres(); return { db: await openServer(postgres.url), postgres }; } },
];

for (const { name, open } of engines) {
  describe.skipIf(name === 'a PostgreSQL server' && missing !== null)(`on ${name}`, () => {
    const world: { db: Database; postgres: TemporaryPostgres | null } = {} as typeof world;
    beforeAll(async () => {
      Object.assign(world, await open());
      await migrate(world.db, { name: 'Tỉnh Mẫu', nowMs: Date.now() });
    });
    afterAll(async () => {
      await world.db?.close();
      world.postgres?.stop();
    });
    const write = (rows: RowWrite[]): Promise<number> => world.db.transaction(tx => commitChanges(tx, { rows }));

    test('a change told by its fields leaves what the whole row would', async () => {
      const value = fc.oneof(fc.integer(), fc.string({ maxLength: 5 }).filter(text => !text.includes('\0')), fc.constant(null), fc.constant({ a: [1, { b: 'ê' }] }));
      const entry = fc.record({ action: fc.constantFrom('note', 'close'), atMs: fc.integer({ min: 1, max: 9 }) });
      const data = fc.dictionary(fc.constantFrom('place', 'note', 'tags', 'later'), value);
      const place = fc.record({ siteId: fc.constantFrom(SITE, newId(1)), service: fc.constantFrom<Service[]>('113', '114'), deleted: fc.boolean() });
      await fc.assert(fc.asyncProperty(data, data, fc.array(entry), fc.array(entry), fc.boolean(), place, async (first, then, history, added, goesOn, moved) => {
        const row = { ...newRow(), data: { ...first, history } };
        const seq = await write([row]);
        const after = { ...then, version: seq, history: goesOn ? [...history, ...added] : added };
        const next = await write([{ ...row, ...moved, data: after, before: { ...row.data, version: seq }, expected: seq }]);
        const [stored] = await world.db.query<object>(`SELECT data, seq, site_id AS "siteId", service, deleted FROM record WHERE kind = 'issue' AND id = $1`, [row.id]);
        expect(stored).toEqual({ data: { ...after, version: next }, seq: next, ...moved });
      }), { numRuns: 150 });
    });

    test('nothing but commit_changes writes a record', async () => {
      const row = newRow();
      const seq = await write([row]);
      const values = `('issue', '${newId(Date.now())}', ${seq}, '${SITE}', '114', false, '{}')`;
      const around = [
        `INSERT INTO record VALUES ${values}`,
        `UPDATE record SET data = '{}' WHERE id = '${row.id}'`,
        `DELETE FROM record WHERE id = '${row.id}'`,
        'TRUNCATE record',
        'UPDATE sync_head SET seq = seq + 2',
        'UPDATE sync_head SET seq = seq - 1',
        'UPDATE sync_head SET seq = 0',
        'DELETE FROM sync_head',
        'TRUNCATE sync_head',
        // Takes a seq, and then writes under another one.
        `WITH bumped AS (UPDATE sync_head SET seq = seq + 1) INSERT INTO record VALUES ${values}`,
      ];
      for (const statement of around) await expect(world.db.query(statement), statement).rejects.toThrow(/commit_changes|sync_head|seq/);
      await expect(world.db.transaction(async tx => { await commitChanges(tx, { rows: [newRow()] }); await commitChanges(tx, { rows: [newRow()] }); })).rejects.toThrow(/once in a transaction/);
      expect((await readHead(world.db)).seq).toBe(seq);
    });

    test('a commit signals what it touched, once it is one: nothing when rolled back, everyone where the places are too many', async () => {
      const heard: string[] = [];
      const end = await world.db.listen('province', { heard: payload => heard.push(payload), missed: () => undefined });
      await expect(world.db.transaction(async tx => { await commitChanges(tx, { rows: [newRow()] }); throw new Error('rolled back on purpose'); })).rejects.toThrow();
      const row = newRow('115');
      const seq = await write([row]);
      const moved = await write([{ ...row, siteId: newId(5), data: { text: 'at another site' }, expected: seq }]);
      const many = await write(Array.from({ length: 400 }, (_, nth) => ({ ...newRow(), siteId: newId(nth) })));
      const organisation = await write([{ ...newRow(), kind: 'unit', service: null }]);
      await world.db.query("SELECT pg_notify('province', 'last')");
      await vi.waitUntil(() => heard.includes('last'));
      await end();
      const signals = heard.slice(0, -1).map(payload => JSON.parse(payload) as { seq: number; places?: [Id, Service][] });
      expect(signals.map(signal => signal.seq)).toEqual([seq, moved, many, organisation]);
      expect(signals[0]?.places).toEqual([[SITE, '115']]);
      expect(signals[1]?.places?.length).toBe(2);
      expect([signals[2], signals[3]]).toEqual([{ seq: many }, { seq: organisation }]);
    });

    test('a row that changed since it was read is not overwritten', async () => {
      const row = newRow();
      const seq = await write([row]);
      const next = await write([{ ...row, data: { text: 'second' }, expected: seq }]);
      for (const expected of [0, seq]) {
        const late = write([{ ...row, data: { text: 'late' }, expected }]);
        await expect(late).rejects.toSatisfy(mayRetry);
      }
      const [kept] = await world.db.query<{ data: object; seq: number }>('SELECT data, seq FROM record WHERE id = $1', [row.id]);
      expect(kept).toEqual({ data: { text: 'second', version: next }, seq: next });
    });

    test('a reader that follows eight writers, some rolling back, misses no row and sees no seq twice', async () => {
      const written = new Map<Id, number>();
      const state = { writing: true, rolledBack: 0 };
      const start = (await readHead(world.db)).seq;
      const writer = async (number: number): Promise<void> => {
        for (let round = 0; round < 12; round += 1) {
          const rows = Array.from({ length: 1 + ((round + number) % 4) }, () => newRow());
          try {
            const seq = await world.db.transaction(async tx => {
              await tx.query('SELECT count(*) FROM record');
              await pause((round * 7 + number * 3) % 9);
              const given = await commitChanges(tx, { rows });
              if ((round + number) % 5 === 0) throw new Error('rolled back on purpose');
              return given;
            });
            for (const row of rows) written.set(row.id, seq);
          } catch (error) {
            if (!(error instanceof Error && error.message === 'rolled back on purpose')) throw error;
            state.rolledBack += 1;
          }
        }
      };
      const seen = new Map<Id, number>();
      const reader = async (): Promise<void> => {
        const { epoch } = await readHead(world.db);
        let cursor = `${epoch}.1.${start}.1`;
        for (let last = false; !last;) {
          last = !state.writing;
          for (let more = true; more;) {
            const page = await pull(world.db, READER, { cursor, limit: 3, ackedN: 0 });
            for (const row of page.rows) { expect(seen.has(row.id)).toBe(false); seen.set(row.id, row.seq); }
            ({ cursor, more } = page);
          }
          await pause(1);
        }
      };
      const following = reader();
      await Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number)));
      state.writing = false;
      await following;
      expect(state.rolledBack).toBeGreaterThan(5);
      expect(seen).toEqual(written);
      // No holes: a transaction that is rolled back gives its seq to the next.
      expect((await readHead(world.db)).seq - start).toBe(new Set(written.values()).size);
    });
  });
}
