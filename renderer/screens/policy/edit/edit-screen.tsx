import './edit.css';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { KeptPolicyDraft } from '../../../../contract/policy/calls.ts';
import { draftProblems } from '../../../../contract/policy/draft.ts';
import { PARTS, differences, type Part } from '../../../../contract/policy/values.ts';
import { formatTime } from '../../../../contract/time.ts';
import { client } from '../../../client.ts';
import { queries } from '../../../live-query.ts';
import { usePolicy } from '../../../policy.ts';
import { goTo } from '../../../route.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { clock, useMinute } from '../../../ui/clock.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useShortcuts } from '../../../ui/shortcuts.ts';
import { noteIssued, useMayEdit, usePolicyDraft } from '../issued.tsx';
import { EditContext, useEditing, type Editing } from './editing.ts';
import { FileButtons } from './file-buttons.tsx';
import { CalendarPart, CategoriesPart, DaysPart } from './list-parts.tsx';
import { AboutPart, ClocksPart, LadderPart, LimitsPart } from './parts.tsx';
import { Review } from './review.tsx';
import { RostersPart } from './rosters-part.tsx';
import { SurveyPart } from './survey-part.tsx';

/** Where an administrator of the province edits the next policy pack, and issues it. */
export function PolicyEditScreen() {
  const t = useT();
  const may = useMayEdit();
  const kept = usePolicyDraft();
  if (!may) return <EmptyState title={t('policyEdit.title')} actions={<ToRules />}>{t('policyEdit.notAllowed')}</EmptyState>;
  if (kept.error !== null) return <ErrorNotice error={kept.error} />;
  if (kept.data === undefined) return null;
  return kept.data === null ? <Begin /> : <Editor key={kept.data.draft.pack.id} kept={kept.data} />;
}

function ToRules() {
  const t = useT();
  return <Button size="md" onClick={() => { goTo({ screen: 'policy' }); }}>{t('policyEdit.back')}</Button>;
}

/** What a draft is begun from. */
function Begin() {
  const t = useT();
  const { all, at } = usePolicy();
  const inForce = at(clock.exactMs);
  const newest = all.at(-1) ?? inForce;
  const starting = useMutation({
    mutationFn: (fromId: string) => client.policy.startDraft({ fromId }),
    onSuccess: () => { noteIssued(null); return queries.invalidateQueries({ queryKey: ['policy.draft'] }); },
  });
  useEffect(() => { document.querySelector<HTMLElement>('.begin-draft button')?.focus(); }, []);
  useShortcuts('screen', [{ keys: 'escape', label: t('policyEdit.back'), hint: 'Esc', run: () => { goTo({ screen: 'policy' }); } }]);
  return (
    <div className="begin-draft">
      <EmptyState title={t('policyEdit.title')} actions={
        <>
          <Button kind="primary" size="md" disabled={starting.isPending} onClick={() => { starting.mutate(inForce.id); }}>{t('policyEdit.fromInForce', { code: inForce.code })}</Button>
          {newest !== inForce && <Button size="md" disabled={starting.isPending} onClick={() => { starting.mutate(newest.id); }}>{t('policyEdit.fromNewest', { code: newest.code })}</Button>}
          <ToRules />
        </>
      }>{t('policyEdit.beginLead')}</EmptyState>
      {starting.error !== null && <ErrorNotice error={starting.error} />}
    </div>
  );
}

const SHOWN = [...PARTS, 'review'] as const;
type Shown = (typeof SHOWN)[number];

/** The key of a part: the tenth has 0. */
const digitOf = (index: number): string => String((index + 1) % 10);

function Editor({ kept }: { kept: KeptPolicyDraft }) {
  const t = useT();
  const { all, at } = usePolicy();
  const base = all.find(pack => pack.id === kept.draft.baseId) ?? at(clock.exactMs);
  const edited = useEditing(kept, base);
  const { draft, origin, undo, redo } = edited;
  const [part, setPart] = useState<Shown>('about');
  const [wanted, setWanted] = useState<string | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const problems = draftProblems(draft, useMinute(), all);
  const changed = differences(origin, draft.pack);
  const editing: Editing = { ...edited, saidOf: path => problems.find(one => one.code !== 'unreadable' && one.path === path) };
  const show = (next: Shown): void => { setPart(next); body.current?.scrollTo(0, 0); };
  useEffect(() => {
    if (wanted === null) return;
    (wanted === '' ? body.current : document.querySelector<HTMLElement>(`[data-path="${wanted}"]`))?.focus();
    setWanted(null);
  }, [wanted, part]);
  useShortcuts('screen', [
    ...PARTS.map((name, index) => ({ keys: `alt+${digitOf(index)}`, label: index === 0 ? t('policyEdit.keys.part') : `${t('policyEdit.keys.part')}: ${t(`policyEdit.part.${name}`)}`, ...(index === 0 ? { hint: 'Alt 1–9, 0' } : {}), run: () => { show(name); setWanted(''); }, whileTyping: true })),
    { keys: 'ctrl+enter', label: t('policyEdit.keys.review'), hint: 'Ctrl Enter', run: () => { show('review'); setWanted('password'); }, whileTyping: true, enabled: part !== 'review' },
    { keys: 'escape', label: t('policyEdit.back'), hint: 'Esc', run: () => { goTo({ screen: 'policy' }); } },
    { keys: 'ctrl+z', label: t('policyEdit.keys.undo'), hint: 'Ctrl Z', run: () => { undo?.(); }, enabled: undo !== null },
    { keys: 'ctrl+y', label: t('policyEdit.keys.redo'), run: () => { redo?.(); }, enabled: redo !== null },
  ]);
  const wrongs = problems.filter(one => !one.isHint);
  const goToPath = (path: string, to: Part): void => { show(to); setWanted(path); };
  return (
    <EditContext value={editing}>
      <div className="policy policy-edit">
        <Head editing={editing} onReview={() => { show('review'); }} isReview={part === 'review'} />
        {kept.issued && <Done kept={kept} editing={editing} />}
        <div className="policy-edit-body">
          <nav aria-label={t('policyEdit.parts')}>
            {SHOWN.map((name, index) => (
              <button key={name} type="button" aria-current={name === part} {...(name === 'review' ? {} : { title: `Alt ${digitOf(index)}` })} onClick={() => { show(name); }}>
                <span>{t(`policyEdit.part.${name}`)}</span><Marks changes={name === 'review' ? 0 : changed.filter(one => one.part === name).length} wrongs={name === 'review' ? 0 : wrongs.filter(one => one.part === name).length} />
              </button>
            ))}
          </nav>
          <div ref={body} className="part" role="region" tabIndex={0} aria-label={t(`policyEdit.part.${part}`)}>
            <h2>{t(`policyEdit.part.${part}`)}</h2>
            {part === 'review' ? <Review base={base} problems={problems} onGo={goToPath} /> : shownPart(part)}
          </div>
        </div>
      </div>
    </EditContext>
  );
}

