import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { onDutyBySignIn } from '../../contract/duty.ts';
import { newId } from '../../contract/ids.ts';
import { inScope, ROLES, SERVICES, type Role, type Scope } from '../../contract/org.ts';
import { may } from '../../contract/permissions.ts';
import { mayExportPersons, mayFindByPerson, personalAccess, type Assigned, type PersonalReader } from '../../contract/personal.ts';

const [ME, OTHER] = [newId(1), newId(1)] as const;
const [UNIT, FAR] = [newId(1), newId(1)] as const;
const [SITE, AWAY] = [newId(1), newId(1)] as const;
const ALL: Scope = { siteIds: null, services: null };
const record = (some: Partial<Assigned> = {}): Assigned => ({ siteId: SITE, service: '115', authorId: OTHER, leadUnitId: null, coUnitIds: [], ...some });
const reader = (roles: Role[], some: Partial<PersonalReader> = {}): PersonalReader => ({ personId: ME, unitId: null, roles, scope: ALL, onDuty: true, ...some });

describe('who may read who reported', () => {
  test.each<[string, Assigned, PersonalReader, object]>([
    ['an operator of the line, on duty', record(), reader(['truc_ban']), { is: 'open', ground: 'line' }],
    ['an operator of a line that works it as well', record({ lines: ['113'] }), reader(['truc_ban'], { scope: { siteIds: null, services: ['113'] } }), { is: 'open', ground: 'line' }],
    ['an operator of a line that it is offered to', record({ handOff: { to: '114', byId: OTHER, atMs: 1, note: '' } }), reader(['truc_ban'], { scope: { siteIds: null, services: ['114'] } }), { is: 'open', ground: 'line' }],
    ['an operator whose turn is over', record(), reader(['truc_ban'], { onDuty: false }), { is: 'reason', ground: 'emergency', lacks: ['duty'] }],
    ['the focal point of the lead unit', record({ leadUnitId: UNIT }), reader(['dau_moi'], { unitId: UNIT }), { is: 'open', ground: 'unit' }],
    ['the focal point of a unit that helps', record({ leadUnitId: FAR, coUnitIds: [UNIT] }), reader(['dau_moi'], { unitId: UNIT }), { is: 'open', ground: 'unit' }],
    ['a focal point to whose unit it was not forwarded', record({ leadUnitId: FAR }), reader(['dau_moi'], { unitId: UNIT }), { is: 'reason', ground: 'emergency', lacks: ['assignment'] }],
    ['a focal point without a unit, of a record without one', record(), reader(['dau_moi']), { is: 'reason', ground: 'emergency', lacks: ['assignment'] }],
    ['a focal point who has taken it in', record({ authorId: ME }), reader(['dau_moi'], { unitId: UNIT }), { is: 'open', ground: 'author' }],
    ['an inspector, on duty or not', record({ authorId: ME }), reader(['kiem_tra']), { is: 'reason', ground: 'inspection', lacks: ['inspection'] }],
    ['an inspector who also takes calls, on duty', record(), reader(['kiem_tra', 'truc_ban']), { is: 'open', ground: 'line' }],
    ['an inspector who also takes calls, after the turn', record(), reader(['kiem_tra', 'truc_ban'], { onDuty: false }), { is: 'reason', ground: 'inspection', lacks: ['inspection'] }],
    ['a leader', record(), reader(['lanh_dao_ioc']), { is: 'closed' }],
    ['an administrator', record({ authorId: ME }), reader(['quan_tri']), { is: 'closed' }],
  ])('%s', (_who, of, who, access) => {
    expect(personalAccess(of, who)).toEqual(access);
  });

  test('nobody opens it without role, duty and assignment together; without one of them a reason is the least', () => {
    const ids = fc.constantFrom(ME, OTHER);
    const units = fc.constantFrom(UNIT, FAR);
    const scope = fc.constantFrom<Scope>(ALL, { siteIds: [SITE], services: null }, { siteIds: [AWAY], services: ['115'] }, { siteIds: null, services: ['113', '114'] });
    const records = fc.record({
      siteId: fc.constantFrom(SITE, AWAY), service: fc.constantFrom(...SERVICES), authorId: ids, leadUnitId: fc.option(units, { nil: null }), coUnitIds: fc.uniqueArray(units),
      lines: fc.uniqueArray(fc.constantFrom(...SERVICES), { maxLength: 2 }),
    });
    const readers = fc.record({ personId: ids, unitId: fc.option(units, { nil: null }), roles: fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1, maxLength: 3 }), scope, onDuty: fc.boolean() });
    fc.assert(fc.property(records, readers, (of, who) => {
      const access = personalAccess(of, who);
      const works = inScope(who.scope, of) && who.roles.some(role => role === 'truc_ban' || role === 'ca_truong');
      const unit = who.unitId !== null && (of.leadUnitId === who.unitId || of.coUnitIds.includes(who.unitId));
      if (access.is === 'open') expect(may(who.roles, 'reporter.reveal') && who.onDuty && (works || unit || of.authorId === who.personId)).toBe(true);
      expect(access.is === 'closed').toBe(!may(who.roles, 'reporter.reveal'));
      if (access.is === 'reason') expect(access.lacks.length).toBeGreaterThan(0);
      if (who.roles.length === 1 && who.roles[0] === 'kiem_tra') expect(access.is).toBe('reason');
    }));
  });

  test('only who takes calls, on duty, finds records by a name or a telephone; an inspector may export for a purpose', () => {
    expect(ROLES.filter(role => mayFindByPerson({ roles: [role], onDuty: true }))).toEqual(['truc_ban', 'ca_truong']);
    expect(ROLES.filter(role => mayFindByPerson({ roles: [role], onDuty: false }))).toEqual([]);
    expect(ROLES.filter(role => mayExportPersons({ roles: [role], onDuty: true }))).toEqual(['truc_ban', 'ca_truong', 'kiem_tra']);
    expect(ROLES.filter(role => mayExportPersons({ roles: [role], onDuty: false }))).toEqual(['kiem_tra']);
  });
});

test('a turn of duty lasts its hours from the sign-in, and a clock that was set back does not make it endless', () => {
  const HOUR = 3_600_000;
  const at = (nowMs: number) => onDutyBySignIn(() => nowMs, () => 12)({ personId: ME, signedInAtMs: 100 * HOUR, scope: { siteIds: null, services: null } });
  expect([at(100 * HOUR), at(112 * HOUR - 1), at(112 * HOUR), at(99 * HOUR), at(10 * HOUR)]).toEqual([true, true, false, true, false]);
});
