import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import { DEFAULT_PACK } from '../../../contract/policy/default-pack.ts';
import { signedText, type PolicyPack, type PolicyRow } from '../../../contract/policy/pack.ts';
import { DEFAULT_DUTY, type DutyLimit, type DutyPolicy } from '../../../contract/policy/rosters.ts';
import { daysOf, OFF, type RosterBroken, type RosterPlan } from '../../../contract/roster.ts';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { instantOf } from '../../../contract/time.ts';
import { leastDaysOff, mostBy } from '../../../main/roster/model.ts';
import { BARE, checkPlan } from '../../../main/roster/plan-check.ts';
import { createRosters } from '../../../main/roster/rosters.ts';
import { PROPOSED_RULES, valuesOf } from '../../../main/roster/rules.ts';
import { testDesk } from '../issues/desk.ts';
import { sessionWith, T0 } from '../issues/support.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const lead = { session: sessionWith({ roles: ['ca_truong'] }), signal: new AbortController().signal };
const keys = generateKeyPairSync('ed25519');
const signKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

function signed(pack: PolicyPack): PolicyRow {
  const unsigned = { ...pack, issuedAtMs: T0 };
  return { ...unsigned, signature: sign(null, Buffer.from(signedText(unsigned)), keys.privateKey).toString('base64') };
}

/** A workstation to which these packs have come. */
async function desk(...rows: PolicyRow[]) {
  const made = await testDesk();
  ends.push(() => made.close());
  await made.writer.call('stick.saveKeys', { keys: { boxKey: 'none', signKey }, atMs: T0 });
  await made.writer.call('sync.applyPage', { rows: rows.map((row, at) => ({ kind: 'policy' as const, id: row.id, seq: 20 + at, deleted: false, data: { ...row } as Record<string, unknown> })), cursor: 'p', verdicts: [], atMs: T0 });
  const { handlers, close } = createRosters({ reader: made.reader, writer: made.writer, linkIsUp: () => true, correctedNowMs: () => made.now.ms, nowMs: () => made.now.ms, station: () => made.station, log: { error: () => undefined }, onNews: () => undefined });
  ends.push(close);
  return handlers;
}

const limit = (name: DutyLimit['limit'], value: number, binds: DutyLimit['binds'], source: string | null = null): DutyLimit => ({ limit: name, value, binds, source });
const OTHER = 'QĐ 9/QĐ-IOC (thử)';
/** Two seats for 115 around the clock, the camera watch in office hours; 17 hours of rest as a rule of the house, and nights without a limit. */
const RULES: DutyPolicy = {
  establishment: DEFAULT_DUTY.establishment.map(one => (one.desk === '115' ? { ...one, people: 8, seats: 2, source: OTHER } : one.desk === 'camera' ? { ...one, hours: 'working' as const } : one)),
  profiles: [{ profile: 'LAB48', limits: [limit('restMinutes', 17 * 60, 'house', OTHER), limit('weekMinutes', 2_880, 'law', 'Điều 105 Bộ luật Lao động 2019'), limit('maxRun', 6, 'law', OTHER)] }],
};
const from = (effectiveFromMs: number, rosters: DutyPolicy | null = RULES): PolicyRow => {
  const { rosters: _, ...rest } = DEFAULT_PACK;
  return signed({ ...rest, id: newId(effectiveFromMs), code: 'thu', effectiveFromMs, ...rosters !== null && { rosters } });
};

const planOf = (month: string, cells: number[]): RosterPlan => ({
  service: '115', month, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], members: [{ personId: null, name: 'Người Mẫu', cells: Array.from({ length: daysOf(month) }, (_, day) => cells[day] ?? OFF) }],
});

