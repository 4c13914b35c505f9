import { may } from '../../../contract/permissions.ts';
import { useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { useLanguage, useT } from '../../strings/text.ts';
import { queueMemory } from './queue-memory.ts';
import { countOf, TAB_NEEDS, TABS, type Tab } from './tabs.ts';
import type { ReactNode } from 'react';

/** Counts are not known until the core has read its sheet: under a second after it has started. */
const COUNT_AGAIN_MS = 700;

/** The lists with their counts; none of them is the current one while a saved view is shown. `children` stands at the right. */
export function QueueTabs({ tab, children }: { tab: Tab | null; children: ReactNode }) {
  const t = useT();
  const language = useLanguage();
  const { roles } = useSession();
  const counts = useLive(['issues.counts'], ['issue', 'session'], core => core.issues.counts({}), { keepPrevious: true, askAgainMs: answer => (answer === null ? COUNT_AGAIN_MS : false) }).data;
  const number = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB');
  return (
    <div className="queue-tabs">
      <nav aria-label={t('queue.tabs')}>
        {TABS.filter(name => { const right = TAB_NEEDS[name]; return right === undefined || may(roles, right); }).map(name => {
          const count = countOf(name, counts);
          return (
            <button key={name} type="button" aria-current={name === tab ? 'true' : undefined} onClick={() => { queueMemory.goToTab(name); }}>
              {t(`queue.tab.${name}`)} <b className={name === 'overdue' && count !== null && count > 0 ? 'danger' : ''}>{count === null ? '…' : number.format(count)}</b>
            </button>
          );
        })}
      </nav>
      <div className="queue-tools">{children}</div>
    </div>
  );
}
