/** The two letters by which a tile is told: those of the last two words, "Trần Minh Họa" → "MH". */
export function initials(name: string): string {
  return name.trim().split(/\s+/).slice(-2).map(word => word.charAt(0).toUpperCase()).join('');
}

/** Whether a password holds signs that only an input method would have made of the keys. */
export function looksComposed(password: string): boolean {
  return /[^\p{ASCII}]/u.test(password);
}
