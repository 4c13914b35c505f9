import { dayOfDate, type SpecialDay } from '../../contract/policy/calendar.ts';
import type { PolicyPack } from '../../contract/policy/pack.ts';
import { establishmentOf } from '../../contract/policy/rosters.ts';
import type { Person, Role, Site, Unit } from '../../contract/org.ts';
import { daysOf, OFF, type PatternShift, type RosterMember, type RosterPlan } from '../../contract/roster.ts';
import { monthDayOf } from '../../contract/roster-days.ts';
import type { DutyDesk } from '../../contract/roster-desks.ts';
import { THREE_SHIFTS } from '../../contract/roster-presets.ts';

/** What the directory and policy have for it. */
export interface FirstOf { site: Pick<Site, 'id'>; people: readonly Person[]; units: readonly Unit[]; pack: PolicyPack }

const OFFICE: readonly Role[] = ['lanh_dao_ioc', 'ca_truong', 'truc_ban', 'quan_tri', 'phan_tich'];
/** Whose people serve the IOC without a seat there (Đ.8.3: Sở KH&ĐT). */
const OFF_SITE_KIND = 'so_khdt';
const POLICE_KIND = 'cong_an';

/** Whether the directory names somebody for a desk: who takes the calls of a line; the police of the camera watch (Đ.12.2); of office and IOC everybody else who serves there (Đ.8.1, Đ.8.3, Đ.12.1). */
function isOf(desk: DutyDesk, { roles, services }: Person, unitKind: string | undefined): boolean {
  if (desk === 'camera') return unitKind === POLICE_KIND && roles.includes('truc_ban') && services.length === 0;
  if (desk === 'ioc' || desk === 'office') return unitKind !== POLICE_KIND && services.length === 0 && roles.some(role => OFFICE.includes(role));
  return roles.includes('truc_ban') && services.includes(desk);
}

/** The days of a month, from 0, that are public holidays (nghỉ lễ, Tết). */
export function holidaysOf(days: readonly SpecialDay[], month: string): number[] {
  return days.filter(({ working }) => !working).map(({ date }) => monthDayOf(dayOfDate(date))).filter(one => one.month === month).map(({ day }) => day).sort((a, b) => a - b);
}

/** Office hours as one shift with the break at noon. */
function officeShift({ spans }: PolicyPack['calendar']): PatternShift {
  const fromMin = spans[0]!.fromMin, minutes = spans.at(-1)!.toMin - fromMin;
  return { code: 'H', fromMin, minutes, isNight: false, breakMin: minutes - spans.reduce((sum, span) => sum + span.toMin - span.fromMin, 0) };
}

/** What policy and the directory say of a month that nobody has planned yet: the seats and hours of the establishment (Đ.8, Đ.12), and who serves there, by name. */
export function firstPlan({ service, month }: Pick<RosterPlan, 'service' | 'month'>, { site, people, units, pack }: FirstOf): RosterPlan {
  const { seats, hours } = establishmentOf(pack, service);
  const kinds = new Map(units.map(unit => [unit.id, unit]));
  const members = people
    .filter(person => person.active && person.siteId === site.id && isOf(service, person, kinds.get(person.unitId ?? '')?.kind))
    .sort((a, b) => a.name.localeCompare(b.name, 'vi'))
    .map(({ id, name, unitId }): RosterMember => {
      const unit = kinds.get(unitId ?? '');
      return { personId: id, name, cells: Array.from({ length: daysOf(month) }, () => OFF), ...unit !== undefined && { agency: unit.name }, ...unit?.kind === OFF_SITE_KIND && { offSite: true } };
    });
  const holidays = holidaysOf(pack.calendar.days, month);
  const isWorking = hours === 'working';
  return {
    service, month, seats, profile: isWorking ? 'CC40' : 'LAB48', shifts: isWorking ? [officeShift(pack.calendar)] : [...THREE_SHIFTS], members, holidays,
    ...isWorking && { openOn: [...pack.calendar.weekdays] },
  };
}
