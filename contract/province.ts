import { oc, eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { AccessLine, AccessPage, AccessQuery, MAX_ACCESS_LINES } from './access-log.ts';
import { Sha256 } from './attachment.ts';
import { DOCUMENT_KINDS } from './documents/document.ts';
import { BUCKETS } from './digest.ts';
import { wireErrors, AppErrorData } from './errors.ts';
import { Id } from './ids.ts';
import { Person, Scope, Site } from './org.ts';
import { PolicyPack } from './policy/pack.ts';
import { wordOf } from './words.ts';
import { MAX_STICK_BYTES, StickKeys, StickTaken } from './stick-file.ts';

/**
 * The contract console ↔ province. Version diary (a new table or column is a new version; the province serves N…N-2, but for 1):
 * 1 · first version: sites, areas, units, people, issues. Requests may be packed (zstd), a push may come by columns (push-body.ts).
 * 2 · attachments: `issue.attach`, `issue.detach`, files of records (attachment.ts). A row that has left a scope comes as `left`; `sync/restart` says why; digests tell whether both hold the same. A console of version 1 takes what has left for deleted, and forgets it as well. A province says its protocol; a console keeps rows, words, verdicts, codes and signals of later versions (docs/protocol.md, Versions).
 * 3 · the whole workflow: states, intents and fields of a record (`merges`, `lines`, `handOff`, `resources`, …), rows of kind `policy` (signed, with who issued them), `admin.issuePolicy`, documents beside records (kinds `view`, `handover`, `request` and `roster`, with intents of their own), `arrivedAtMs` in the history of what came late; `issue.resolve` says in `noEvidence` why there is no file where the pack asks for one, and is refused with neither. The log of who has read personal data (access-log.ts), `issue.erasePersonal` and `personalErasedAtMs`. A console of version 1 knows its own words alone, so it is served no more; its outbox goes up once it is updated.
 */
export const PROTOCOL_VERSION = 3;

/** What a province is of that does not say its protocol. */
export const UNSAID_PROTOCOL = 1;

/** Whether the other side is of this version's protocol, a later one, or one of the two before it. */
export function speaksWithUs(protocol: number): boolean {
  return protocol >= PROTOCOL_VERSION - 2;
}

/** A console of before that takes no rows, words or codes but its own: what a province sends now would stop it. */
const OLDEST_SERVED = 2;

/** Whether a province of this version serves a console of that one. */
export function isServed(protocol: number): boolean {
  return protocol >= OLDEST_SERVED && speaksWithUs(protocol);
}

/** Kinds of replicated rows, in the order in which they are loaded: a row's references come before it. */
export const ROW_KINDS = ['site', 'area', 'unit', 'person', 'policy', 'issue', ...DOCUMENT_KINDS] as const;
export type RowKind = (typeof ROW_KINDS)[number];
/** Of a later version there may be others: whoever does not know a kind keeps its rows as they come. */
export const KIND_FORM = /^[a-z]{1,40}$/;

/** A replicated row as the province has it. `data` is left unparsed here: fields of a newer version are kept as they are. */
export const Row = z.object({
  kind: z.string().regex(KIND_FORM), id: Id, seq: z.number().int(), deleted: z.boolean(), data: z.record(z.string(), z.unknown()),
  left: z.literal(true).optional().describe('not deleted: it has moved out of the caller’s scope; `deleted` is true as well'),
});
export type Row = z.infer<typeof Row>;

/** A push holds at most so many. */
export const MAX_PUSH_MUTATIONS = 2_000;

/** One intent on its way up. `n` counts per device without gaps; `actorId` is who wrote it, whoever sends it. */
export const Mutation = z.object({
  n: z.number().int().positive(), name: z.string().max(60).describe('an intent; one that the province does not know is refused by its verdict'), actorId: Id,
  atMs: z.number().int(), provisionalNo: z.string().max(40).optional(), payload: z.record(z.string(), z.unknown()),
});
export type Mutation = z.infer<typeof Mutation>;

export const VERDICT_STATUSES = ['applied', 'merged', 'conflict', 'rejected'] as const;
/** The province's judgement of one mutation; stored there and given again, word for word, whenever asked. */
export const Verdict = z.object({
  n: z.number().int(), status: wordOf(VERDICT_STATUSES), seq: z.number().int(),
  error: AppErrorData.optional(),
  lost: z.array(z.object({ field: z.string(), mine: z.unknown(), theirs: z.unknown() })).optional(),
});
export type Verdict = z.infer<typeof Verdict>;

/** Why a cursor is void, as the fact `reason` of `sync/restart` says it: where a seq may have been given twice, what is here is not to be trusted. */
export type RestartReason = 'epoch' | 'ahead' | 'scope' | 'horizon';

/** Opaque to the console: server epoch, scope version, seq and protocol version, joined by the province. */
export const Cursor = z.string().max(120);

/** The device's last judged mutation. Lower than what the device has verdicts for: the province was restored from an older copy. */
const LastN = z.number().int();
/** The province's own, as it says it at enrolment and with each session. */
const Protocol = z.number().int().nullish().describe('the province’s; without it, it is of version 1');

export const PullOutput = z.object({
  rows: z.array(Row), cursor: Cursor, more: z.boolean(),
  /** Verdicts of this device's mutations with n > ackedN: a lost push reply costs nothing. */
  verdicts: z.array(Verdict), lastN: LastN, nowMs: z.number(),
});
export const PushOutput = z.object({ verdicts: z.array(Verdict), lastN: LastN, nowMs: z.number() });

/** A place whose rows are counted together, as `sync.digest` names it: contract/digest.ts. */
const Place = z.string().max(40);
/** Hexadecimal. */
const Digest = z.string().max(16);
const SmallIndex = z.coerce.number().int().min(0).max(BUCKETS - 1);

/** Form of a chunk's rows: contract/columns. A change of that form is a new name. */
export const SnapshotCodec = z.literal('columns-1');

/**
 * An immutable copy of a scope's rows at `seq`; chunks are rows in a columnar form (contract/snapshot.ts), zstd-compressed,
 * fetched with byte ranges.
 */
export const SnapshotManifest = z.object({
  codec: SnapshotCodec.describe('the form of a chunk once decompressed'),
  id: z.string().max(80), seq: z.number().int(), cursor: Cursor, rows: z.number().int(), bytes: z.number().int(),
  chunks: z.array(z.object({ sha256: z.string().length(64), bytes: z.number().int(), rows: z.number().int() })),
});
export type SnapshotManifest = z.infer<typeof SnapshotManifest>;

/**
 * Which copies will do. `start`: only one that holds all that was there when the province's servers last began a span of the log. A console whose
 * order of changes has ended asks so, since what it and a restored province have in common is then all in the copy.
 */
export const CopySince = z.enum(['start']);

/** Where the bytes of one chunk lie: a plain GET with byte ranges and the device's bearer token, its body is not JSON. */
export function snapshotChunkPath(snapshotId: string, index: number): string {
  return `/v1/sync/snapshot/${encodeURIComponent(snapshotId)}/${index}`;
}

/**
 * Whether a nonce was made by this province: it begins with the province's id. The device signs the nonce's UTF-8 bytes
 * with its Ed25519 key (base64), but only a nonce of its own province.
 */
export function isNonceOf(provinceId: Id, nonce: string): boolean {
  return nonce.startsWith(`${provinceId}.`);
}

export const EnrolInput = z.object({
  code: z.string().trim().min(6).max(20), publicKey: z.string().max(200).describe('Ed25519, SPKI, base64'),
  stationName: z.string().trim().min(1).max(60),
  protocol: z.number().int().optional().describe('without it no token comes back'),
  deviceId: Id.optional().describe('what the station was before the province was restored to before its enrolment: it becomes that again, under the same key; no token comes back'),
});
export const EnrolOutput = z.object({
  deviceId: Id, stationCode: z.string(), site: Site, scope: Scope, provinceId: Id, provinceName: z.string(), nowMs: z.number(),
  sample: z.boolean().describe('the province holds invented data; every screen says so'),
  token: z.string().nullish().describe('the first device token, once: who asks again must prove the key'),
  stick: StickKeys.nullish(), protocol: Protocol,
});
export type EnrolOutput = z.infer<typeof EnrolOutput>;

/** A stick file (stick-file.ts) as text. */
const StickBase64 = z.base64().max(Math.ceil(MAX_STICK_BYTES / 3) * 4);
/** `stored`: nothing to send. Otherwise by tus 1.0: `uploadId` goes on at `offset`; null: to be created first. */
export const Offered = z.object({ stored: z.boolean(), uploadId: z.string(), offset: z.number().int().nullable() });
export type Offered = z.infer<typeof Offered>;

/** A pack as the province has issued it; `already`: by an earlier call of which the answer was lost. */
export const PolicyIssued = z.object({ id: Id, code: z.string(), effectiveFromMs: z.number().int(), issuedAtMs: z.number().int(), already: z.boolean() });
export type PolicyIssued = z.infer<typeof PolicyIssued>;

const base = oc.errors(wireErrors);
type Method = 'GET' | 'POST';
const route = (method: Method, path: `/${string}`, summary: string) => ({ method, path, summary });
/** A route that wants the device's short-lived token as bearer. */
const device = (method: Method, path: `/${string}`, summary: string) =>
  ({ method, path, summary, spec: (operation: object) => ({ ...operation, security: [{ device: [] }] }) });

export const provinceContract = {
  enrol: base.route(route('POST', '/v1/enrol', 'Enrols a workstation by a one-time code')).input(EnrolInput).output(EnrolOutput),
  session: {
    challenge: base.route(route('POST', '/v1/session/challenge', 'A nonce to sign; single use, two minutes'))
      .input(z.object({ deviceId: Id })).output(z.object({ nonce: z.string(), nowMs: z.number() })),
    open: base.route(route('POST', '/v1/session', 'A short-lived opaque token for a signed nonce'))
      .input(z.object({ deviceId: Id, nonce: z.string().max(100), signature: z.string().max(200), protocol: z.number().int() }))
      .output(z.object({ token: z.string(), expiresInMs: z.number(), epoch: z.string(), scope: Scope, lastN: LastN, stick: StickKeys.nullish(), protocol: Protocol, nowMs: z.number() })),
  },
  people: {
    signIn: base.route(device('POST', '/v1/people/sign-in', 'Checks a password and grants this device to write as that person'))
      .input(z.object({ login: z.string().max(40), password: z.string().max(200) }))
      .output(z.object({ person: Person, personToken: z.string(), nowMs: z.number() })),
  },
  sync: {
    push: base.route(device('POST', '/v1/sync/push', 'Mutations in order; the verdict of each'))
      .input(z.object({ mutations: z.array(Mutation).max(MAX_PUSH_MUTATIONS) })).output(PushOutput),
    pull: base.route(device('GET', '/v1/sync/pull', 'Rows changed since the cursor'))
      .input(z.object({ cursor: Cursor, limit: z.coerce.number().int().min(0).max(2_000).default(500).describe('0: verdicts and who answers, no rows'), ackedN: z.coerce.number().int().default(0) }))
      .output(PullOutput),
    snapshot: base.route(device('GET', '/v1/sync/snapshot', 'Manifest of the scope’s newest snapshot'))
      .input(z.object({ since: CopySince.optional().describe('start: only a copy of what was there when the newest span of the log began, or later') }).optional())
      .output(SnapshotManifest),
    digest: base.route(device('GET', '/v1/sync/digest', 'The cursor at head, and how many rows each place of the scope has, with their digest'))
      .output(z.object({ cursor: Cursor, places: z.array(z.object({ place: Place, rows: z.number().int(), digest: Digest })) })),
    buckets: base.route(device('GET', '/v1/sync/buckets', 'The same of the buckets of one place'))
      .input(z.object({ place: Place })).output(z.object({ cursor: Cursor, rows: z.array(z.number().int()).length(BUCKETS), digests: z.array(Digest).length(BUCKETS) })),
    bucket: base.route(device('POST', '/v1/sync/bucket', 'The rows of some buckets of a place, in pages'))
      .input(z.object({ place: Place, buckets: z.array(SmallIndex).min(1).max(BUCKETS), after: z.string().regex(/^[a-z]+ [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/).max(60).optional() }))
      .output(z.object({ rows: z.array(Row), next: z.string().max(60).nullable() })),
    live: base.route(device('GET', '/v1/sync/live', 'Says when there is something to pull'))
      .output(eventIterator(z.object({ seq: z.number().int().optional().describe('a signal without it is of a later version, and no reason to pull') }))),
  },
  stick: {
    relay: base.route(device('POST', '/v1/stick/relay', 'Takes in the file of another workstation, which only the province can read; the answer likewise'))
      .input(z.object({ file: StickBase64 })).output(z.object({ answer: StickBase64, name: z.string().max(120), taken: StickTaken, nowMs: z.number() })),
  },
  accessLog: {
    add: base.route(device('POST', '/v1/access-log', 'Keeps who has read personal data at this workstation; a line that is there already stays as it came'))
      .input(z.object({ lines: z.array(AccessLine).max(MAX_ACCESS_LINES) })).output(z.object({ nowMs: z.number() })),
    search: base.route(device('POST', '/v1/access-log/search', 'Who has read personal data at any workstation of the scope, the newest first, in pages')).input(AccessQuery).output(AccessPage),
  },
  attachments: {
    offer: base.route(device('POST', '/v1/attachments/offer', 'Whether a file that a record names is still wanted here, and from which byte on'))
      .input(z.object({ issueId: Id, sha256: Sha256 })).output(Offered),
  },
  admin: {
    createCode: base.route(device('POST', '/v1/admin/enrol-codes', 'A one-time enrolment code for a site'))
      .input(z.object({ personToken: z.string(), siteId: Id, services: z.array(z.string()).nullable() }))
      .output(z.object({ code: z.string(), expiresAtMs: z.number() })),
    devices: base.route(device('GET', '/v1/admin/devices', 'Every enrolled workstation'))
      .input(z.object({ personToken: z.string() }))
      .output(z.array(z.object({ id: Id, stationCode: z.string(), stationName: z.string(), siteId: Id, revoked: z.boolean(), lastSeenAtMs: z.number().nullable() }))),
    revoke: base.route(device('POST', '/v1/admin/devices/revoke', 'Takes a workstation’s right away at once'))
      .input(z.object({ personToken: z.string(), deviceId: Id })).output(z.object({ revoked: z.boolean() })),
    issuePolicy: base.route(device('POST', '/v1/admin/policies', 'Signs and issues a policy pack; the same again under its id is answered as before. The person token ends two minutes later'))
      .input(z.object({ personToken: z.string().max(100), pack: PolicyPack, fromNow: z.boolean().describe('in force at once, whatever the pack itself says'), knownUntilMs: z.number().optional().describe('when the newest pack was issued that who issues has seen: with one issued since, nothing is issued') })).output(PolicyIssued),
    withdrawPolicy: base.route(device('POST', '/v1/admin/policies/withdraw', 'Takes a pack back that is not in force yet. The person token ends two minutes later'))
      .input(z.object({ personToken: z.string().max(100), id: Id })).output(z.object({ withdrawn: z.boolean() })),
  },
  health: base.route(route('GET', '/v1/health', 'Who this server is and whether it works'))
    .output(z.object({ provinceId: Id, provinceName: z.string(), epoch: z.string(), protocol: z.number(), engine: z.string(), seq: z.number(), nowMs: z.number() })),
};
