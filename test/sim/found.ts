/** Seeds that have found something when the people of a run knew few intents, by what it was; they are run again as they were. */
export const FOUND: readonly [number, string][] = [
  [1, 'a look for no rows whose cursor has changed made every later look one for no rows'],
  [3, 'a restored province whose counter had passed a console’s cursor again was not noticed'],
  [7, 'what no log has any more was offered under an id that the wire refuses'],
  [44, 'a second restore after that ended the exchange for good'],
  [67, 'a change judged before its record had come back was held for ever'],
  [195, 'a scope changed between the session and the copy was not adopted'],
  [305, 'a full disk was written to without a pause'],
];
