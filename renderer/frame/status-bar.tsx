import { formatTime, SKEW_MS } from '../../contract/time.ts';
import { skewWords } from '../screens/health/words.ts';
import { useLanguage, useT } from '../strings/text.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { useShortcutGroups, workingGroups } from '../ui/shortcuts.ts';
import { useLinkStatus } from './station.ts';

/** The key that shows all others: it stays when there is no room for the rest. */
const ALL_KEYS = '?';

/** The keys of the screen at the left; time zone, server offset and version at the right. */
export function StatusBar({ version, isDemo }: { version: string; isDemo: boolean }) {
  const t = useT();
  const groups = useShortcutGroups();
  const bound = workingGroups(groups).toReversed().flatMap(group => group.shortcuts).filter(s => s.hint !== undefined && s.enabled !== false);
  const hints = [...Map.groupBy(bound, s => s.hint ?? '')].map(([hint, [first]]) => [hint, first?.hintLabel ?? first?.label] as const);
  return (
    <footer className="status-bar">
      <div className="keys">{hints.filter(([hint]) => hint !== ALL_KEYS).map(([hint, label]) => <span key={hint}><KeyHint keys={hint} /> {label}</span>)}</div>
      {hints.filter(([hint]) => hint === ALL_KEYS).map(([hint, label]) => <span key={hint} className="all-keys"><KeyHint keys={hint} /> {label}</span>)}
      <div className="status-facts">{isDemo && <span className="demo-mark">{t('frame.demo')}</span>}<Zone /><span>{t('frame.version', { version })}</span></div>
    </footer>
  );
}

function Zone() {
  const t = useT();
  const language = useLanguage();
  const link = useLinkStatus();
  const decimal = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const offset = link?.serverOffsetMs === undefined || link.serverOffsetMs === null ? t('frame.offsetUnknown')
    : t('frame.offset', { seconds: decimal.format(Math.abs(link.serverOffsetMs) / 1000) });
  if (link !== undefined && Math.abs(link.serverOffsetMs ?? 0) > SKEW_MS) return <span className="warning strong">{t('frame.zone')} · {t('diagnosis.skew.short', skewWords(link.serverOffsetMs ?? 0))}</span>;
  const isOld = link !== undefined && link.link !== 'up' && link.offsetMeasuredAtMs !== null;
  return <span>{t('frame.zone')} · {offset}{isOld && ` (${t('frame.measuredAt', { at: formatTime(link.offsetMeasuredAtMs ?? 0) })})`}</span>;
}
