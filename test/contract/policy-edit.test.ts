import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { minutesOfDay } from '../../contract/policy/calendar.ts';
import { isPast, isSource, problemsOf, type Problem } from '../../contract/policy/check.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { draftOf, draftProblems, dutyLimitAgain, isHeldAt, nextCode, partOf, PolicyDraft, restoredAt, typedAt, withCategory, withDay, withDutyLimit, withHours, without, withStep } from '../../contract/policy/draft.ts';
import { policyFileText, readPolicyText } from '../../contract/policy/file.ts';
import { PolicyPack } from '../../contract/policy/pack.ts';
import { readWords } from '../../contract/policy/readings.ts';
import { DEFAULT_DUTY } from '../../contract/policy/rosters.ts';
import { differences, LIMIT_PATHS, sourceOf, valueAt, valuesOf, withValue } from '../../contract/policy/values.ts';
import { instantOf } from '../../contract/time.ts';

const NOW = instantOf(2026, 11, 20, 9);
const ID = newId(NOW);
const draft = draftOf(DEFAULT_PACK, { id: ID, nowMs: NOW });
const { pack } = draft;
const clockAt = (clock: string, kind: string, severity: string): number => pack.clocks.findIndex(rule => rule.clock === clock && rule.class === kind && rule.severity === severity);
const changed = (path: string, value: unknown): PolicyPack => {
  const put = withValue(pack, path, value);
  if ('unfit' in put) throw new Error(`${path} does not fit`);
  return put.pack;
};
const codes = (problems: readonly Problem[]): string[] => problems.filter(one => !one.isHint).map(one => `${one.code} ${one.path}`);
const ACK = `clocks.${String(clockAt('ack', 'incident', 'P2'))}`;

