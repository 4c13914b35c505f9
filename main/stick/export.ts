import { AppError } from '../../contract/errors.ts';
import type { Mutation } from '../../contract/province.ts';
import { pushBodyOf } from '../../contract/push-body.ts';
import { STICK_BLOCK_MUTATIONS, type StickCover } from '../../contract/stick-body.ts';
import { MAX_STICK_BYTES, stickBytes, stickName, type StickKeys } from '../../contract/stick-file.ts';
import { sealStick, type HeaderFacts } from '../../contract/stick-seal.ts';
import type { Database } from '../../db/open.ts';
import { pendingCounts, pendingMutations } from '../../db/outbox.ts';
import { readSyncState } from '../../db/stores/sync.ts';
import type { KeyPair, StationRecord } from '../../db/writer-api.ts';
import { STICK_TOOLS } from './tools.ts';

/** What one block comes to in JSON at most, well within what a reader unpacks. */
const MAX_BLOCK_CHARS = 2 << 20;

export interface MadeFile { name: string; bytes: Uint8Array; firstN: number; lastN: number; count: number; left: number }

/**
 * The unjudged changes of this workstation, exactly as a push has them, sealed for the province.
 *
 * @returns also how many had no room: they follow in the next file, once the answer to this one is in
 * @throws {AppError} `stick/nothing-to-send`
 */
export async function makeFile({ reader, station, keys, replyKey, nowMs }: { reader: Database; station: StationRecord; keys: StickKeys; replyKey: KeyPair; nowMs: number }): Promise<MadeFile> {
  const cover: StickCover = { cursor: readSyncState(reader).cursor };
  const packed = [await STICK_TOOLS.pack(Buffer.from(JSON.stringify(cover), 'utf8'))];
  const range = { firstN: 0, lastN: 0 };
  for (let next = blockAfter(reader, 0); next.length > 0; next = blockAfter(reader, range.lastN)) {
    // Judged meanwhile over the wire: what follows is for another file.
    if (range.lastN > 0 && next[0]?.n !== range.lastN + 1) break;
    const block = await STICK_TOOLS.pack(pushBodyOf(next));
    if (packed.length > 1 && stickBytes([...packed, block]) > MAX_STICK_BYTES) break;
    packed.push(block);
    if (range.firstN === 0) range.firstN = next[0]?.n ?? 0;
    range.lastN = next[next.length - 1]?.n ?? range.lastN;
  }
  if (range.firstN === 0) throw new AppError('stick/nothing-to-send');
  const facts: HeaderFacts = {
    kind: 'up', provinceId: station.provinceId, deviceId: station.deviceId, stationCode: station.stationCode, createdAtMs: nowMs,
    ...range, count: range.lastN - range.firstN + 1, replyKey: replyKey.publicKey,
  };
  const bytes = sealStick(STICK_TOOLS, facts, packed, { toKey: keys.boxKey, signKey: station.privateKey });
  return { name: stickName(facts), bytes, ...range, count: facts.count, left: Math.max(0, pendingCounts(reader).pending - facts.count) };
}

/** The next mutations without a gap, as many as a block holds. */
function blockAfter(reader: Database, afterN: number): Mutation[] {
  const block: Mutation[] = [];
  let chars = 0;
  for (const { issueId: _, ...mutation } of pendingMutations(reader, STICK_BLOCK_MUTATIONS, afterN)) {
    chars += JSON.stringify(mutation).length;
    const last = block[block.length - 1];
    if (last !== undefined && (chars > MAX_BLOCK_CHARS || mutation.n !== last.n + 1)) break;
    block.push(mutation);
  }
  return block;
}
