import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { ImportJob } from '../../contract/imports.ts';
import { AppError, AppErrorData } from '../../contract/errors.ts';
import type { CoreCalls } from '../platform/core-calls.ts';
import { answerJson, readJson } from './json-body.ts';
import { ImportReport, StickRequest } from '../platform/core-messages.ts';
import type { Log } from '../platform/log.ts';
import type { SupervisorState } from '../supervisor.ts';

const MAX_BODY_BYTES = 16 * 1024;

export const ImportRequest = z.object({ path: z.string().max(4_096), login: z.string().min(1).max(40), password: z.string().min(1).max(200) });
export type ImportRequest = z.infer<typeof ImportRequest>;

/** One line of the answer to an import: progress while it runs, the end as the last one. */
export const ImportNews = z.union([
  z.object({ job: ImportJob }),
  z.object({ report: ImportReport }),
  z.object({ error: AppErrorData }),
]);
export type ImportNews = z.infer<typeof ImportNews>;

export interface LocalApi { answer(path: string, request: IncomingMessage, response: ServerResponse, host: string): void }

export interface LocalApiDeps { calls: CoreCalls; coreState: () => SupervisorState; newEntrance: () => string; log: Log }

/** What this machine's command line may ask of a running shell, besides the wire. The caller has been checked. */
export function createLocalApi(deps: LocalApiDeps): LocalApi {
  return {
    answer(path, request, response, host) {
      const route = `${request.method} ${path}`;
      if (route === 'POST /local/address') answerJson(response, 200, { address: `http://${host}${deps.newEntrance()}` });
      else if (route === 'GET /local/state') answerJson(response, 200, { pid: process.pid });
      else if (route === 'POST /local/import') void answerImport(deps, request, response).catch((error: unknown) => {
        deps.log.error({ error }, 'import request failed');
        response.destroy();
      });
      else if (route === 'POST /local/stick') void answerStick(deps, request, response).catch((error: unknown) => {
        deps.log.error({ error }, 'stick request failed');
        response.destroy();
      });
      else answerJson(response, 404, {});
    },
  };
}

/** Runs an import and tells how it goes, a JSON line at a time; a caller who goes away cancels it. */
async function answerImport({ calls, coreState }: LocalApiDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parsed = ImportRequest.safeParse(await readJson(request, MAX_BODY_BYTES));
  if (!parsed.success) return answerJson(response, 400, {});
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  const tell = (news: ImportNews): void => { response.write(`${JSON.stringify(news)}\n`); };
  const running = calls.importFile(parsed.data, job => { tell({ job }); });
  response.on('close', () => { running.cancel(); });
  try {
    tell({ report: await running.done });
  } catch (error) {
    tell({ error: reasonOf(error, coreState()) });
  }
  response.end();
}

/** Makes or takes in a stick file. */
async function answerStick({ calls, coreState }: LocalApiDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parsed = StickRequest.safeParse(await readJson(request, MAX_BODY_BYTES));
  if (!parsed.success) return answerJson(response, 400, {});
  const answer = await calls.stick(parsed.data).then(report => ({ report }), (error: unknown) => ({ error: reasonOf(error, coreState()) }));
  answerJson(response, 200, answer);
}

/** A core that was given up does not come in a few seconds: its own reason is told instead. */
function reasonOf(error: unknown, state: SupervisorState): AppErrorData {
  if (!(error instanceof AppError)) throw error;
  return error.code === 'core/starting' && state.name === 'gave-up' ? state.error : { code: error.code, facts: error.facts };
}
