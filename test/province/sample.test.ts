import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Issue, isOpen } from '../../contract/issue.ts';
import { Area, Person, ROLES, SERVICES, Site, Unit } from '../../contract/org.ts';
import { makeIssues, makeSample } from '../../province/sample.ts';
import { SAMPLE_PASSWORD } from '../../province/sample/people.ts';

const NOW_MS = Date.UTC(2026, 10, 24, 3, 0);
const DAY_MS = 86_400_000;
const sample = makeSample({ seed: 7, size: 'full', nowMs: NOW_MS });
const issues = [...sample.issues];
const site = (code: string) => sample.sites.find(s => s.code === code)!;
const person = (login: string) => sample.people.find(p => p.login === login)!;

describe('the organisation of the sample', () => {
  test('every row is one that the contract accepts', () => {
    for (const row of sample.sites) Site.parse(row);
    for (const row of sample.areas) Area.parse(row);
    for (const row of sample.units) Unit.parse(row);
    for (const row of sample.people) Person.parse(row);
  });

  test('there is one province centre and eleven district centres with the 111 communes', () => {
    expect(sample.sites.filter(s => s.tier === 'province')).toHaveLength(1);
    expect(sample.sites.filter(s => s.tier === 'district')).toHaveLength(11);
    expect(sample.areas).toHaveLength(111);
    for (const area of sample.areas) {
      expect(area.lat > 11.2 && area.lat < 12.3 && area.lon > 106.4 && area.lon < 107.4, area.name).toBe(true);
    }
  });

  test('the lines are staffed as the decision says (Q8.2): 115 three, 114 six, 113 six', () => {
    const desk = (line: '113' | '114' | '115') => sample.people.filter(p => p.roles.includes('truc_ban') && p.services.includes(line)).length;
    expect([desk('115'), desk('114'), desk('113')]).toEqual([3, 6, 6]);
  });

  test('every district has the three of the office and the three at the cameras (Q12)', () => {
    for (const { id, tier } of sample.sites) {
      if (tier === 'province') continue;
      const staff = sample.people.filter(p => p.siteId === id && !p.roles.some(r => r === 'dau_moi' || r === 'lanh_dao_don_vi'));
      expect(staff).toHaveLength(6);
    }
  });

  test('every role has an account, logins differ, and all have the sample password', () => {
    for (const role of ROLES) expect(sample.people.some(p => p.active && p.roles.includes(role)), role).toBe(true);
    expect(new Set(sample.people.map(p => p.login)).size).toBe(sample.people.length);
    expect(new Set(sample.people.map(p => p.name)).size).toBe(sample.people.length);
    expect(new Set(Object.values(sample.passwords))).toEqual(new Set([SAMPLE_PASSWORD]));
    for (const login of ['truc115.1', 'truc1022.1', 'catruong', 'quantri', 'dongphu.truc1', 'dongphu.tanlap', 'capcuu']) expect(person(login), login).toBeDefined();
  });

  test('a title keeps the name of the unit as the unit writes it', () => {
    expect(person('capcuu').title).toBe('Đầu mối Trung tâm Cấp cứu 115');
    const names = new Map(sample.units.map(u => [u.id, u.name]));
    for (const { title, roles, unitId } of sample.people) if (roles.includes('dau_moi')) expect(title).toBe(`Đầu mối ${names.get(unitId!)}`.slice(0, 80));
  });

  test('every handling unit in force has somebody who can act for it, and a few lack a focal point', () => {
    const inForce = sample.units.filter(u => u.handling && u.effectiveToMs === null);
    for (const unit of inForce) expect(sample.people.some(p => p.unitId === unit.id && p.active), unit.name).toBe(true);
    const gaps = inForce.filter(u => u.focalPoint === null).length;
    expect(gaps > 3 && gaps < inForce.length / 10).toBe(true);
  });

  test('most focal points have hours and a deputy, some no deputy; a unit without a focal point has a head to whom its records fall', () => {
    const inForce = sample.units.filter(u => u.handling && u.effectiveToMs === null);
    expect(inForce.filter(u => u.focalPoint === null).every(u => u.head?.phone !== undefined)).toBe(true);
    const points = inForce.flatMap(u => (u.focalPoint === null ? [] : [u.focalPoint]));
    const alone = points.filter(p => p.deputy === null).length;
    expect(alone > 3 && alone < points.length / 3, String(alone)).toBe(true);
    expect(inForce.some(u => u.head === null)).toBe(true);
    expect(points.every(p => (p.duty?.kind === 'around') === (p.hours === '24/24'))).toBe(true);
    const names = points.flatMap(p => [p.name, ...(p.deputy === null || p.deputy === undefined ? [] : [p.deputy.name])]);
    expect([new Set(names).size, names.includes('')]).toEqual([names.length, false]);
  });

  test('heads are those whose account says so, where one has an account', () => {
    const heads = sample.people.filter(p => p.roles.includes('lanh_dao_don_vi'));
    const units = new Map(sample.units.map(u => [u.id, u]));
    const named = heads.filter(p => units.get(p.unitId!)?.head?.name === p.name);
    expect(named.length).toBe(heads.filter(p => units.get(p.unitId!)?.head !== null).length);
    expect(named.length > 5).toBe(true);
  });

  test('phones are ones that no network has', () => {
    for (const { phone, focalPoint, head } of sample.units) {
      expect(phone).toMatch(/^0271 000 \d{4}$/);
      for (const contact of [focalPoint, focalPoint?.deputy, head]) expect(contact?.phone ?? '').toMatch(/^$|^0000 27[123] \d{3}$/);
    }
    for (const issue of issues) expect(issue.reporter.phone).toMatch(/^$|^0000 \d{3} \d{3}$/);
  });
});

