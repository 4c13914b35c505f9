import { useT } from '../strings/text.ts';

/** Beside what was found while `mayMiss`: says that it may not be all. */
export function WordsBehind() {
  return <p className="words-behind muted" role="status">{useT()('app.wordsBehind')}</p>;
}
