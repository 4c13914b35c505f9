import { IconAlertCircle, IconArrowUp, IconCheck, IconDeviceFloppy } from '@tabler/icons-react';
import { STATES, type IssueState, type Severity } from '../../contract/issue.ts';
import type { Service } from '../../contract/org.ts';
import type { SyncState } from '../../contract/queue.ts';
import { isKnown } from '../../contract/words.ts';
import { useT } from '../strings/text.ts';

type Shape = 'square' | 'circle' | 'diamond' | 'check';

/** Square: not yet in someone's hands. Circle: in someone's hands. Diamond: came back. Check: done. */
export const STATE_MARKS: Readonly<Record<IssueState, { shape: Shape; tone: string }>> = {
  received: { shape: 'square', tone: 'tone-new' }, verifying: { shape: 'square', tone: 'tone-check' }, verified: { shape: 'square', tone: 'tone-check' },
  false_report: { shape: 'diamond', tone: 'tone-quiet' }, forwarded: { shape: 'circle', tone: 'tone-moving' }, accepted: { shape: 'circle', tone: 'tone-good' },
  in_progress: { shape: 'circle', tone: 'tone-good' }, resolved: { shape: 'check', tone: 'tone-good' }, closed: { shape: 'check', tone: 'tone-quiet' },
  unverified_forwarded: { shape: 'circle', tone: 'tone-moving' }, out_of_scope: { shape: 'diamond', tone: 'tone-quiet' }, returned: { shape: 'diamond', tone: 'tone-new' },
  awaiting_info: { shape: 'circle', tone: 'tone-check' }, on_hold: { shape: 'circle', tone: 'tone-quiet' }, reopened: { shape: 'diamond', tone: 'tone-new' }, cancelled: { shape: 'diamond', tone: 'tone-quiet' },
};

/** Of a state that only a newer version knows. */
const NEWER_MARK = { shape: 'square', tone: 'tone-quiet' } as const;

/** The state of a record as a word, a shape and a colour. */
export function StateMark({ state }: { state: IssueState }) {
  const t = useT();
  const mark = isKnown(STATES, state) ? STATE_MARKS[state] : NEWER_MARK;
  return (
    <span className={`state ${mark.tone}`} title={t(`domain.state.${state}`)}>
      {mark.shape === 'check' ? <IconCheck aria-hidden stroke={2.5} /> : <i className={mark.shape} aria-hidden />}
      <span className="word">{t(`domain.state.${state}`)}</span>
    </span>
  );
}

/** Another record stands for the case of this one. */
export function PartMark() {
  const t = useT();
  return <span className="state tone-quiet"><i className="diamond" aria-hidden /><span className="word">{t('domain.part')}</span></span>;
}

/** P1 … P4; only P1 is red. */
export function SeverityBadge({ severity }: { severity: Severity }) {
  const t = useT();
  return <span className={`severity ${severity}`} title={t(`domain.severity.${severity}`)}>{severity}</span>;
}

/** The line or stream of a record in its colour: 113, 114, 115, 112, 1022, HT. */
export function ServiceTag({ service }: { service: Service }) {
  const t = useT();
  return <span className={`service s${service}`} title={t(`domain.serviceLong.${service}`)}>{t(`domain.service.${service}`)}</span>;
}

const SYNC_ICONS = { saved: IconDeviceFloppy, waiting: IconArrowUp, sent: IconCheck, refused: IconAlertCircle } as const;

/** Where a record's changes are, as a sign and (unless `short`) in words. */
export function SyncMark({ sync, short = false }: { sync: SyncState; short?: boolean }) {
  const t = useT();
  const Icon = SYNC_ICONS[sync];
  const word = t(`domain.sync.${sync}`);
  return <span className={`sync ${sync}`} title={word}><Icon aria-hidden />{short ? <span className="hidden-text">{word}</span> : word}</span>;
}
