/** "12–40", or "12" when it is one alone. */
export function rangeWords({ firstN, lastN }: { firstN: number; lastN: number }): string {
  return firstN === lastN ? String(firstN) : `${firstN}–${lastN}`;
}
