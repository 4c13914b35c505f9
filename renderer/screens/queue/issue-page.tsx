import { useT } from '../../strings/text.ts';

export function IssuePage({ id }: { id: string }) {
  const t = useT();
  return <h1>{t('queue.title')} {id}</h1>;
}
