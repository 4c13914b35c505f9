import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { SEARCH_CHARS, type SearchHit } from '../../contract/queue.ts';
import { exactForm, fold, typedLimit } from '../../contract/text.ts';
import { useLinkStatus } from '../frame/station.ts';
import { goTo } from '../route.ts';
import { useT } from '../strings/text.ts';
import { errorOf, sentences } from '../ui/error-text.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { PartMark, ServiceTag, SeverityBadge, StateMark } from '../ui/marks.tsx';
import { mayMiss } from '../ui/may-miss.ts';
import { WordsBehind } from '../ui/words-behind.tsx';
import './command-bar.css';
import { rankActions, type CommandAction } from './rank-actions.ts';
import { useActions, useRecent, type RecentEntry } from './use-actions.ts';
import { useSearch, type Search } from './use-search.ts';

type Entry =
  | { kind: 'action'; id: string; group: string; action: CommandAction }
  | { kind: 'recent'; id: string; group: string; recent: RecentEntry }
  | { kind: 'hit'; id: string; group: string; hit: SearchHit };

const PAGE = 8;

/** Finds actions and records (Ctrl+K); shown over the screen while `opened`. What was opened last is remembered in this window. */
export function CommandBar({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [recent, remember] = useRecent();
  return opened ? <Bar recent={recent} remember={remember} onClose={onClose} /> : null;
}

function Bar({ recent, remember, onClose }: { recent: readonly RecentEntry[]; remember: (entry: RecentEntry) => void; onClose: () => void }) {
  const t = useT();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const actions = useActions();
  const isIncomplete = mayMiss(useLinkStatus(), text);
  const search = useSearch(text, isIncomplete);
  const entries = entriesOf(text, actions, search, recent, { recent: t('commandBar.group.recent'), records: t('commandBar.group.records'), folded: t('commandBar.group.folded') });
  const at = Math.max(0, entries.findIndex(entry => entry.id === chosen));
  const current = entries[at];
  const { box, list } = useFocusHeld(current?.id);

  const open = (entry: Entry): void => {
    onClose();
    remember(recentOf(entry));
    if (entry.kind === 'action') entry.action.run();
    else if (entry.kind === 'hit') goTo({ screen: 'issue', id: entry.hit.id });
    else if (entry.recent.issueId !== null) goTo({ screen: 'issue', id: entry.recent.issueId });
    else actions.find(action => action.id === entry.recent.id)?.run();
  };
  const wanted = useWantedNumber(text, search, open);
  const move = (to: number): void => { setChosen(entries[Math.min(entries.length - 1, Math.max(0, to))]?.id ?? null); };
  const onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();   // no key of the screen behind runs while the bar is open
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1 >= entries.length ? 0 : at + 1, ArrowUp: at === 0 ? entries.length - 1 : at - 1, PageDown: at + PAGE, PageUp: at - PAGE };
    const to = moves[event.key];
    if (to !== undefined) { event.preventDefault(); move(to); return; }
    if (event.key === 'Enter' && chosen === null && search.isSearching && isNumber(text)) { event.preventDefault(); wanted.current = text; }
    else if (event.key === 'Enter' && current !== undefined) { event.preventDefault(); open(current); }
    else if (event.key === 'Escape' || (event.ctrlKey && event.key.toLowerCase() === 'k')) { event.preventDefault(); onClose(); }
    else if (event.key === 'Tab') event.preventDefault();
  };

  return (
    <div className="command-bar" onMouseDown={event => { if (event.target === event.currentTarget) onClose(); }}>
      <div className="box" role="dialog" aria-modal="true" aria-label={t('commandBar.title')} onKeyDown={onKey}>
        <input ref={box} type="text" className="input lg" value={text} maxLength={typedLimit(SEARCH_CHARS)} placeholder={t('commandBar.placeholder')} spellCheck={false} autoComplete="off"
          role="combobox" aria-expanded="true" aria-controls="command-list" aria-label={t('commandBar.title')} aria-activedescendant={current === undefined ? undefined : `command-${current.id}`}
          onChange={event => { setText(event.target.value); setChosen(null); }} />
        <div ref={list} id="command-list" className="list" role="listbox" aria-label={t('commandBar.title')}>
          {entries.map((entry, index) => (
            <div key={entry.id} role="presentation">
              {entry.group !== entries[index - 1]?.group && <div className="group" role="presentation">{entry.group}</div>}
              <div id={`command-${entry.id}`} className="entry" role="option" aria-selected={entry === current} onClick={() => { open(entry); }}><Face entry={entry} /></div>
            </div>
          ))}
        </div>
        {isIncomplete && <WordsBehind />}
        <Tail text={text} search={search} isEmpty={entries.length === 0} />
        <div className="foot"><KeyHint keys="↑↓" /> {t('commandBar.hint.move')} <KeyHint keys="Enter" /> {t('commandBar.hint.open')} <KeyHint keys="Esc" /> {t('commandBar.hint.close')}</div>
      </div>
    </div>
  );
}

