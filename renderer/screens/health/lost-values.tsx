import type { AttentionEntry, LostField } from '../../../contract/console.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { useT } from '../../strings/text.ts';
import type { ShowValue } from './attention-export.ts';
import { diffWords, type DiffPart } from './attention-text.ts';
import { fieldWords } from './value-words.ts';

/** Which side a person has chosen, per field. */
export type Choice = Readonly<Record<string, 'mine' | 'theirs'>>;

interface LostValuesProps { item: AttentionEntry; show: ShowValue; choice: Choice; mayChoose: boolean; onChoose: (field: string, side: 'mine' | 'theirs') => void }

/** Mine and what the record has now, field by field, with who wrote it and when; one of the two is chosen. */
export function LostValues({ item, show, choice, mayChoose, onChoose }: LostValuesProps) {
  const t = useT();
  return (
    <table className="lost">
      <thead>
        <tr>
          <th scope="col">{t('health.attention.field')}</th>
          <th scope="col"><b>{item.isMine ? t('health.attention.mine') : t('health.attention.author', { name: item.byName })}</b><div>{t('health.attention.byMe', { name: item.byName, time: formatDateTime(item.atMs) })}</div></th>
          <th scope="col"><b>{t('health.attention.theirs')}</b></th>
        </tr>
      </thead>
      <tbody>
        {item.lost.map(value => <Values key={value.field} item={item} value={value} show={show} side={choice[value.field] ?? 'mine'} mayChoose={mayChoose} onChoose={side => { onChoose(value.field, side); }} />)}
      </tbody>
    </table>
  );
}

function Values({ item, value, show, side, mayChoose, onChoose }: { item: AttentionEntry; value: LostField; show: ShowValue; side: 'mine' | 'theirs'; mayChoose: boolean; onChoose: (side: 'mine' | 'theirs') => void }) {
  const t = useT();
  const { field, mine, theirs, present, presentBy, presentAtMs } = value;
  const words = { mine: show(field, mine), theirs: show(field, present), then: show(field, theirs) };
  const parts = diffWords(words.mine, words.theirs);
  const who = presentAtMs === null ? t('health.attention.presentUnknown', { time: formatDateTime(item.judgedAtMs) })
    : t('health.attention.presentBy', { name: presentBy === '' ? t('health.attention.nobody') : presentBy, time: formatDateTime(presentAtMs) });
  const option = (which: 'mine' | 'theirs') => (
    <label>
      {mayChoose && <input type="radio" name={`lost-${item.n}-${field}`} checked={side === which} onChange={() => { onChoose(which); }} />}
      <span><Parts parts={parts[which]} />
        {which === 'theirs' && <div className="muted who">{who}</div>}
        {which === 'theirs' && words.then !== words.theirs && <div className="muted who">{t('health.attention.thenTheirs', { value: words.then })}</div>}
      </span>
    </label>
  );
  return (
    <tr>
      <th scope="row">{fieldWords(field)}</th>
      <td className={mayChoose && side === 'mine' ? 'is-chosen' : undefined}>{option('mine')}</td>
      <td className={mayChoose && side === 'theirs' ? 'is-chosen' : undefined}>{option('theirs')}</td>
    </tr>
  );
}

function Parts({ parts }: { parts: readonly DiffPart[] }) {
  const t = useT();
  if (parts.length === 0) return <span className="muted">{t('health.attention.empty')}</span>;
  return <>{parts.map((part, index) => {
    const word = part.text.trimEnd();
    return part.differs ? <span key={index}><mark>{word}</mark>{part.text.slice(word.length)}</span> : <span key={index}>{part.text}</span>;
  })}</>;
}
