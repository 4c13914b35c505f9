import type { Database } from '../database.ts';
import { sealOf, type Seal } from '../seal.ts';
import { sealedJson, sealedLost, sealedWhole } from '../sealed-json.ts';
import type { Migration } from './migration.ts';

const ROWS_AT_ONCE = 1_000;

interface Persons { reporter: { name: string; phone: string; relation: string }; victims: { who: string }[]; original: unknown }

/**
 * Who reported and who was hurt goes into a column of its own, sealed; masked it stays where it was, and names and telephones are found by signs.
 * In changes, refusals, forms and requests it is sealed where it stands.
 */
export const sealedPersons: Migration = {
  version: 157,
  name: 'personal data of records is sealed by itself',
  up(db) {
    db.exec('ALTER TABLE issue ADD COLUMN persons BLOB');
    const seal = sealOf(db);
    const write = db.prepare('UPDATE issue SET rest=?, persons=?, phone=? WHERE rid=?');
    for (let rid = 0, some = after(db, rid); some.length > 0; some = after(db, rid)) {
      for (const row of some) sealRow(seal, write, row);
      rid = some.at(-1)!.rid;
    }
    db.function('sealed_part', text => sealedJson(db, JSON.parse(String(text)) as object));
    db.function('sealed_lost', text => sealedLost(db, JSON.parse(String(text)) as { field: string }[]));
    db.function('sealed_whole', text => sealedWhole(db, JSON.parse(String(text))));
    db.exec(`UPDATE outbox SET payload = sealed_part(payload);
      UPDATE outbox_size SET bytes = (SELECT coalesce(sum(octet_length(payload)), 0) FROM outbox WHERE acked_seq IS NULL AND n > 0);
      UPDATE sent_log SET payload = sealed_part(payload);
      UPDATE base_row SET data = sealed_part(data) WHERE data IS NOT NULL;
      UPDATE parked_row SET data = sealed_part(data);
      UPDATE document SET data = sealed_part(data);
      UPDATE attention SET payload = sealed_part(payload), lost = sealed_lost(lost);
      UPDATE draft SET fields = sealed_whole(fields);
      UPDATE form_text SET fields = sealed_whole(fields)`);
    // The indexes hold names among other words: they are written anew, as after a first copy.
    db.exec(`INSERT INTO ex(ex) VALUES ('delete-all');
      INSERT INTO fo(fo) VALUES ('delete-all');
      UPDATE sync_state SET text_from = 1 WHERE EXISTS (SELECT 1 FROM issue)`);
  },
};

interface Statement { run(...values: unknown[]): unknown }
interface Row { rid: number; phone: string; rest: string }

function after(db: Database, rid: number): Row[] {
  return db.prepare<unknown[], Row>(`SELECT rid, phone, rest FROM issue WHERE rid > ? ORDER BY rid LIMIT ${ROWS_AT_ONCE}`).all(rid);
}

function sealRow(seal: Seal, write: Statement, { rid, phone, rest }: Row): void {
  const record = JSON.parse(rest) as Persons;
  const { reporter, victims, original } = record;
  if (reporter.name === '' && reporter.phone === '' && reporter.relation === '' && original === null && victims.every(({ who }) => who === '')) return;
  const masked = (text: string): string => (text.trim() === '' ? '' : '•••');
  const shown = {
    ...record, original: null, victims: victims.map(victim => ({ ...victim, who: masked(victim.who) })),
    reporter: { ...reporter, name: masked(reporter.name), relation: masked(reporter.relation), phone: phone.length <= 3 ? masked(phone) : `•••• ••• ${phone.slice(-3)}` },
  };
  write.run(JSON.stringify(shown), seal.close(JSON.stringify({ reporter, victims, original })), seal.phone(phone), rid);
}
