import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formOfPayload } from '../../renderer/screens/intake/form-of-payload.ts';
import { newId } from '../../contract/ids.ts';
import { LIMITS } from '../../contract/issue.ts';
import { PAYLOADS } from '../../contract/mutations/payloads.ts';
import {
  charactersLeft, emptyForm, formOfDraft, isHopelesslyLong, isUntouched, knownVictims, numberOf, payloadOf, problemsOf, questionsOf,
  severityOf, severityReason, waitingDrafts, type IntakeForm,
} from '../../renderer/screens/intake/intake-form.ts';

const NOW = Date.UTC(2026, 10, 24, 7, 32, 7);

function filled(changes: Partial<IntakeForm> = {}): IntakeForm {
  return {
    ...emptyForm('115', NOW), placeText: 'ĐT.741, cách cầu Hai Mươi 200 m', description: 'Xe tải va chạm xe máy',
    phone: '0000 000 418', severity: 'P2', ...changes,
  };
}

describe('the intake form', () => {
  test('an empty call names every missing field in the order of the questions', () => {
    expect(problemsOf(emptyForm('115', NOW)).map(p => p.field)).toEqual(['placeText', 'description', 'phone', 'severity']);
  });

  test('a question keeps its number where victims are not asked for: who calls is 4 and how grave 5 on every line', () => {
    const numbers = (incident: boolean) => Object.fromEntries(questionsOf(incident).map(question => [question, numberOf(question)]));
    expect(numbers(true)).toEqual({ place: 1, what: 2, victims: 3, who: 4, severity: 5 });
    expect(numbers(false)).toEqual({ place: 1, what: 2, who: 4, severity: 5 });
  });

  test('a position stands in for the words of a place, an unreadable one does not', () => {
    expect(problemsOf(filled({ placeText: '', position: '11,4462; 106,8831' }))).toEqual([]);
    expect(problemsOf(filled({ placeText: '', position: 'gần chợ' })).map(p => p.code)).toEqual(['placeMissing', 'positionUnreadable']);
  });

  test('an anonymous report needs neither name nor phone and sends none', () => {
    const form = filled({ anonymous: true, phone: '0000 000 418', name: 'Cao Văn Thử' });
    expect(problemsOf(form)).toEqual([]);
    expect(payloadOf(form, '115', newId(NOW), newId(NOW)).reporter).toEqual({ anonymous: true, name: '', phone: '', relation: '' });
  });

  test('P1 is proposed when a victim is not conscious or does not breathe, and the operator’s choice stands over it', () => {
    const victims = [{ who: 'Nữ, khoảng 30', conscious: 'yes', breathing: 'yes', bleeding: 'no' } as const, { who: '', conscious: 'no', breathing: 'unknown', bleeding: 'unknown' } as const];
    expect(severityReason(filled({ victims }))).toEqual({ victim: 2, sign: 'unconscious' });
    expect(severityOf(filled({ victims, severity: null }))).toBe('P1');
    expect(severityOf(filled({ victims, severity: 'P3' }))).toBe('P3');
  });

  test('the level that is usual for a kind stands where nobody has chosen one and no victim proposes P1', () => {
    const victims = [{ who: '', conscious: 'no', breathing: 'unknown', bleeding: 'unknown' } as const];
    expect([severityOf(filled({ severity: null, usual: 'P3' })), severityOf(filled({ severity: 'P2', usual: 'P3' })), severityOf(filled({ severity: null, usual: 'P3', victims }))]).toEqual(['P3', 'P2', 'P1']);
    expect(problemsOf(filled({ severity: null, usual: 'P3' }))).toEqual([]);
    expect([formOfDraft({ usual: 'P4' }, '115', NOW).usual, formOfDraft({ usual: 'P9' }, '115', NOW).usual]).toEqual(['P4', null]);
  });

  test('a victim row that was left empty is not a victim', () => {
    expect(knownVictims(filled())).toEqual([]);
    expect(payloadOf(filled(), '115', newId(NOW), newId(NOW)).victims).toEqual([]);
  });

  test('a text over its limit is said with the number of characters too many, counted after NFC', () => {
    const decomposed = 'Ặ'.normalize('NFD').repeat(LIMITS.landmark);
    expect(charactersLeft('landmark', decomposed)).toBe(0);
    expect(problemsOf(filled({ landmark: `${decomposed}xy` }))).toEqual([{ field: 'landmark', code: 'tooLong', over: 2 }]);
  });

  test('ten megabytes are refused, twice the limit of a field is still editable', () => {
    expect(isHopelesslyLong('description', 'x'.repeat(10_000_000))).toBe(true);
    expect(isHopelesslyLong('description', 'x'.repeat(LIMITS.description * 2))).toBe(false);
    expect(isHopelesslyLong('placeText', 'Ặ'.normalize('NFD').repeat(LIMITS.placeText))).toBe(false);
  });

  test('only a form in which something was typed is worth keeping', () => {
    expect(isUntouched({ ...emptyForm('1022', NOW), channel: 'app' }, '1022')).toBe(true);
    expect(isUntouched({ ...emptyForm('1022', NOW), phone: '0' }, '1022')).toBe(false);
    expect(isUntouched(formOfDraft({}, '115', NOW), '115')).toBe(true);
  });

  test('a form without problems is a payload that the contract accepts', () => {
    for (const service of ['115', '1022'] as const) {
      const payload = payloadOf({ ...filled(), victims: emptyForm(service, NOW).victims }, service, newId(NOW), newId(NOW));
      expect(PAYLOADS['issue.receive'].parse(payload)).toEqual(payload);
      expect(payload.class).toBe(service === '115' ? 'incident' : 'issue');
    }
  });
});

describe('a draft', () => {
  test('gives back the form that was typed', () => {
    const form = filled({ areaId: newId(NOW), channel: 'camera', victims: [{ who: 'Nam', conscious: 'no', breathing: 'yes', bleeding: 'unknown' }] });
    const fields: unknown = JSON.parse(JSON.stringify(form));
    expect(formOfDraft(fields as Record<string, unknown>, '115', NOW + 60_000)).toEqual(form);
  });

  test('opens whatever its fields hold', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...Object.keys(emptyForm('115', NOW))), fc.jsonValue()), fields => {
      const form = formOfDraft(fields, '115', NOW);
      problemsOf(form);
      expect(formOfDraft({ ...form }, '115', NOW)).toEqual(form);
    }));
  });
});

test('a receiving that was refused can be opened again as the form it was sent from', () => {
  const id = newId(NOW);
  const form = filled({ position: '11,4462; 106,8831', victims: [{ who: 'Nam', conscious: 'no', breathing: 'yes', bleeding: 'unknown' }], areaId: newId(NOW) });
  expect(formOfPayload({ ...payloadOf(form, '115', id, id) })).toEqual({ service: '115', form });
  expect(formOfPayload({ id, note: 'x' })).toBeNull();
});

test('drafts that wait are those with something in them, and never the one that is open', () => {
  const draft = (id: string, fields: Record<string, unknown>) => ({ id, service: '115' as const, fields, provisionalNo: id, savedAtMs: NOW });
  const drafts = [draft('open', { description: 'Xe tải' }), draft('started', {}), draft('opened and left', { ...emptyForm('115', NOW - 5) }), draft('typed', { placeText: 'Ấp 3' })];
  expect(waitingDrafts(drafts, 'open').map(d => d.id)).toEqual(['typed']);
});
