import { useId, useState, type KeyboardEvent } from 'react';
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
    <FormShell issue={issue} action="issue.merge" title={t('domain.done.issue.merge')} verb={t('steps.merge')} problem={fields.parentId === null ? t('steps.mergeChoose') : null}
      payload={() => ({ edgeId: newId(clock.exactMs), parentId: fields.parentId, note: fields.note })} text={text} {...end}>
      {fields.parentId === null
        ? <CaseFinder ownId={issue.id} onPick={hit => { change({ parentId: hit.id, parentNo: hit.displayNo ?? hit.provisionalNo }); setPicked(true); }} />
        : <div className="chosen"><span><span className="muted">{t('steps.mergeInto')}</span><br /><b>{fields.parentNo}</b></span><Button onClick={() => { change({ parentId: null, parentNo: '' }); }}>{t('issue.form.change')}</Button></div>}
      <NoteBox key={String(isPicked)} label={t('steps.optional', { what: t('steps.note') })} text={fields.note} rows={2} autoFocus={isPicked} onChange={note => { change({ note }); }} />
    </FormShell>
  );
}

/** A search for another record, arrows choose, Enter takes; each hit with its level, state, story and place, never its number alone. What has ended stands for nothing: it is shown, not offered. */
export function CaseFinder({ ownId, onPick }: { ownId: string | null; onPick: (hit: SearchHit) => void }) {
  const t = useT();
  const listId = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const wanted = clipped(text.trim(), SEARCH_CHARS);
  const { data: hits = [], isPlaceholderData: isOfBefore } = useLive(['issues.search', wanted, FOUND], ['issue', 'session'], core => core.issues.search({ text: wanted, limit: FOUND }), { enabled: wanted.length >= 2, keepPrevious: true });
  const others = wanted.length < 2 ? [] : hits.filter(hit => hit.id !== ownId);
  const offered = isOfBefore ? [] : others.filter(hit => isOpen(hit.state));
  const current = offered[Math.min(at, offered.length - 1)];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229 || event.ctrlKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (step === undefined) {
      if (current !== undefined) onPick(current);
      return;
    }
    const next = Math.min(Math.max(at + step, 0), Math.max(offered.length - 1, 0));
    setAt(next);
    document.getElementById(`${listId}-${offered[next]?.id ?? ''}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div className="unit-picker">
      <Field label={t('steps.mergeInto')}>
        {control => (
          <input {...control} className="input" role="combobox" aria-expanded={others.length > 0} aria-controls={listId} aria-activedescendant={current === undefined ? undefined : `${listId}-${current.id}`}
            data-first="" maxLength={typedLimit(SEARCH_CHARS)} autoComplete="off" spellCheck={false} placeholder={t('steps.mergeFind')} value={text} onChange={event => { setText(event.target.value); setAt(0); }} onKeyDown={onKeyDown} />
        )}
      </Field>
      <div id={listId} className="units cases" role="listbox" aria-label={t('steps.mergeInto')}>
        {others.map(hit => (
          <div key={hit.id} id={`${listId}-${hit.id}`} role="option" aria-selected={hit === current} aria-disabled={!isOpen(hit.state)} onClick={() => { if (isOpen(hit.state)) onPick(hit); }}>
            <span className="name"><span><SeverityBadge severity={hit.severity} /> <ServiceTag service={hit.service} /> <b>{hit.displayNo ?? hit.provisionalNo}</b></span>{hit.isPart ? <PartMark /> : <StateMark state={hit.state} />}</span>
            <span>{headline(hit.description)} <span className="muted">· {hit.place}</span></span>
          </div>
        ))}
      </div>
      {wanted.length >= 2 && others.length === 0 && <p className="muted">{t('steps.mergeNone')}</p>}
    </div>
  );
}
