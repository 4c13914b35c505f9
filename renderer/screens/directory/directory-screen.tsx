import { useT } from '../../strings/text.ts';

export function DirectoryScreen() {
  const t = useT();
  return <h1>{t('directory.title')}</h1>;
}
