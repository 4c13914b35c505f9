import { describe, expect, test } from 'vitest';
import type { Id } from '../../contract/ids.ts';
import { newId } from '../../contract/ids.ts';
import { readForms } from '../../db/stores/form-texts.ts';
import { createRunner } from '../../db/runner.ts';
import { desk, DESK, LEAD, openDesk, T0 } from './support.ts';

const note = (issueId: Id, personId = DESK) => ({ personId, issueId, action: 'issue.note' as const });
const text = (words: string) => ({ fields: { text: words }, atMs: T0 });

describe('a half-written form', () => {
  test('is its writer’s own, one per record and action, the last one written', () => {
    const { db, call, receive, close } = openDesk();
    const id = receive();
    call('form.save', { ...note(id), ...text('gọi lại') });
    expect(call('form.save', { ...note(id), ...text('gọi lại lúc 9 giờ'), atMs: T0 + 1 })).toEqual({ savedAtMs: T0 + 1 });
    call('form.save', { ...note(id), action: 'issue.edit', ...text('sửa') });
    call('form.save', { ...note(id, LEAD), ...text('của ca trưởng') });
    expect(readForms(db, DESK, id)).toEqual([
      { action: 'issue.edit', fields: { text: 'sửa' }, savedAtMs: T0 }, { action: 'issue.note', fields: { text: 'gọi lại lúc 9 giờ' }, savedAtMs: T0 + 1 },
    ]);
    expect(readForms(db, LEAD, id).map(form => form.fields)).toEqual([{ text: 'của ca trưởng' }]);
    expect(readForms(db, DESK, newId(T0))).toEqual([]);
    call('form.remove', note(id));
    expect([readForms(db, DESK, id).map(form => form.action), readForms(db, LEAD, id).length]).toEqual([['issue.edit'], 1]);
    close();
  });

  test('is refused when it is far too long, and what was kept before stays', () => {
    const { db, call, receive, close } = openDesk();
    const id = receive();
    call('form.save', { ...note(id), ...text('ngắn') });
    expect(() => call('form.save', { ...note(id), ...text('x'.repeat(70_000)) })).toThrow(expect.objectContaining({ code: 'draft/too-long' }));
    expect(readForms(db, DESK, id).map(form => form.fields)).toEqual([{ text: 'ngắn' }]);
    close();
  });

  test('an older save of the same page that comes late, by the other road, does not take the place of a newer one; another page may write', () => {
    const { db, call, receive, close } = openDesk();
    const id = receive();
    const [page, next] = [newId(T0), newId(T0)];
    const kept = (): unknown[] => readForms(db, DESK, id).map(form => form.fields.text);
    call('form.save', { ...note(id), ...text('cuối cùng'), turn: { page, n: 7 } });
    expect(call('form.save', { ...note(id), ...text('trước đó'), turn: { page, n: 5 } })).toEqual({ savedAtMs: T0 });
    call('form.remove', { ...note(id), turn: { page, n: 6 } });
    expect(kept()).toEqual(['cuối cùng']);
    call('form.save', { ...note(id), ...text('trang sau'), turn: { page: next, n: 1 } });
    expect(kept()).toEqual(['trang sau']);
    call('form.save', { ...note(id), ...text('trước đó nữa'), turn: { page, n: 6 } });
    call('form.save', { ...note(id), action: 'issue.edit', ...text('biểu mẫu khác'), turn: { page, n: 2 } });
    expect(kept()).toEqual(['biểu mẫu khác', 'trang sau']);
    call('form.remove', { ...note(id), turn: { page: next, n: 3 } });
    call('form.save', { ...note(id), ...text('đã bỏ'), turn: { page: next, n: 2 } });
    expect(kept()).toEqual(['biểu mẫu khác']);
    close();
  });

  test('goes with the step that it has become; those of other steps, records and people stay', () => {
    const { db, call, mutate, receive, close } = openDesk();
    const [id, other] = [receive(), receive()];
    for (const place of [note(id), note(other), note(id, LEAD), { ...note(id), action: 'issue.edit' as const }]) call('form.save', { ...place, ...text('dở') });
    mutate(desk, 'issue.note', { id, note: 'xong' });
    const left = [readForms(db, DESK, id), readForms(db, DESK, other), readForms(db, LEAD, id)].map(forms => forms.map(form => form.action));
    expect(left).toEqual([['issue.edit'], ['issue.note'], ['issue.note']]);
    close();
  });

  test('stays when the step is refused', () => {
    const { db, call, mutate, receive, close } = openDesk();
    const id = receive();
    call('form.save', { ...note(id), ...text('dở') });
    expect(() => mutate(desk, 'issue.note', { id, note: '' })).toThrow(expect.objectContaining({ code: 'issue/bad-value' }));
    expect(readForms(db, DESK, id).length).toBe(1);
    close();
  });

  test('is told as a change only when there is one', () => {
    const { db, receive, close } = openDesk();
    const id = receive();
    const runner = createRunner(db);
    expect(runner.run('form.save', { ...note(id), ...text('dở') }).change?.tables).toEqual(['draft']);
    expect(runner.run('form.remove', note(id)).change?.tables).toEqual(['draft']);
    expect(runner.run('form.remove', note(id)).change).toBe(null);
    close();
  });
});
