/** Vietnamese text: one normal form for storing (NFC), two for searching (exact and folded). */

/** The text in NFC, so that the same letters typed by different input methods are the same string. */
export function nfc(text: string): string {
  return text.normalize('NFC');
}

/** A text as it is asked for: in NFC, and no longer than that may be. */
export function clipped(text: string, limit: number): string {
  return nfc(text).slice(0, limit);
}

/**
 * How much a field must hold while it is typed in, so that no text of `limit` in NFC is cut: up to three signs ("a", breve, dot
 * below) become one, and beyond the limit there is room, so that too long a text can be said to be.
 */
export function typedLimit(limit: number): number {
  return limit * 4;
}

/**
 * The text without tone and vowel marks, đ as d, in lower case, spaces collapsed.
 * "Đường Hoà Bình" and "đường Hòa Bình" both give "duong hoa binh".
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** Signs that no SMS of letters without marks can hold, and what stands for them there. */
const PLAIN_SIGNS: readonly [RegExp, string][] = [[/[đ]/g, 'd'], [/[Đ]/g, 'D'], [/[“”«»]/g, '"'], [/[‘’]/g, "'"], [/[–—]/g, '-'], [/…/g, '...']];

/** The text in the signs of ASCII alone, in its own case: "Kính mời Ông/Bà" gives "Kinh moi Ong/Ba". What has no such sign is left out. */
export function withoutMarks(text: string): string {
  const bare = text.normalize('NFD').replace(/\p{M}+/gu, '');
  return PLAIN_SIGNS.reduce((said, [sign, plain]) => said.replace(sign, plain), bare).replace(/[^\x20-\x7E\n]/g, '');
}

const NEW_TONE_PLACES = new Map([
  ['oà', 'òa'], ['oá', 'óa'], ['oả', 'ỏa'], ['oã', 'õa'], ['oạ', 'ọa'],
  ['oè', 'òe'], ['oé', 'óe'], ['oẻ', 'ỏe'], ['oẽ', 'õe'], ['oẹ', 'ọe'],
  ['uỳ', 'ùy'], ['uý', 'úy'], ['uỷ', 'ủy'], ['uỹ', 'ũy'], ['uỵ', 'ụy'],
]);
const OLD_TONE_PLACE = new RegExp(`(?:${[...NEW_TONE_PLACES.keys()].join('|')})(?!\\p{L})`, 'gu');

/**
 * The text in lower-case NFC with its marks kept: what "exact accents" are compared by.
 * Old and new tone placement (hoà, hòa) give the same word, since both are correct spelling.
 */
export function exactForm(text: string): string {
  const form = nfc(text).toLowerCase().replaceAll(OLD_TONE_PLACE, old => NEW_TONE_PLACES.get(old) ?? old);
  return form.replace(/\s+/g, ' ').trim();
}

/** The words (runs of letters or digits) of a text, in order. */
export function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The digits of a text, in order: "0271 555-418" gives "0271555418". */
export function digits(text: string): string {
  return text.replace(/\D+/g, '');
}

const VIETNAMESE = new Intl.Collator('vi');

/** Order of people in a list: by given name, which is the last word, then by the whole name; d before đ. */
export function compareByGivenName(a: string, b: string): number {
  return VIETNAMESE.compare(lastWord(a), lastWord(b)) || VIETNAMESE.compare(a, b);
}

function lastWord(name: string): string {
  return name.trim().split(/\s+/).at(-1) ?? '';
}

/** Whether two texts are the same telephone number, however it is spelt: +84 or 0 before it, spaces, dots. */
export function isSamePhone(a: string, b: string): boolean {
  const [one, other] = [digits(a), digits(b)];
  return one.length >= 6 && other.length >= 6 && one.slice(-9) === other.slice(-9);
}
