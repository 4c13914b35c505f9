import { addAudit, countAttempt, writeSeenTime, writeSession, writeVerifier } from '../stores/auth.ts';
import { releaseFor } from '../held.ts';
import type { Commands } from './command.ts';

export const AUTH_COMMANDS: Commands<'session.save' | 'auth.saveVerifier' | 'auth.attempt' | 'auth.keepTime' | 'audit.add'> = {
  'session.save': (work, session) => {
    writeSession(work, session);
    return null;
  },
  'auth.saveVerifier': (work, verifier) => {
    writeVerifier(work, verifier);
    if (verifier.validUntilMs > 0) releaseFor(work, verifier.personId);
    return null;
  },
  'auth.attempt': (work, { login, ok, atMs }) => countAttempt(work, login, ok, atMs),
  'auth.keepTime': (work, { atMs }) => {
    writeSeenTime(work, atMs);
    return null;
  },
  'audit.add': (work, line) => {
    addAudit(work, line);
    return null;
  },
};