describe('a draft', () => {
  test('begins as what it is begun from, under an id and a code of its own, from the next midnight; nothing is wrong with it', () => {
    expect(draft).toMatchObject({ baseId: DEFAULT_PACK.id, fromNow: false, typed: {}, pack: { id: ID, code: 'bp-2022-02', effectiveFromMs: instantOf(2026, 11, 21) } });
    expect(differences(DEFAULT_PACK, pack).map(one => one.key)).toEqual(['code', 'effectiveFromMs']);
    expect(codes(draftProblems(draft, NOW))).toEqual([]);
    expect(PolicyDraft.parse(draft)).toEqual(draft);
  });

  test('of a pack that says nothing of some clocks has every clock, and that is no change', () => {
    const bare = draftOf({ ...DEFAULT_PACK, clocks: [] }, { id: ID, nowMs: NOW });
    expect(bare.pack.clocks).toHaveLength(DEFAULT_PACK.clocks.length);
    expect(differences({ ...DEFAULT_PACK, clocks: [] }, bare.pack).map(one => one.key)).toEqual(['code', 'effectiveFromMs']);
  });

  test('keeps what reads as no value beside the last one, and lets it go when it does; nothing past the bounds of the schema gets in', () => {
    const half = typedAt(draft, `${ACK}.minutes`, '1x', null);
    expect([valueAt(half.pack, `${ACK}.minutes`), half.typed]).toEqual([2, { [`${ACK}.minutes`]: '1x' }]);
    expect(codes(draftProblems(half, NOW))).toEqual([`unreadable ${ACK}.minutes`]);
    const whole = typedAt(half, `${ACK}.minutes`, '15', { value: 15 });
    expect([valueAt(whole.pack, `${ACK}.minutes`), whole.typed]).toEqual([15, {}]);
    const huge = typedAt(whole, `${ACK}.minutes`, '999999999', { value: 999_999_999 });
    expect([valueAt(huge.pack, `${ACK}.minutes`), Object.keys(huge.typed)]).toEqual([15, [`${ACK}.minutes`]]);
    expect(withValue(pack, 'dedupe.incident.metres', 0)).toEqual({ unfit: { why: 'small', limit: 1 } });
    expect(withValue(pack, 'dedupe.incident.metres', 60_000)).toEqual({ unfit: { why: 'large', limit: 50_000 } });
  });

  test('whatever is typed wherever, the pack fits the schema and every other value is as it was', () => {
    const paths = fc.constantFrom(...LIMIT_PATHS, ...pack.clocks.map((_rule, at) => `clocks.${String(at)}.minutes`), 'code', 'title', 'calendar.source', 'ladder.0.atShare', 'sources.pauses.infoTimes', 'categories.3.vi', 'calendar.days.2.date', 'rosters.establishment.2.people', 'rosters.profiles.0.limits.1.value', 'rosters.profiles.0.limits.1.source');
    const values = fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(null), fc.array(fc.string(), { maxLength: 3 }), fc.constant({ __proto__: null, minutes: 3 }));
    fc.assert(fc.property(paths, values, (path, value) => {
      const after = typedAt(draft, path, JSON.stringify(value) ?? '', { value });
      expect(PolicyDraft.safeParse(after).success).toBe(true);
      const others = differences(pack, after.pack);
      expect(others.length).toBeLessThanOrEqual(2);
      if (others.length === 0) return;
      expect(after.typed).toEqual({});
    }), { numRuns: 300 });
  });

  test('what comes back as it was takes along what was typed in it, and nothing of its neighbours', () => {
    const typed = [['ladder.1.atShare', 'nửa', null], ['ladder.1.source', 'Q15.6', { value: 'Q15.6' }], ['ladder.10.atShare', 'x', null], ['ladder.0.orOverdue', 'hai', null]] as const;
    const after = typed.reduce((now, [path, text, reading]) => typedAt(now, path, text, reading), draft);
    expect(['ladder.1', 'ladder.1.atShare', 'ladder.2', 'ladder'].map(path => isHeldAt(after, path))).toEqual([true, true, false, true]);
    const back = restoredAt(after, 'ladder.1', pack.ladder[1]);
    expect([back.pack, back.typed]).toEqual([pack, { 'ladder.10.atShare': 'x', 'ladder.0.orOverdue': 'hai' }]);
    expect(restoredAt(after, 'dedupe.incident.metres', 0)).toBe(after);
    const sourced = typedAt(draft, 'sources.pauses.infoTimes', 'Đ.17.6', { value: 'Đ.17.6' });
    expect(restoredAt(sourced, 'sources.pauses.infoTimes', undefined).pack).toEqual({ ...pack, sources: pack.sources ?? {} });
  });

  test('whom surveys leave out, where answers go and whom the ladder goes to are values like any other; what an older pack leaves to the proposed ones is no change', () => {
    const { asking: _, ...survey } = DEFAULT_PACK.survey;
    const older = PolicyPack.parse({ ...DEFAULT_PACK, survey, ladder: DEFAULT_PACK.ladder.map(({ goesTo: __, ...step }) => step) });
    const begun = draftOf(older, { id: ID, nowMs: NOW });
    expect(differences(older, begun.pack).map(one => one.key)).toEqual(['code', 'effectiveFromMs']);
    const person = { title: 'Phó Chủ tịch UBND tỉnh', name: 'Đặng Thử Nghiệm', phone: '0900000001' };
    const changes = { 'survey.asking.page': 'https://khaosat.example/?ma={ma}', 'survey.asking.hotline': '', 'survey.asking.notCategories': ['fight'], 'survey.asking.notWords': readWords('bạo lực,  bạo hành;\nbạo lực'), 'ladder.2.goesTo.people': [person] };
    const after = Object.entries(changes).reduce((now, [path, value]) => typedAt(now, path, '', { value }), begun);
    expect([differences(older, after.pack).map(one => one.key), after.typed]).toEqual([['code', 'effectiveFromMs', 'ladder.3', 'survey.asking.page', 'survey.asking.hotline', 'survey.asking.notCategories', 'survey.asking.notWords'], {}]);
    expect(after.pack.survey.asking?.notWords).toEqual(['bạo lực', 'bạo hành']);
    expect(codes(draftProblems(after, NOW))).toEqual([]);
    for (const [path, value] of [['survey.asking.page', 'http://khaosat.example'], ['survey.asking.notPersons', ['a']], ['ladder.2.goesTo.people', [{ ...person, phone: '0'.repeat(21) }]]] as const) expect(withValue(pack, path, value)).toHaveProperty('unfit');
    expect(Object.keys(changes).map(path => partOf(pack, path))).toEqual(['survey', 'survey', 'survey', 'survey', 'ladder']);
  });

  test('establishment and rules of duty are values like any other; an older pack, and one that speaks of some desks only, has the proposed ones, and that is no change', () => {
    const { rosters: _, ...older } = DEFAULT_PACK;
    const some = { ...older, rosters: { establishment: DEFAULT_DUTY.establishment.slice(2, 3), profiles: DEFAULT_DUTY.profiles.slice(3) } };
    for (const base of [older, some]) {
      const begun = draftOf(base, { id: ID, nowMs: NOW });
      expect(differences(base, begun.pack).map(one => one.key)).toEqual(['code', 'effectiveFromMs']);
      expect([begun.pack.rosters?.establishment.length, begun.pack.rosters?.profiles.map(({ profile }) => profile).sort()]).toEqual([6, ['CAND', 'CC40', 'LAB48', 'YTE24']]);
      expect(codes(draftProblems(begun, NOW))).toEqual([]);
    }
    const changes = { 'rosters.establishment.2.people': 4, 'rosters.profiles.1.limits.1.value': 44 * 60, 'rosters.profiles.1.limits.1.binds': 'house', 'rosters.profiles.0.limits.0.source': 'QĐ 9/QĐ-UBND' };
    const after = Object.entries(changes).reduce((now, [path, value]) => typedAt(now, path, '', { value }), draftOf(older, { id: ID, nowMs: NOW }));
    expect(differences(older, after.pack).slice(2).map(({ key, part, before, after: is }) => [key, part, before?.value, is?.value, is?.source])).toEqual([
      ['establishment.115', 'rosters', { people: 3, offSite: 0, seats: 1, hours: 'around' }, { people: 4, offSite: 0, seats: 1, hours: 'around' }, 'Q8.2'],
      ['duty.LAB48.restMinutes', 'rosters', { value: 720, binds: 'law' }, { value: 720, binds: 'law' }, 'QĐ 9/QĐ-UBND'],
      ['duty.CC40.weekMinutes', 'rosters', { value: 2_400, binds: 'law' }, { value: 2_640, binds: 'house' }, 'Quyết định 188/1999/QĐ-TTg'],
    ]);
    expect(codes(draftProblems(after, NOW))).toEqual([]);
    expect(Object.keys(changes).map(path => partOf(pack, path))).toEqual(['rosters', 'rosters', 'rosters', 'rosters']);
  });

  test('a limit of duty that is taken away takes along what was typed in it, and what was typed in those after it stays theirs; it comes back as it was', () => {
    const at = (path: string): string => `rosters.profiles.0.limits.${path}`;
    const typed = [['0.value', 'a'], ['1.value', 'b'], ['4.value', 'c']].reduce((now, [path, text]) => typedAt(now, at(path!), text!, null), draft);
    const gone = withDutyLimit(typed, 0, 'weekMinutes', null);
    expect([gone.pack.rosters!.profiles[0]!.limits.map(({ limit }) => limit), gone.typed]).toEqual([['restMinutes', 'daysOff', 'maxRun', 'maxNights', 'minRun', 'minRest'], { [at('0.value')]: 'a', [at('3.value')]: 'c' }]);
    expect(differences(pack, gone.pack).map(one => [one.key, one.after?.value])).toEqual([['duty.LAB48.weekMinutes', null]]);
    expect(withDutyLimit(gone, 0, 'weekMinutes', null)).toBe(gone);
    const back = withDutyLimit(gone, 0, 'weekMinutes', dutyLimitAgain(pack, 'LAB48', 'weekMinutes'));
    expect([differences(pack, back.pack), back.typed]).toEqual([[], gone.typed]);
    expect(withDutyLimit(back, 0, 'restMinutes', pack.rosters!.profiles[0]!.limits[0]!).typed).toEqual({ [at('3.value')]: 'c' });
    // One that the pack of before did not have comes as it is proposed.
    expect(dutyLimitAgain(gone.pack, 'LAB48', 'weekMinutes')).toMatchObject({ value: 2_880, binds: 'law' });
  });

  test('a person of the ladder that goes takes along what was typed of them, and what was typed of the next moves up', () => {
    const person = (name: string) => ({ title: '', name, phone: '' });
    const two = typedAt(draft, 'ladder.2.goesTo.people', '', { value: [person('Một'), person('Hai'), person('Ba')] });
    const typed = [['0.phone', 'a'], ['1.phone', 'b'], ['2.phone', 'c']].reduce((now, [path, text]) => typedAt(now, `ladder.2.goesTo.people.${path!}`, text!, null), two);
    const after = without(typed, 'ladder.2.goesTo.people', 1);
    expect([after.pack.ladder[2]?.goesTo?.people.map(one => one.name), after.typed]).toEqual([['Một', 'Ba'], { 'ladder.2.goesTo.people.0.phone': 'a', 'ladder.2.goesTo.people.1.phone': 'c' }]);
  });

  test('a day is as many working days as before when the hours of a day change', () => {
    const longer = withHours(draft, [{ fromMin: 420, toMin: 900 }]);
    expect(minutesOfDay(longer.pack.calendar)).toBe(480);
    const resolve = (kind: 'issue', severity: string): unknown => valueAt(longer.pack, `clocks.${String(clockAt('resolve', kind, severity))}.minutes`);
    expect([resolve('issue', 'P1'), resolve('issue', 'P3'), longer.pack.pauses.infoMinutes]).toEqual([480, 3 * 480, 3 * 480]);
    expect(valueAt(longer.pack, `clocks.${String(clockAt('ack', 'issue', 'P3'))}.minutes`)).toBe(120);
    expect(withHours(draft, [{ fromMin: 900, toMin: 420 }])).toBe(draft);
  });

  test('a row that is taken away takes what was typed in it along; what was typed in rows after it stays theirs', () => {
    const more = withDay(withDay(draft, NOW), NOW);
    const [a, b] = [DEFAULT_PACK.calendar.days.length, DEFAULT_PACK.calendar.days.length + 1];
    expect(more.pack.calendar.days.slice(-2)).toEqual([{ date: '2027-09-04', name: '', working: false }, { date: '2027-09-05', name: '', working: false }]);
    const typed = typedAt(typedAt(typedAt(more, `calendar.days.${String(a)}.date`, '31/02', null), `calendar.days.${String(b)}.date`, '29/02', null), 'code', 'x'.repeat(80), { value: 'x'.repeat(80) });
    const left = without(typed, 'calendar.days', a);
    expect(left.typed).toEqual({ [`calendar.days.${String(a)}.date`]: '29/02', code: 'x'.repeat(80) });
    expect(left.pack.calendar.days).toHaveLength(a + 1);
    // The last kind of event stays: a pack without any is none.
    const one = { ...draft, pack: { ...pack, categories: pack.categories.slice(0, 1) } };
    expect(without(one, 'categories', 0)).toBe(one);
  });

  test('a new kind has a code that no kind has had; a step above the last one is reached later; there are three at most', () => {
    expect(withCategory(withCategory(draft, ['loai_1']), ['loai_1']).pack.categories.slice(-2).map(one => one.code)).toEqual(['loai_2', 'loai_3']);
    expect(withStep(draft)).toBe(draft);
    const two = without(draft, 'ladder', 0);
    expect(two.pack.ladder.map(step => step.level)).toEqual([1, 2]);
    expect(withStep(two).pack.ladder.map(step => [step.level, step.atShare])).toEqual([[1, 1], [2, 1.5], [3, 2]]);
  });

  test.each([['bp-2022-01', 'bp-2022-02'], ['goi-9', 'goi-10'], ['thử', 'thử-2'], ['a'.repeat(60), `${'a'.repeat(50)}-2`]])('after %s comes %s', (code, next) => expect(nextCode(code)).toBe(next));
});

