import { z } from 'zod';
import { Id } from '../ids.ts';
import type { Facts } from '../mutations/facts.ts';
import { SERVICES } from '../org.ts';
import { may } from '../permissions.ts';
import { ViewBody } from '../saved-view.ts';
import { DOCUMENT, documentEntry, refuse, sees } from './document.ts';

/** A list of the queue that everybody at a site can pick: what a person calls it and shows in it (saved-view.ts), and whose it is. */
export const SharedView = z.object({
  ...DOCUMENT, body: ViewBody, ownerId: Id, savedAtMs: z.number(),
  removedAtMs: z.number().nullable().describe('put away; it can come back'),
});
export type SharedView = z.infer<typeof SharedView>;

export const VIEW_PAYLOADS = {
  /** `from`: when the version that it starts from was saved, null for a new one. */
  'view.share': z.object({ id: Id, siteId: Id, body: ViewBody, from: z.number().nullable() }),
  'view.unshare': z.object({ id: Id }),
  'view.restore': z.object({ id: Id }),
} as const;
type Payload<N extends keyof typeof VIEW_PAYLOADS> = z.infer<(typeof VIEW_PAYLOADS)[N]>;

/** Of who changed a view only the last lines are kept: a list is no record. */
const KEPT_ENTRIES = 20;

function changed(row: Omit<SharedView, 'history'> & { history: SharedView['history'] }, facts: Facts, action: string): SharedView {
  return { ...row, history: [...row.history, documentEntry(facts, action)].slice(-KEPT_ENTRIES) };
}

/** Whose it is, or whoever may share at all: a colleague who has left must not leave a list that nobody can put away. */
function refuseOthers(row: SharedView | undefined, facts: Facts): asserts row is SharedView {
  if (row === undefined) refuse('document/not-found');
  if (!sees(facts.actor, row)) refuse('issue/outside-scope');
  if (!may(facts.actor.roles, 'view.share')) refuse('auth/forbidden', { permission: 'view.share' });
}

/** What an intent does to a shared view. @throws {AppError} the refusal; `view/changed`: somebody else has saved it meanwhile */
export const VIEW_STEPS = {
  'view.share': (row: SharedView | undefined, p: Payload<'view.share'>, facts: Facts): SharedView => {
    if (row === undefined) {
      const fresh = { id: p.id, siteId: p.siteId, lines: [...SERVICES], body: p.body, ownerId: facts.actor.personId, savedAtMs: facts.atMs, removedAtMs: null, history: [], version: 0 };
      if (!sees(facts.actor, fresh)) refuse('issue/outside-scope');
      if (!may(facts.actor.roles, 'view.share')) refuse('auth/forbidden', { permission: 'view.share' });
      return changed(fresh, facts, 'view.share');
    }
    refuseOthers(row, facts);
    if (row.savedAtMs !== p.from) refuse('view/changed');
    return changed({ ...row, body: p.body, savedAtMs: facts.atMs, removedAtMs: null }, facts, 'view.share');
  },
  'view.unshare': (row: SharedView | undefined, _p: Payload<'view.unshare'>, facts: Facts): SharedView => {
    refuseOthers(row, facts);
    if (row.removedAtMs !== null) return row;
    return changed({ ...row, removedAtMs: facts.atMs }, facts, 'view.unshare');
  },
  'view.restore': (row: SharedView | undefined, _p: Payload<'view.restore'>, facts: Facts): SharedView => {
    refuseOthers(row, facts);
    if (row.removedAtMs === null) return row;
    return changed({ ...row, removedAtMs: null }, facts, 'view.restore');
  },
} as const;
