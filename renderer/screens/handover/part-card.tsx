import { IconCheck, IconCircle } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { useT } from '../../strings/text.ts';
import { PARTS, type Part } from './parts.ts';

interface PartCardProps {
  part: Part; count: number | null; children: ReactNode;
  /** Whether whoever comes has read it; null where nobody has to. */
  isRead: boolean | null;
  onRead?: () => void;
  ref?: Ref<HTMLElement>;
}

/** One numbered part of a handover; Space or a press on its mark says that it has been read. */
export function PartCard({ part, count, isRead, onRead, ref, children }: PartCardProps) {
  const t = useT();
  const title = `${PARTS.indexOf(part) + 1}. ${t(`handover.part.${part}`)}`;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== ' ' || event.target !== event.currentTarget || isRead !== false) return;
    event.preventDefault();
    onRead?.();
  };
  return (
    <section ref={ref} className={`handover-part ${part}`} tabIndex={isRead === false ? 0 : undefined} aria-label={title} onKeyDown={onKeyDown}>
      <header>
        <h2>{title}{count !== null && <span className={part === 'overdue' && count > 0 ? 'danger' : undefined}> {count}</span>}</h2>
        {isRead === true && <span className="read"><IconCheck aria-hidden />{t('handover.read')}</span>}
        {isRead === false && <button type="button" className="read not" onClick={onRead}><IconCircle aria-hidden />{t('handover.unread')}</button>}
      </header>
      {children}
    </section>
  );
}
