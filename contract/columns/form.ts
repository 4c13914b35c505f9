/**
 * The binary form `columns-1` of rows of JSON: their values column by column, like beside like, made small by what they
 * are, and then for a compressor. A column is one path through the rows (`history[].atMs`); its *forms* are the kinds of
 * value that it holds, an object's form naming its keys; one symbol a value says which.
 *
 * Parts, in this order: how many rows; lengths of the tree and of each section's bytes; the tree (alphabet, then columns
 * from the root down with their streams' lengths); the sections. Values are coded row by row, so a value can point to one
 * that its own row had before: who acted is mostly whom the record already names.
 */
export const FORM = { null: 0, no: 1, yes: 2, whole: 3, instant: 4, micro: 5, double: 6, text: 7, id: 8, list: 9, json: 10, record: 11 } as const;
export type Form = (typeof FORM)[keyof typeof FORM];

/** Whole numbers from here on are instants in ms (or as unlike each other as those). */
export const FIRST_INSTANT = 2 ** 32;
/** Degrees have six decimals. */
export const MICRO = 1_000_000;

/** Streams of one section lie together: a compressor's tables are good for one sort of bytes. */
export const SECTIONS = ['texts', 'symbols', 'indexes', 'bits'] as const;
export type Section = (typeof SECTIONS)[number];

export const TEXT_MODE = { plain: 0, dictionary: 1, numbered: 2 } as const;

/** What both sides hold to; a value beyond these bounds travels as JSON text. */
export const BOUNDS = { forms: 200, columns: 4_096, keys: 65_536, keyLength: 1_000, depth: 16, dictionary: 65_536, recalled: 60 } as const;

/** Symbols of an id or an instant: new, known to the column (ids only), or the n-th that the row has had. */
export const NEW = 0;
export const KNOWN = 1;
export const FIRST_RECALLED = 2;

/** A UUIDv7 in its canonical form: 48 bits of time and 74 of chance. */
export const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const DIGITS = /[0-9]+/g;
/** Digits of a number that is counted; a longer run stays text. */
export const MAX_DIGITS = 15;
