import type { UseQueryResult } from '@tanstack/react-query';
import { areaNames } from '../../../contract/area-names.ts';
import type { AttentionEntry } from '../../../contract/console.ts';
import { client } from '../../client.ts';
import { usePolicy } from '../../policy.ts';
import { saveFile } from '../../save-file.ts';
import { useLive } from '../../live-query.ts';
import { t, useLanguage } from '../../strings/text.ts';
import { clock } from '../../ui/clock.ts';
import { attentionCsv, attentionJson, type ShowValue } from './attention-export.ts';
import { valueWords } from './value-words.ts';

/** What did not go through, as the signed-in person may see it. */
export function useAttention(): UseQueryResult<AttentionEntry[]> {
  return useLive(['sync.attention'], ['attention', 'sync', 'issue', 'session'], core => core.sync.attention({}));
}

/** Values in words, with the names of the units and areas that a payload knows by id only. */
export function useShowValue(): ShowValue {
  const language = useLanguage();
  const units = useLive(['directory.units', '', false, null], ['org'], core => core.directory.units({ text: '', handlingOnly: false, service: null }));
  const areas = useLive(['directory.areas'], ['org'], core => core.directory.areas({}));
  const sites = useLive(['directory.sites'], ['org'], core => core.directory.sites({}));
  const categories = usePolicy().all.flatMap(pack => pack.categories);
  const names = new Map([...(units.data ?? []).map(row => [row.id, row.name] as const), ...areaNames(areas.data ?? [], sites.data ?? []), ...categories.map(one => [one.code, one[language]] as const)]);
  return (field, value) => valueWords(field, value, names);
}

/** Two files of the entries, JSON and CSV; that they were made is on record first. */
export async function exportAttention(entries: readonly AttentionEntry[], show: ShowValue): Promise<void> {
  await client.sync.noteExport({ ns: entries.map(({ n }) => n) });
  const name = `${t('health.attention.fileName')}-${new Date(clock.nowMs).toISOString().slice(0, 16).replace(/[:T]/g, '-')}`;
  saveFile(`${name}.json`, attentionJson(entries, show, clock.nowMs), 'application/json');
  saveFile(`${name}.csv`, attentionCsv(entries, show), 'text/csv;charset=utf-8');
}
