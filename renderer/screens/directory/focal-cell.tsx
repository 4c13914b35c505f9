import { focalGap, type Reach } from '../../../contract/focal.ts';
import type { Unit } from '../../../contract/org.ts';
import { ReachLine } from '../../reach-line.tsx';
import { useT } from '../../strings/text.ts';

/** Who receives for the unit (Q13.5): focal point, hours, deputy; what is missing; and whom to call now where it is somebody else. */
export function FocalCell({ unit, reach, nowMs }: { unit: Unit; reach: Reach; nowMs: number }) {
  const t = useT();
  const { focalPoint: focal } = unit;
  const gap = focalGap(unit, nowMs);
  const deputy = focal?.deputy ?? null;
  if (focal === null && !unit.handling) return <span className="muted">—</span>;
  return (
    <>
      {focal !== null && <div>{focal.name} <span className="phone strong">{focal.phone}</span>{focal.hours !== '' && <span className="muted small"> · {focal.hours}</span>}</div>}
      {deputy !== null && gap !== 'deputy' && reach.reason !== 'deputy' && <div className="muted small">{t('reach.deputy')}: {deputy.name} <span className="phone">{deputy.phone}</span></div>}
      {gap !== null && gap !== 'focal' && <div><span className="gap" title={t('directory.noFocalWhy')}>{t(`directory.gap.${gap}`)}</span></div>}
      {reach.focal !== 'on-duty' && <div className={gap === 'focal' ? 'gap' : undefined} title={gap === 'focal' ? t('directory.noFocalWhy') : undefined}><ReachLine reach={reach} /></div>}
    </>
  );
}
