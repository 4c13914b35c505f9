import { useState } from 'react';
import { newId } from '../../../contract/ids.ts';
import { isOpen, type Issue } from '../../../contract/issue.ts';
import { SEARCH_CHARS, type SearchHit } from '../../../contract/queue.ts';
import { clipped, typedLimit } from '../../../contract/text.ts';
import { useLive } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { clock } from '../../ui/clock.ts';
import { Field } from '../../ui/field.tsx';
import { PartMark, ServiceTag, SeverityBadge, StateMark } from '../../ui/marks.tsx';
import { useRemembered } from './form-memory.ts';
import { FormShell, type FormEnd } from './form-shell.tsx';
import { NoteBox } from './note-box.tsx';
import { headline } from './rows.ts';

const FOUND = 8;

/** Says of which case this record is (gộp): the other is found by number, place or words, and stands for both from then on. */
export function MergeForm({ issue, ...end }: FormEnd & { issue: Issue }) {
  const t = useT();
  const text = useRemembered<{ parentId: string | null; parentNo: string; note: string }>(issue.id, 'issue.merge', { parentId: null, parentNo: '', note: '' });
  const { fields, change } = text;
  const [isPicked, setPicked] = useState(false);
  return (
    <FormShell issue={issue} action="issue.merge" title={t('domain.done.issue.merge')} verb={t('steps.merge')} problem={fields.parentId === null ? t('steps.missing', { what: t('steps.mergeInto').toLowerCase() }) : null}
      payload={() => ({ edgeId: newId(clock.exactMs), parentId: fields.parentId, note: fields.note })} text={text} {...end}>
      {fields.parentId === null
        ? <CaseFinder ownId={issue.id} onPick={hit => { change({ parentId: hit.id, parentNo: hit.displayNo ?? hit.provisionalNo }); setPicked(true); }} />
        : <div className="chosen"><span><span className="muted">{t('steps.mergeInto')}</span><br /><b>{fields.parentNo}</b></span><Button onClick={() => { change({ parentId: null, parentNo: '' }); }}>{t('issue.form.change')}</Button></div>}
      <NoteBox key={String(isPicked)} label={t('steps.optional', { what: t('steps.note') })} text={fields.note} rows={2} autoFocus={isPicked} onChange={note => { change({ note }); }} />
    </FormShell>
  );
}

/** A search for another record; each hit with its level, state, story and place, never its number alone. What has ended stands for nothing: it is shown, not offered. */
export function CaseFinder({ ownId, onPick }: { ownId: string | null; onPick: (hit: SearchHit) => void }) {
  const t = useT();
  const [text, setText] = useState('');
  const wanted = clipped(text.trim(), SEARCH_CHARS);
  const hits = useLive(['issues.search', wanted, FOUND], ['issue', 'session'], core => core.issues.search({ text: wanted, limit: FOUND }), { enabled: wanted.length >= 2, keepPrevious: true }).data ?? [];
  const others = wanted.length < 2 ? [] : hits.filter(hit => hit.id !== ownId);
  return (
    <div className="unit-picker">
      <Field label={t('steps.mergeInto')}>
        {control => <input {...control} className="input" data-first="" maxLength={typedLimit(SEARCH_CHARS)} autoComplete="off" spellCheck={false} placeholder={t('steps.mergeFind')} value={text} onChange={event => { setText(event.target.value); }} />}
      </Field>
      <div className="units cases">
        {others.map(hit => (
          <button key={hit.id} type="button" disabled={!isOpen(hit.state)} onClick={() => { onPick(hit); }}>
            <span className="name"><span><SeverityBadge severity={hit.severity} /> <ServiceTag service={hit.service} /> <b>{hit.displayNo ?? hit.provisionalNo}</b></span>{hit.isPart ? <PartMark /> : <StateMark state={hit.state} />}</span>
            <span>{headline(hit.description)} <span className="muted">· {hit.place}</span></span>
          </button>
        ))}
      </div>
      {wanted.length >= 2 && others.length === 0 && <p className="muted">{t('steps.mergeNone')}</p>}
    </div>
  );
}
