import { createHash } from 'node:crypto';
import type { StickReceived } from '../../contract/stick-desk.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { Verdict } from '../../contract/province.ts';
import { blockOf, StickAnswerBlock } from '../../contract/stick-body.ts';
import { parseStick, stickName, type StickFile } from '../../contract/stick-file.ts';
import { checkSignature, openStick, unpackedBlocks } from '../../contract/stick-seal.ts';
import type { Database } from '../../db/open.ts';
import { pendingCounts, readEntry } from '../../db/outbox.ts';
import { readProvinceStickKeys, readReplyKey } from '../../db/stores/stick.ts';
import type { StationRecord, Writer } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import { STICK_TOOLS } from './tools.ts';

export interface ReceiveDeps { reader: Database; writer: Writer; clock: Clock }

/**
 * Takes in a file from a stick: the province's answer to this workstation is applied, another workstation's file is kept to be
 * carried to the province.
 *
 * @throws {AppError} `stick/…`; nothing has changed then
 */
export async function receiveFile(deps: ReceiveDeps, { bytes, station, personId }: { bytes: Uint8Array; station: StationRecord; personId: Id }): Promise<StickReceived> {
  const file = parseStick(bytes);
  if (file.header.provinceId !== station.provinceId) throw new AppError('stick/other-province');
  if (file.header.kind === 'back') return applyAnswer(deps, file, station, personId);
  if (file.header.deviceId === station.deviceId) throw new AppError('stick/own-file');
  return carry(deps, file, bytes, personId);
}

async function applyAnswer({ reader, writer, clock }: ReceiveDeps, file: StickFile, station: StationRecord, personId: Id): Promise<StickReceived> {
  const { header } = file;
  if (header.deviceId !== station.deviceId) throw new AppError('stick/other-station', { station: header.stationCode });
  const keys = readProvinceStickKeys(reader);
  if (keys === null) throw new AppError('stick/no-keys');
  checkSignature(STICK_TOOLS, file, keys.signKey);
  const replyKey = readReplyKey(reader);
  if (replyKey === null) throw new AppError('stick/other-key');
  const packed = openStick(STICK_TOOLS, file, replyKey);
  // Read through once before anything is applied: a file that its maker has made wrongly changes nothing.
  for await (const _ of answerBlocks(packed));
  const done = { applied: 0, attention: 0, rows: 0 };
  for await (const block of answerBlocks(packed)) {
    const atMs = clock.nowMs();
    if ('verdicts' in block) {
      const fresh = block.verdicts.filter(verdict => isUnjudged(reader, verdict));
      await writer.call('sync.applyVerdicts', { verdicts: block.verdicts, atMs });
      done.applied += fresh.length;
      done.attention += fresh.filter(verdict => verdict.status !== 'applied').length;
    } else {
      const { taken } = await writer.call('stick.applyPage', { ...block, atMs });
      if (!taken) break;
      done.rows += block.rows.length;
    }
  }
  await writer.call('audit.add', { atMs: clock.nowMs(), personId, action: 'stick.import', subject: stickName(header) });
  return { kind: 'answer', createdAtMs: header.createdAtMs, firstN: header.firstN, lastN: header.lastN, ...done, waiting: pendingCounts(reader).pending };
}

async function* answerBlocks(packed: readonly Uint8Array[]): AsyncGenerator<StickAnswerBlock, void, undefined> {
  for await (const plain of unpackedBlocks(STICK_TOOLS, packed)) yield blockOf(StickAnswerBlock, () => new TextDecoder('utf-8', { fatal: true }).decode(plain));
}

function isUnjudged(reader: Database, verdict: Verdict): boolean {
  const entry = readEntry(reader, verdict.n);
  return entry !== null && entry.ackedSeq === null;
}

async function carry({ writer, clock }: ReceiveDeps, { header }: StickFile, bytes: Uint8Array, personId: Id): Promise<StickReceived> {
  const takenAtMs = clock.nowMs();
  const mine = newId(takenAtMs);
  const { stationCode, firstN, lastN, count } = header;
  const { id } = await writer.call('stick.carry', {
    id: mine, sha256: createHash('sha256').update(bytes).digest('hex'), name: stickName(header), stationCode, firstN, lastN, count, file: bytes, takenAtMs, personId,
  });
  return { kind: 'carried', id, stationCode, firstN, lastN, count, alreadyHere: id !== mine };
}