/** A number or a phone rather than words. */
function isNumber(text: string): boolean {
  return /\d{3}/.test(text);
}

/** Enter right behind a typed number opens its record as soon as the answer is there, not whatever stood in the list before. */
function useWantedNumber(text: string, search: Search, open: (entry: Entry) => void) {
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    const first = search.hits[0];
    if (wanted.current !== text || search.isSearching) return;
    wanted.current = null;
    if (first !== undefined) open({ kind: 'hit', id: first.id, group: '', hit: first });
  }, [text, search, open]);
  return wanted;
}

/** Keeps the focus in the bar while it is open, gives it back afterwards, and keeps the chosen entry in sight. */
function useFocusHeld(chosenId: string | undefined) {
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const before = useMemo(() => document.activeElement, []);
  useEffect(() => {
    box.current?.focus();
    return () => { if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true }); };
  }, [before]);
  useEffect(() => { list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }); }, [chosenId]);
  return { box, list };
}

function entriesOf(text: string, actions: readonly CommandAction[], search: Search, recent: readonly RecentEntry[], groups: { recent: string; records: string; folded: string }): Entry[] {
  const ranked = rankActions(actions, text).map((action): Entry => ({ kind: 'action', id: action.id, group: action.group, action }));
  if (text.trim() === '') return [...recent.map((entry): Entry => ({ kind: 'recent', id: `recent.${entry.id}`, group: groups.recent, recent: entry })), ...grouped(ranked)];
  // Only who types accents can mean something else than is found without them; those records stand below, under one heading.
  const hasAccents = exactForm(text) !== fold(text);
  const hits = search.hits.map((hit): Entry => ({ kind: 'hit', id: hit.id, group: hasAccents && !hit.exact ? groups.folded : groups.records, hit }));
  const best = grouped(ranked.slice(0, PAGE));
  // A text with digits is a number or a phone: records first. Words are more often a command.
  return isNumber(text) ? [...hits, ...best] : [...best, ...hits];
}

/** Entries of one group together, groups in the order of their best entry. */
function grouped(entries: readonly Entry[]): Entry[] {
  const groups = [...new Set(entries.map(entry => entry.group))];
  return groups.flatMap(group => entries.filter(entry => entry.group === group));
}

function recentOf(entry: Entry): RecentEntry {
  switch (entry.kind) {
    case 'recent': return entry.recent;
    case 'action': return { id: entry.action.id, label: entry.action.label, issueId: null };
    case 'hit': return { id: entry.hit.id, label: `${entry.hit.displayNo ?? entry.hit.provisionalNo} · ${entry.hit.description}`, issueId: entry.hit.id };
  }
}

function Face({ entry }: { entry: Entry }) {
  const t = useT();
  if (entry.kind === 'action') return <><span className="words">{entry.action.label}</span>{entry.action.now === true && <span className="muted">{t('commandBar.now')}</span>}{entry.action.keys !== undefined && <KeyHint keys={entry.action.keys} />}</>;
  if (entry.kind === 'recent') return <span className="words">{entry.recent.label}</span>;
  const { hit } = entry;
  return (
    <>
      <SeverityBadge severity={hit.severity} /><ServiceTag service={hit.service} />
      <span className="no">{hit.displayNo ?? hit.provisionalNo}</span>
      <span className="words">{hit.description}<span className="muted"> · {hit.place}</span></span>
      {hit.isPart ? <PartMark /> : <StateMark state={hit.state} />}
    </>
  );
}

/** What is to be said below the entries: searching, nothing found, or why it could not be searched. */
function Tail({ text, search, isEmpty }: { text: string; search: Search; isEmpty: boolean }) {
  const t = useT();
  if (search.isSearching) return <p className="tail muted" role="status">{t('commandBar.searching')}</p>;
  if (search.error !== null) return <p className="tail warning" role="status">{t('commandBar.failed', { why: sentences(errorOf(search.error)).what })}</p>;
  if (isEmpty) return <p className="tail muted" role="status">{t('commandBar.none', { text })}</p>;
  if (search.hits.length === 0 && search.text !== '' && text.trim().length >= 2) return <p className="tail muted" role="status">{t('commandBar.noneRecords')}</p>;
  return null;
}
