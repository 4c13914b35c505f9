import { isOpen } from '../../../contract/issue.ts';
import type { Service } from '../../../contract/org.ts';
import type { SimilarInput, SimilarRecord } from '../../../contract/similar.ts';
import { useLive } from '../../live-query.ts';
import { formatDistance } from '../../nearest-units.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { ServiceTag, SeverityBadge, StateMark } from '../../ui/marks.tsx';
import { useSettled } from '../../ui/settled.ts';
import { headline } from '../queue/rows.ts';
import type { IntakeForm } from './intake-form.ts';

export const LETTERS = ['A', 'B', 'C', 'D'] as const;

/** What is asked, at most every quarter of a second, and nothing before there is a place or a telephone to go by. */
export function useSimilar(draftId: string, service: Service, form: IntakeForm, point: { lat: number; lon: number } | null): readonly SimilarRecord[] {
  const wanted: SimilarInput = {
    id: draftId, service, category: form.category, areaId: form.areaId, lat: point?.lat ?? null, lon: point?.lon ?? null, phone: form.phone.slice(0, 20),
    text: `${form.description} ${form.placeText} ${form.landmark}`.slice(0, 4_000), receivedAtMs: form.startedAtMs,
  };
  const asked = useSettled(JSON.stringify(wanted));
  const hasGround = wanted.areaId !== null || point !== null || wanted.phone.replace(/\D/g, '').length >= 6;
  const found = useLive<SimilarRecord[]>(['issues.similar', asked], ['issue', 'session'], core => core.issues.similar(JSON.parse(asked) as SimilarInput), { enabled: hasGround, keepPrevious: true });
  return hasGround ? found.data ?? [] : [];
}

/** Records that may be of the same event, with letters that stand on the map too; one key joins this call to one of them. */
export function SimilarPanel({ similar, form, change }: { similar: readonly SimilarRecord[]; form: IntakeForm; change: (part: Partial<IntakeForm>) => void }) {
  const t = useT();
  const joined = similar.find(one => one.id === form.mergeInto);
  if (form.mergeInto !== null && joined === undefined) return <Unlisted id={form.mergeInto} onDrop={() => { change({ mergeInto: null }); }} />;
  if (similar.length === 0) return null;
  if (form.notSimilar) {
    return <p className="muted similar-none">{t('intake.similar.judged', { n: similar.length })} <button type="button" className="link" onClick={() => { change({ notSimilar: false }); }}>{t('intake.similar.lookAgain')}</button></p>;
  }
  return (
    <section className="similar" aria-label={t('intake.similar.title', { n: similar.length })}>
      <header><h2>{t('intake.similar.title', { n: similar.length })}</h2><Button hint="Alt 0" onClick={() => { change({ notSimilar: true, mergeInto: null }); }}>{t('intake.similar.none')}</Button></header>
      <div className="cards">
        {similar.map((one, at) => <Card key={one.id} one={one} letter={LETTERS[at] ?? ''} isJoined={one === joined} onJoin={() => { change({ mergeInto: one === joined ? null : one.id, notSimilar: false }); }} />)}
      </div>
    </section>
  );
}

/** What was chosen before the place or the telephone changed: it still holds, so it still stands here. */
function Unlisted({ id, onDrop }: { id: string; onDrop: () => void }) {
  const t = useT();
  const { data } = useLive(['issues.get', id], ['issue', 'session'], core => core.issues.get({ id }), { issueId: id });
  const no = data === undefined ? '…' : data.issue.displayNo ?? data.issue.provisionalNo;
  return <p className="similar-none"><b>{t('intake.similar.unlisted', { no })}</b> <button type="button" className="link" onClick={onDrop}>{t('intake.similar.drop')}</button></p>;
}

function Card({ one, letter, isJoined, onJoin }: { one: SimilarRecord; letter: string; isJoined: boolean; onJoin: () => void }) {
  const t = useT();
  const minutes = Math.max(0, Math.round((useNow() - one.receivedAtMs) / 60_000));
  const ago = minutes < 1 ? t('intake.similar.now') : minutes < 90 ? t('intake.similar.minutes', { n: minutes }) : minutes < 48 * 60 ? t('intake.similar.hours', { n: Math.round(minutes / 60) }) : t('intake.similar.days', { n: Math.round(minutes / 1_440) });
  return (
    <article className={`card ${one.likeness}${isJoined ? ' joined' : ''}`}>
      <div className="line"><b className="letter">{letter}</b><ServiceTag service={one.service} /><span className="no">{one.displayNo ?? one.provisionalNo}</span><span className="push"><SeverityBadge severity={one.severity} /></span></div>
      <div className="line"><b>{one.distanceM === null ? one.place : formatDistance(one.distanceM)} · {ago}</b><span className={`push ${one.likeness === 'much' ? 'warning strong' : 'muted'}`}>{t(`intake.similar.${one.likeness}`)}</span></div>
      <p>{headline(one.description)}</p>
      <div className="line"><StateMark state={one.state} />{one.samePhone && <span className="strong">{t('intake.similar.samePhone')}</span>}{one.files > 0 && <span className="muted">{t('intake.similar.files', { n: one.files })}</span>}</div>
      <Button kind={isJoined ? 'outline' : 'plain'} wide hint={`Alt ${letter}`} disabled={!isOpen(one.state) && !isJoined} onClick={onJoin}>{t(isJoined ? 'intake.similar.joined' : 'intake.similar.join', { letter })}</Button>
    </article>
  );
}
