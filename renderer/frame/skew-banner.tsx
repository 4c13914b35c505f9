import { useState } from 'react';
import { SKEW_MS } from '../../contract/time.ts';
import { skewWords } from '../screens/health/words.ts';
import { useT } from '../strings/text.ts';
import { Button } from '../ui/button.tsx';
import { isSkewShown } from './skew.ts';
import { useLinkStatus } from './station.ts';

/** Says calmly that this machine's clock is far from the province's, until it is put away or the difference changes. It stops nothing. */
export function SkewBanner() {
  const t = useT();
  const offsetMs = useLinkStatus()?.serverOffsetMs ?? null;
  const [hiddenAtMs, setHiddenAt] = useState<number | null>(null);
  if (offsetMs === null || !isSkewShown(offsetMs, hiddenAtMs, SKEW_MS)) return null;
  return (
    <div className="skew-banner" role="status">
      <div><strong>{t('diagnosis.skew.title', skewWords(offsetMs))}</strong> {t('diagnosis.skew.body')}</div>
      <Button onClick={() => { setHiddenAt(offsetMs); }}>{t('diagnosis.skew.hide')}</Button>
    </div>
  );
}
