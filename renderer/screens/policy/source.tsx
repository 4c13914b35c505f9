import { useT } from '../../strings/text.ts';

/** Where a value comes from. */
export function Source({ source }: { source: string | null }) {
  const t = useT();
  return source === null ? <span className="proposed">{t('policy.proposed')}</span> : <span>{source}</span>;
}
