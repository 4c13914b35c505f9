import { useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { ConsoleState } from '../../../contract/console.ts';
import { useT } from '../../strings/text.ts';
import { Field } from '../../ui/field.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { steppedTile } from './people-filter.ts';
import { tileId, Tiles, TILES_ID } from './tiles.tsx';

export interface NameBoxProps {
  /** Those who match what is typed, in the order of their tiles. */
  people: ConsoleState['people'];
  text: string;
  login: string | undefined;
  box: RefObject<HTMLInputElement | null>;
  onText: (text: string) => void;
  onChoose: (login: string) => void;
  /** Someone was clicked on. */
  onPick: (login: string) => void;
  /** The name is settled: on to the password, or to signing in by the typed name when nobody matches. */
  onDone: () => void;
}

/** Letters narrow the tiles, arrows move through them, Enter takes one, Esc clears the letters. */
export function NameBox({ people, text, login, box, onText, onChoose, onPick, onDone }: NameBoxProps) {
  const t = useT();
  const tiles = useRef<HTMLDivElement>(null);
  // Fewer tiles take as much room as all of them, so that the password stays where it is while a name is typed.
  const [allHeight, setAllHeight] = useState(0);
  useLayoutEffect(() => { if (text === '' && tiles.current !== null) setAllHeight(tiles.current.offsetHeight); }, [text, people.length]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape' && text !== '') { event.preventDefault(); onText(''); }
    else if (event.key === 'Enter') { event.preventDefault(); onDone(); }
    else if (event.key.startsWith('Arrow') && !event.shiftKey && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      const next = people[steppedTile(event.key, people.findIndex(p => p.login === login), people.length, columnsOf(tiles.current))];
      if (next !== undefined) onChoose(next.login);
    }
  };
  return (
    <>
      <Field label={t('signIn.name')} aside={<span className="muted"><KeyHint keys="← ↑ ↓ →" /> {t('signIn.choose')}</span>}>
        {control => (
          <input {...control} ref={box} className="input" type="text" role="combobox" aria-expanded={people.length > 0} aria-controls={TILES_ID} aria-autocomplete="list"
            aria-activedescendant={login === undefined ? undefined : tileId(login)} autoFocus autoComplete="off" spellCheck={false} maxLength={80}
            placeholder={t('signIn.namePlaceholder')} value={text} onChange={event => { onText(event.target.value); }} onKeyDown={onKeyDown} />
        )}
      </Field>
      <div className="hidden-text" role="status">{text === '' ? '' : t('signIn.found', { n: people.length })}</div>
      {people.length > 0 && <Tiles people={people} login={login} box={tiles} minHeight={text === '' ? undefined : allHeight} onPick={onPick} />}
    </>
  );
}

/** How many tiles stand in a row now. */
function columnsOf(tiles: HTMLElement | null): number {
  const all = [...tiles?.children ?? []];
  const [first] = all;
  const next = all.findIndex(tile => tile.getBoundingClientRect().top > (first?.getBoundingClientRect().top ?? 0) + 1);
  return next === -1 ? Math.max(1, all.length) : next;
}
