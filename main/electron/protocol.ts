import type { Session } from 'electron';
import { SCHEME } from './guards.ts';
import { answer, freshNonce, readScreens } from './screens.ts';

/**
 * Serves the built screens at app://console/.
 *
 * @throws {AppError} 'shell/not-built'
 */
export function serveScreens(session: Session, folder: string): void {
  const files = readScreens(folder);
  session.protocol.handle(SCHEME, request => {
    const { status, headers, body } = answer(files, request, freshNonce());
    return new Response(body, { status, headers });
  });
}
