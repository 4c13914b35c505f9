import { afterEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../contract/errors.ts';
import { newId } from '../../../contract/ids.ts';
import { call, until } from '../../support/desk.ts';
import { Bench, DAY_MS, person, site } from './bench.ts';

describe('signing in', () => {
  const benches: Bench[] = [];
  const bench = async (options: { lockAfterMs?: number } = {}): Promise<Bench> => {
    const made = await new Bench().open(options);
    benches.push(made);
    return made;
  };
  afterEach(async () => { for (const made of benches.splice(0)) { await made.shut(); made.folder.remove(); } });
  const hoa = person('hoa.tran', 'Trần Minh Họa');
  const mau = person('mau.nguyen', 'Nguyễn Văn Mẫu');

  it('gives what both the person and the station may see', async () => {
    const b = await bench();
    await b.account({ ...hoa, services: ['1022', '115'] }, 'mật khẩu một');
    const session = await b.signIn('  HOA.tran ', 'mật khẩu một');
    expect(session).toMatchObject({ personId: hoa.id, offline: false, locked: false, scope: { siteIds: [site.id], services: ['1022'] } });
    expect(b.auth.currentSession()).toEqual(session);
    expect(b.audit()).toEqual(['auth.signIn']);
  });

  it('accepts the same password typed by another input method', async () => {
    const b = await bench();
    await b.account(hoa, 'mật khẩu'.normalize('NFC'));
    await b.signIn('hoa.tran', 'mật khẩu'.normalize('NFC'));
    b.linkTrouble = 'link/unreachable';
    expect((await b.signIn('hoa.tran', 'mật khẩu'.normalize('NFD'))).offline).toBe(true);
  });

  it.each(['link/unreachable', 'link/foreign-answer', 'link/too-slow', 'link/server-error', 'link/wrong-province'] as const)('works without a link (%s) for whom this machine knows', async trouble => {
    const b = await bench();
    await b.account(hoa, 'đúng');
    await b.account(mau, 'đúng');
    await b.signIn('hoa.tran', 'đúng');
    b.linkTrouble = trouble;
    expect(await b.signIn('hoa.tran', 'đúng')).toMatchObject({ personId: hoa.id, offline: true });
    await expect(b.signIn('mau.nguyen', 'đúng')).rejects.toMatchObject({ code: 'auth/first-time-needs-link' });
  });

  it('does not use what it remembers when the province says no', async () => {
    const b = await bench();
    await b.account(hoa, 'đúng');
    await b.signIn('hoa.tran', 'đúng');
    b.linkTrouble = 'auth/account-disabled';
    await expect(b.signIn('hoa.tran', 'đúng')).rejects.toMatchObject({ code: 'auth/account-disabled' });
    b.linkTrouble = 'link/unreachable';
    await expect(b.signIn('hoa.tran', 'đúng')).rejects.toMatchObject({ code: 'auth/offline-expired' });
    b.linkTrouble = 'device/revoked';
    await expect(b.signIn('hoa.tran', 'đúng')).rejects.toMatchObject({ code: 'device/revoked' });
  });

  it('asks to come back to the province after fourteen days, and the clock starts anew there', async () => {
    const b = await bench();
    await b.account(hoa, 'đúng');
    await b.signIn('hoa.tran', 'đúng');
    b.linkTrouble = 'link/unreachable';
    b.nowMs += 14 * DAY_MS - 1;
    await b.signIn('hoa.tran', 'đúng');
    b.nowMs += 1;
    await expect(b.signIn('hoa.tran', 'đúng')).rejects.toMatchObject({ code: 'auth/offline-expired' });
    b.linkTrouble = null;
    await b.signIn('hoa.tran', 'đúng');
    b.linkTrouble = 'link/unreachable';
    expect((await b.signIn('hoa.tran', 'đúng')).offline).toBe(true);
  });

  it('locks a login for fifteen minutes after five wrong passwords, with or without a link, also after a restart', async () => {
    const b = await bench();
    await b.account(hoa, 'đúng');
    await b.signIn('hoa.tran', 'đúng');
    for (let left = 4; left >= 0; left -= 1) {
      b.linkTrouble = left % 2 === 0 ? 'link/unreachable' : null;
      await expect(b.signIn('hoa.tran', 'sai')).rejects.toMatchObject({ code: 'auth/wrong-password', facts: { left } });
    }
    await expect(b.signIn('hoa.tran', 'đúng')).rejects.toMatchObject({ code: 'auth/too-many-attempts', facts: { minutes: 15 } });
    await b.restart();
    b.nowMs += 15 * 60_000 - 1;
    await expect(b.signIn('hoa.tran', 'đúng')).rejects.toMatchObject({ code: 'auth/too-many-attempts' });
    b.nowMs += 1;
    expect(await b.signIn('hoa.tran', 'đúng')).toMatchObject({ personId: hoa.id });
  });

  it('counts tries made at the same time one by one', async () => {
    const b = await bench();
    await b.account(hoa, 'đúng');
    const answers = await Promise.allSettled([...Array(5).fill('sai'), 'đúng'].map((password: string) => b.signIn('hoa.tran', password)));
    expect(answers.map(answer => answer.status === 'rejected' ? (answer.reason as AppError).code : 'in'))
      .toEqual([...Array(5).fill('auth/wrong-password'), 'auth/too-many-attempts']);
  });

  it('lets nobody in whom the province has deactivated, and ends a session that runs', async () => {
    const b = await bench();
    await b.account(hoa, 'đúng');
    await b.signIn('hoa.tran', 'đúng');
    b.linkTrouble = 'link/unreachable';
    await b.replicate({ ...hoa, roles: ['ca_truong'] });
    expect(b.auth.currentSession()?.roles).toEqual(['ca_truong']);
    await b.replicate({ ...hoa, active: false });
    expect(b.auth.currentSession()).toBeNull();
    await expect(b.signIn('hoa.tran', 'đúng')).rejects.toMatchObject({ code: 'auth/account-disabled' });
  });

  it('replaces the session of another person and writes that down', async () => {
    const b = await bench();
    await b.account(hoa, 'đúng');
    await b.account(mau, 'khác');
    await b.signIn('hoa.tran', 'đúng');
    await b.signIn('mau.nguyen', 'khác');
    expect(b.auth.currentSession()?.personId).toBe(mau.id);
    expect(b.audit()).toEqual(['auth.signIn', 'auth.replaced', 'auth.signIn']);
  });

  it('checks a person for the command line without touching the screen’s session', async () => {
    const b = await bench();
    await b.account(hoa, 'đúng');
    await b.account(mau, 'khác');
    await b.signIn('hoa.tran', 'đúng');
    expect((await b.auth.check('mau.nguyen', 'khác')).personId).toBe(mau.id);
    expect(b.auth.currentSession()?.personId).toBe(hoa.id);
  });

  it('offers those who signed in here first, then by given name', async () => {
    const b = await bench();
    const an = person('an.le', 'Lê Ví Dụ An');
    const away = person('xa.pham', 'Phạm Ở Xa', { siteId: newId(9) });
    for (const one of [hoa, mau, an, away]) await b.account(one, 'đúng');
    await b.signIn('mau.nguyen', 'đúng');
    expect(b.auth.tiles()).toEqual([
      { login: 'mau.nguyen', name: 'Nguyễn Văn Mẫu', title: 'Trực ban', known: true },
      { login: 'an.le', name: 'Lê Ví Dụ An', title: 'Trực ban', known: false },
      { login: 'hoa.tran', name: 'Trần Minh Họa', title: 'Trực ban', known: false },
    ]);
  });
});

describe('the lock', () => {
  const benches: Bench[] = [];
  const hoa = person('hoa.tran', 'Trần Minh Họa');
  const bench = async (options: { lockAfterMs?: number } = {}): Promise<Bench> => {
    const made = await new Bench().open(options);
    benches.push(made);
    await made.account(hoa, 'đúng');
    return made;
  };
  afterEach(async () => { for (const made of benches.splice(0)) { await made.shut(); made.folder.remove(); } });

  it('opens with the same person’s password only, without asking the province', async () => {
    const b = await bench();
    await b.signIn('hoa.tran', 'đúng');
    await b.auth.handlers.lock({}, call());
    expect(b.auth.currentSession()?.locked).toBe(true);
    b.linkTrouble = 'link/unreachable';
    await expect(b.unlock('sai')).rejects.toMatchObject({ code: 'auth/wrong-password' });
    expect(b.auth.currentSession()?.locked).toBe(true);
    expect(await b.unlock('đúng')).toMatchObject({ personId: hoa.id, locked: false });
    expect(b.audit()).toEqual(['auth.signIn', 'auth.lock', 'auth.unlock']);
  });

  it('opens with a password that was changed at the province', async () => {
    const b = await bench();
    await b.signIn('hoa.tran', 'đúng');
    await b.auth.handlers.lock({}, call());
    b.accounts.set('hoa.tran', { person: hoa, password: 'mới' });
    expect((await b.unlock('mới')).locked).toBe(false);
  });

  it('comes by itself in the core, is told, and is not lifted by a touch', async () => {
    const b = await bench({ lockAfterMs: 80 });
    const told: boolean[] = [];
    b.auth.onSession(() => told.push(b.auth.currentSession()?.locked ?? false));
    await b.signIn('hoa.tran', 'đúng');
    await until(() => told.at(-1) === true, 'the lock');
    await b.auth.handlers.touch({}, call());
    expect(b.auth.currentSession()?.locked).toBe(true);
    await until(() => b.audit().includes('auth.autoLock'), 'the audit line');
  });

  it('is put off by a touch, holds after a sleep of the machine, and never comes with 0', async () => {
    const b = await bench({ lockAfterMs: 600_000 });
    await b.signIn('hoa.tran', 'đúng');
    b.nowMs += 599_000;
    await b.auth.handlers.touch({}, call());
    b.nowMs += 599_000;
    expect(b.auth.currentSession()?.locked).toBe(false);
    b.nowMs += 1_000;
    expect(b.auth.currentSession()?.locked).toBe(true);
    await b.auth.handlers.touch({}, call());
    expect(b.auth.currentSession()?.locked).toBe(true);
    const open = await bench({ lockAfterMs: 0 });
    await open.signIn('hoa.tran', 'đúng');
    open.nowMs += DAY_MS;
    expect(open.auth.currentSession()?.locked).toBe(false);
  });

  it('keeps a session over a restart of the core, not over a new start nor a long absence', async () => {
    const b = await bench();
    await b.signIn('hoa.tran', 'đúng');
    await b.restart({ resume: true });
    expect(b.auth.currentSession()?.personId).toBe(hoa.id);
    await b.auth.handlers.lock({}, call());
    await b.restart({ resume: true });
    expect(b.auth.currentSession()?.locked).toBe(true);
    b.nowMs += 600_000;
    await b.restart({ resume: true });
    expect(b.auth.currentSession()).toBeNull();
    await b.signIn('hoa.tran', 'đúng');
    await b.restart({ resume: false });
    expect(b.auth.currentSession()).toBeNull();
    await b.restart({ resume: true });
    expect(b.auth.currentSession()).toBeNull();
  });
});
