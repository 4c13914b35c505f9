import type { ConsoleInputs, ConsoleOutputs, LinkStatus } from '../../contract/console.ts';
import type { Id } from '../../contract/ids.ts';
import type { PolicyPack } from '../../contract/policy/pack.ts';
import type { PolicyIssued } from '../../contract/province.ts';
import type { Database } from '../../db/open.ts';
import type { StationRecord, Writer } from '../../db/writer-api.ts';
import type { Call } from '../platform/call.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Timers } from '../platform/timers.ts';
import type { AccessRoad } from './access-road.ts';
import type { FileRoad } from './file-road.ts';
import type { LineOptions } from './line.ts';
import type { SignedIn } from './sign-in.ts';
import type { Transport } from './transport.ts';

export interface SyncDeps {
  reader: Database; writer: Writer; clock: Clock; station: () => StationRecord | null; log: Log;
  /** Gives up on a silent link after this long; default 20 s. */
  idleTimeoutMs?: number;
  /** Compares all that is here with the province so often; default 30 min. */
  compareEveryMs?: number;
  /** How time passes, what chance brings (0…1), and the road to the province at an address; the machine's own unless told otherwise. */
  timers?: Timers; chance?: () => number; transport?: (address: string) => Transport;
  /** Told the province's time whenever the province has just said it. */
  onProvinceTime?: (nowMs: number) => void;
  /** Told the province's keys for stick files with each session. */
  onStickKeys?: LineOptions['onStickKeys'];
}

/** The province as the sign-in needs it. */
export interface ProvinceLink {
  /** @throws {AppError} `link/…` when there is no link, `auth/…` as the province judges */
  signIn(input: { login: string; password: string }): Promise<SignedIn>;
}

/** What an administrator asks of the province, with the token that their password has just given. */
export interface ProvinceAdmin {
  /** Asking again is harmless. @throws {AppError} `policy/…`, `auth/…` as the province judges; `link/…`: whether it has been issued is not known */
  issuePolicy(input: { personToken: string; pack: PolicyPack; fromNow: boolean; knownUntilMs: number }): Promise<PolicyIssued>;
  withdrawPolicy(input: { personToken: string; id: Id }): Promise<{ withdrawn: boolean }>;
}

type Handler<P extends keyof ConsoleInputs['sync']> =
  (input: ConsoleInputs['sync'][P], call: Call) => Promise<ConsoleOutputs['sync'][P]> | ConsoleOutputs['sync'][P];
interface SyncHandlers { status: Handler<'status'>; tryNow: Handler<'tryNow'>; approveRemoval: Handler<'approveRemoval'> }

export interface Sync {
  handlers: SyncHandlers;
  start(): void;
  stop(): Promise<void>;
  link: ProvinceLink;
  admin: ProvinceAdmin;
  /** For files of records, between everything else. */
  files: FileRoad;
  /** For the log of who has read personal data, behind everything else. */
  accessLog: AccessRoad;
  /** Begins at once with a new workstation, by the token that came with its enrolment. */
  enrolled(firstToken: string | null): void;
  linkIsUp(): boolean;
  status(): LinkStatus;
  /** This machine's time corrected by the last known offset to the province, ms. */
  correctedNowMs(): number;
  /** Told after the status has changed, a few times a second at most. @returns a function that ends it */
  onStatus(listener: (status: LinkStatus) => void): () => void;
  /** Payload bytes since the start, as they travelled. */
  bytes(): { up: number; down: number };
}
