import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { LAST_WORDS_BYTES } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import type { CoreCalls } from '../platform/core-calls.ts';
import { answerJson, readJson } from './json-body.ts';

const LastWords = z.object({ path: z.tuple([z.string(), z.string()]), input: z.unknown() });
/** Nobody waits for the answer. */
const WITHIN_MS = 10_000;

/**
 * A call that a page makes as it goes: what was typed last. Its WebSocket ends with the page and drops what it has not
 * sent; a request of this kind the browser still carries through. The caller has been checked as for the wire, and the core checks the
 * call as any other.
 */
export async function answerLastWords(calls: CoreCalls, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const said = LastWords.safeParse(await readJson(request, LAST_WORDS_BYTES));
    if (!said.success) return answerJson(response, 400, {});
    answerJson(response, 200, { output: await calls.call(said.data.path, said.data.input, WITHIN_MS) });
  } catch (error) {
    if (!(error instanceof AppError)) return void response.destroy();
    answerJson(response, 422, { code: error.code });
  }
}
