import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import { applyIssueMutation, clocked } from '../../contract/mutations/issue.ts';
import { PAYLOADS, type MutationName, type PayloadOf } from '../../contract/mutations/payloads.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { PolicyPack } from '../../contract/policy/pack.ts';
import { askingOf, hasLowScore, isAsked, waitsForSurvey } from '../../contract/policy/survey.ts';
import { idsOfCode, parseSurveyCode, surveyCode, surveyLink } from '../../contract/survey.ts';
import { withoutMarks } from '../../contract/text.ts';
import { factsFor, person, receive, UNIT } from './records.ts';
import { history } from './histories.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 29);
const codeOf = (id: string): string => surveyCode(id, createHash('sha256').update(id).digest());
/** Within the 29 years after which the letters of a day begin anew. */
const moment = fc.integer({ min: NOW - 28 * 365 * DAY, max: NOW + DAY });

describe('a survey code', () => {
  test('is short, made of letters that no ear, eye or input method takes for others, and the same wherever it is made', () => {
    fc.assert(fc.property(moment, atMs => {
      const id = newId(atMs);
      expect(codeOf(id)).toMatch(/^[BCFGHJKLMNPQRSTVXZ3479]{5}-[BCFGHJKLMNPQRSTVXZ3479]{5}$/);
      expect(codeOf(id)).toBe(codeOf(id));
    }));
  });

  test('tells of a day whose ids the record’s is among, and of no other', () => {
    fc.assert(fc.property(moment, atMs => {
      const id = newId(atMs);
      const { from, before } = idsOfCode(codeOf(id), NOW);
      expect(from <= id && id < before).toBe(true);
      expect(idsOfCode(codeOf(newId(atMs - DAY)), NOW).before <= from).toBe(true);
    }));
  });

  test('of one day are told apart by what stands in no id’s time: ten thousand of one moment are all different', () => {
    const codes = Array.from({ length: 10_000 }, () => codeOf(newId(NOW)));
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(codes.map(code => code.slice(0, 3))).size).toBe(1);
  });

  test.each([
    ['BCFGH-JK347', 'BCFGH-JK347'], ['bcfghjk347', 'BCFGH-JK347'], [' bcfgh jk347 ', 'BCFGH-JK347'], ['https://khaosat.mau.vn/?ma=BCFGH-JK347', 'BCFGH-JK347'],
    ['https://khaosat.mau.vn/p/BCFGH-JK347', 'BCFGH-JK347'], ['BCFGH-JK34', null], ['BCFGH-JK3478', null], ['ACFGH-JK347', null], ['', null], ['1022-2026-000123', null],
  ])('is read in %j as %j', (text, code) => { expect(parseSurveyCode(text)).toBe(code); });

  test.each([['', ''], ['https://mau.vn/ks', 'https://mau.vn/ks?ma=X'], ['https://mau.vn/ks?a=1', 'https://mau.vn/ks?a=1&ma=X'], ['https://mau.vn/{ma}/vi', 'https://mau.vn/X/vi']])('goes into the address %j as %j', (page, link) => {
    expect(surveyLink(page, 'X')).toBe(link);
  });
});

test('a message without marks is ASCII in its own case, whatever was in it', () => {
  expect(withoutMarks('Trung tâm IOC “Đồng Xoài”: kính mời Ông/Bà – cảm ơn…')).toBe('Trung tam IOC "Dong Xoai": kinh moi Ong/Ba - cam on...');
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => { expect(withoutMarks(text)).toMatch(/^[\x20-\x7E\n]*$/); }));
});

type Step = [name: MutationName, payload?: Record<string, unknown>];
const run = (row: Issue, ...steps: Step[]): Issue => steps.reduce((before, [name, payload = {}], at) =>
  applyIssueMutation(name, before, PAYLOADS[name].parse({ id: before.id, ...payload }) as PayloadOf<MutationName>, factsFor(person({ personId: newId(30 + at) }), { atMs: 2_000 + at })).row, row);
