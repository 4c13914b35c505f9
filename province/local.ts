import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import { SERVICES } from '../contract/org.ts';
import { createCode, listDevices, revokeDevice, siteByCode, siteCodes } from './devices.ts';
import { Founded, Founding, found } from './found.ts';
import type { Database } from './sql.ts';

/** What the operator of the server may ask for on its own machine. */
export const LocalCommand = z.discriminatedUnion('command', [
  z.object({ command: z.literal('code'), site: z.string(), services: z.array(z.enum(SERVICES)).nullable(), lifeMs: z.number().int().positive().nullable() }),
  z.object({ command: z.literal('revoke'), station: z.string() }),
  z.object({ command: z.literal('found'), founding: Founding }),
]);
export type LocalCommand = z.infer<typeof LocalCommand>;

export const MadeCode = z.object({ code: z.string(), expiresAtMs: z.number() });
export const Revoked = z.object({ deviceId: z.string() });

/**
 * Does a local command on the database.
 *
 * @throws {AppError} 'input/invalid' for an unknown site, 'device/unknown' for an unknown station
 */
export async function runLocal(db: Database, command: LocalCommand, nowMs: number): Promise<z.infer<typeof MadeCode> | z.infer<typeof Revoked> | Founded> {
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
