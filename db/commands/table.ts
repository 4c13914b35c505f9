import type { Work } from '../work.ts';
import type { WriterCommand, WriterCommands } from '../writer-api.ts';
import { ACCESS_COMMANDS } from './access-log.ts';
import { ATTENTION_COMMANDS } from './attention.ts';
import { ATTACHMENT_COMMANDS } from './attachments.ts';
import { AUTH_COMMANDS } from './auth.ts';
import { BULK_COMMANDS } from './bulk.ts';
import { DOCUMENT_COMMANDS } from './documents.ts';
import { DRAFT_COMMANDS } from './drafts.ts';
import { FORM_COMMANDS } from './forms.ts';
import { IMPORT_COMMANDS } from './imports.ts';
import { ISSUE_COMMANDS } from './issues.ts';
import { POLICY_DRAFT_COMMANDS } from './policy-drafts.ts';
import { REPAIR_COMMANDS } from './repair.ts';
import { ROSTER_PLAN_COMMANDS } from './roster-plans.ts';
import { SCOPE_COMMANDS } from './scope.ts';
import { SNAPSHOT_COMMANDS } from './snapshot.ts';
import { STATION_COMMANDS } from './station.ts';
import { STICK_COMMANDS } from './stick.ts';
import { SYNC_COMMANDS } from './sync.ts';
import { UPKEEP_COMMANDS } from './upkeep.ts';
import { VIEW_COMMANDS } from './views.ts';

/** What each command does, inside the transaction that the runner has begun. */
export type CommandTable = { [C in WriterCommand]: (work: Work, input: WriterCommands[C][0]) => WriterCommands[C][1] };

export const COMMANDS: CommandTable = {
  ...STATION_COMMANDS, ...AUTH_COMMANDS, ...ACCESS_COMMANDS, ...ISSUE_COMMANDS, ...BULK_COMMANDS, ...VIEW_COMMANDS, ...DOCUMENT_COMMANDS, ...ATTENTION_COMMANDS, ...DRAFT_COMMANDS, ...FORM_COMMANDS, ...POLICY_DRAFT_COMMANDS, ...ROSTER_PLAN_COMMANDS, ...IMPORT_COMMANDS,
  ...SYNC_COMMANDS, ...SNAPSHOT_COMMANDS, ...SCOPE_COMMANDS, ...REPAIR_COMMANDS, ...ATTACHMENT_COMMANDS, ...STICK_COMMANDS, ...UPKEEP_COMMANDS,
};
