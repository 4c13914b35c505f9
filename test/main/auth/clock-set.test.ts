import { afterEach, expect, it } from 'vitest';
import { call } from '../../support/desk.ts';
import { Bench, DAY_MS, person } from './bench.ts';

const YEAR_MS = 366 * DAY_MS;
const MINUTE_MS = 60_000;
const hoa = person('hoa.tran', 'Trần Minh Họa');
const benches: Bench[] = [];
afterEach(async () => { for (const made of benches.splice(0)) { await made.shut(); made.folder.remove(); } });

/** A desk on which Họa has signed in with a link, which is gone since. */
async function withoutLink(): Promise<Bench> {
  const b = await new Bench().open();
  benches.push(b);
  await b.account(hoa, 'đúng');
  await b.signIn('hoa.tran', 'đúng');
  b.linkTrouble = 'link/unreachable';
  return b;
}
const signIn = (b: Bench): Promise<unknown> => b.signIn('hoa.tran', 'đúng');
const EXPIRED = { code: 'auth/offline-expired' };

it('setting the clock back does not bring an expired sign-in back, nor does a restart in between', async () => {
  const b = await withoutLink();
  b.nowMs += 20 * DAY_MS;
  await expect(signIn(b)).rejects.toMatchObject(EXPIRED);
  b.nowMs -= 19 * DAY_MS;
  await expect(signIn(b)).rejects.toMatchObject(EXPIRED);
  await b.restart();
  await expect(signIn(b)).rejects.toMatchObject(EXPIRED);
});

it('time that was worked through counts, whatever the clock says afterwards', async () => {
  const b = await withoutLink();
  for (let day = 0; day < 13; day += 1) {
    b.nowMs += DAY_MS;
    await b.auth.handlers.touch({}, call());
    await signIn(b);
  }
  b.nowMs -= 13 * DAY_MS;
  b.steadyMs += DAY_MS;                                       // the process has run a fourteenth day
  await expect(signIn(b)).rejects.toMatchObject(EXPIRED);
});

it.each([['1970', 0], ['2000', Date.UTC(2000, 0, 1)], ['three years back', 1_760_000_000_000 - 3 * YEAR_MS]])(
  'a clock without a battery (%s) locks nobody out and lets the time go on from where it was', async (_name, wrongMs) => {
    const b = await withoutLink();
    b.nowMs += 13 * DAY_MS;
    await signIn(b);
    b.nowMs = wrongMs;
    await b.restart();
    expect(await signIn(b)).toMatchObject({ personId: hoa.id, offline: true });
    b.steadyMs += DAY_MS;
    await expect(signIn(b)).rejects.toMatchObject(EXPIRED);
  });

it('a clock without a battery does not make a login stay locked, nor does one that ran far ahead', async () => {
  const b = await withoutLink();
  const right = b.nowMs;
  const lockOut = async (): Promise<void> => {
    for (let tries = 0; tries < 5; tries += 1) await b.signIn('hoa.tran', 'sai').catch(() => undefined);
    await expect(signIn(b)).rejects.toMatchObject({ code: 'auth/too-many-attempts', facts: { minutes: 15 } });
  };
  await lockOut();
  b.nowMs = 0;
  b.steadyMs += 15 * MINUTE_MS;
  await signIn(b);
  b.nowMs = right + 70 * YEAR_MS;
  await lockOut();
  b.nowMs = right + 1;
  await expect(signIn(b)).rejects.toMatchObject({ code: 'auth/too-many-attempts', facts: { minutes: 15 } });
  b.nowMs += 30 * MINUTE_MS;
  await signIn(b);
});

it('a clock that jumped decades ahead, even under someone at work, is forgotten once it is right again', async () => {
  const b = await withoutLink();
  b.nowMs += 70 * YEAR_MS;
  await b.auth.handlers.touch({}, call());
  await expect(signIn(b)).rejects.toMatchObject(EXPIRED);
  b.nowMs -= 70 * YEAR_MS;
  await signIn(b);
  await b.restart();
  await signIn(b);
});

it('what a clock some months ahead has spoilt, the province’s word sets right', async () => {
  const b = await withoutLink();
  b.nowMs += 100 * DAY_MS;
  await expect(signIn(b)).rejects.toMatchObject(EXPIRED);
  b.nowMs -= 100 * DAY_MS;
  await expect(signIn(b)).rejects.toMatchObject(EXPIRED);
  b.auth.provinceSays(b.nowMs);
  await signIn(b);
  await b.restart();
  await signIn(b);
});

it.each([
  ['thirty years behind, then set right', -30 * YEAR_MS, 0], ['thirty years behind', -30 * YEAR_MS, -30 * YEAR_MS], ['forty days ahead', 40 * DAY_MS, 40 * DAY_MS],
])('the fourteen days are counted by the province’s clock, not by one here that is %s', async (_name, wrongByMs, thenMs) => {
  const b = await withoutLink();
  const right = b.nowMs;
  b.linkTrouble = null;
  b.nowMs = right + wrongByMs;
  b.offsetMs = -wrongByMs;
  await signIn(b);
  b.linkTrouble = 'link/unreachable';
  // The offset stays as it was measured, also when somebody sets the clock meanwhile.
  const days = async (count: number): Promise<void> => {
    b.nowMs = right + thenMs + count * DAY_MS;
    b.steadyMs = count * DAY_MS;
    await b.auth.handlers.touch({}, call());
  };
  await days(13);
  expect(await signIn(b)).toMatchObject({ offline: true });
  await days(15);
  await expect(signIn(b)).rejects.toMatchObject(EXPIRED);
});

it('a locked screen is not opened by an expired password, with the clock set back or not, until the link is there', async () => {
  const b = await withoutLink();
  await b.auth.handlers.lock({}, call());
  b.nowMs += 14 * DAY_MS;
  await expect(b.unlock('đúng')).rejects.toMatchObject(EXPIRED);
  b.nowMs -= 13 * DAY_MS;
  await expect(b.unlock('đúng')).rejects.toMatchObject(EXPIRED);
  expect(b.auth.currentSession()?.locked).toBe(true);
  b.linkTrouble = null;
  expect(await b.unlock('đúng')).toMatchObject({ personId: hoa.id, locked: false });
});

it('a sign-in is kept by this machine’s clock and by the province’s time, also after a restart of the core', async () => {
  const b = await withoutLink();
  b.offsetMs = 9 * 3_600_000;
  await signIn(b);
  const at = { signedInAtMs: b.nowMs, signedInCorrectedMs: b.nowMs + b.offsetMs };
  expect(b.auth.currentSession()).toMatchObject(at);
  b.offsetMs = 0;
  await b.restart({ resume: true });
  expect(b.auth.currentSession()).toMatchObject(at);
});
