import { useQuery } from '@tanstack/react-query';
import { formatDateTime } from '../../../contract/time.ts';
import { forgetters } from '../../frame/person-change.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { queries, useLive } from '../../live-query.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';

/** The pack that was issued at this window last, said where one then comes to. */
const ISSUED = ['policy.justIssued'] as const;
interface JustIssued { code: string; effectiveFromMs: number }

forgetters.add(() => { queries.removeQueries({ queryKey: ISSUED }); });

/** Remembers what has just been issued, until it has been seen. */
export function noteIssued(issued: JustIssued | null): void {
  queries.setQueryData<JustIssued | null>(ISSUED, issued);
}

/** Says what has just been issued. */
export function Issued() {
  const t = useT();
  const { data } = useQuery<JustIssued | null>({ queryKey: ISSUED, queryFn: () => queries.getQueryData<JustIssued | null>(ISSUED) ?? null });
  if (data === null || data === undefined) return null;
  return <Notice tone="good" actions={<Button onClick={() => { noteIssued(null); }}>{t('policyEdit.finish')}</Button>}>{t('policyEdit.issued', { code: data.code, at: formatDateTime(data.effectiveFromMs) })}</Notice>;
}

/** Whether the signed-in person edits the province’s packs: an administrator of the province. */
export function useMayEdit(): boolean {
  const may = useMay('policy.edit');
  const { siteId } = useSession();
  const sites = useLive(['directory.sites'], ['org', 'session'], core => core.directory.sites({})).data ?? [];
  return may && sites.find(site => site.id === siteId)?.tier === 'province';
}

/** The draft of the signed-in person, as the core keeps it. */
export function usePolicyDraft() {
  const { personId } = useSession();
  const enabled = useMayEdit();
  return useLive(['policy.draft', personId], ['draft', 'org', 'session'], core => core.policy.draft({}), { enabled });
}

/** Goes to the editor. */
export function EditButton() {
  const t = useT();
  const may = useMayEdit();
  const draft = usePolicyDraft().data;
  const edit = (): void => { goTo({ screen: 'policy', edit: true }); };
  useShortcuts('screen', [{ keys: 'e', label: t('policyEdit.keys.edit'), hint: 'E', run: edit, enabled: may }]);
  if (!may) return null;
  return <Button size="md" kind={draft ? 'outline' : 'plain'} hint="E" onClick={edit}>{t(draft ? 'policy.editGoOn' : 'policy.edit')}</Button>;
}
