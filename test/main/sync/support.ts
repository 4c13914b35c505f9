import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { expect } from 'vitest';
import { blobToId } from '../../../db/database.ts';
import { readIssue } from '../../../db/stores/issues.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { ProvinceLine } from '../../../main/sync/line.ts';
import { createTransport } from '../../../main/sync/transport.ts';
import { call, type Desk } from '../../support/desk.ts';

/** Whether the desk has the record with the number that only the province gives. */
export function numbered(desk: Desk, id: string): boolean {
  return typeof desk.find(id)?.issue.displayNo === 'string';
}

export function tryNow(desk: Desk): void {
  desk.sync.handlers.tryNow({}, call());
}

/** As an administrator's screen will: with the station's own token and the person's. */
export async function revokeAt(admin: Desk, personToken: string, revoked: Desk): Promise<void> {
  const [station, deviceId] = [admin.station.station(), revoked.station.station()?.deviceId];
  if (station === null || deviceId === undefined) throw new Error('not enrolled');
  const line = new ProvinceLine({ station, clock: systemClock, transport: createTransport({ address: station.address }), onOffset: () => undefined });
  await line.asDevice(context => line.client.admin.revoke({ personToken, deviceId }, { context }));
  line.close();
}

/** Every record of a desk by id, as it would be read. */
export function records(desk: Desk): Map<string, unknown> {
  const ids = desk.reader.prepare<[], { id: Uint8Array }>('SELECT id FROM issue').all().map(row => blobToId(row.id));
  return new Map(ids.map(id => [id, { issue: readIssue(desk.reader, id)?.issue, sync: readIssue(desk.reader, id)?.sync }]));
}

export async function listening(server: Server, port: number): Promise<Server> {
  await new Promise<void>(resolve => { server.listen(port, '127.0.0.1', resolve); });
  if (port !== 0) expect((server.address() as AddressInfo).port).toBe(port);
  return server;
}

export async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise(resolve => { server.close(resolve); });
}
