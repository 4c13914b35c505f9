import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import { SERVICES } from '../contract/org.ts';
import { createCode, listDevices, revokeDevice, siteByCode } from './devices.ts';
import type { Sql } from './sql.ts';

/** What the operator of the server may ask for on its own machine. */
export const LocalCommand = z.discriminatedUnion('command', [
  z.object({ command: z.literal('code'), site: z.string(), services: z.array(z.enum(SERVICES)).nullable(), lifeMs: z.number().int().positive().nullable() }),
  z.object({ command: z.literal('revoke'), station: z.string() }),
]);
export type LocalCommand = z.infer<typeof LocalCommand>;

export const MadeCode = z.object({ code: z.string(), expiresAtMs: z.number() });
export const Revoked = z.object({ deviceId: z.string() });

/**
 * Does a local command on the database.
 *
 * @throws {AppError} 'input/invalid' for an unknown site, 'device/unknown' for an unknown station
 */
export async function runLocal(sql: Sql, command: LocalCommand, nowMs: number): Promise<z.infer<typeof MadeCode> | z.infer<typeof Revoked>> {
  if (command.command === 'code') {
    const site = await siteByCode(sql, command.site);
    if (site === undefined) throw new AppError('input/invalid', { field: `--site ${command.site}` });
    return createCode(sql, { siteId: site.id, services: command.services, nowMs, lifeMs: command.lifeMs ?? undefined });
  }
  const device = (await listDevices(sql)).find(line => line.stationCode === command.station);
  if (device === undefined) throw new AppError('device/unknown');
  await revokeDevice(sql, device.id, nowMs);
  return { deviceId: device.id };
}