describe('where a value comes from', () => {
  test.each<[string | null, boolean]>([
    [null, true], ['Q15.5', true], ['Q15.6, Q17.7', true], ['Q10.7bis', true], ['Đ.17.6', true], ['NĐ 356/2025/NĐ-CP', true], ['QĐ 244/QĐ-UBND', true], ['Bộ luật Lao động', true], ['Điều 110 Bộ luật Lao động 2019', true], ['Điều 5 của Nghị định 145/2020/NĐ-CP', true],
    ['Q20', false], ['Q0.1', false], ['Q15.0', false], ['Q15.x', false], ['Q 15', false], ['Điều 15 khoản', false], ['Điều 15 Bộ luật', false], ['Điều 15 Quy chế này', false], ['Q15.6, Q99', false], ['?', false], ['12/3', false],
  ])('%s can be cited: %s', (source, can) => expect(isSource(source)).toBe(can));

  test('is the value’s own where it has one, else its group’s', () => {
    expect(sourceOf(pack, 'survey.lowScore')).toBe('Q13.10');
    const own = changed('sources.survey.lowScore', 'QĐ 9/QĐ-UBND');
    expect([sourceOf(own, 'survey.lowScore'), sourceOf(own, 'survey.notSeverities')]).toEqual(['QĐ 9/QĐ-UBND', 'Q13.10']);
    expect(sourceOf(changed('sources.survey.lowScore', null), 'survey.lowScore')).toBe(null);
    expect(differences(pack, own).map(one => [one.key, one.before?.source, one.after?.source])).toEqual([['survey.lowScore', 'Q13.10', 'QĐ 9/QĐ-UBND']]);
  });
});

