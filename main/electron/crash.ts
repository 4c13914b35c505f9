import { app, crashReporter, type BrowserWindow } from 'electron';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { decideRestart } from '../platform/restart-policy.ts';

/** Native crashes leave a dump beside the data; nothing is ever sent anywhere. */
export function keepCrashDumps(): void {
  crashReporter.start({ uploadToServer: false, ignoreSystemCrashHandler: true, compress: true });
}

/** Errors that nobody caught: a line in the diary, then the end; the core ends in order by itself when the shell is gone. */
export function endOnError(log: Log): void {
  const end = (error: unknown): void => {
    log.error({ error }, 'shell crashed');
    app.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  app.on('child-process-gone', (_event, details) => {
    log.error({ type: details.type, reason: details.reason, exitCode: details.exitCode, service: details.serviceName ?? '' }, 'a helper process died');
  });
}

/**
 * Brings a page back that has died: drafts are in the core, so a reload loses nothing. Up to three times in five
 * minutes, with growing waits; then somebody is told.
 */
export function reviveWindow(window: BrowserWindow, clock: Clock, log: Log, giveUp: () => void): void {
  const deathsAtMs: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    const nowMs = clock.nowMs();
    deathsAtMs.push(nowMs);
    const decision = decideRestart(deathsAtMs, nowMs);
    log.error({ reason: details.reason, exitCode: details.exitCode, decision }, 'page died');
    if (!decision.restart) giveUp();
    else setTimeout(() => { if (!window.isDestroyed()) window.webContents.reload(); }, decision.delayMs);
  });
}
