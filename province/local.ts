import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import { SERVICES } from '../contract/org.ts';
import { MAX_STICK_BYTES, StickTaken } from '../contract/stick-file.ts';
import { createCode, listDevices, revokeDevice, siteByCode, siteCodes } from './devices.ts';
import { Founded, Founding, found } from './found.ts';
import type { Database } from './sql.ts';
import { takeStick } from './stick.ts';

/** What the operator of the server may ask for on its own machine. */
export const LocalCommand = z.discriminatedUnion('command', [
  z.object({ command: z.literal('code'), site: z.string(), services: z.array(z.enum(SERVICES)).nullable(), lifeMs: z.number().int().positive().nullable() }),
  z.object({ command: z.literal('revoke'), station: z.string() }),
  z.object({ command: z.literal('found'), founding: Founding }),
  z.object({ command: z.literal('import-stick'), file: z.base64().max(Math.ceil(MAX_STICK_BYTES / 3) * 4) }),
]);
export type LocalCommand = z.infer<typeof LocalCommand>;

export const MadeCode = z.object({ code: z.string(), expiresAtMs: z.number() });
export const Revoked = z.object({ deviceId: z.string() });
/** An answer to a workstation's file, base64, and what has become of the file. */
export const StickDone = z.object({ answer: z.base64(), name: z.string(), taken: StickTaken });
export type StickDone = z.infer<typeof StickDone>;

/** What a command needs beside the database. */
export interface LocalParts {
  nowMs: number;
  report: (what: string, error: unknown) => void;
}

/**
 * Does a local command on the database.
 *
 * @throws {AppError} 'input/invalid' for an unknown site, 'device/unknown' for an unknown station, `stick/…` for a file that is not taken
 */
export async function runLocal(db: Database, command: LocalCommand, parts: LocalParts): Promise<z.infer<typeof MadeCode> | z.infer<typeof Revoked> | Founded | StickDone> {
  const { nowMs } = parts;
  if (command.command === 'import-stick') {
    const { answer, name, taken } = await takeStick(db, Buffer.from(command.file, 'base64'), { ...parts, carrierId: null });
    return { answer: Buffer.from(answer).toString('base64'), name, taken };
  }
  if (command.command === 'found') return found(db, command.founding, nowMs);
  if (command.command === 'code') {
    const site = await siteByCode(db, command.site);
    if (site === undefined) throw await unknownSite(db, command.site);
    return createCode(db, { siteId: site.id, services: command.services, nowMs, lifeMs: command.lifeMs ?? undefined });
  }
  const device = (await listDevices(db)).find(line => line.stationCode === command.station);
  if (device === undefined) throw new AppError('device/unknown');
  await revokeDevice(db, device.id, nowMs);
  return { deviceId: device.id };
}

async function unknownSite(db: Database, code: string): Promise<AppError> {
  const codes = await siteCodes(db);
  const reason = codes.length === 0 ? 'tỉnh này chưa có trụ sở nào, lập trụ sở đầu tiên bằng lệnh found' : `không có trụ sở này, các mã đã có: ${codes.join(', ')}`;
  return new AppError('input/invalid', { field: `--site ${code}`, reason });
}
