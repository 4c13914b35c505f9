import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/**
 * Asks one question on the terminal.
 *
 * @param hidden do not show what is typed
 * @returns null where there is no terminal to ask on
 */
export async function ask(question: string, hidden: boolean): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  process.stderr.write(question);
  const output = hidden ? new Writable({ write(_chunk, _encoding, done) { done(); } }) : process.stderr;
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  // Ctrl+C at the question is an answer too: nothing.
  const gone = new AbortController();
  lines.on('SIGINT', () => { gone.abort(); });
  try {
    return await lines.question('', { signal: gone.signal });
  } catch {
    return null;
  } finally {
    lines.close();
    if (hidden) process.stderr.write('\n');
  }
}
