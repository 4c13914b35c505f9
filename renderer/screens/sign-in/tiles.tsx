import { useEffect, type Ref } from 'react';
import type { ConsoleState } from '../../../contract/console.ts';
import { useT } from '../../strings/text.ts';
import { initials } from './words.ts';

export const TILES_ID = 'sign-in-tiles';

/** The id of a person's tile, for the box that points at it. */
export function tileId(login: string): string {
  return `tile-${login}`;
}

/** The people of this machine; a person never seen here is dashed. The name box moves through them. `minHeight`: px. */
export function Tiles({ people, login, box, minHeight, onPick }: { people: ConsoleState['people']; login: string | undefined; box: Ref<HTMLDivElement>; minHeight: number | undefined; onPick: (login: string) => void }) {
  const t = useT();
  useEffect(() => { if (login !== undefined) document.getElementById(tileId(login))?.scrollIntoView({ block: 'nearest' }); }, [login, people.length]);
  return (
    <div ref={box} id={TILES_ID} className="tiles" style={{ minHeight }} role="listbox" aria-label={t('signIn.people')}>
      {people.map(person => (
        <div key={person.login} id={tileId(person.login)} role="option" aria-selected={person.login === login}
          className={person.known ? 'tile' : 'tile stranger'} onClick={() => { onPick(person.login); }}>
          <span className="initials" aria-hidden>{initials(person.name)}</span>
          <span className="about"><strong>{person.name}</strong><span className="job-title" title={person.title}>{person.title}</span><span>{person.known ? t('signIn.usedHere') : t('signIn.firstTime')}</span></span>
        </div>
      ))}
    </div>
  );
}
