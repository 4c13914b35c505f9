import { useT } from '../strings/text.ts';

/** Beside what was found while the words of the first copy are still being written: not everything can be found yet. */
export function WordsBehind() {
  return <p className="words-behind muted" role="status">{useT()('app.wordsBehind')}</p>;
}
