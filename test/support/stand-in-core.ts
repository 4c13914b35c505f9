import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isContractProcedure } from '@orpc/contract';
import { consoleContract, type ConsoleState, type Session, type Settings } from '../../contract/console.ts';
import { type ImportJob, type ImportLine } from '../../contract/imports.ts';
import { AppError } from '../../contract/errors.ts';
import { newId } from '../../contract/ids.ts';
import type { Call } from '../../main/platform/call.ts';
import type { Core, CoreOptions } from '../../main/platform/core-api.ts';
import { createDispatch } from '../../main/wire/dispatch.ts';
import type { Handlers } from '../../main/wire/handlers.ts';
import { createSubscriptions } from '../../main/wire/subscriptions.ts';

export type Answer = (path: string, input: unknown, call: Call) => unknown;

/** A handler for every procedure of the contract, all answered by one function. */
export function handlersFrom(answer: Answer): Handlers {
  const parts = Object.entries(consoleContract).filter(([, part]) => !isContractProcedure(part)).map(([part, procedures]) =>
    [part, Object.fromEntries(Object.keys(procedures).map(name => [name, (input: unknown, call: Call) => answer(`${part}.${name}`, input, call)]))]);
  return Object.fromEntries(parts) as Handlers;
}

export function invent(roles: Session['roles'], more: Partial<Session> = {}): Session {
  return {
    personId: newId(0), name: 'Trần Minh Họa', title: 'Trực ban', roles, siteId: newId(0), unitId: null,
    scope: { siteIds: null, services: null }, signedInAtMs: 0, offline: false, locked: false, ...more,
  };
}

/**
 * A core without a database: settings in a file, one session, an import that counts lines. Files in the data folder make
 * it misbehave: `damaged` refuses to start, `dies` ends the process while starting.
 */
export async function createStandInCore({ dataDir, version, resume, log }: CoreOptions): Promise<Core> {
  if (existsSync(join(dataDir, 'dies'))) process.exit(3);
  if (existsSync(join(dataDir, 'damaged'))) throw new AppError('db/damaged', { page: 7 });
  const file = (name: string): string => join(dataDir, name);
  const enrolled = (): string => (existsSync(file('enrolled')) ? readFileSync(file('enrolled'), 'utf8') : '');
  const state = (): ConsoleState => ({
    enrolled: enrolled() !== '', stationCode: 'A1', stationName: enrolled(), site: null, provinceName: 'Tỉnh Mẫu',
    session: resume ? invent(['truc_ban']) : null, people: [], version, lockAfterMs: 600_000, demo: true,
  });
  const subscriptions = createSubscriptions();
  const answer: Answer = (path, input) => {
    switch (path) {
      case 'station.state': return state();
      case 'station.enrol': {
        const { code, stationName } = input as { code: string; stationName: string };
        if (code !== 'ABCDEF') throw new AppError('enrol/code-unknown');
        writeFileSync(file('enrolled'), stationName);
        return state();
      }
      case 'station.settings': return JSON.parse(readFileSync(file('settings.json'), 'utf8')) as Settings;
      case 'station.saveSettings':
        writeFileSync(file('settings.json'), JSON.stringify(input));
        subscriptions.publish({ tables: ['settings'], issueIds: [], fresh: {} });
        return input;
      default: throw new Error(`the stand-in has no ${path}`);
    }
  };
  const [refused, warned]: [ImportLine[], ImportLine[]] = [[], []];
  return {
    router: createDispatch({ handlers: handlersFrom(answer), currentSession: () => null, subscriptions, log }),
    onAlarm: () => undefined,
    importFile: (path, login, password) => importLines(path, login, password, { refused, warned }, file),
    stickCommand: () => Promise.reject(new AppError('stick/no-keys')),
    importReport: () => ({ refused, warned: { total: warned.length, lines: warned.slice(0, 30) } }),
    close: async () => { writeFileSync(file('closed'), ''); },
  };
}

/** Lines `ok`, `bad`, `odd` (goes in with a warning) and `wait` (a tenth of a second); wrong for every password but one. */
async function* importLines(path: string, login: string, password: string, { refused, warned }: { refused: ImportLine[]; warned: ImportLine[] }, file: (name: string) => string): AsyncGenerator<ImportJob, void, void> {
  if (password !== 'đúng mật khẩu') throw new AppError('auth/wrong-password', { login: login.length });
  const text = readFileSync(path, 'utf8');
  const job: ImportJob = {
    id: newId(0), fileName: 'tệp', format: 'csv', status: 'running', bytes: text.length, bytesDone: 0, imported: 0, alreadyThere: 0,
    refused: 0, error: null, startedAtMs: 0, endedAtMs: null,
  };
  const end = { early: true };
  writeFileSync(file('importing'), '');
  try {
    for (const [at, line] of text.trim().split('\n').entries()) {
      if (line === 'wait') await new Promise(resolve => setTimeout(resolve, 100));
      if (line === 'bad') refused.push({ line: at + 1, ref: `R${at}`, status: 'refused', issueId: null, error: { code: 'issue/field-required', facts: { field: 'description' } }, warnings: [] });
      if (line === 'odd') warned.push({ line: at + 1, ref: '', status: 'imported', issueId: null, error: null, warnings: ['value-not-understood:linh_vuc', 'place-unknown:dia_diem'] });
      job.bytesDone += line.length + 1;
      job.imported += line === 'bad' ? 0 : 1;
      job.refused += line === 'bad' ? 1 : 0;
      yield { ...job };
    }
    yield { ...job, status: 'done', endedAtMs: 1 };
    end.early = false;
  } finally {
    if (end.early) writeFileSync(file('import-cancelled'), '');
  }
}
