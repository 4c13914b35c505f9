import type { Issue } from '../../../../contract/issue.ts';
import { surveyWindowMs, waitsForSurvey } from '../../../../contract/policy/survey.ts';
import { usePolicy } from '../../../policy.ts';
import { useT } from '../../../strings/text.ts';
import { clock } from '../../../ui/clock.ts';
import { DueClock } from '../due-clock.tsx';

/** Until when the reporter of a closed record is to be asked how content he is; nothing where no survey is waited for. */
export function SurveyDue({ issue, isNamed = false }: { issue: Pick<Issue, 'state' | 'dueAtMs'> & { warnAtMs?: number | null | undefined }; isNamed?: boolean }) {
  const t = useT();
  const windowMs = surveyWindowMs(usePolicy().at(clock.nowMs));
  if (!waitsForSurvey(issue, windowMs, clock.nowMs)) return null;
  const due = <DueClock dueAtMs={issue.dueAtMs} warnAtMs={issue.warnAtMs ?? null} />;
  return isNamed ? <span>{t('domain.clock.survey')}: {due}</span> : due;
}
