import { isOpen, type AskedLine, type Issue } from '../issue.ts';
import type { Service } from '../org.ts';
import type { Actor, Facts } from './facts.ts';
import type { MutationName } from './payloads.ts';

/** Steps of which nothing follows for a line that has been called: whoever calls another, and what the province does by itself. */
const NO_ANSWER: readonly MutationName[] = ['issue.join', 'issue.remind'];

/** The lines called to a record, once these have been called as well. */
export function withCalled(asked: Issue['asked'], lines: readonly Service[], facts: Pick<Facts, 'actor' | 'atMs'>): AskedLine[] {
  const called = lines.map(line => ({ line, byId: facts.actor.personId, atMs: facts.atMs }));
  return [...asked ?? [], ...called].sort((a, b) => (a.line < b.line ? -1 : 1));
}

/** Whether the actor answers for a line that has been called and has not answered. */
export function isCalled(row: Pick<Issue, 'asked'>, { scope: { services } }: Pick<Actor, 'scope'>): boolean {
  return (row.asked ?? []).some(({ line }) => services === null || services.includes(line));
}

/**
 * The record without the lines that have answered with this step: somebody of the line acknowledges, or does something for it; it has left, has the record for its own, or
 * there is nothing left to come for. Whoever works at the record's own line as well has to acknowledge: what they do may be for that line alone.
 */
export function withoutAnswered(row: Issue, name: MutationName, { scope: { services } }: Pick<Actor, 'scope'>): Issue {
  const { asked = [], lines = [] } = row;
  const answers = (line: Service): boolean => {
    if (name === 'issue.acknowledge') return services === null || services.includes(line);
    return !NO_ANSWER.includes(name) && services !== null && services.includes(line) && !services.includes(row.service);
  };
  const waiting = asked.filter(({ line }) => isOpen(row.state) && lines.includes(line) && !answers(line));
  return waiting.length === asked.length ? row : { ...row, asked: waiting };
}
