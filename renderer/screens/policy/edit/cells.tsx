import { IconArrowBackUp } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { minutesOfDay } from '../../../../contract/policy/calendar.ts';
import type { Reading } from '../../../../contract/policy/draft.ts';
import { readCount, readPercent, readSource, readSpan, readWords, unitMinutes, unitOf, UNITS, type Unit } from '../../../../contract/policy/readings.ts';
import { valueAt, withValue } from '../../../../contract/policy/values.ts';
import { nfc } from '../../../../contract/text.ts';
import { useT, type TextKey } from '../../../strings/text.ts';
import { spanWords } from '../spans.ts';
import { useEdit } from './editing.ts';

export interface CellProps {
  path: string;
  /** What it is, for who cannot see where it stands. */
  label: string;
  shown: string;
  read: (text: string) => Reading;
  /** What may be written here, said when it is nothing of it. */
  wrong?: TextKey;
  /** A bound of the schema in words. */
  bound?: (limit: number) => string;
  placeholder?: string; lines?: number; className?: string; disabled?: boolean;
  /** Takes the place of typing into the draft: what is typed stays beside it until the field is left. */
  onLeave?: (text: string) => void;
  /** Told how what has just been typed reads. */
  onType?: (reading: Reading) => void;
}

/** A field of the draft. What is typed stays as it is typed while the field has the focus, and under it stands why it is no value yet. */
export function Cell({ path, label, shown, read, wrong = 'policyEdit.unfit.form', bound = String, placeholder, lines, className = '', disabled = false, onLeave, onType }: CellProps) {
  const t = useT();
  const id = useId();
  const { draft, type } = useEdit();
  const [own, setOwn] = useState<string | null>(null);
  const kept = draft.typed[path];
  const text = own ?? kept ?? shown;
  const reading = kept === undefined ? null : read(kept);
  const isWrong = kept !== undefined && (onLeave === undefined || own === null);
  const control = {
    value: text, placeholder, disabled, 'aria-label': label, 'data-path': path, className: `input sm ${className}`, autoComplete: 'off', spellCheck: false,
    ...(isWrong ? { 'aria-invalid': true, 'aria-describedby': id } : {}),
    onChange: ({ target }: { target: { value: string } }) => {
      const typed = onLeave === undefined ? read(target.value) : null;
      setOwn(target.value);
      onType?.(typed);
      type(path, target.value, typed);
    },
    onBlur: () => { if (own !== null) onLeave?.(own); setOwn(null); },
  };
  const why = (): string => {
    const put = reading === null ? null : withValue(draft.pack, path, reading.value);
    if (put === null || 'pack' in put || put.unfit.why === 'form') return t(wrong);
    return t(`policyEdit.unfit.${put.unfit.why}`, { limit: bound(put.unfit.limit) });
  };
  return (
    <>
      {lines === undefined ? <input type="text" {...control} /> : <textarea rows={lines} {...control} />}
      {isWrong ? <div id={id} className="wrong">{why()}</div> : <Said path={path} />}
    </>
  );
}

/** What is wrong with the value at a path, or worth a second look, in words: under its control. */
export function Said({ path }: { path: string }) {
  const t = useT();
  const { saidOf } = useEdit();
  const said = saidOf(path);
  return said === undefined ? null : <div className={said.isHint ? 'wrong hint' : 'wrong'}>{t(`policyEdit.problem.${said.code}`, said.facts)}</div>;
}

/** A text of the draft; `optional` ones go when they are emptied. */
export function TextCell({ path, label, optional = false, ...rest }: Pick<CellProps, 'path' | 'label' | 'placeholder' | 'lines' | 'className' | 'disabled' | 'wrong'> & { optional?: boolean }) {
  const { draft } = useEdit();
  const value = valueAt(draft.pack, path);
  const read = (text: string): Reading => ({ value: optional && nfc(text).trim() === '' ? undefined : nfc(text).trim() });
  return <Cell path={path} label={label} shown={typeof value === 'string' ? value : ''} read={read} {...rest} />;
}

/** Words, with commas between them. */
export function WordsCell({ path, label }: { path: string; label: string }) {
  const t = useT();
  const { draft } = useEdit();
  const value = valueAt(draft.pack, path) as readonly string[];
  return <Cell path={path} label={label} shown={value.join(', ')} read={text => ({ value: readWords(text) })} wrong="policyEdit.unfit.words" bound={limit => t('policyEdit.unfit.letters', { limit })} lines={3} />;
}

