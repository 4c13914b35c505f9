import { useMay } from '../../frame/station.ts';
import { useT } from '../../strings/text.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GiveForm } from './give-form.tsx';
import { HandoverDocument } from './handover-document.tsx';
import { HandoverList } from './handover-list.tsx';
import './handover.css';

/** "Bàn giao ca": the handovers of these lines, one of them, or the form of a new one. */
export function HandoverScreen({ id }: { id: string | null }) {
  const t = useT();
  const [mayRead, maySign] = [useMay('handover.read'), useMay('handover.sign')];
  if (!mayRead || (id === 'new' && !maySign)) return <EmptyState title={t('handover.title')}>{t('handover.notAllowed')}</EmptyState>;
  if (id === 'new') return <GiveForm />;
  return id === null ? <HandoverList maySign={maySign} /> : <HandoverDocument key={id} id={id} />;
}
