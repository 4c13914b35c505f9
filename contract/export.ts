import { z } from 'zod';
import { Id } from './ids.ts';

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export const ExportFormat = z.enum(EXPORT_FORMATS);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** The columns of an exported list, in their order. */
export const EXPORT_COLUMNS = [
  'displayNo', 'provisionalNo', 'service', 'class', 'severity', 'state', 'category', 'description', 'place', 'landmark', 'area', 'site', 'lat', 'lon',
  'channel', 'sourceRef', 'occurredAt', 'receivedAt', 'dueAt', 'forwardedAt', 'leadUnit', 'coUnits', 'result', 'outcome', 'reply', 'closedAt', 'author', 'reporter', 'phone',
] as const;
/** What further tells of persons: only in a list that was asked for with a purpose. In any other, reporter and phone are masked. */
export const PERSONAL_COLUMNS = ['relation', 'victims', 'original'] as const;
export type ExportColumn = (typeof EXPORT_COLUMNS)[number] | (typeof PERSONAL_COLUMNS)[number];

/** What must be said of the purpose, and the most that is kept of it. */
export const PURPOSE_CHARS = { least: 5, most: 300 } as const;

/** A column's or a code's name in the language of who exports, by `column.description`, `state.closed`, `category.waste` …; a code without one stands for itself. */
export const ExportWords = z.record(z.string().max(80), z.string().max(200)).refine(words => Object.keys(words).length <= 300);
export type ExportWords = z.infer<typeof ExportWords>;

/** The columns of the file by which a site's own gateway sends surveys (SMS, Zalo). */
export const SURVEY_COLUMNS = ['displayNo', 'phone', 'code', 'link', 'message'] as const;
/** Messages to the reporters of a list that are still to be asked: of those that are marked in it or of all; `plain`: without Vietnamese marks. */
export const SurveyOrder = z.strictObject({ onlyChosen: z.boolean(), plain: z.boolean() });
export type SurveyOrder = z.infer<typeof SurveyOrder>;

/** `personal`: with reporters and victims in clear, for a purpose that is kept in the journal. */
export const ExportOrder = z.strictObject({
  viewId: z.string().max(60), format: ExportFormat, words: ExportWords,
  personal: z.strictObject({ purpose: z.string().trim().max(PURPOSE_CHARS.most) }).nullable(),
  survey: SurveyOrder.optional().describe('a file of messages in the place of the list'),
});
export type ExportOrder = z.infer<typeof ExportOrder>;

/** A file that is made as it is fetched; `rows` is what the list holds, without its heading. */
export const ExportJob = z.object({ id: Id, name: z.string(), rows: z.number().int() });
export type ExportJob = z.infer<typeof ExportJob>;

/** The next bytes of the file; `packed`: by zlib, for the way only. Only after `done` is it whole; `left` counts records that had gone from here meanwhile, of messages also those whose reporters are not asked. */
export const ExportPiece = z.object({ base64: z.string(), packed: z.boolean(), rowsDone: z.number().int(), left: z.number().int(), done: z.boolean() });
export type ExportPiece = z.infer<typeof ExportPiece>;
