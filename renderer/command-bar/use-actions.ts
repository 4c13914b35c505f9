import { useState } from 'react';
import { SERVICES } from '../../contract/org.ts';
import { may } from '../../contract/permissions.ts';
import { client } from '../client.ts';
import { useSession } from '../frame/station.ts';
import { goTo } from '../route.ts';
import { useT } from '../strings/text.ts';
import type { CommandAction } from './rank-actions.ts';

/** Everything the signed-in person can do from anywhere. */
export function useActions(): CommandAction[] {
  const t = useT();
  const { roles } = useSession();
  const go = t('commandBar.group.go');
  const actions: CommandAction[] = [];
  if (may(roles, 'queue.read')) {
    actions.push({ id: 'go.queue', group: go, label: t('commandBar.go', { screen: t('frame.queue') }), words: t('commandBar.words.queue'), run: () => { goTo({ screen: 'queue' }); } });
  }
  if (may(roles, 'issue.receive')) {
    for (const service of SERVICES) {
      actions.push({
        id: `receive.${service}`, group: t('commandBar.group.receive'), label: t('commandBar.act.receive', { service: t(`domain.serviceLong.${service}`) }),
        words: t('commandBar.words.receive'), run: () => { goTo({ screen: 'intake', service, draftId: null }); },
      });
    }
  }
  if (may(roles, 'directory.read')) {
    actions.push({ id: 'go.directory', group: go, label: t('commandBar.go', { screen: t('frame.directory') }), words: t('commandBar.words.directory'), run: () => { goTo({ screen: 'directory' }); } });
  }
  if (may(roles, 'import.run')) {
    actions.push({ id: 'go.imports', group: go, label: t('commandBar.go', { screen: t('frame.imports') }), words: t('commandBar.words.imports'), run: () => { goTo({ screen: 'imports' }); } });
  }
  if (may(roles, 'sync.read')) {
    actions.push(
      { id: 'go.health', group: go, label: t('health.title'), words: t('commandBar.words.health'), run: () => { goTo({ screen: 'health' }); } },
      { id: 'go.attention', group: go, label: t('commandBar.act.attention'), words: t('commandBar.words.health'), run: () => { goTo({ screen: 'health', attention: true }); } },
    );
  }
  actions.push(
    { id: 'act.tryNow', group: t('commandBar.group.act'), label: t('commandBar.act.tryNow'), words: t('commandBar.words.tryNow'), run: () => { client.sync.tryNow({}).catch(() => undefined); goTo({ screen: 'health' }); } },
    { id: 'act.lock', group: t('commandBar.group.act'), label: t('frame.lock'), words: 'lock', keys: 'Ctrl+L', run: () => { void client.auth.lock({}); } },
    { id: 'act.signOut', group: t('commandBar.group.act'), label: t('frame.signOut'), words: 'sign out', run: () => { void client.auth.signOut({}); } },
  );
  return actions;
}

/** What was opened last from the bar: ids of actions and records, kept while the window lives. */
export function useRecent(): [recent: readonly RecentEntry[], remember: (entry: RecentEntry) => void] {
  const [recent, setRecent] = useState<readonly RecentEntry[]>([]);
  return [recent, entry => { setRecent(old => [entry, ...old.filter(other => other.id !== entry.id)].slice(0, 6)); }];
}
export interface RecentEntry { id: string; label: string; issueId: string | null }
