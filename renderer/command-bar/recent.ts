/** What was opened last from the bar, newest first, each once; the list lives as long as the window. */
export function withRecent(recent: readonly string[], id: string, most: number): string[] {
  return [id, ...recent.filter(other => other !== id)].slice(0, most);
}