describe('what is wrong with a pack', () => {
  test('nothing with the one that the program comes with', () => expect(codes(problemsOf(DEFAULT_PACK))).toEqual([]));

  const days = pack.calendar.days;
  test.each<[string, string, unknown]>([
    [`zero ${ACK}.minutes`, `${ACK}.minutes`, 0],
    [`ackAfterVerify clocks.${String(clockAt('verify', 'incident', 'P2'))}.minutes`, `${ACK}.minutes`, 11],
    [`forwardBeforeVerify clocks.${String(clockAt('forward', 'issue', 'P1'))}.from`, `clocks.${String(clockAt('forward', 'issue', 'P1'))}.from`, 'received'],
    [`forwardBeforeVerify clocks.${String(clockAt('forward', 'incident', 'P3'))}.from`, `clocks.${String(clockAt('forward', 'incident', 'P3'))}.from`, 'received'],
    [`clause ${ACK}.source`, `${ACK}.source`, 'Q44.1'],
    ['clause sources.dedupe.phoneMinutes', 'sources.dedupe.phoneMinutes', 'Q4,5'],
    ['zero pauses.infoMinutes', 'pauses.infoMinutes', 0],
    ['zero reopening.days', 'reopening.days', 0],
    ['empty title', 'title', ' '],
    ['noSuchDay calendar.days.0.date', 'calendar.days.0.date', '2026-02-31'],
    ['empty calendar.days.0.name', 'calendar.days.0.name', ''],
    ['ladderOrder ladder.1.atShare', 'ladder.1.atShare', 0.5],
    ['unknownRole ladder.0.tells', 'ladder.0.tells', ['vua']],
    ['unknownKind survey.asking.notCategories', 'survey.asking.notCategories', ['fight', 'khong_co']],
    ['clause ladder.2.goesTo.source', 'ladder.2.goesTo.source', 'Q99'],
    ['empty ladder.2.goesTo.people.0.title', 'ladder.2.goesTo.people', [{ title: ' ', name: '', phone: '113' }]],
    ['silentP1 alarms.severities', 'alarms.severities', []],
    ['noUnknown categories.22.retired', 'categories.22.retired', true],
    ['noService categories.0.services', 'categories.0.services', []],
    ['twice categories.1.code', 'categories.1.code', 'traffic_accident'],
    ['empty categories.0.vi', 'categories.0.vi', ''],
    ['twice calendar.weekdays', 'calendar.weekdays', [1, 2, 2]],
    ['moreOffSite rosters.establishment.3.offSite', 'rosters.establishment.3.offSite', 5],
    ['clause rosters.establishment.0.source', 'rosters.establishment.0.source', 'Q44.1'],
    ['twice rosters.establishment.6.people', 'rosters.establishment', [...pack.rosters!.establishment, pack.rosters!.establishment[0]]],
    ['tooLong rosters.profiles.0.limits.0.value', 'rosters.profiles.0.limits.0.value', 1_441],
    ['tooLong rosters.profiles.2.limits.2.value', 'rosters.profiles.2.limits.2.value', 31],
    ['zero rosters.profiles.1.limits.1.value', 'rosters.profiles.1.limits.1.value', 0],
    ['nightsOverRun rosters.profiles.3.limits.4.value', 'rosters.profiles.3.limits.4.value', 7],
    ['runOrder rosters.profiles.0.limits.5.value', 'rosters.profiles.0.limits.5.value', 7],
    ['clause rosters.profiles.0.limits.0.source', 'rosters.profiles.0.limits.0.source', '?'],
    ['unknownLimit rosters.profiles.0.limits.0.value', 'rosters.profiles.0.limits.0.limit', 'maxSleep'],
    ['unknownLimit rosters.profiles.0.limits.0.value', 'rosters.profiles.0.limits.0.binds', 'habit'],
    ['twice rosters.profiles.2.limits.3.value', 'rosters.profiles.2.limits.2.limit', 'maxRun'],
    ['twice rosters.profiles.3.limits', 'rosters.profiles', [...pack.rosters!.profiles.slice(0, 3), pack.rosters!.profiles[1]]],
  ])('%s', (expected, path, value) => expect(codes(problemsOf(changed(path, value)))).toEqual([expected]));

  test('a source of a group is wrong wherever it is shown', () => {
    expect(codes(problemsOf(changed('survey.asking.source', 'Q99')))).toEqual(['clause sources.survey.asking.windowDays', 'clause survey.asking.source']);
  });

  test('two holidays on one day; a service that no kind is left for', () => {
    expect(codes(problemsOf(changed('calendar.days', [...days, { ...days[0]!, name: 'Tết' }])))).toEqual([`twice calendar.days.${String(days.length)}.date`]);
    const none = pack.categories.map(one => ({ ...one, services: one.services.filter(service => service !== '112') }));
    expect(codes(problemsOf(changed('categories', none)))).toEqual(['noService categories.12.services', 'serviceWithoutCategory categories.0.services']);
  });

  test('where a life may hang on it a report may go out before it is verified, at the levels that the pack itself names', () => {
    expect(codes(problemsOf(changed('dispatchFirst.severities', [])))).toEqual([`forwardBeforeVerify clocks.${String(clockAt('forward', 'incident', 'P1'))}.from`]);
    expect(codes(problemsOf(changed(`clocks.${String(clockAt('forward', 'incident', 'P2'))}.from`, 'received')))).toEqual([]);
  });

  test('what is only worth a second look keeps nothing back', () => {
    const hints = (path: string, value: unknown): string[] => problemsOf(changed(path, value)).filter(one => one.isHint).map(one => `${one.code} ${one.path}`);
    const before = problemsOf(pack).map(one => `${one.code} ${one.path}`);
    const more = (path: string, value: unknown): string[] => hints(path, value).filter(one => !before.includes(one));
    expect(before).toEqual([]);
    expect(more(`clocks.${String(clockAt('accept', 'incident', 'P2'))}.minutes`, 40)).toEqual([`lessUrgentSooner clocks.${String(clockAt('accept', 'incident', 'P2'))}.minutes`]);
    expect(more('calendar.days.0.working', true)).toEqual(['needlessDay calendar.days.0.working']);
    expect(more('alarms.escalateSeconds', 5)).toEqual(['alarmOrder alarms.escalateSeconds']);
    expect(more('alarms.severities', ['P1'])).toEqual(['silentP2 alarms.severities']);
    expect(more('dispatchFirst.severities', ['P1', 'P2', 'P3'])).toEqual(['mildFirst dispatchFirst.severities']);
    expect(more('rosters.establishment.2.seats', 4)).toEqual(['fewForSeats rosters.establishment.2.seats']);
    expect(more('rosters.profiles.0.limits.0.value', 660)).toEqual(['lawHours rosters.profiles.0.limits.0.value']);
    expect(more('rosters.profiles.1.limits.1.value', 2_640)).toEqual(['lawHours rosters.profiles.1.limits.1.value']);
    expect(more('rosters.profiles.1.limits', pack.rosters!.profiles[1]!.limits.filter(({ limit }) => limit !== 'daysOff'))).toEqual(['lawDays rosters.profiles.1.limits.daysOff']);
    // What binds the police is not public: nothing is held against theirs.
    expect(more('rosters.profiles.2.limits.0.value', 60)).toEqual([]);
    expect(more('ladder.0.tells', [])).toEqual(['tellsNobody ladder.0.tells']);
    expect(more('effectiveFromMs', instantOf(2028, 1, 1))).toEqual(['noHolidays calendar.days']);
    expect(draftProblems(draft, NOW, [{ ...DEFAULT_PACK, code: pack.code }]).map(one => one.code)).toEqual(['codeTwice']);
  });

  test('a day that is over, unless it takes effect as it is issued', () => {
    expect(isPast({ effectiveFromMs: NOW - 9 * 60_000 }, NOW)).toBe(false);
    expect(codes(draftProblems(draft, instantOf(2026, 11, 22)))).toEqual(['past effectiveFromMs']);
    expect(codes(draftProblems({ ...draft, fromNow: true }, instantOf(2026, 11, 22)))).toEqual([]);
  });

  test('every problem names a path that a part of the screen shows', () => {
    const broken = changed('calendar.days.0.name', '');
    for (const one of [...problemsOf(changed('rosters.profiles.0.limits', [])), ...problemsOf(broken), ...problemsOf(changed(`${ACK}.minutes`, 0)), ...problemsOf(changed('pauses.infoMinutes', 0))]) expect(partOf(pack, one.path)).toBe(one.part);
  });
});

