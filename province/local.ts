import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import { Scope, SERVICES } from '../contract/org.ts';
import { PolicyPack } from '../contract/policy/pack.ts';
import type { PolicyIssued } from '../contract/province.ts';
import { MAX_STICK_BYTES, StickTaken } from '../contract/stick-file.ts';
import { createCode, listDevices, revokeDevice } from './devices.ts';
import { Founded, Founding, found } from './found.ts';
import { issuePolicy, loadPolicy } from './policy.ts';
import { moveUnit, setScope, siteNamed } from './places.ts';
import { prune } from './prune.ts';
import type { Database } from './sql.ts';
import { takeStick } from './stick.ts';

/** What the operator of the server may ask for on its own machine. */
export const LocalCommand = z.discriminatedUnion('command', [
  z.object({ command: z.literal('code'), site: z.string(), services: z.array(z.enum(SERVICES)).nullable(), lifeMs: z.number().int().positive().nullable() }),
  z.object({ command: z.literal('revoke'), station: z.string() }),
  z.object({ command: z.literal('found'), founding: Founding }),
  z.object({ command: z.literal('import-stick'), file: z.base64().max(Math.ceil(MAX_STICK_BYTES / 3) * 4) }),
  z.object({ command: z.literal('move-unit'), unit: z.string(), site: z.string() }),
  z.object({ command: z.literal('prune') }),
  z.object({ command: z.literal('policy-in-force') }),
  z.object({ command: z.literal('policy-issue'), pack: PolicyPack }),
  z.object({ command: z.literal('set-scope'), station: z.string(), services: z.array(z.enum(SERVICES)).nullable().optional(), sites: z.array(z.string()).nullable().optional() }),
]);
export type LocalCommand = z.infer<typeof LocalCommand>;

export const MadeCode = z.object({ code: z.string(), expiresAtMs: z.number() });
export const Revoked = z.object({ deviceId: z.string() });
export const Pruned = z.object({ gone: z.number() });
export const Moved = z.object({ records: z.number(), people: z.number() });
export const Rescoped = z.object({ deviceId: z.string(), scope: Scope });
/** An answer to a workstation's file, base64, and what has become of the file. */
export const StickDone = z.object({ answer: z.base64(), name: z.string(), taken: StickTaken });
export type StickDone = z.infer<typeof StickDone>;
export type LocalAnswer = z.infer<typeof MadeCode> | z.infer<typeof Revoked> | z.infer<typeof Moved> | z.infer<typeof Pruned> | z.infer<typeof Rescoped> | Founded | StickDone | PolicyPack | PolicyIssued;

/** What a command needs beside the database. */
export interface LocalParts {
  nowMs: number;
  report: (what: string, error: unknown) => void;
}

/**
 * Does a local command on the database.
 *
 * @throws {AppError} 'input/invalid' for an unknown site, 'device/unknown' for an unknown station, `stick/…` for a file that is not taken, `policy/…` for a pack
 */
export async function runLocal(db: Database, command: LocalCommand, parts: LocalParts): Promise<LocalAnswer> {
  const { nowMs } = parts;
  switch (command.command) {
    case 'found': return found(db, command.founding, nowMs);
    case 'move-unit': return moveUnit(db, command);
    case 'prune': return { gone: await prune(db, nowMs) };
    case 'policy-in-force': return PolicyPack.parse((await loadPolicy(db)).at(nowMs));
    case 'policy-issue': return issuePolicy(db, command.pack, { nowMs });
    case 'set-scope': return setScope(db, command.station, command);
    case 'import-stick': {
      const { answer, name, taken } = await takeStick(db, Buffer.from(command.file, 'base64'), { ...parts, carrierId: null });
      return { answer: Buffer.from(answer).toString('base64'), name, taken };
    }
    case 'code': {
      const site = await siteNamed(db, command.site, '--site');
      return createCode(db, { siteId: site.id, services: command.services, nowMs, lifeMs: command.lifeMs ?? undefined });
    }
    case 'revoke': {
      const device = (await listDevices(db)).find(line => line.stationCode === command.station);
      if (device === undefined) throw new AppError('device/unknown');
      await revokeDevice(db, device.id, nowMs);
      return { deviceId: device.id };
    }
  }
}