function shownPart(part: Part): ReactNode {
  switch (part) {
    case 'about': return <AboutPart />;
    case 'incident': case 'issue': return <ClocksPart key={part} kind={part} />;
    case 'limits': return <LimitsPart />;
    case 'ladder': return <LadderPart />;
    case 'survey': return <SurveyPart />;
    case 'calendar': return <CalendarPart />;
    case 'days': return <DaysPart />;
    case 'categories': return <CategoriesPart />;
    case 'rosters': return <RostersPart />;
  }
}

function Marks({ changes, wrongs }: { changes: number; wrongs: number }) {
  const t = useT();
  return (
    <span className="counts">
      {changes > 0 && <span className="changed" title={t('policyEdit.changes', { n: changes })}>±{changes}</span>}
      {wrongs > 0 && <span className="danger strong" title={t('policyEdit.wrongs', { n: wrongs })}>◆{wrongs}</span>}
    </span>
  );
}

function Head({ editing, isReview, onReview }: { editing: Editing; isReview: boolean; onReview: () => void }) {
  const t = useT();
  const { draft, save, undo, redo } = editing;
  const [isAsked, setAsked] = useState(false);
  const dropping = useForgetting(editing);
  return (
    <header>
      <div className="title"><h1>{t('policyEdit.title')}: {draft.pack.code}</h1><Saved save={save} /></div>
      <Button onClick={() => { undo?.(); }} disabled={undo === null} hint="Ctrl Z">{t('policyEdit.undo')}</Button>
      <Button onClick={() => { redo?.(); }} disabled={redo === null}>{t('policyEdit.redo')}</Button>
      <FileButtons />
      {isAsked ? <span className="ask"><span>{t('policyEdit.dropAsk')}</span><Button disabled={dropping.isPending} onClick={() => { dropping.mutate(); }}>{t('policyEdit.dropYes')}</Button><Button onClick={() => { setAsked(false); }}>{t('policyEdit.dropNo')}</Button></span>
        : <Button kind="quiet" onClick={() => { setAsked(true); }}>{t('policyEdit.drop')}</Button>}
      {!isReview && <Button kind="primary" hint="Ctrl Enter" onClick={onReview}>{t('policyEdit.part.review')}</Button>}
      {save.kind === 'failed' && <ErrorNotice error={save.error} />}
      {dropping.error !== null && <ErrorNotice error={dropping.error} />}
    </header>
  );
}

/** Has the core forget the draft, then leaves the editor; until it has, typing goes on being saved. */
function useForgetting({ draft, stop }: Editing) {
  return useMutation({
    mutationFn: () => client.policy.removeDraft({ id: draft.pack.id }),
    onSuccess: () => { stop(); goTo({ screen: 'policy' }); },
  });
}

function Saved({ save }: { save: Editing['save'] }) {
  const t = useT();
  const words = save.kind === 'saved' ? t('policyEdit.saved', { at: formatTime(save.atMs) }) : save.kind === 'failed' ? t('policyEdit.notSaved') : t('policyEdit.saving');
  return <span className={save.kind === 'failed' ? 'danger' : 'muted'} role="status">{words}</span>;
}

/** A draft whose pack has been issued: by a call of which the answer was lost. */
function Done({ kept: { draft }, editing }: { kept: KeptPolicyDraft; editing: Editing }) {
  const t = useT();
  const finishing = useForgetting(editing);
  return <Notice tone="good" title={t('policyEdit.issuedAlready', { code: draft.pack.code })} actions={<Button disabled={finishing.isPending} onClick={() => { finishing.mutate(); }}>{t('policyEdit.finish')}</Button>}>{t('policyEdit.issuedTodo')}</Notice>;
}