describe('the difference between two packs', () => {
  const edits = fc.array(fc.oneof(
    fc.tuple(fc.constantFrom(...pack.clocks.map((_rule, at) => `clocks.${String(at)}.minutes`)), fc.option(fc.integer({ min: 1, max: 500_000 }))),
    fc.tuple(fc.constantFrom(...pack.categories.map((_one, at) => `categories.${String(at)}.vi`)), fc.string({ maxLength: 20 })),
    fc.tuple(fc.constantFrom(...pack.calendar.days.map((_one, at) => `calendar.days.${String(at)}.working`)), fc.boolean()),
    fc.tuple(fc.constantFrom('returns.limit', 'pauses.infoTimes'), fc.integer({ min: 0, max: 20 })),
    fc.tuple(fc.constantFrom('rosters.establishment.2.people', 'rosters.profiles.1.limits.1.value', 'rosters.profiles.3.limits.3.value'), fc.integer({ min: 1, max: 60 })),
    fc.tuple(fc.constantFrom('sources.returns.limit', `${ACK}.source`, 'title'), fc.string({ maxLength: 20 })),
  ), { maxLength: 6 });

  test('is empty exactly where all values and sources are the same, is the same seen from the other side, and says each value once', () => {
    fc.assert(fc.property(edits, all => {
      const after = all.reduce((now, [path, value]) => { const put = withValue(now, path, value); return 'pack' in put ? put.pack : now; }, pack);
      const found = differences(pack, after);
      const faces = (one: PolicyPack): string => JSON.stringify(valuesOf(one));
      expect(found.length === 0).toBe(faces(after) === faces(pack));
      expect(new Set(found.map(one => one.key)).size).toBe(found.length);
      expect(differences(after, pack).map(one => [one.key, one.after, one.before]).sort()).toEqual(found.map(one => [one.key, one.before, one.after]).sort());
    }), { numRuns: 150 });
  });

  test('says what is added and what is gone', () => {
    const without1 = changed('calendar.days', pack.calendar.days.slice(1));
    expect(differences(pack, without1)).toEqual([expect.objectContaining({ key: 'day.2026-01-01', part: 'days', after: null })]);
    expect(differences(without1, pack)).toEqual([expect.objectContaining({ key: 'day.2026-01-01', before: null })]);
  });
});

