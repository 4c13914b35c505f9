import type { Session } from '../../contract/console.ts';
import type { Id } from '../../contract/ids.ts';
import { SEVERITIES, type Issue } from '../../contract/issue.ts';
import { SERVICES, servicesIn } from '../../contract/org.ts';
import { startOfDay } from '../../contract/time.ts';
import { WALL_ROWS, type Wallboard } from '../../contract/wallboard.ts';
import type { Database } from '../../db/database.ts';
import { listRows } from '../../db/stores/list-rows.ts';
import { readAreas, readNames, readSites } from '../../db/stores/org.ts';
import { scopeMatcher, type Viewer } from './filter.ts';
import type { Sheet } from './sheet.ts';

/** P1 and P2 stand on the board one by one. */
const URGENT = SEVERITIES.indexOf('P2');

interface BoardDeps { sheet: Sheet; reader: Database; siteName: string; nowMs: number }
type Board = NonNullable<Wallboard>;

/** The board of what the viewer may see, in one pass over the sheet; null until that has been read. */
export function wallboard({ sheet, reader, siteName, nowMs }: BoardDeps, session: Session): Wallboard {
  if (!sheet.isLoaded) return null;
  const areas = readAreas(reader);
  const { open, today, overdue, bySite, urgent } = counted(sheet, session, nowMs, new Map(areas.filter(({ siteId }) => session.scope.siteIds === null || session.scope.siteIds.includes(siteId)).map(area => [sheet.areas.numberOfId(area.id), sheet.sites.numberOfId(area.siteId)])));
  const c = sheet.columns;
  const first = urgent.sort((a, b) => c.severity[a]! - c.severity[b]! || c.dueAtMs[a]! - c.dueAtMs[b]! || a - b).slice(0, WALL_ROWS);
  const sites = readSites(reader).filter(site => session.scope.siteIds === null || session.scope.siteIds.includes(site.id));
  return {
    atMs: nowMs, siteName,
    lines: servicesIn(session.scope).map(service => ({ service, open: open[SERVICES.indexOf(service)]!, today: today[SERVICES.indexOf(service)]!, overdue: overdue[SERVICES.indexOf(service)]! })),
    urgent: { total: urgent.length, overdue: urgent.filter(rid => c.dueAtMs[rid]! < nowMs).length },
    rows: rowsOf(reader, first, new Map(areas.map(area => [area.id, area.siteId]))),
    sites: sites.map(site => ({ name: site.name, ...bySite.get(sheet.sites.numberOfId(site.id)) ?? { open: 0, overdue: 0 } })),
  };
}

/** `siteOfArea`: whose each commune is, of those that the viewer may see. Work is counted where it is; elsewhere, or where no commune is told, where it was received. */
function counted(sheet: Sheet, viewer: Viewer, nowMs: number, siteOfArea: ReadonlyMap<number, number>) {
  const allowed = scopeMatcher(sheet, viewer.scope);
  const c = sheet.columns;
  const [open, today, overdue] = [0, 1, 2].map(() => new Float64Array(SERVICES.length)) as [Float64Array, Float64Array, Float64Array];
  const bySite = new Map<number, { open: number; overdue: number }>();
  const urgent: number[] = [];
  const dayMs = startOfDay(nowMs);
  for (let rid = 1; rid < sheet.size; rid++) {
    if (!allowed(rid)) continue;
    // An incident that several lines work is each one's.
    const count = (figures: Float64Array): void => { for (let line = 0; line < SERVICES.length; line++) if ((c.lines[rid]! >> line) % 2 === 1) figures[line]!++; };
    if (c.receivedAtMs[rid]! >= dayMs) count(today);
    if (c.open[rid] !== 1) continue;
    const isOver = c.dueAtMs[rid]! < nowMs;
    count(open);
    if (isOver) count(overdue);
    const where = siteOfArea.get(c.area[rid]!) ?? c.site[rid]!;
    const site = bySite.get(where) ?? { open: 0, overdue: 0 };
    bySite.set(where, { open: site.open + 1, overdue: site.overdue + Number(isOver) });
    if (c.severity[rid]! <= URGENT) urgent.push(rid);
  }
  return { open, today, overdue, bySite, urgent };
}

/** Nothing of what a person said: kind and place of the work alone. */
function rowsOf(reader: Database, rids: readonly number[], siteOfArea: ReadonlyMap<Id, Id>): Board['rows'] {
  const issues = listRows(reader, false)(rids).filter(row => row !== null);
  const where = ({ siteId, place }: Pick<Issue, 'siteId' | 'place'>): Id => (place.areaId === null ? undefined : siteOfArea.get(place.areaId)) ?? siteId;
  const names = readNames(reader, issues.flatMap(issue => [where(issue), issue.place.areaId]).filter((id): id is Id => id !== null));
  return issues.map(({ id, service, severity, state, displayNo, provisionalNo, category, place, siteId, receivedAtMs, dueAtMs, warnAtMs }) => ({
    id, service, severity, state, no: displayNo ?? provisionalNo, category, area: place.areaId === null ? '' : names[place.areaId] ?? '', site: names[where({ siteId, place })] ?? '', receivedAtMs, dueAtMs, warnAtMs: warnAtMs ?? null,
  }));
}