describe('the records of the sample', () => {
  test('every record is one that the contract accepts, unchanged by parsing', () => {
    expect(issues).toHaveLength(20_000);
    for (const issue of issues) expect(Issue.parse(issue)).toEqual(issue);
  });

  test('ids and numbers are never used twice', () => {
    expect(new Set(issues.map(i => i.id)).size).toBe(issues.length);
    expect(new Set(issues.map(i => i.displayNo)).size).toBe(issues.length);
    expect(new Set(issues.map(i => i.provisionalNo)).size).toBe(issues.length);
  });

  test('numbers rise with the time of receipt within a line and a year', () => {
    const last = new Map<string, number>();
    let before = 0;
    for (const issue of issues) {
      expect(issue.receivedAtMs >= before).toBe(true);
      before = issue.receivedAtMs;
      const [, line, n] = /^(.+-\d{4})-(\d{6})$/.exec(issue.displayNo!)!;
      expect(Number(n)).toBe((last.get(line!) ?? 0) + 1);
      last.set(line!, Number(n));
    }
  });

  test('a history ends in the state, never goes back in time and never beyond now', () => {
    for (const { history, state, receivedAtMs } of issues) {
      expect(history.findLast(h => h.to !== undefined)?.to).toBe(state);
      expect(history[0]?.atMs).toBe(receivedAtMs);
      history.reduce((before, h) => { expect(h.atMs >= before && h.atMs <= NOW_MS).toBe(true); return h.atMs; }, 0);
    }
  });

  test('nothing was forwarded unverified (Q18.2), and two persons were needed where the rules want two', () => {
    for (const issue of issues) {
      if (issue.leadUnitId !== null) expect(issue.verification).not.toBeNull();
      const by = (action: string) => issue.history.find(h => h.action === action)?.byId;
      if (issue.state === 'closed') expect(by('issue.close')).not.toBe(issue.resolvedById);
      if (issue.state === 'false_report') expect([by('issue.proposeFalse'), issue.authorId]).not.toContain(by('issue.confirmFalse'));
      if (issue.resolvedById !== null) expect(sample.people.find(p => p.id === issue.resolvedById)?.unitId).toBe(issue.leadUnitId);
    }
  });

  test('old records are closed, recent ones open, and every state and service occurs', () => {
    const open = issues.filter(i => isOpen(i.state));
    expect(open.length > 200 && open.length < 2_000).toBe(true);
    expect(open.every(i => i.receivedAtMs > NOW_MS - 91 * DAY_MS)).toBe(true);
    expect(new Set(issues.map(i => i.state)).size).toBe(9);
    expect(new Set(issues.map(i => i.service)).size).toBe(SERVICES.length);
    const civic = issues.filter(i => i.service === '1022' || i.service === 'field').length;
    expect(civic > issues.length * 0.7).toBe(true);
  });

  test.each(['full', 'small'] as const)('each emergency line has a handful open, of different states and ages, in the %s sample', size => {
    const rows = size === 'full' ? issues : [...makeSample({ seed: 7, size, nowMs: NOW_MS }).issues];
    for (const line of ['113', '114', '115'] as const) {
      const open = rows.filter(i => i.service === line && isOpen(i.state));
      const ages = open.map(i => (NOW_MS - i.receivedAtMs) / 3_600_000);
      expect(open.length >= 5 && open.length <= 15, `${line}: ${open.length}`).toBe(true);
      expect(new Set(open.map(i => i.state)).size, line).toBeGreaterThanOrEqual(5);
      expect(Math.min(...ages) < 0.5 && Math.max(...ages) > 1.5, `${line}: ${ages.join(' ')}`).toBe(true);
    }
  });

  test.each([1, 2, 3, 4])('and with seed %i too', seed => {
    const open = [...makeSample({ seed, size: 'full', nowMs: NOW_MS }).issues].filter(i => isOpen(i.state));
    for (const line of ['113', '114', '115']) {
      const count = open.filter(i => i.service === line).length;
      expect(count >= 5 && count <= 15, `${line}: ${count}`).toBe(true);
    }
  });

  test('the texts are varied and have no slot left open', () => {
    expect(new Set(issues.map(i => i.description)).size > 2_000).toBe(true);
    for (const issue of issues) expect(`${issue.description}${issue.result ?? ''}${issue.place.text}`).not.toMatch(/[{}]|undefined/);
  });

  test('severity and words follow the kind of event: no danger to life in paperwork, nobody unconscious who can wait, no drunken child', () => {
    for (const { category, severity, description } of issues) {
      if (['procedure', 'order', 'waste', 'road', 'water'].includes(category)) expect(severity, description).not.toBe('P1');
      if (['unconscious', 'stroke', 'breathing', 'birth', 'rescue', 'fire_house'].includes(category)) expect(['P1', 'P2'], description).toContain(severity);
      expect(description).not.toMatch(/sáng nay|tối qua|rạng sáng|(cháu bé|học sinh)[^.]*(say rượu|bị chồng|đi rẫy|đang làm)/);
    }
  });

  test('every unit that leads is in force and belongs to the site of the record', () => {
    const units = new Map(sample.units.map(u => [u.id, u]));
    for (const issue of issues) {
      if (issue.leadUnitId === null) continue;
      const unit = units.get(issue.leadUnitId)!;
      expect([unit.handling, unit.effectiveToMs, unit.siteId]).toEqual([true, null, issue.siteId]);
    }
  });
});

