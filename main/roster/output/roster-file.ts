import type { RosterFileOrder } from '../../../contract/roster.ts';
import { withoutMarks } from '../../../contract/text.ts';
import { checkPlan } from '../plan-check.ts';
import { personCalendar } from './calendar.ts';
import { monthBook } from './month-book.ts';
import { timesheetBook, type Timesheet } from './timesheet.ts';

/** A month as a file: the whole of it as a workbook, or one person's shifts as a calendar. @param atMs when it is made */
export async function rosterFile({ plan, format, member }: RosterFileOrder, site: { id: string; name: string }, atMs: number): Promise<{ name: string; base64: string }> {
  const name = `Lich-truc-${plan.service}-${plan.month}`;
  const one = member === null ? undefined : plan.members[member];
  if (format !== 'ics' || one === undefined) return { name: `${name}.xlsx`, base64: (await monthBook(plan, checkPlan(plan).shares, site.name)).toString('base64') };
  const who = withoutMarks(one.name).replace(/[^\dA-Za-z]+/g, '-').replace(/^-|-$/g, '');
  return { name: `${name}${who === '' ? '' : `-${who}`}.ics`, base64: Buffer.from(personCalendar({ plan, member: one, site, atMs })).toString('base64') };
}

/** "Bảng công" of a published month as a workbook. */
export async function timesheetFile(sheet: Timesheet): Promise<{ name: string; base64: string }> {
  return { name: `Bang-cong-${sheet.duty.service}-${sheet.duty.month}.xlsx`, base64: (await timesheetBook(sheet)).toString('base64') };
}