/** A whole number, with its unit behind. `none`: an empty field stands for no limit. */
export function CountCell({ path, label, unit, none = false }: { path: string; label: string; unit: string; none?: boolean }) {
  const { draft } = useEdit();
  const value = valueAt(draft.pack, path);
  const read = (text: string): Reading => {
    if (none && text.trim() === '') return { value: null };
    const count = readCount(text);
    return count === null ? null : { value: count };
  };
  return <span className="with-unit"><Cell path={path} label={label} shown={typeof value === 'number' ? String(value) : ''} read={read} wrong="policyEdit.unfit.number" className="short" /><span>{unit}</span></span>;
}

/** A share, in percent. */
export function PercentCell({ path, label, unit }: { path: string; label: string; unit: string }) {
  const { draft } = useEdit();
  const read = (text: string): Reading => { const share = readPercent(text); return share === null ? null : { value: share }; };
  return <span className="with-unit"><Cell path={path} label={label} shown={String(Math.round(Number(valueAt(draft.pack, path)) * 100))} read={read} wrong="policyEdit.unfit.number" bound={limit => `${String(Math.round(limit * 100))} %`} className="short" /><span>{unit}</span></span>;
}

/** A span with its unit: the number stays when another unit is chosen. `none`: an empty field stands for no limit. */
export function SpanCell({ path, label, calendar, none = false }: { path: string; label: string; calendar: 'around' | 'working'; none?: boolean }) {
  const t = useT();
  const { draft, type } = useEdit();
  const day = calendar === 'working' ? minutesOfDay(draft.pack.calendar) : null;
  const value = valueAt(draft.pack, path) as number | null;
  // The unit stays as it was chosen as long as the value is the one that was typed in it.
  const [mine, setMine] = useState<{ minutes: number | null; unit: Unit } | null>(null);
  const unit = mine !== null && (mine.minutes === value || draft.typed[path] !== undefined) ? mine.unit : unitOf(value ?? 0, day);
  const read = (text: string, inUnit: Unit): Reading => {
    if (none && text.trim() === '') return { value: null };
    const minutes = readSpan(text, inUnit, day);
    return minutes === null ? null : { value: minutes };
  };
  const note = (reading: Reading, inUnit: Unit): void => { setMine({ minutes: reading === null ? value : reading.value as number | null, unit: inUnit }); };
  const shown = value === null ? '' : String(Math.round((value / unitMinutes(unit, day)) * 1_000) / 1_000).replace('.', ',');
  const choose = (next: Unit): void => {
    const text = draft.typed[path] ?? shown;
    const reading = read(text, next);
    note(reading, next);
    type(path, text, reading);
  };
  return (
    <span className="with-unit">
      <Cell path={path} label={label} shown={shown} read={text => read(text, unit)} onType={reading => { note(reading, unit); }} wrong="policyEdit.unfit.span" bound={limit => spanWords(t, limit, day)} className="short" />
      <select className="input sm" aria-label={`${label}: ${t('policyEdit.unit')}`} value={unit} onChange={event => { choose(event.target.value as Unit); }}>
        {UNITS.map(one => <option key={one} value={one}>{t(`policyEdit.units.${one}`)}</option>)}
      </select>
    </span>
  );
}

/** Where a value comes from; an empty field is "mặc định đề xuất". @param shown the source as it stands */
export function SourceCell({ path, what, shown }: { path: string; what: string; shown: string | null }) {
  const t = useT();
  return (
    <Cell path={path} label={t('policyEdit.sourceOf', { what })} shown={shown ?? ''} placeholder={t('policyEdit.sourceHint')} className="source"
      read={text => ({ value: readSource(text) })} />
  );
}

/** Some of a few words. */
export function SomeCell<Word extends string>({ path, label, words, name }: { path: string; label: string; words: readonly Word[]; name: (word: Word) => ReactNode }) {
  const { draft, type } = useEdit();
  const chosen = valueAt(draft.pack, path) as readonly string[];
  const toggle = (word: Word, on: boolean): void => { type(path, '', { value: words.filter(one => (one === word ? on : chosen.includes(one))) }); };
  return (
    <span className="some" role="group" aria-label={label}>
      {words.map((word, at) => <label key={word}><input type="checkbox" {...(at === 0 ? { 'data-path': path } : {})} checked={chosen.includes(word)} onChange={event => { toggle(word, event.target.checked); }} /> {name(word)}</label>)}
      <Said path={path} />
    </span>
  );
}

/** Brings back what a value was; nothing where it is that. */
export function Back({ isChanged, words, onBack }: { isChanged: boolean; words: string; onBack: () => void }) {
  const t = useT();
  if (!isChanged) return null;
  return <button type="button" className="back" aria-label={t('policyEdit.old', { value: words })} title={t('policyEdit.old', { value: words })} onClick={onBack}><IconArrowBackUp aria-hidden /><span>{words}</span></button>;
}
