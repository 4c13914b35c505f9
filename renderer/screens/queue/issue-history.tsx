import type { IssueDetail } from '../../../contract/console.ts';
import { Outcome, REOPENED_BY, type HistoryEntry, type IssueClass } from '../../../contract/issue.ts';
import { SERVICES } from '../../../contract/org.ts';
import { formatDate, formatTime } from '../../../contract/time.ts';
import { MUTATION_NAMES, type MutationName } from '../../../contract/mutations/payloads.ts';
import { isKnown } from '../../../contract/words.ts';
import { useT } from '../../strings/text.ts';
import { useNow } from '../../ui/clock.ts';
import { stepTaken } from './ladder-face.ts';
import { whoName } from './who.ts';

function isMutation(action: string): action is MutationName {
  return MUTATION_NAMES.includes(action as MutationName);
}

/** Fields whose change the history names. */
export const FIELDS = ['description', 'severity', 'category', 'place', 'occurredAtMs', 'victims', 'reporter'] as const;

/** What was done, in words. One thing, one name: the button that sends forces to an incident says the same. */
export function doneWord(t: ReturnType<typeof useT>, action: string, kind: IssueClass): string {
  if (action === 'issue.receive') return t('issue.recorded');
  if ((action === 'issue.forward' || action === 'issue.dispatch') && kind === 'incident') return t('issue.dispatched');
  return isMutation(action) ? t(`domain.done.${action}`) : action;
}

/** What a step says of itself in a word: the lines it spoke of, how the record ended, who asked for it to be opened again. */
function toldBy(t: ReturnType<typeof useT>, { action, fields = [] }: HistoryEntry): string[] {
  if (action === 'issue.reopen') return fields.flatMap(by => (isKnown(REOPENED_BY, by) ? [t(`domain.reopenedBy.${by}`)] : []));
  return fields.flatMap(word => (isKnown(SERVICES, word) ? [t(`domain.service.${word}`)] : isKnown(Outcome.options, word) ? [t(`domain.outcome.${word}`).toLowerCase()] : []));
}

/** Every change with its author and time, the newest first. */
export function IssueHistory({ detail: { issue, names } }: { detail: IssueDetail }) {
  const t = useT();
  const today = formatDate(useNow());
  const unitWord = (id: string | null) => (id === null ? '' : `: ${names[id] ?? t('app.unknown')}`);
  return (
    <>
      <h2>{t('issue.history')}</h2>
      <ol className="history">
        {issue.history.toReversed().map((entry, i) => {
          const day = formatDate(entry.atMs);
          const fields = (entry.action === 'issue.reopen' ? [] : FIELDS).filter(field => entry.fields?.includes(field) === true).map(field => t(`domain.field.${field}`).toLowerCase());
          const [told, step] = [toldBy(t, entry), stepTaken(issue, entry)];
          return (
            <li key={issue.history.length - i} className={i === 0 ? 'latest' : ''}>
              <b>{doneWord(t, entry.action, issue.class)}{step > 0 && `, ${t('steps.ladderLevel', { level: step })}`}{fields.length > 0 && `: ${fields.join(', ')}`}{told.length > 0 && `: ${told.join(', ')}`}{entry.file !== undefined && `: ${entry.file}`}{unitWord(entry.unitId ?? (entry.action === 'issue.forward' ? issue.leadUnitId : null))}</b>
              <span className="muted"> · {whoName(t, names, entry.byId)} · {day === today ? '' : `${day} `}{formatTime(entry.atMs, true)}</span>
              {entry.note !== undefined && entry.note !== '' && <div className="note">{entry.note}</div>}
              {entry.noEvidence !== undefined && <div className="note">{t('steps.noEvidenceBecause', { why: entry.noEvidence })}</div>}
            </li>
          );
        })}
      </ol>
    </>
  );
}
