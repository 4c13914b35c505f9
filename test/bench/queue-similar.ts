import type { SimilarInput } from '../../contract/similar.ts';
import { newId } from '../../contract/ids.ts';
import type { ConsoleClient } from '../support/wire.ts';
import { percentile, round, times } from './statistics.ts';

const CALLS = 200;
/** Alternately with a point, with a commune alone, and with a telephone too. */
const SPREAD = 7_919;

/** Suggestions for one new record among all that are there: a call at the place and time of a record of the list, told in other words. */
export async function similarFigures(client: ConsoleClient, total: number, viewId: string): Promise<Record<string, number>> {
  const asked: SimilarInput[] = [];
  for (let at = 0; at < CALLS; at += 1) {
    const start = (at * SPREAD) % Math.max(1, total - 1);
    const page = await client.issues.page({ viewId, start, end: start + 1 });
    const id = page.id[0];
    if (id === undefined) continue;
    const { issue } = await client.issues.get({ id });
    const isPoint = at % 3 !== 1;
    asked.push({
      id: newId(issue.receivedAtMs), service: issue.service, category: issue.category, areaId: issue.place.areaId, lat: isPoint ? issue.place.lat : null, lon: isPoint ? issue.place.lon : null,
      phone: at % 3 === 2 ? '0912345678' : '', text: `Người dân báo: ${issue.description.split(' ').reverse().join(' ')}`.slice(0, 2_000), receivedAtMs: issue.receivedAtMs + 60_000,
    });
  }
  const took = await times(asked, input => client.issues.similar(input));
  return { duplicateMsP95: round(percentile(took, 0.95)), duplicateMsP50: round(percentile(took, 0.5)) };
}
