import { z } from 'zod';
import { saveAccount } from './accounts.ts';
import { newId } from '../contract/ids.ts';
import { Person, Site } from '../contract/org.ts';
import type { Database } from './sql.ts';
import { commitChanges, type RowWrite } from './store.ts';

/** What an empty province begins with: its own site and one administrator, who can be signed in as from then on. */
export const Founding = z.object({
  name: z.string().trim().min(1).max(110).describe('of the province'),
  siteCode: z.string().trim().toUpperCase().regex(/^[A-Z0-9]{1,16}$/),
  login: z.string().trim().toLowerCase().regex(/^[a-z0-9][a-z0-9._-]{0,39}$/),
  personName: Person.shape.name.trim().min(1),
  /** argon2id; the password itself stays with whoever asked for it */
  hash: z.string().startsWith('$argon2id$').max(300),
});
export type Founding = z.infer<typeof Founding>;

/** `founded` false: the province has a site already, the one named, and nothing was changed. */
export const Founded = z.object({ founded: z.boolean(), site: z.string() });
export type Founded = z.infer<typeof Founded>;

/** Gives an empty province its name, its site and its first administrator, all or nothing. */
export function found(db: Database, founding: Founding, nowMs: number): Promise<Founded> {
  return db.transaction(async tx => {
    // Held until the commit: of two at once the second sees what the first has made.
    await tx.query('SELECT seq FROM sync_head FOR UPDATE');
    const [before] = await tx.query<{ data: Site }>("SELECT data FROM record WHERE kind = 'site' LIMIT 1");
    if (before !== undefined) return { founded: false, site: before.data.code };
    const site: Site = { id: newId(nowMs), code: founding.siteCode, name: `IOC ${lowerFirst(founding.name)}`, tier: 'province' };
    const person: Person = {
      id: newId(nowMs), siteId: site.id, unitId: null, login: founding.login, name: founding.personName, title: 'Quản trị hệ thống',
      roles: ['quan_tri'], services: [], active: true,
    };
    await saveAccount(tx, { personId: person.id, login: founding.login, hash: founding.hash });
    await tx.query('UPDATE sync_head SET name = $1', [founding.name]);
    await commitChanges(tx, { rows: [rowOf('site', site, site.id), rowOf('person', person, site.id)] });
    return { founded: true, site: site.code };
  });
}

function rowOf(kind: RowWrite['kind'], data: { id: string } & object, siteId: string): RowWrite {
  return { kind, id: data.id, siteId, service: null, deleted: false, data: { ...data }, expected: 0 };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
