import type { IssueDetail } from '../../../contract/console.ts';
import type { Unit } from '../../../contract/org.ts';
import { useLinkStatus } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { phoneOf } from '../../nearest-units.ts';
import { useT } from '../../strings/text.ts';
import { Notice } from '../../ui/notice.tsx';
import { isUndelivered } from './delivery.ts';

/** The lead unit as the directory has it; undefined where there is none or it is not known here. */
export function useLeadUnit(leadUnitId: string | null): Unit | undefined {
  const units = useLive(['directory.units', '', true], ['org', 'session'], core => core.directory.units({ text: '', handlingOnly: true }), { enabled: leadUnitId !== null }).data;
  return units?.find(unit => unit.id === leadUnitId);
}

/** Whom to call at the lead unit, and at which number. */
export function LeadPhone({ leadUnitId }: { leadUnitId: string }) {
  const t = useT();
  const unit = useLeadUnit(leadUnitId);
  if (unit === undefined) return null;
  const { focalPoint } = unit;
  return (
    <div>
      {focalPoint === null ? <span className="warning">{t('issue.form.noFocal')}</span> : <>{t('issue.form.focal')}: {focalPoint.name}</>} · <span className="phone">{phoneOf(unit) ?? t('intake.units.noPhone')}</span>
    </div>
  );
}

/** What to do when a forwarded record has not left this machine: what the state says is not yet so for the unit. */
export function Undelivered({ detail }: { detail: IssueDetail }) {
  const t = useT();
  const unit = useLeadUnit(detail.issue.leadUnitId);
  if (!useIsUndelivered(detail) || detail.sync !== 'saved') return null;   // with the link up it is a matter of a moment
  const phone = unit === undefined ? null : phoneOf(unit);
  return (
    <Notice tone="warning" title={t('issue.undelivered')}>
      {phone === null ? t('issue.undeliveredNoNumber') : t('issue.undeliveredCall', { phone })}
    </Notice>
  );
}

/** Whether the change that forwards the record is still on this machine. */
export function useIsUndelivered(detail: IssueDetail): boolean {
  return isUndelivered(detail, useLinkStatus()?.oldestPendingAtMs ?? null);
}
