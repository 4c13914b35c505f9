import type { IssueDetail } from '../../../contract/console.ts';
import type { Unit } from '../../../contract/org.ts';
import { useLinkStatus } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { ReachLine } from '../../reach-line.tsx';
import { reachWords } from '../../reach-words.ts';
import { useReach } from '../../reach.ts';
import { useT } from '../../strings/text.ts';
import { Notice } from '../../ui/notice.tsx';
import { isUndelivered } from './delivery.ts';

/** The lead unit as the directory has it; undefined where there is none or it is not known here. */
export function useLeadUnit(leadUnitId: string | null): Unit | undefined {
  const units = useLive(['directory.units', '', true], ['org', 'session'], core => core.directory.units({ text: '', handlingOnly: true }), { enabled: leadUnitId !== null }).data;
  return units?.find(unit => unit.id === leadUnitId);
}

/** Whom to call at the lead unit now, why, and at which number. */
export function LeadPhone({ leadUnitId }: { leadUnitId: string }) {
  const unit = useLeadUnit(leadUnitId);
  const reachOf = useReach();
  return unit === undefined ? null : <div><ReachLine reach={reachOf(unit)} /></div>;
}

/** What to do when a forwarded record has not left this machine: what the state says is not yet so for the unit. */
export function Undelivered({ detail }: { detail: IssueDetail }) {
  const t = useT();
  const unit = useLeadUnit(detail.issue.leadUnitId);
  const reachOf = useReach();
  if (!useIsUndelivered(detail) || detail.sync !== 'saved') return null;   // with the link up it is a matter of a moment
  const reach = unit === undefined ? null : reachOf(unit);
  return (
    <Notice tone="warning" title={t('issue.undelivered')}>
      {reach === null || reach.phone === null ? t('issue.undeliveredNoNumber') : t('issue.undeliveredCall', { who: reachWords(reach, t), phone: reach.phone })}
    </Notice>
  );
}

/** Whether the change that forwards the record is still on this machine. */
export function useIsUndelivered(detail: IssueDetail): boolean {
  return isUndelivered(detail, useLinkStatus()?.oldestPendingAtMs ?? null);
}
