import { newId } from '../../contract/ids.ts';
import { addAccessLine, markAccessSent } from '../stores/access-log.ts';
import { addAudit } from '../stores/auth.ts';
import type { Commands } from './command.ts';

export const ACCESS_COMMANDS: Commands<'access.add' | 'access.sent'> = {
  'access.add': (work, { action, subject, ...line }) => {
    addAccessLine(work, { ...line, id: newId(line.atMs) });
    addAudit(work, { atMs: line.atMs, personId: line.personId, action, subject });
    return null;
  },
  'access.sent': (work, { ids }) => {
    markAccessSent(work, ids);
    return null;
  },
};
