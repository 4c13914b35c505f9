import type { Attention } from '../../../contract/console.ts';
import { useT } from '../../strings/text.ts';
import { kindWords } from './attention-words.ts';

/** ◆ refused, △ a value was replaced, ◷ waits for its record: word, shape and colour. */
export function KindMark({ item }: { item: Pick<Attention, 'status'> }) {
  useT();
  switch (item.status) {
    case 'rejected': return <span className="kind danger"><i className="diamond" aria-hidden />{kindWords(item)}</span>;
    case 'held': return <span className="kind waiting"><i className="triangle" aria-hidden>◷</i>{kindWords(item)}</span>;
    case 'merged': case 'conflict': return <span className="kind warning"><i className="triangle" aria-hidden>△</i>{kindWords(item)}</span>;
  }
}
