import { addAudit, countAttempt, writeSession, writeVerifier } from '../stores/auth.ts';
import type { Commands } from './command.ts';

export const AUTH_COMMANDS: Commands<'session.save' | 'auth.saveVerifier' | 'auth.attempt' | 'audit.add'> = {
  'session.save': (work, session) => {
    writeSession(work, session);
    return null;
  },
  'auth.saveVerifier': (work, verifier) => {
    writeVerifier(work, verifier);
    return null;
  },
  'auth.attempt': (work, { login, ok, atMs }) => countAttempt(work, login, ok, atMs),
  'audit.add': (work, line) => {
    addAudit(work, line);
    return null;
  },
};
