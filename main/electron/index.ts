import { join } from 'node:path';
import { app, protocol } from 'electron';
import { ensureWritableFolder } from '../platform/files.ts';
import { createLog } from '../platform/log.ts';
import { parseCommandLine } from './command-line.ts';
import { endOnError, keepCrashDumps } from './crash.ts';
import { SCHEME, SCHEME_PRIVILEGES } from './guards.ts';
import { failToStart, runShell } from './shell.ts';

/**
 * Entry of the Electron shell. The order is that of docs/architecture.md: crash handlers, sandbox and schemes, folder,
 * single instance; everything else waits for `ready`. What must come before `ready` is done here, without awaiting.
 */
function begin(): void {
  const given = parseCommandLine(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd());
  const dataDir = given.dataDir ?? join(app.getPath('appData'), 'IOC Console');
  const log = createLog({ dataDir, name: 'shell' });
  endOnError(log);
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: SCHEME_PRIVILEGES }]);
  try {
    // Each data folder has a profile of its own, so that consoles with different folders run side by side. Electron takes
    // only folders that exist.
    for (const [name, folder] of [['userData', 'shell'], ['crashDumps', 'crashes']] as const) {
      ensureWritableFolder(join(dataDir, folder));
      app.setPath(name, join(dataDir, folder));
    }
  } catch (error) {
    void app.whenReady().then(() => failToStart(error, log));
    return;
  }
  keepCrashDumps();
  app.setAppUserModelId('invalid.ioc-console.desktop');
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  log.info({ version: app.getVersion(), electron: process.versions.electron }, 'shell starting');
  void app.whenReady().then(() => runShell({ given, dataDir, log }));
}

begin();
