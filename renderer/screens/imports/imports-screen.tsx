import { useT } from '../../strings/text.ts';

export function ImportsScreen() {
  const t = useT();
  return <h1>{t('imports.title')}</h1>;
}
