/** What a run can meet, by what happens; the numbers are those of the promises in `docs/protocol.md`. */
export const FAULTS = {
  'cut-up': 'a request is cut before the province has it',
  'cut-down': 'an answer is cut after the province has committed',
  'cut-chunk': 'a chunk of a copy is cut at some byte',
  'corrupt-chunk': 'a chunk arrives with a changed byte',
  'push-twice': 'a push arrives twice',
  'push-late': 'a push arrives again, minutes later, after others',
  'desk-killed': 'a console ends in the middle of whatever it is doing, and starts again',
  'province-killed-before-commit': 'the province ends within a transaction',
  'province-killed-after-commit': 'the province ends between a commit and its answer',
  'commit-raced': 'another writer was faster: the engine asks to try again',
  'province-restored': 'the province goes back to an older copy of itself',
  'wrong-province': 'another province answers at the address',
  'clock-set': 'a console’s clock jumps by a day, by ten years, or back',
  'same-row': 'two consoles change one record apart from each other',
  'merged-apart': 'two consoles say apart from each other that two records are of one event, each the other way round',
  'bulk': 'many records are changed at once',
  'bulk-undone': 'what was changed at once is taken back',
  'ladder': 'the province records the reminders that are due by itself',
  'refused': 'a change that the province cannot take, among others',
  'province-trouble': 'the province answers 500',
  'long-silence': 'nothing comes back until the console gives up',
  'captive-portal': 'something else answers 200 with a page of its own',
  'disk-full': 'a console’s disk takes nothing for a while',
  'link-down': 'a console has no link for a while',
  'record-moved': 'a record moves to another site, and leaves some consoles',
  'record-deleted': 'a record is deleted at the province',
  'scope-changed': 'what a console may see becomes more or less',
  'horizon-passed': 'the province forgets what it has deleted, before a console has heard of it',
  'listing-cut': 'a page lacks rows that its cursor passes over',
  'newer-fields': 'a newer program writes fields that this one does not know',
} as const;
export type Fault = keyof typeof FAULTS;

/** How often each fault has really happened. */
export class FaultCounts {
  readonly #counts = new Map<Fault, number>(Object.keys(FAULTS).map(name => [name as Fault, 0]));

  note(fault: Fault): void {
    this.#counts.set(fault, (this.#counts.get(fault) ?? 0) + 1);
  }

  add(other: Readonly<Record<string, number>>): void {
    for (const [name, count] of Object.entries(other)) this.#counts.set(name as Fault, (this.#counts.get(name as Fault) ?? 0) + count);
  }

  all(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  /** Faults that never happened: a run that promises them has not tried them. */
  missing(): string[] {
    return [...this.#counts].filter(([, count]) => count === 0).map(([name]) => name);
  }
}
