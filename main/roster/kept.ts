import { AppError } from '../../contract/errors.ts';
import type { RosterSaved } from '../../db/writer-api.ts';

/** The answer to a save. @throws {AppError} `roster/moved-on` where it was refused; the fact `aside` is the copy that it is kept as then */
export function savedOrRefused({ savedAtMs, isRefused, aside }: RosterSaved): { savedAtMs: number } {
  if (isRefused) throw new AppError('roster/moved-on', { aside });
  return { savedAtMs };
}
