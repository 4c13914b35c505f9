import { digits } from '../../contract/text.ts';
import type { Database } from '../database.ts';
import { sealOf } from '../seal.ts';

/** `ex`: words with their accents; `fo`: folded. */
export type TextTable = 'ex' | 'fo';

/** The last ten digits of a phone, last one first: the expression of `ix_phone_rev`, letter by letter. */
const REVERSED_PHONE = Array.from({ length: 10 }, (_, i) => `substr(phone,-${i + 1},1)`).join('||');
/** From here on one pass over the table's range costs less than a look-up for each record. */
const ONE_BY_ONE = 50;

/** Full text, phones and numbers: everything that finds records by what someone typed. Gives rids, newest first where it says so. */
export type IssueSearch = ReturnType<typeof createIssueSearch>;

export function createIssueSearch(db: Database) {
  const seal = sealOf(db);
  const all = (table: TextTable) => db.prepare<unknown[], string>(`SELECT json_group_array(rowid) FROM ${table} WHERE ${table} MATCH ?`).pluck();
  const page = (table: TextTable) =>
    db.prepare<unknown[], number>(`SELECT rowid FROM ${table} WHERE ${table} MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?`).pluck();
  const pages = { ex: page('ex'), fo: page('fo') };
  const allFolded = all('fo');
  // Never `rowid = ?` beside MATCH: the index leaves it out without a word and gives its first match.
  const rangeFolded = db.prepare<unknown[], number>('SELECT rowid FROM fo WHERE fo MATCH ? AND rowid BETWEEN ? AND ?').pluck();
  const byPhone = db.prepare<unknown[], { rid: number; phone: string }>(
    `SELECT rid, phone FROM issue INDEXED BY ix_phone_rev WHERE ${REVERSED_PHONE} >= ? AND ${REVERSED_PHONE} < ? LIMIT ?`,
  );
  const byNumber = db.prepare<unknown[], number>('SELECT rid FROM issue INDEXED BY ix_no WHERE display_no = ?').pluck();
  const byNumberStart = db.prepare<unknown[], number>('SELECT rid FROM issue INDEXED BY ix_no WHERE display_no >= ? AND display_no < ? LIMIT ?').pluck();
  const byProvisionalStart = db.prepare<unknown[], number>(
    'SELECT rid FROM issue INDEXED BY ix_provisional WHERE provisional_no >= ? AND provisional_no < ? LIMIT ?',
  ).pluck();
  const numberFrom = db.prepare<unknown[], string>('SELECT display_no FROM issue INDEXED BY ix_no WHERE display_no >= ? ORDER BY display_no LIMIT 1').pluck();
  const phoneOf = db.prepare<unknown[], string>('SELECT phone FROM issue WHERE rid = ?').pluck();

  return {
    /** Every record whose folded text matches, in one JSON array: a row at a time would take three times as long. */
    matchingRids(expression: string): Int32Array {
      return Int32Array.from(JSON.parse(allFolded.get(expression) ?? '[]') as number[]);
    },

    /** Those of `rids` whose folded text matches. */
    matchingAmong(expression: string, rids: readonly number[]): number[] {
      if (rids.length <= ONE_BY_ONE) return rids.filter(rid => rangeFolded.get(expression, rid, rid) !== undefined);
      const wanted = new Set(rids);
      const [low, high] = rids.reduce(([a, b], rid) => [Math.min(a, rid), Math.max(b, rid)], [Infinity, 0]);
      return rangeFolded.all(expression, low, high).filter(rid => wanted.has(rid));
    },

    /** The next matches before `beforeRid`, newest first. Never by rank: that reads each word's whole list. */
    matchesBefore(table: TextTable, expression: string, beforeRid: number, limit: number): number[] {
      return pages[table].all(expression, beforeRid, limit);
    },

    /** Records whose phone ends with these digits; of more than ten digits the last ten go through the index. */
    phoneEndsWith(typed: string, limit: number): number[] {
      const end = seal.phone(digits(typed));
      const reversed = [...end.slice(-10)].reverse().join('');
      if (reversed === '') return [];
      return byPhone.all(reversed, after(reversed), limit).filter(row => row.phone.endsWith(end)).map(row => row.rid);
    },

    /** How the indexes hold a word of a reporter's name. */
    sign: (word: string): string => seal.sign(word),

    /** Whether the phone of the record ends with these digits. */
    hasPhoneEnd: (rid: number, end: string): boolean => phoneOf.get(rid)?.endsWith(seal.phone(end)) ?? false,

    /** Records with one of these final numbers. */
    withNumber: (numbers: readonly string[]): number[] => numbers.flatMap(number => byNumber.all(number)),

    /** Records whose final number begins so. */
    numberStartsWith: (start: string, limit: number): number[] => (start === '' ? [] : byNumberStart.all(start, after(start), limit)),

    /** Records whose provisional number, which their caller was given, begins so; they keep it beside the final one. */
    provisionalStartsWith: (start: string, limit: number): number[] => (start === '' ? [] : byProvisionalStart.all(start, after(start), limit)),

    /** The first parts of final numbers that are in use: "115-2026-". One index step for each. */
    numberSeries(): string[] {
      const series: string[] = [];
      let found = numberFrom.get('');
      while (found !== undefined && series.length < 500) {
        const stem = found.slice(0, found.lastIndexOf('-') + 1);
        series.push(stem === '' ? found : stem);
        found = numberFrom.get(after(stem === '' ? found : stem));
      }
      return series;
    },
  };
}

/** The smallest text above every text that begins so. */
function after(start: string): string {
  return start.slice(0, -1) + String.fromCharCode(start.charCodeAt(start.length - 1) + 1);
}