const END: readonly Step[] = [['issue.startVerification'], ['issue.verify', { method: 'camera' }], ['issue.forward', { leadUnitId: UNIT }], ['issue.accept'], ['issue.start'], ['issue.resolve', { result: 'xong' }], ['issue.close', { outcome: 'fixed' }]];
const closed = run(receive({ class: 'issue', service: '1022', severity: 'P3' }), ...END);
const answer = (score: number, comment = ''): Step => ['issue.survey', { channel: 'paper', answered: true, score, onTime: 'no', rightResult: 'no', attitude: 'yes', comment }];

describe('who is asked', () => {
  const row = (more: Partial<Issue>): Issue => ({ ...closed, ...more });
  test.each<[string, Partial<Issue>, boolean]>([
    ['a reporter of a closed report', {}, true],
    ['nobody without a name', { reporter: { anonymous: true, name: '', phone: '', relation: '' } }, false],
    ['nobody of a P1 incident', { class: 'incident', severity: 'P1' }, false],
    ['of a P2 incident too', { class: 'incident', severity: 'P2' }, true],
    ['of a report however urgent', { severity: 'P1' }, true],
    ['nobody of a fight', { category: 'fight' }, false],
    ['no victim of violence, whatever the spelling of its tone', { description: 'Chồng bạo hành vợ, hàng xóm gọi' }, false],
    ['no victim who says so', { reporter: { anonymous: false, name: 'Mẫu', phone: '', relation: 'Nạn nhân' } }, false],
    ['no child that is hurt', { victims: [{ who: 'Bé gái khoảng 8 tuổi', conscious: 'yes', breathing: 'yes', bleeding: 'no' }] }, false],
    ['a lamp before a school is no child', { description: 'Đèn trước cổng trường hỏng, học sinh đi tối' }, true],
    ['a word within another is not the word', { description: 'Bao hanh trước nhà để bạo hànhx' }, true],
  ])('%s', (_what, more, asked) => {
    expect(isAsked(row(more), DEFAULT_PACK)).toBe(asked);
    const due = clocked(row(more), DEFAULT_PACK).dueClock;
    expect(due === 'survey').toBe(asked);
  });

  test('a pack from before these values leaves out whom the proposed ones do', () => {
    const { asking: _, ...survey } = DEFAULT_PACK.survey;
    const older = PolicyPack.parse({ ...DEFAULT_PACK, survey });
    expect(askingOf(older)).toEqual(askingOf(DEFAULT_PACK));
    expect(isAsked(row({ category: 'fight' }), older)).toBe(false);
  });

  test('the survey of whom the pack leaves out is refused', () => {
    expect(() => run(row({ category: 'fight' }), answer(4))).toThrow(expect.objectContaining({ code: 'issue/no-survey' }));
  });

  test('in lives that the rules allow a closed record waits for a survey until it is held, and no other record does', () => {
    let waited = 0;
    for (let seed = 0; seed < 2_000; seed++) {
      for (const { after } of history(seed).done) {
        const waits = waitsForSurvey(after, 0, after.dueAtMs ?? 0);
        const held = after.history.some(entry => entry.action === 'issue.survey');
        expect(waits).toBe(after.state === 'closed' && !held && isAsked(after, DEFAULT_PACK));
        waited += waits ? 1 : 0;
      }
    }
    expect(waited).toBeGreaterThan(5);
  });

  test('it is waited for until the window after its due time has passed', () => {
    const due = closed.dueAtMs!;
    expect([waitsForSurvey(closed, DAY, due + DAY), waitsForSurvey(closed, DAY, due + DAY + 1), waitsForSurvey({ ...closed, state: 'reopened' }, DAY, due)]).toEqual([true, false, false]);
  });
});

describe('a low score', () => {
  test('stands until the record is reopened, and no longer', () => {
    const low = run(closed, answer(2, 'Nước lại tràn'));
    expect([hasLowScore(closed, DEFAULT_PACK), hasLowScore(run(closed, answer(3)), DEFAULT_PACK), hasLowScore(low, DEFAULT_PACK)]).toEqual([false, false, true]);
    expect(hasLowScore(run(low, ['issue.reopen', { reason: 'Nước lại tràn', by: 'reporter' }]), DEFAULT_PACK)).toBe(false);
  });

  test('is what the pack calls low', () => {
    expect(hasLowScore(run(closed, answer(3)), { ...DEFAULT_PACK, survey: { ...DEFAULT_PACK.survey, lowScore: 3 } })).toBe(true);
  });
});
