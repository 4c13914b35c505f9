import { useState } from 'react';
import type { Settings } from '../../contract/console.ts';
import { servicesIn } from '../../contract/org.ts';
import { may } from '../../contract/permissions.ts';
import { client } from '../client.ts';
import { steppedScale } from '../frame/scale.ts';
import { changeSettings, useSettings } from '../frame/settings.ts';
import { lock, signOut } from '../frame/sign-out.ts';
import { useSession } from '../frame/station.ts';
import { openPage } from '../open-page.ts';
import { goTo } from '../route.ts';
import { useT } from '../strings/text.ts';
import type { CommandAction } from './rank-actions.ts';

/** Everything the signed-in person can do from anywhere. */
export function useActions(): CommandAction[] {
  const t = useT();
  const { roles, scope } = useSession();
  const settings = useSettings();
  const go = t('commandBar.group.go');
  const actions: CommandAction[] = [];
  if (may(roles, 'queue.read')) {
    actions.push({ id: 'go.queue', group: go, label: t('commandBar.go', { screen: t('frame.queue') }), words: t('commandBar.words.queue'), run: () => { goTo({ screen: 'queue' }); } });
  }
  if (may(roles, 'issue.receive')) {
    for (const service of servicesIn(scope)) {
      actions.push({
        id: `receive.${service}`, group: t('commandBar.group.receive'), label: t('commandBar.act.receive', { service: t(`domain.serviceLong.${service}`) }),
        words: t('commandBar.words.receive'), run: () => { goTo({ screen: 'intake', service, draftId: null }); },
      });
    }
  }
  if (may(roles, 'issue.survey')) {
    actions.push({ id: 'go.survey', group: go, label: t('survey.enter'), words: t('commandBar.words.survey'), run: () => { goTo({ screen: 'survey' }); } });
  }
  if (may(roles, 'directory.read')) {
    actions.push({ id: 'go.directory', group: go, label: t('commandBar.go', { screen: t('frame.directory') }), words: t('commandBar.words.directory'), run: () => { goTo({ screen: 'directory' }); } });
  }
  if (may(roles, 'import.run')) {
    actions.push({ id: 'go.imports', group: go, label: t('commandBar.go', { screen: t('frame.imports') }), words: t('commandBar.words.imports'), run: () => { goTo({ screen: 'imports' }); } });
  }
  if (may(roles, 'sync.read')) {
    actions.push(
      { id: 'go.health', group: go, label: t('commandBar.go', { screen: t('frame.health') }), words: t('commandBar.words.health'), run: () => { goTo({ screen: 'health' }); } },
      { id: 'go.attention', group: go, label: t('commandBar.act.attention'), words: t('commandBar.words.health'), run: () => { goTo({ screen: 'health', attention: true }); } },
    );
  }
  if (may(roles, 'stick.use')) {
    actions.push({ id: 'go.stick', group: go, label: t('commandBar.go', { screen: t('stick.title') }), words: t('commandBar.words.stick'), run: () => { goTo({ screen: 'stick' }); } });
  }
  if (may(roles, 'queue.read')) {
    actions.push({ id: 'act.wallboard', group: t('commandBar.group.act'), label: t('wallboard.openLong'), words: t('commandBar.words.wallboard'), run: () => { openPage('wallboard'); } });
  }
  actions.push(
    { id: 'act.tryNow', group: t('commandBar.group.act'), label: t('commandBar.act.tryNow'), words: t('commandBar.words.tryNow'), run: () => { client.sync.tryNow({}).catch(() => undefined); goTo({ screen: 'health' }); } },
    { id: 'act.lock', group: t('commandBar.group.act'), label: t('frame.lock'), words: t('commandBar.words.lock'), keys: 'Ctrl+L', run: () => { void lock(); } },
    { id: 'act.signOut', group: t('commandBar.group.act'), label: t('frame.signOut'), words: t('commandBar.words.signOut'), run: () => { void signOut(); } },
  );
  return [...actions, ...displayActions(t, settings)];
}

/** How the window looks: the same choices as in the display menu. Languages are found in both languages. */
function displayActions(t: ReturnType<typeof useT>, { theme, language, scale }: Settings): CommandAction[] {
  const group = t('frame.display');
  const themes = [['light', t('frame.themeLight'), 'themeLight'], ['dark', t('frame.themeDark'), 'themeDark'], ['auto', t('frame.themeAuto'), 'themeAuto']] as const;
  const languages = [['vi', 'Tiếng Việt'], ['en', 'English']] as const;
  const sizes = [[1, t('frame.scaleUp'), 'Ctrl+='], [-1, t('frame.scaleDown'), 'Ctrl+-'], [0, t('frame.scaleReset'), 'Ctrl+0']] as const;
  return [
    ...themes.map(([value, name, words]): CommandAction => ({
      id: `theme.${value}`, group, label: t('commandBar.act.theme', { name }), words: `${t('commandBar.words.theme')} ${t(`commandBar.words.${words}`)}`, now: value === theme, run: () => { void changeSettings({ theme: value }); },
    })),
    ...languages.map(([value, name]): CommandAction => ({
      id: `language.${value}`, group, label: t('commandBar.act.language', { name }), words: t(value === 'vi' ? 'commandBar.words.vietnamese' : 'commandBar.words.english'), now: value === language, run: () => { void changeSettings({ language: value }); },
    })),
    ...sizes.map(([step, label, keys]): CommandAction => ({
      id: `scale.${String(step)}`, group, label, keys, words: t('commandBar.words.scale'), run: () => { void changeSettings({ scale: steppedScale(scale, step) }); },
    })),
  ];
}

/** What was opened last from the bar: ids of actions and records, kept while the window lives. */
export function useRecent(): [recent: readonly RecentEntry[], remember: (entry: RecentEntry) => void] {
  const [recent, setRecent] = useState<readonly RecentEntry[]>([]);
  return [recent, entry => { setRecent(old => [entry, ...old.filter(other => other.id !== entry.id)].slice(0, 6)); }];
}
export interface RecentEntry { id: string; label: string; issueId: string | null }
