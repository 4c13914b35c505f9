import { ValidationError } from '@orpc/contract';
import { implement, ORPCError } from '@orpc/server';
import { AppError } from '../contract/errors.ts';
import type { Person, Service } from '../contract/org.ts';
import { isServed, PROTOCOL_VERSION, provinceContract } from '../contract/province.ts';
import { addAccessLines, searchAccessLog } from './access-log.ts';
import { isSample, requirePerson, signIn, spendPersonToken } from './accounts.ts';
import type { Attachments } from './attachments.ts';
import { challenge, createCode, deviceOfToken, enrol, listDevices, openSession, revokeDevice, siteById, TOKEN_LIFE_MS, type Device } from './devices.ts';
import { bucketRows, bucketsOf, digestOf } from './digest.ts';
import type { LiveHub } from './live.ts';
import { issuePolicy, withdrawPolicy } from './policy.ts';
import { notePulled } from './prune.ts';
import { pull } from './pull.ts';
import type { Pushes } from './push-queue.ts';
import type { Snapshots } from './snapshot.ts';
import type { Database } from './sql.ts';
import { readStickKeys } from './stick-keys.ts';
import { relayGate, type RelayGate } from './stick-relay.ts';
import { takeStick } from './stick.ts';
import { readHead } from './store.ts';

/** What the procedures work with. */
export interface ProvinceParts {
  db: Database; hub: LiveHub; snapshots: Snapshots; pushes: Pushes; attachments: Attachments;
  nowMs: () => number;
  /** Unexpected trouble, for the operator of the server; never shown to consoles. */
  report: (what: string, error: unknown) => void;
}

/** What a request brings beside its input. */
export interface RequestContext { authorization: string | undefined }

/**
 * The station that a request comes from.
 *
 * @throws {AppError} 'device/token-expired' | 'device/revoked'
 */
export async function requireDevice(parts: ProvinceParts, authorization: string | undefined): Promise<Device> {
  const token = /^Bearer ([\w-]{20,100})$/.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new AppError('device/token-expired');
  return deviceOfToken(parts.db, token, parts.nowMs());
}

/** The contract's implementer, with expected trouble in the form that the contract declares. */
function anyoneOf(parts: ProvinceParts) {
  return implement(provinceContract).$context<RequestContext>().use(async ({ next, errors, path }) => {
    try {
      return await next();
    } catch (error) {
      if (error instanceof AppError) throw errors.APP({ data: { code: error.code, facts: error.facts } });
      if (isBadInput(error)) throw errors.APP({ data: { code: 'input/invalid', facts: { field: fieldOf(error) } } });
      if (!(error instanceof ORPCError)) parts.report(path.join('.'), error);
      throw error;
    }
  });
}

/** The same for procedures that only a workstation may call. */
function stationsOf(parts: ProvinceParts) {
  return anyoneOf(parts).use(async ({ context, next }) => next({ context: { device: await requireDevice(parts, context.authorization) } }));
}
type Stations = ReturnType<typeof stationsOf>;

/** The province's side of the contract. */
export function createRouter(parts: ProvinceParts) {
  const { db, nowMs } = parts;
  const anyone = anyoneOf(parts);
  const stations = stationsOf(parts);
  return anyone.router({
    enrol: anyone.enrol.handler(async ({ input }) => {
      const { token, ...station } = await enrol(db, { ...input, nowMs: nowMs() });
      const head = await readHead(db);
      return { ...station, token: input.protocol !== undefined && isServed(input.protocol) ? token : null, provinceId: head.provinceId, provinceName: head.name, sample: await isSample(db), stick: await readStickKeys(db), protocol: PROTOCOL_VERSION, nowMs: nowMs() };
    }),
    session: {
      challenge: anyone.session.challenge.handler(async ({ input }) => {
        const { provinceId } = await readHead(db);
        return { nonce: await challenge(db, { deviceId: input.deviceId, provinceId, nowMs: nowMs() }), nowMs: nowMs() };
      }),
      open: anyone.session.open.handler(async ({ input }) => {
        if (!isServed(input.protocol)) throw new AppError('sync/too-old', { protocol: input.protocol });
        const session = await openSession(db, { ...input, nowMs: nowMs() });
        return { ...session, expiresInMs: TOKEN_LIFE_MS, epoch: (await readHead(db)).epoch, stick: await readStickKeys(db), protocol: PROTOCOL_VERSION, nowMs: nowMs() };
      }),
    },
    people: {
      signIn: stations.people.signIn.handler(async ({ input, context }) =>
        ({ ...await signIn(db, { ...input, deviceId: context.device.id, nowMs: nowMs() }), nowMs: nowMs() })),
    },
    sync: syncProcedures(parts, stations),
    stick: stickProcedures(parts, stations, relayGate()),
    accessLog: {
      add: stations.accessLog.add.handler(async ({ input, context }) => {
        await addAccessLines(db, context.device, input.lines, nowMs());
        return { nowMs: nowMs() };
      }),
      search: stations.accessLog.search.handler(({ input, context }) => searchAccessLog(db, context.device, input)),
    },
    attachments: { offer: stations.attachments.offer.handler(({ input, context }) => parts.attachments.offer(context.device, input)) },
    admin: adminProcedures(parts, stations),
    health: anyone.health.handler(async () => {
      const head = await readHead(db);
      return { provinceId: head.provinceId, provinceName: head.name, epoch: head.epoch, protocol: PROTOCOL_VERSION, engine: db.engine, seq: head.seq, nowMs: nowMs() };
    }),
  });
}

