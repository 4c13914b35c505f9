import { describe, expect, test } from 'vitest';
import { QueueFilter } from '../../contract/queue.ts';
import { arrange, isVital } from '../../renderer/screens/queue/actions.ts';
import { byStates, countOf, filterOf, NO_NARROWING, TABS } from '../../renderer/screens/queue/tabs.ts';

describe('a list of the queue', () => {
  test.each(TABS)('%s asks for a filter that the contract knows', tab => {
    expect(QueueFilter.safeParse(filterOf(tab, NO_NARROWING)).success).toBe(true);
  });

  test('of a service keeps it whatever the bar says', () => {
    expect(filterOf('s114', { ...NO_NARROWING, services: ['1022'] }).services).toEqual(['114']);
    expect(filterOf('open', { ...NO_NARROWING, services: ['1022'] }).services).toEqual(['1022']);
  });

  test('shows closed records only when asked, and overdue ones are always open', () => {
    expect(filterOf('open', NO_NARROWING).open).toBe(true);
    expect(filterOf('open', { ...NO_NARROWING, open: null }).open).toBeNull();
    expect(filterOf('open', { ...NO_NARROWING, ...byStates(['closed']) })).toMatchObject({ open: null, states: ['closed'] });
    expect(filterOf('overdue', { ...NO_NARROWING, open: null }).open).toBe(true);
  });

  test('asks for words in NFC, and for no more of them than may be searched for', () => {
    expect(filterOf('open', { ...NO_NARROWING, text: ' Hòa Bình '.normalize('NFD') }).text).toBe('Hòa Bình');
    expect(filterOf('open', { ...NO_NARROWING, text: 'ặ'.normalize('NFD').repeat(300) }).text).toBe('ặ'.repeat(200));
  });

  test('to verify holds the two states before a verdict, unless one is chosen', () => {
    expect(filterOf('toVerify', NO_NARROWING).states).toEqual(['received', 'verifying']);
    expect(filterOf('toVerify', { ...NO_NARROWING, ...byStates(['verifying']) }).states).toEqual(['verifying']);
  });

  test('of who waits for a survey is of closed records, whatever states the bar still names', () => {
    expect(filterOf('toSurvey', { ...NO_NARROWING, ...byStates(['received']) })).toMatchObject({ open: null, states: [], toSurvey: true });
    expect(countOf('toSurvey', { open: 9, mine: 1, overdue: 2, toVerify: 3, toSurvey: 5, byService: {}, byState: {} })).toBe(5);
  });

  test('says nothing of its count while the core does not know it', () => {
    expect(countOf('open', null)).toBeNull();
    expect(countOf('s115', { open: 9, mine: 1, overdue: 2, toVerify: 3, toSurvey: 5, byService: { 115: 4 }, byState: {} })).toBe(4);
    expect(countOf('s113', { open: 9, mine: 1, overdue: 2, toVerify: 3, toSurvey: 5, byService: { 115: 4 }, byState: {} })).toBe(0);
  });
});

describe('the actions on a record', () => {
  const CALL = { class: 'incident', severity: 'P2' } as const;
  test('have one next step, the others beside it', () => {
    expect(arrange(CALL, ['issue.note', 'issue.edit', 'issue.verify', 'issue.proposeFalse'])).toEqual({ primary: 'issue.verify', others: ['issue.proposeFalse', 'issue.note', 'issue.edit'] });
    expect(arrange(CALL, ['issue.note']).primary).toBeNull();
    expect(arrange({ class: 'incident', severity: 'P1' }, ['issue.startVerification', 'issue.dispatch']).primary).toBe('issue.dispatch');
    expect(arrange(CALL, ['issue.startVerification', 'issue.dispatch']).primary).toBe('issue.startVerification');
  });

  test('are red only where a life may hang on sending help', () => {
    expect(isVital({ class: 'incident', severity: 'P1' }, 'issue.forward')).toBe(true);
    expect(isVital({ class: 'incident', severity: 'P2' }, 'issue.forward')).toBe(false);
    expect(isVital({ class: 'issue', severity: 'P1' }, 'issue.forward')).toBe(false);
    expect(isVital({ class: 'incident', severity: 'P1' }, 'issue.close')).toBe(false);
  });
});