describe('the rules of a month are those in force on its first day', () => {
  test('seats and hours of what nobody has planned yet: from the day of the pack on, and not before', async () => {
    const handlers = await desk(from(instantOf(2027, 2, 1)));
    const first = (month: string, service: '115' | 'camera' | 'office' = '115') => handlers.first({ service, month }, lead);
    expect([await first('2027-01'), await first('2027-02')].map(({ seats }) => seats)).toEqual([1, 2]);
    expect([await first('2027-01', 'camera'), await first('2027-02', 'camera')].map(({ shifts, profile, openOn }) => [shifts.length, profile, openOn])).toEqual([[3, 'LAB48', undefined], [1, 'CC40', [1, 2, 3, 4, 5]]]);
    // One that comes into force during a month changes nothing of it.
    const later = await desk(from(instantOf(2027, 2, 1, 0, 1)));
    expect([await later.first({ service: '115', month: '2027-02' }, lead), await later.first({ service: '115', month: '2027-03' }, lead)].map(({ seats }) => seats)).toEqual([1, 2]);
  });

  test('what is broken, by which limit and whose rule it is, and where that stands', async () => {
    const handlers = await desk(from(instantOf(2027, 2, 1)));
    const broken = async (month: string, cells: number[]): Promise<Pick<RosterBroken, 'rule' | 'is' | 'allowed' | 'binds' | 'limit'>[]> => (await handlers.check(planOf(month, cells), lead)).broken.map(({ member: _, day: __, ...one }) => one);
    const rest = (is: number, allowed: number, binds: 'law' | 'house') => ({ rule: 'notNext', is, allowed, binds, limit: 'restMinutes' });
    // A morning after a morning leaves 16 hours, one after an afternoon 8.
    expect([await broken('2027-01', [1, 1]), await broken('2027-02', [1, 1])]).toEqual([[], [rest(960, 1_020, 'house')]]);
    expect([await broken('2027-01', [2, 1]), await broken('2027-02', [2, 1])]).toEqual([[rest(480, 720, 'law')], [rest(480, 1_020, 'house')]]);
    const nights = [3, 3, 3, 3, 3];
    expect([await broken('2027-01', nights), await broken('2027-02', nights)].map(some => some.map(({ rule, is, allowed }) => [rule, is, allowed]))).toEqual([[['maxRunOf', 5, 4]], [1, 2, 3, 4].map(() => ['notNext', 960, 1_020])]);
    const week = [1, 1, 1, 1, 1, 1, 1];
    const runs = (some: Awaited<ReturnType<typeof broken>>) => some.filter(({ rule }) => rule === 'maxRun');
    expect([runs(await broken('2027-01', week)), runs(await broken('2027-02', week))]).toEqual([[{ rule: 'maxRun', is: 7, allowed: 6, binds: 'house', limit: 'maxRun' }], [{ rule: 'maxRun', is: 7, allowed: 6, binds: 'law', limit: 'maxRun' }]]);
    const { rules } = await handlers.check(planOf('2027-02', []), lead);
    expect([rules?.profiles.find(({ profile }) => profile === 'LAB48')?.limits[0], rules?.establishment.find(({ desk: name }) => name === '115')?.source]).toEqual([limit('restMinutes', 1_020, 'house', OTHER), OTHER]);
    // Profiles of which the pack says nothing are as they are proposed.
    expect(rules?.profiles.find(({ profile }) => profile === 'CC40')).toEqual(DEFAULT_DUTY.profiles[1]);
  });

  test('of a pack from before there were any: those that are proposed', async () => {
    const handlers = await desk(from(instantOf(2027, 2, 1), null));
    const { seats } = await handlers.first({ service: '113', month: '2027-03' }, lead);
    const { rules, broken } = await handlers.check(planOf('2027-03', [2, 1]), lead);
    expect([seats, rules, broken.map(({ allowed, binds }) => [allowed, binds])]).toEqual([2, DEFAULT_DUTY, [[720, 'law']]]);
  });
});

describe('hours have two limits', () => {
  const span = { days: 30, shifts: THREE_SHIFTS };
  const told = (shifts: number, limits: readonly DutyLimit[], month = '2026-09') => checkPlan(planOf(month, Array.from({ length: shifts }, () => 1)), { ...BARE, rules: { ...PROPOSED_RULES, LAB48: limits } }).broken
    .filter(({ rule }) => rule === 'minutes' || rule === 'daysOff').map(({ rule, is, allowed, binds, limit: name }) => [rule, is, allowed, binds, name]);

  test('both are told where both are broken, hours in minutes and days off in days; of neither nothing is', () => {
    const limits = [limit('weekMinutes', 2_880, 'law'), limit('daysOff', 5, 'house')];
    expect(mostBy(span, valuesOf(limits))).toEqual({ weekMinutes: 12_342, daysOff: 25 * 480 });
    expect([25, 26, 30].map(shifts => told(shifts, limits))).toEqual([
      [], [['minutes', 26 * 480, 12_342, 'law', 'weekMinutes'], ['daysOff', 4, 5, 'house', 'daysOff']], [['minutes', 30 * 480, 12_342, 'law', 'weekMinutes'], ['daysOff', 0, 5, 'house', 'daysOff']],
    ]);
    expect(told(30, [limit('daysOff', 4, 'house')])).toEqual([['daysOff', 0, 4, 'house', 'daysOff']]);
    expect(told(30, [])).toEqual([]);
  });

  test('crews that keep their shift all month: 56 hours a week by Điều 105, and no day off of four by Điều 111, in a month of 31 days too', () => {
    const law = PROPOSED_RULES.LAB48;
    expect(told(31, law, '2026-12')).toEqual([['minutes', 31 * 480, Math.floor(2_880 * 31 / 7), 'law', 'weekMinutes'], ['daysOff', 0, 4, 'law', 'daysOff']]);
    expect([28, 29, 30, 31].map(days => leastDaysOff(days, { daysOff: 4 }))).toEqual([4, 4, 4, 4]);
  });
});
