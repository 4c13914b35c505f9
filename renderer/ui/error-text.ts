import { ORPCError } from '@orpc/client';
import { AppError, AppErrorData as AppErrorSchema, ERROR_CODES, type AppErrorData } from '../../contract/errors.ts';
import { isKnown } from '../../contract/words.ts';
import { STATES } from '../../contract/issue.ts';
import { domain } from '../strings/vi/domain.ts';
import { t } from '../strings/text.ts';

/** What a failed call, or trouble that an answer tells of, means as a code. Anything but a declared error is unexpected; a cut connection is the core starting. */
export function errorOf(error: unknown): AppErrorData {
  if (error instanceof ORPCError || !(error instanceof Error)) {
    const parsed = AppErrorSchema.safeParse(error instanceof ORPCError ? error.data : error);
    if (parsed.success) return parsed.data;
  }
  if (error instanceof AppError) return { code: error.code, facts: error.facts };
  if (error instanceof Error && (error.name === 'AbortError' || error.message.includes('WebSocket is not open'))) return { code: 'core/starting', facts: {} };
  return { code: 'internal/unexpected', facts: {} };
}

function isField(field: unknown): field is keyof typeof domain.field {
  return typeof field === 'string' && field in domain.field;
}

/** The two sentences of an error: what happened, and what to do. */
export function sentences({ code, facts }: AppErrorData): { what: string; todo: string } {
  if (!isKnown(ERROR_CODES, code)) return sentences({ code: 'sync/unknown-code', facts: { code: String(code) } });
  const state = STATES.find(s => s === facts['state']);
  const field = facts['field'];
  const more = {
    ...facts,
    stateWord: state === undefined ? t('app.unknown') : t(`domain.state.${state}`),
    fieldWord: isField(field) ? t(`domain.field.${field}`) : String(field ?? t('app.unknown')),
  };
  return { what: t(`errors.${code}.what`, more), todo: t(`errors.${code}.todo`, more) };
}
