import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError, AppErrorData } from '../../contract/errors.ts';
import { StickReport, type StickRequest } from '../platform/core-messages.ts';
import { stickSentence } from '../platform/stick-words.ts';
import { ask } from './prompt.ts';
import { bearer, findConsole, type RunningConsole } from './running.ts';
import { prepareCore, type Parts } from './shell.ts';

/** The answer of a running console to a stick request. */
export const StickAnswer = z.union([z.object({ report: StickReport }), z.object({ error: AppErrorData })]);

export interface StickCommand { dataDir: string; action: StickRequest['action']; path: string; login: string | undefined; json: boolean; parts: Parts }

/**
 * `npm run console -- stick …`: through the console that has the folder open, else with a core of its own.
 *
 * @returns the exit code
 */
export async function stickCommand({ dataDir, action, path, login: given, json, parts }: StickCommand): Promise<0 | 1> {
  const login = given ?? await ask('Tên đăng nhập: ', false);
  const password = process.env.IOC_PASSWORD ?? await ask('Mật khẩu: ', true);
  if (!login || !password) {
    console.error('Cần tên đăng nhập (--login) và mật khẩu (biến môi trường IOC_PASSWORD, hoặc gõ khi được hỏi).');
    return 1;
  }
  const request: StickRequest = { action, path: resolve(path), login, password };
  const running = await findConsole(dataDir);
  const report = running === null ? await alone(dataDir, request, parts) : await through(running, request);
  console.log(json ? JSON.stringify(report) : stickSentence(report));
  return 0;
}

async function alone(dataDir: string, request: StickRequest, parts: Parts): Promise<StickReport> {
  const { supervisor, calls, closeLog } = prepareCore(dataDir, parts.coreEntry);
  try {
    supervisor.start();
    await supervisor.ready();
    return await calls.stick(request);
  } finally {
    await supervisor.stop();
    closeLog();
  }
}

async function through(running: RunningConsole, request: StickRequest): Promise<StickReport> {
  const answer = await fetch(`${running.origin}/local/stick`, {
    method: 'POST', headers: { ...bearer(running), 'content-type': 'application/json' }, body: JSON.stringify(request),
  }).catch((cause: unknown) => { throw new AppError('core/starting', {}, { cause }); });
  const told = StickAnswer.safeParse(answer.ok ? await answer.json() : null);
  if (!told.success) throw new AppError('core/starting');
  if ('error' in told.data) throw new AppError(told.data.error.code, told.data.error.facts);
  return told.data.report;
}
