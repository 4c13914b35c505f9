import type { ReactNode } from 'react';
import type { IssueDetail } from '../../contract/console.ts';
import { formatDateTime } from '../../contract/time.ts';
import { placeWords } from '../screens/queue/rows.ts';
import { usePolicy } from '../policy.ts';
import { useLanguage, useT } from '../strings/text.ts';

/** What is on paper of one record, and where it comes from. */
export interface PaperProps { detail: IssueDetail; siteName: string; provinceName: string; nowMs: number }

/** A line of facts; left out where there is nothing to say. */
export function Line({ label, children }: { label: string; children: ReactNode }) {
  return children === null || children === '' ? null : <div><dt>{label}</dt><dd>{children}</dd></div>;
}

/** The words of a record that both print-outs have. */
export function usePaperWords({ issue, names }: IssueDetail) {
  const t = useT();
  const language = useLanguage();
  const name = (id: string | null): string => (id === null ? '' : names[id] ?? t('app.unknown'));
  const category = usePolicy().of(issue.policyId, issue.receivedAtMs).categories.find(one => one.code === issue.category);
  const at = (atMs: number | null): string => (atMs === null ? '' : formatDateTime(atMs));
  return {
    name, at,
    no: issue.displayNo ?? issue.provisionalNo,
    category: category === undefined ? issue.category : category[language],
    place: [placeWords(issue.place.text, issue.place.areaId === null ? '' : name(issue.place.areaId)), issue.place.landmark].filter(text => text !== '').join(' · '),
    service: t(`domain.serviceLong.${issue.service}`),
    severity: `${issue.severity} · ${t(`domain.severity.${issue.severity}`)}`,
    coUnits: issue.coUnitIds.map(name).join('; '),
  };
}
