import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { ConsoleState } from '../../../contract/console.ts';
import { useT } from '../../strings/text.ts';
import { initials } from './words.ts';

/** The people of this machine; a person never seen here is dashed. */
export function Tiles({ people, login, onChoose }: { people: ConsoleState['people']; login: string; onChoose: (login: string) => void }) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { box.current?.querySelector('[aria-checked=true]')?.scrollIntoView({ block: 'nearest' }); }, [login]);
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowDown: 3, ArrowLeft: -1, ArrowUp: -3 }[event.key];
    const next = people[people.findIndex(p => p.login === login) + (step ?? 0)];
    if (step === undefined || next === undefined) return;
    event.preventDefault();
    onChoose(next.login);
  };
  return (
    <div ref={box} className="tiles" role="radiogroup" aria-label={t('signIn.people')} onKeyDown={move}>
      {people.map(person => (
        <button key={person.login} type="button" role="radio" aria-checked={person.login === login} tabIndex={person.login === login ? 0 : -1}
          className={person.known ? 'tile' : 'tile stranger'} onClick={() => { onChoose(person.login); }}>
          <span className="initials" aria-hidden>{initials(person.name)}</span>
          <span className="about"><strong>{person.name}</strong><span>{person.title}</span><span>{person.known ? t('signIn.usedHere') : t('signIn.firstTime')}</span></span>
        </button>
      ))}
    </div>
  );
}
