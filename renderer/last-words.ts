import type { ClientLink } from '@orpc/client';
import { LAST_WORDS_BYTES } from '../contract/console.ts';

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

/** Room for the last words of a page, all of them together: the browser carries no more than 64 KB in all for one that is gone. */
export class LastRoom {
  #left = 0;

  /** The page goes. */
  open(): void {
    this.#left = LAST_WORDS_BYTES;
  }

  /** Whether this still finds room, which it then has. */
  take(path: readonly string[], input: unknown): boolean {
    const left = this.#left - new TextEncoder().encode(letter(path, input)).byteLength;
    if (left < 0) return false;
    this.#left = left;
    return true;
  }
}

function letter(path: readonly string[], input: unknown): string {
  return JSON.stringify({ path, input });
}
