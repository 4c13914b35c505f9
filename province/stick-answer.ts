import { AppError } from '../contract/errors.ts';
import type { Verdict } from '../contract/province.ts';
import { STICK_BLOCK_VERDICTS, STICK_PAGE_ROWS, STICK_PAGES, type StickAnswerBlock } from '../contract/stick-body.ts';
import { MAX_STICK_BYTES, stickBytes, stickName, type StickHeader } from '../contract/stick-file.ts';
import { sealStick, type HeaderFacts } from '../contract/stick-seal.ts';
import type { Device } from './devices.ts';
import { pull } from './pull.ts';
import type { Database } from './sql.ts';
import type { OwnStickKeys } from './stick-keys.ts';
import { STICK_TOOLS } from './stick-tools.ts';

export interface StickAnswer { answer: Uint8Array; name: string; verdicts: number; rows: number; refused: number }

/**
 * The file that goes back: every stored verdict from the file's first number on, then what has changed in the workstation's scope
 * since its cursor, as far as a file and a few pages hold.
 *
 * @param cursor where the workstation stood when it wrote its file; null when it has no copy yet
 */
export async function answerStick(db: Database, to: { header: Extract<StickHeader, { kind: 'up' }>; device: Device; cursor: string | null; keys: OwnStickKeys; nowMs: number }): Promise<StickAnswer> {
  const { header, device } = to;
  const packed: Uint8Array[] = [];
  const sent = { verdicts: 0, rows: 0, refused: 0, first: 0, last: 0 };
  for await (const block of blocksFor(db, { device, fromN: header.firstN, cursor: to.cursor })) {
    const bytes = await STICK_TOOLS.pack(Buffer.from(JSON.stringify(block), 'utf8'));
    if (packed.length > 0 && stickBytes([...packed, bytes]) > MAX_STICK_BYTES) break;
    packed.push(bytes);
    if ('rows' in block) sent.rows += block.rows.length;
    else note(sent, block.verdicts, header.lastN);
  }
  const facts: HeaderFacts = {
    kind: 'back', provinceId: header.provinceId, deviceId: header.deviceId, stationCode: header.stationCode, createdAtMs: to.nowMs,
    firstN: sent.first, lastN: sent.last, count: sent.verdicts,
  };
  const answer = sealStick(STICK_TOOLS, facts, packed, { toKey: header.replyKey, signKey: to.keys.sign.privateKey });
  return { answer, name: stickName(facts), verdicts: sent.verdicts, rows: sent.rows, refused: sent.refused };
}

/** @param lastN refusals are counted up to here: the file's own */
function note(sent: { verdicts: number; refused: number; first: number; last: number }, verdicts: readonly Verdict[], lastN: number): void {
  sent.verdicts += verdicts.length;
  sent.refused += verdicts.filter(verdict => verdict.n <= lastN && verdict.status === 'rejected').length;
  if (sent.first === 0) sent.first = verdicts[0]?.n ?? 0;
  sent.last = verdicts[verdicts.length - 1]?.n ?? sent.last;
}

async function* blocksFor(db: Database, at: { device: Device; fromN: number; cursor: string | null }): AsyncGenerator<StickAnswerBlock, void, undefined> {
  for (let from = at.fromN; ;) {
    const rows = await db.query<{ data: Verdict }>('SELECT data FROM verdict WHERE device_id = $1 AND n >= $2 ORDER BY n LIMIT $3', [at.device.id, from, STICK_BLOCK_VERDICTS]);
    const last = rows[rows.length - 1]?.data.n;
    if (last !== undefined || from === at.fromN) yield { verdicts: rows.map(row => row.data) };
    if (last === undefined || rows.length < STICK_BLOCK_VERDICTS) break;
    from = last + 1;
  }
  if (at.cursor !== null) yield* pagesAfter(db, at.device, at.cursor);
}

async function* pagesAfter(db: Database, device: Device, cursor: string): AsyncGenerator<StickAnswerBlock, void, undefined> {
  let from = cursor;
  for (let pages = 0; pages < STICK_PAGES; pages += 1) {
    const page = await pageAfter(db, device, from);
    if (page === null || page.cursor === from) return;
    yield { from, rows: page.rows, cursor: page.cursor };
    if (!page.more) return;
    from = page.cursor;
  }
}

/** A cursor of another epoch is a matter for the link: that copy has to be taken anew. */
async function pageAfter(db: Database, device: Device, cursor: string): Promise<Awaited<ReturnType<typeof pull>> | null> {
  try {
    return await pull(db, device, { cursor, limit: STICK_PAGE_ROWS, ackedN: Number.MAX_SAFE_INTEGER });
  } catch (error) {
    if (error instanceof AppError && error.code === 'sync/restart') return null;
    throw error;
  }
}
