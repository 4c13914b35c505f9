import type { IssueDetail } from '../../../contract/console.ts';
import type { Issue } from '../../../contract/issue.ts';
import type { PolicyPack } from '../../../contract/policy/pack.ts';
import { formatDateTime, formatTime, startOfDay } from '../../../contract/time.ts';
import { useLinkStatus } from '../../frame/station.ts';
import { usePolicy } from '../../policy.ts';
import { useReach } from '../../reach.ts';
import { roleWords } from '../../role-words.ts';
import { useT } from '../../strings/text.ts';
import { useNow } from '../../ui/clock.ts';
import { Notice } from '../../ui/notice.tsx';
import { LadderAddressees } from './ladder-addressees.tsx';
import { ladderFace, type StepFace } from './ladder-face.ts';
import { useLeadUnit } from './lead-unit.tsx';

/** How far the unit has been reminded; and, without a link, that a step is due which nobody has been told of, with the number to call. */
export function LadderLine({ detail: { issue, caseRoot } }: { detail: IssueDetail }) {
  const t = useT();
  const nowMs = useNow();
  const link = useLinkStatus();
  const pack = usePolicy().of(issue.policyId, issue.receivedAtMs);
  // Its unit is reminded of the record that stands for it.
  if (caseRoot !== null || link === undefined) return null;
  const { recorded, unsent } = ladderFace(issue, pack, nowMs, link.link === 'up');
  const at = (atMs: number) => (startOfDay(atMs) === startOfDay(nowMs) ? formatTime(atMs) : formatDateTime(atMs));
  return (
    <>
      {recorded !== null && <Notice tone="warning">{t('steps.ladder', { level: recorded.level, of: recorded.of, at: at(recorded.atMs) })}{recorded.tells.length > 0 && ` ${t('steps.ladderTells', { who: roleWords(t, recorded.tells) })}`}{unsent === null && <LadderAddressees issue={issue} level={recorded.level} pack={pack} />}</Notice>}
      {unsent !== null && issue.leadUnitId !== null && <Unsent step={unsent} leadUnitId={issue.leadUnitId} issue={issue} pack={pack} />}
    </>
  );
}

function Unsent({ step, leadUnitId, issue, pack }: { step: StepFace; leadUnitId: string; issue: Issue; pack: PolicyPack }) {
  const t = useT();
  const unit = useLeadUnit(leadUnitId);
  const reach = useReach();
  const { phone, name } = unit === undefined ? { phone: null, name: '' } : reach(unit);
  const who = name || (unit?.name ?? t('app.unknown'));
  return (
    <Notice tone="danger" title={phone === null ? t('steps.ladderNoNumber', { level: step.level, who }) : t('steps.ladderCall', { level: step.level, who, phone })}>
      {step.tells.length > 0 && t('steps.ladderToTell', { who: roleWords(t, step.tells) })}
      <LadderAddressees issue={issue} level={step.level} pack={pack} />
    </Notice>
  );
}
