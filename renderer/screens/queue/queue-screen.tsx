import { useT } from '../../strings/text.ts';

export function QueueScreen() {
  const t = useT();
  return <h1>{t('queue.title')}</h1>;
}
