import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { z } from 'zod';
import type { ConsoleInputs, ConsoleOutputs, ConsoleState, Session } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import { PROTOCOL_VERSION, speaksWithUs, UNSAID_PROTOCOL, type EnrolInput, type EnrolOutput } from '../../contract/province.ts';
import { nfc } from '../../contract/text.ts';
import type { Database } from '../../db/open.ts';
import { readSite } from '../../db/stores/org.ts';
import { readSettings, readStation } from '../../db/stores/station.ts';
import type { StationRecord, Writer } from '../../db/writer-api.ts';
import type { Call } from '../platform/call.ts';
import type { Clock } from '../platform/clock.ts';

export interface StationDeps {
  reader: Database; writer: Writer; clock: Clock;
  enrol: (address: string, input: z.input<typeof EnrolInput>) => Promise<EnrolOutput>;
  currentSession: () => Session | null;
  tiles: () => ConsoleState['people'];
  lockAfterMs: () => number;
  version: string;
  /** Called once this workstation belongs to a province: the first copy must not wait for the next look. */
  onEnrolled?: (firstToken: string | null) => void;
}

type StationHandlers = {
  [P in keyof ConsoleInputs['station']]: (input: ConsoleInputs['station'][P], call: Call) => Promise<ConsoleOutputs['station'][P]> | ConsoleOutputs['station'][P];
};

export interface Station {
  handlers: StationHandlers;
  /** What this workstation is; null before enrolment. */
  station(): StationRecord | null;
}

/** What this workstation is and how it looks: enrolment, settings, and the state that the first screen asks for. */
export function createStation(deps: StationDeps): Station {
  const known: { station: StationRecord | null; enrolling: boolean } = { station: readStation(deps.reader), enrolling: false };
  const state = (): ConsoleState => stateOf(deps, known.station);
  // What it may see can change at the province at any time.
  deps.writer.onChange(change => { if (known.station !== null && change.tables.includes('session')) known.station = readStation(deps.reader); });

  const enrol = async (input: ConsoleInputs['station']['enrol']): Promise<ConsoleState> => {
    if (known.station !== null || known.enrolling) throw new AppError('enrol/already-enrolled');
    known.enrolling = true;
    try {
      const { station, firstToken } = await enrolled(deps, input);
      known.station = station;
      deps.onEnrolled?.(firstToken);
      return state();
    } finally {
      known.enrolling = false;
    }
  };

  const enrolAgain = async ({ code }: ConsoleInputs['station']['enrolAgain']): Promise<ConsoleState> => {
    if (known.station === null) throw new AppError('enrol/not-enrolled');
    known.station = await enrolledAgain(deps, known.station, code);
    deps.onEnrolled?.(null);
    return state();
  };

  return {
    handlers: {
      state,
      enrol,
      enrolAgain,
      settings: () => readSettings(deps.reader),
      saveSettings: async settings => {
        await deps.writer.call('settings.save', settings);
        return settings;
      },
    },
    station: () => known.station,
  };
}

/** Makes the device's key, shows its public half to the province with the code, and keeps both. */
async function enrolled(deps: StationDeps, input: ConsoleInputs['station']['enrol']): Promise<{ station: StationRecord; firstToken: string | null }> {
  const address = addressForm(input.address);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const answer = await deps.enrol(address, {
    code: input.code, stationName: nfc(input.stationName), protocol: PROTOCOL_VERSION,
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  });
  const station: StationRecord = {
    deviceId: answer.deviceId, stationCode: answer.stationCode, stationName: nfc(input.stationName), site: answer.site, scope: answer.scope,
    provinceId: answer.provinceId, provinceName: answer.provinceName, address, sample: answer.sample,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  };
  await deps.writer.call('station.save', station);
  if (answer.stick) await deps.writer.call('stick.saveKeys', { keys: answer.stick, atMs: deps.clock.nowMs() });
  await deps.writer.call('audit.add', { atMs: deps.clock.nowMs(), personId: null, action: 'station.enrol', subject: station.deviceId });
  // With a province that is too old the first session says so.
  return { station, firstToken: speaksWithUs(answer.protocol ?? UNSAID_PROTOCOL) ? answer.token ?? null : null };
}

/**
 * A province that was restored to before this station's enrolment takes it in again, as what it was: its id and key stay, so what it has
 * written keeps its numbers and is offered again.
 *
 * @throws {AppError} `enrol/…`, `device/…` as the province judges; `link/…`
 */
async function enrolledAgain(deps: StationDeps, before: StationRecord, code: string): Promise<StationRecord> {
  const publicKey = createPublicKey(createPrivateKey({ key: Buffer.from(before.privateKey, 'base64'), format: 'der', type: 'pkcs8' }));
  const answer = await deps.enrol(before.address, {
    code, stationName: before.stationName, protocol: PROTOCOL_VERSION, deviceId: before.deviceId,
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  });
  if (answer.provinceId !== before.provinceId) throw new AppError('link/wrong-province', { province: answer.provinceName });
  // What it may see now is said by its next session, and followed then.
  const { stationCode, site, deviceId } = answer;
  const station: StationRecord = { ...before, deviceId, stationCode, site };
  await deps.writer.call('station.save', station);
  await deps.writer.call('audit.add', { atMs: deps.clock.nowMs(), personId: null, action: 'station.enrolAgain', subject: deviceId });
  return station;
}

/** Only the place of the server: no path end, query or credentials that would travel with every call. */
function addressForm(address: string): string {
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new AppError('input/invalid', { field: 'address' });
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function stateOf(deps: StationDeps, station: StationRecord | null): ConsoleState {
  const site = station === null ? null : readSite(deps.reader, station.site.id) ?? station.site;
  return {
    enrolled: station !== null, stationCode: station?.stationCode ?? '', stationName: station?.stationName ?? '', site,
    provinceName: station?.provinceName ?? '', session: deps.currentSession(), people: deps.tiles(), version: deps.version,
    lockAfterMs: deps.lockAfterMs(), demo: station?.sample ?? false,
  };
}