/** Input that the contract's schema refuses. */
function isBadInput(error: unknown): error is ORPCError<string, unknown> & { cause: ValidationError } {
  return error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError;
}

function fieldOf(error: { cause: ValidationError }): string {
  return error.cause.issues[0]?.path?.map(part => String(typeof part === 'object' ? part.key : part)).join('.') ?? '';
}

function syncProcedures(parts: ProvinceParts, stations: Stations) {
  const { db, hub, snapshots, pushes, nowMs } = parts;
  return {
    push: stations.sync.push.handler(async ({ input, context }) => {
      const result = await pushes({
        deviceId: context.device.id, mutations: input.mutations, nowMs: nowMs(),
        onBroken: (mutation, error) => parts.report(`${mutation.name} ${context.device.id} ${mutation.n}`, error),
      });
      return { ...result, nowMs: nowMs() };
    }),
    pull: stations.sync.pull.handler(async ({ input, context: { device } }) => {
      const { after, ...page } = await pull(db, device, input);
      if (input.cursor !== '') await notePulled(db, device, after, nowMs());
      return { ...page, lastN: device.lastN, nowMs: nowMs() };
    }),
    digest: stations.sync.digest.handler(({ context }) => digestOf(db, context.device)),
    buckets: stations.sync.buckets.handler(({ input, context }) => bucketsOf(db, context.device, input.place)),
    bucket: stations.sync.bucket.handler(({ input, context }) => bucketRows(db, context.device, input)),
    snapshot: stations.sync.snapshot.handler(({ input, context }) => snapshots.manifest(context.device, input?.since)),
    live: stations.sync.live.handler(async function* ({ context, signal }) {
      yield* hub.listen(context.device.id, context.device.scope, signal, async () => (await readHead(db)).seq);
    }),
  };
}

function stickProcedures({ db, nowMs, report }: ProvinceParts, stations: Stations, gate: RelayGate) {
  return {
    relay: stations.stick.relay.handler(async ({ input, context }) => {
      gate.pass(context.device.id, nowMs());
      const { answer, name, taken } = await takeStick(db, Buffer.from(input.file, 'base64'), {
        nowMs: nowMs(), carrierId: context.device.id, report,
      });
      return { answer: Buffer.from(answer).toString('base64'), name, taken, nowMs: nowMs() };
    }),
  };
}

function adminProcedures(parts: ProvinceParts, stations: Stations) {
  const { db, nowMs } = parts;
  const administrator = (device: Device, personToken: string) =>
    requirePerson(db, { deviceId: device.id, personToken, permission: 'device.manage', nowMs: nowMs() });
  return {
    createCode: stations.admin.createCode.handler(async ({ input, context }) => {
      await administrator(context.device, input.personToken);
      return createCode(db, { siteId: input.siteId, services: input.services as Service[] | null, nowMs: nowMs() });
    }),
    devices: stations.admin.devices.handler(async ({ input, context }) => {
      await administrator(context.device, input.personToken);
      return listDevices(db);
    }),
    revoke: stations.admin.revoke.handler(async ({ input, context }) => {
      await administrator(context.device, input.personToken);
      return { revoked: await revokeDevice(db, input.deviceId, nowMs()) };
    }),
    ...policyProcedures(parts, stations),
  };
}

function policyProcedures({ db, nowMs }: ProvinceParts, stations: Stations) {
  /** The province's pack is edited at the province: an administrator of a district may not, whatever its station. */
  const asEditor = async <T>(deviceId: Device['id'], personToken: string, work: (editor: Person) => Promise<T>): Promise<T> => {
    const person = await requirePerson(db, { deviceId, personToken, permission: 'policy.edit', nowMs: nowMs() });
    if ((await siteById(db, person.siteId))?.tier !== 'province') throw new AppError('auth/forbidden', { permission: 'policy.edit' });
    const done = await work(person);
    await spendPersonToken(db, { deviceId, personToken, nowMs: nowMs() });
    return done;
  };
  return {
    issuePolicy: stations.admin.issuePolicy.handler(({ input: { personToken, pack, fromNow, knownUntilMs }, context }) =>
      asEditor(context.device.id, personToken, ({ id, name }) => issuePolicy(db, pack, { nowMs: nowMs(), by: { personId: id, name }, fromNow, ...(knownUntilMs === undefined ? {} : { knownUntilMs }) }))),
    withdrawPolicy: stations.admin.withdrawPolicy.handler(({ input: { personToken, id }, context }) =>
      asEditor(context.device.id, personToken, async () => ({ withdrawn: await withdrawPolicy(db, id, nowMs()) }))),
  };
}