describe('a pack as a file', () => {
  test('comes back as it was, but for its id and a day that is over', () => {
    const read = readPolicyText(policyFileText(pack), { id: ID, nowMs: NOW });
    expect(read).toEqual({ pack: { ...pack, effectiveFromMs: pack.effectiveFromMs } });
    expect(readPolicyText(`\uFEFF${policyFileText(DEFAULT_PACK)}`, { id: ID, nowMs: NOW })).toEqual({ pack: { ...DEFAULT_PACK, id: ID, effectiveFromMs: NOW } });
  });

  const whole = JSON.parse(policyFileText(pack)) as Record<string, unknown>;
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  test.each<[string, string, { why: string; place?: string }]>([
    ['nothing', '', { why: 'json' }], ['half of one', policyFileText(pack).slice(0, 900), { why: 'json' }], ['a list', '[]', { why: 'shape' }], ['a number', '7', { why: 'shape' }], ['null', 'null', { why: 'json' }],
    ['a tower of lists', `{"a":${deep}}`, { why: 'shape' }], ['more than anybody would read', 'x'.repeat(1024 * 1024 + 1), { why: 'large' }],
    ['an object that is no plain value', '{"toString":1,"effectiveFrom":"2026-12-01"}', { why: 'shape' }],
    ['no day', JSON.stringify({ ...whole, effectiveFrom: undefined }), { why: 'day', place: 'effectiveFrom' }], ['a day that there is not', JSON.stringify({ ...whole, effectiveFrom: '2026-02-30' }), { why: 'day' }],
    ['a share of seven', JSON.stringify({ ...whole, warnShare: { value: 7, source: null } }), { why: 'value', place: 'warnShare.value' }],
    ['hours that cross', JSON.stringify({ ...whole, calendar: { ...pack.calendar, spans: [{ fromMin: 600, toMin: 700 }, { fromMin: 650, toMin: 800 }] } }), { why: 'value', place: 'calendar.spans' }],
    ['ten thousand days', JSON.stringify({ ...whole, calendar: { ...pack.calendar, days: Array.from({ length: 10_000 }, () => ({ date: '2026-01-01', name: '', working: true })) } }), { why: 'value', place: 'calendar.days' }],
  ])('that holds %s is refused with what is wrong', (_name, text, fault) => expect(readPolicyText(text, { id: ID, nowMs: NOW })).toMatchObject(fault));

  test('of any JSON gives a pack that fits or a fault, and never more than a pack has', () => {
    const field = fc.constantFrom(...Object.keys(whole), '__proto__', 'constructor', 'id', 'signature');
    fc.assert(fc.property(field, fc.jsonValue({ maxDepth: 3 }), (key, value) => {
      const read = readPolicyText(JSON.stringify(Object.fromEntries([...Object.entries(whole), [key, value]])), { id: ID, nowMs: NOW });
      if ('why' in read) return;
      expect(read.pack.id).toBe(ID);
      expect(PolicyPack.strict().safeParse(read.pack).success).toBe(true);
    }), { numRuns: 200 });
  });
});
