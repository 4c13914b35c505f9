import type { ClientLink } from '@orpc/client';

/**
 * The way for what a page says as it goes. Its WebSocket ends with it and drops what it has not sent yet; a request that is to be
 * kept alive the browser carries through. Nobody hears the answer any more.
 */
export const LAST_LINK: ClientLink<Record<never, never>> = {
  async call(path, input) {
    const answer = await fetch('/last-words', { method: 'POST', keepalive: true, headers: { 'content-type': 'application/json' }, body: letter(path, input) });
    if (!answer.ok) throw new Error(`last words were refused: ${answer.status}`);
    return ((await answer.json()) as { output: unknown }).output;
  },
};

/** How long it is, bytes. The browser carries no more than 64 KB in all for a page that is gone (`LAST_WORDS_BYTES`). */
export function lengthOfLast(path: readonly string[], input: unknown): number {
  return new TextEncoder().encode(letter(path, input)).byteLength;
}

function letter(path: readonly string[], input: unknown): string {
  return JSON.stringify({ path, input });
}
