import { AppError } from '../../contract/errors.ts';

/** What the workstation is known by, once it is enrolled. @throws {AppError} `enrol/not-enrolled` */
export function enrolled<S>(station: S | null): S {
  if (station === null) throw new AppError('enrol/not-enrolled');
  return station;
}
