import { z } from 'zod';
import { AppError } from './errors.ts';
import { Cursor, Mutation, Row, Verdict } from './province.ts';
import { readPushBody } from './push-body.ts';

/** The first block of what goes up, as JSON: where the workstation stands, so that the answer may bring what has changed since. */
export const StickCover = z.strictObject({ cursor: Cursor.nullable() });
export type StickCover = z.infer<typeof StickCover>;

/** Mutations in a block of a file; blocks after the cover are bodies of pushes (push-body.ts). */
export const STICK_BLOCK_MUTATIONS = 1_000;
/** Verdicts in a block of an answer. */
export const STICK_BLOCK_VERDICTS = 5_000;
/** Pages of changed rows in an answer at most: an office without a link gets news, not a copy. */
export const STICK_PAGES = 8;
export const STICK_PAGE_ROWS = 500;

/** A block of an answer, as JSON: verdicts first, then pages of rows, each from the cursor of the one before. */
export const StickAnswerBlock = z.union([
  z.object({ verdicts: z.array(Verdict).max(STICK_BLOCK_VERDICTS) }),
  z.object({ from: Cursor, rows: z.array(Row), cursor: Cursor }),
]);
export type StickAnswerBlock = z.infer<typeof StickAnswerBlock>;

const Mutations = z.array(Mutation);
/** As on the wire: units of text and keys that one body may come to. */
const MAX_UNITS = 16 << 20;

/** The mutations of one block, checked as those of a push. @throws {AppError} `stick/damaged` */
export function mutationsOfBlock(plain: Uint8Array): Mutation[] {
  try {
    return Mutations.parse(readPushBody(plain, MAX_UNITS).mutations);
  } catch (cause) {
    throw new AppError('stick/damaged', {}, { cause });
  }
}

/** JSON of a block, checked. @param text of a decoder that refuses what is no UTF-8 @throws {AppError} `stick/damaged` */
export function blockOf<T>(schema: z.ZodType<T>, text: () => string): T {
  try {
    return schema.parse(JSON.parse(text()));
  } catch (cause) {
    throw new AppError('stick/damaged', {}, { cause });
  }
}
