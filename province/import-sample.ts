import type { Issue } from '../contract/issue.ts';
import type { Area, Person, Site, Unit } from '../contract/org.ts';
import { hashPassword, saveAccount } from './accounts.ts';
import { counterKey } from './judge.ts';
import type { Database } from './sql.ts';
import { commitChanges, lineKey, type NumberCounter, type RowWrite } from './store.ts';

/** A whole invented province. Records come one by one, so that any number needs no room. */
export interface SampleRows {
  provinceName: string; sites: readonly Site[]; areas: readonly Area[]; units: readonly Unit[]; people: readonly Person[];
  /** login → password, of those who may sign in */
  passwords: Readonly<Record<string, string>>;
  issues: Iterable<Issue>;
}

/** Rows per commit: a page of a pull holds whole commits. */
const BATCH_ROWS = 200;

/** Fills an empty province. Rows go through `commit_changes` like everything else; numbers go on after the highest given. */
export async function importSample(db: Database, sample: SampleRows): Promise<void> {
  const organisation: RowWrite[] = [
    ...sample.sites.map(site => row('site', site, site.id, null)),
    ...sample.areas.map(area => row('area', area, area.siteId, null)),
    ...sample.units.map(unit => row('unit', unit, unit.siteId, null)),
    ...sample.people.map(person => row('person', person, person.siteId, null)),
  ];
  await inBatches(db, organisation, () => []);
  const numbers = new Map<string, NumberCounter>();
  await inBatches(db, issueRows(sample.issues), batch => countNumbers(batch, numbers));
  // One hash a password: everybody knows these, and 300 different salts would cost seconds.
  const hashes = new Map(await Promise.all([...new Set(Object.values(sample.passwords))].map(async password => [password, await hashPassword(password)] as const)));
  await db.transaction(async tx => {
    for (const person of sample.people) {
      const password = sample.passwords[person.login];
      const hash = hashes.get(password ?? '');
      if (password === undefined || hash === undefined) continue;
      await saveAccount(tx, { personId: person.id, login: person.login, hash });
      await tx.query('INSERT INTO sample_account (login, password) VALUES ($1, $2) ON CONFLICT DO NOTHING', [person.login, password]);
    }
    await tx.query('UPDATE sync_head SET name = $1', [sample.provinceName]);
  });
}

function row(kind: RowWrite['kind'], data: { id: string } & object, siteId: string | null, service: string | null): RowWrite {
  return { kind, id: data.id, siteId, service, deleted: false, data: { ...data }, expected: 0 };
}

function* issueRows(issues: Iterable<Issue>): Generator<RowWrite> {
  for (const issue of issues) yield row('issue', issue, issue.siteId, lineKey(issue));
}

async function inBatches(db: Database, rows: Iterable<RowWrite>, countersOf: (batch: RowWrite[]) => NumberCounter[]): Promise<void> {
  let batch: RowWrite[] = [];
  const flush = async (): Promise<void> => {
    const full = batch;
    batch = [];
    if (full.length > 0) await db.transaction(tx => commitChanges(tx, { rows: full, counters: countersOf(full) }));
  };
  for (const item of rows) {
    batch.push(item);
    if (batch.length === BATCH_ROWS) await flush();
  }
  await flush();
}

/** The highest number of each service and year so far: 115-2026-000123 counts 123 for 115 in 2026. */
function countNumbers(batch: readonly RowWrite[], numbers: Map<string, NumberCounter>): NumberCounter[] {
  for (const { data } of batch) {
    const service = (data as Partial<Issue>).service ?? null;
    const number = /-(\d{4})-(\d+)$/.exec(String(data['displayNo'] ?? ''));
    if (number === null || service === null) continue;
    const year = Number(number[1]);
    const key = counterKey(service, year);
    const last = Math.max(numbers.get(key)?.last ?? 0, Number(number[2]));
    numbers.set(key, { service, year, last });
  }
  return [...numbers.values()];
}
