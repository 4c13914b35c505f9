import { useState } from 'react';
import type { AttentionEntry } from '../../../contract/console.ts';
import { MUTATION_NAMES } from '../../../contract/mutations/payloads.ts';
import { client } from '../../client.ts';
import { useMay } from '../../frame/station.ts';
import { queries } from '../../live-query.ts';
import { goTo } from '../../route.ts';
import { openForms } from '../queue/form-memory.ts';
import { formOfRefused } from './refused-form.ts';

/** How an entry left the list, for the line that says so; what was only put away can be taken back. */
export interface LeftEntry { entry: AttentionEntry; how: 'putAway' | 'tookTheirs' | 'keptMine' }

export interface WaysOut {
  mayChoose: boolean; mayDismiss: boolean; mayAgain: boolean; isBusy: boolean; error: unknown;
  dismiss: () => void; takeTheirs: () => void; keep: (fields: readonly string[]) => void; again: () => void;
}

/** What can be done with an entry, each as one call that either happens whole or is told as an error. */
export function useWaysOut(entry: AttentionEntry, onLeft: (left: LeftEntry) => void): WaysOut {
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const mayDismiss = useMay('attention.dismiss') && entry.status !== 'held';
  const mayEdit = useMay('issue.edit');
  const { n } = entry;
  const isHidden = entry.lost.some(({ field }) => !entry.isMine && (field === 'reporter' || field === 'victims'));
  const run = (work: () => Promise<unknown>, how?: LeftEntry['how']): void => {
    if (isBusy) return;
    setBusy(true);
    setError(null);
    work().then(() => { if (how !== undefined) onLeft({ entry, how }); }, setError).finally(() => { setBusy(false); });
  };
  return {
    mayDismiss, mayChoose: mayDismiss && mayEdit && entry.lost.length > 0 && !isHidden, mayAgain: mayDismiss && entry.again !== null, isBusy, error,
    dismiss: () => { run(() => client.sync.dismiss({ n }), 'putAway'); },
    takeTheirs: () => { run(() => client.sync.dismiss({ n, theirs: true }), 'tookTheirs'); },
    keep: fields => { run(() => client.sync.keepMine({ n, fields: [...fields] }), 'keptMine'); },
    again: () => { run(() => sendAgain(entry)); },
  };
}

/** Back into the form that it came from, with everything that had been typed. */
async function sendAgain(entry: AttentionEntry): Promise<void> {
  const { n, issueId, again } = entry;
  const issue = again === 'issue.receive' || issueId === null ? null : (await client.issues.get({ id: issueId })).issue;
  const fields = formOfRefused(entry, issue);
  if (fields === null) return;
  const { draftId } = await client.sync.again({ n, fields });
  await queries.invalidateQueries({ queryKey: ['issues.forms'], refetchType: 'all' });   // known before the form is shown, also where the record was looked at before
  if (draftId !== null) goTo({ screen: 'intake', service: String(entry.payload['service']), draftId });
  else if (issueId !== null) {
    openForms.set(issueId, MUTATION_NAMES.find(name => name === again) ?? null);
    goTo({ screen: 'issue', id: issueId });
  }
}