describe('the seed', () => {
  test('the same seed gives the same sample, walked once or twice; another seed gives another', () => {
    fc.assert(fc.property(fc.maxSafeNat(), seed => {
      const make = (s: number) => makeSample({ seed: s, size: 'small', nowMs: NOW_MS });
      const one = make(seed);
      const text = JSON.stringify([one, [...one.issues]]);
      expect(JSON.stringify([one, [...one.issues]])).toBe(text);
      const again = make(seed);
      expect(JSON.stringify([again, [...again.issues]])).toBe(text);
      expect(make(seed + 1).sites[0]!.id).not.toBe(one.sites[0]!.id);
    }), { numRuns: 5 });
  });

  test('the organisation does not change when the clock moves on', () => {
    const later = makeSample({ seed: 7, size: 'small', nowMs: NOW_MS + 40 * DAY_MS });
    expect([later.sites, later.people, later.units]).toEqual([sample.sites, sample.people, sample.units]);
  });

  test('the small sample shows most states', () => {
    const small = [...makeSample({ seed: 7, size: 'small', nowMs: NOW_MS }).issues];
    expect(small).toHaveLength(300);
    expect(new Set(small.map(i => i.state)).size >= 7).toBe(true);
  });

  test('as many records as wanted can be made for the same organisation', () => {
    let n = 0;
    for (const issue of makeIssues(3, 5_000, sample, NOW_MS)) {
      n += 1;
      expect(issue.siteId === site('BP').id || issue.place.areaId !== null).toBe(true);
    }
    expect(n).toBe(5_000);
  });
});
