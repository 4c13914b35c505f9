import { useEffect, useMemo, useState } from 'react';
import { SEARCH_CHARS, type SearchHit } from '../../contract/queue.ts';
import { clipped, digits } from '../../contract/text.ts';
import { client } from '../client.ts';
import { createLatest } from './latest.ts';

const PAUSE_MS = 90;
const MOST = 30;

/** `hits` belong to `text`, never to an older one. */
export interface Search { text: string; hits: readonly SearchHit[]; isSearching: boolean; error: unknown }

const NOTHING: Search = { text: '', hits: [], isSearching: false, error: null };

/** Whether a text is worth asking for: two letters find everything, two digits too. */
function isEnough(text: string): boolean {
  return text.trim().length >= 2 || digits(text).length >= 2;
}

/**
 * Records that match the text, asked for as it is typed; an answer to an older text is aborted and never shown. Asked again
 * once `isIncomplete` ends: more may be found.
 */
export function useSearch(text: string, isIncomplete: boolean): Search {
  const [search, setSearch] = useState<Search>(NOTHING);
  const latest = useMemo(() => createLatest<string, SearchHit[]>({
    run: (asked, signal) => client.issues.search({ text: clipped(asked, SEARCH_CHARS), limit: MOST }, { signal }),
    onAnswer: (asked, hits) => { setSearch({ text: asked, hits, isSearching: false, error: null }); },
    onError: (asked, error) => { setSearch({ text: asked, hits: [], isSearching: false, error }); },
    delayMs: PAUSE_MS,
  }), []);
  useEffect(() => {
    if (!isEnough(text)) {
      latest.cancel();
      setSearch(NOTHING);
      return;
    }
    setSearch({ text, hits: [], isSearching: true, error: null });
    latest.ask(text);
  }, [text, latest, isIncomplete]);
  useEffect(() => () => { latest.cancel(); }, [latest]);
  return search.text === text ? search : { ...NOTHING, text, isSearching: isEnough(text) };
}
