import { AppError } from '../../contract/errors.ts';
import { lockFolder } from '../../main/platform/files.ts';

// Locks the folder named on the command line and keeps it until killed.
const folder = process.argv[2];
if (folder === undefined) throw new Error('which folder?');
try {
  lockFolder(folder, Date.now());
  process.send?.('locked');
} catch (error) {
  process.send?.(error instanceof AppError ? { code: error.code, facts: error.facts } : String(error));
}
setInterval(() => {}, 60_000);
