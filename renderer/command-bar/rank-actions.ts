import { exactForm, fold } from '../../contract/text.ts';

/** Something the command bar can do. `words` are further names it is found by; `keys` is shown, not bound here; `now`: this is how it is already. */
export interface CommandAction { id: string; label: string; group: string; words: string; keys?: string; now?: boolean; run: () => void }

/**
 * Actions whose label or further words carry every typed word, best first: exact accents before folded ones, the
 * beginning of the label before the beginning of a word before the middle of one. An empty text gives all, in their order.
 */
export function rankActions(actions: readonly CommandAction[], text: string): CommandAction[] {
  const typed = fold(text);
  if (typed === '') return [...actions];
  return actions
    .map((action, order) => ({ action, order, score: scoreOf(action, text, typed) }))
    .filter(entry => entry.score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map(entry => entry.action);
}

function scoreOf(action: CommandAction, text: string, typed: string): number {
  const label = fold(action.label);
  const all = `${label} ${fold(action.words)}`;
  if (!typed.split(' ').every(word => all.includes(word))) return 0;
  const exact = exactForm(action.label).includes(exactForm(text)) ? 4 : 0;
  if (label.startsWith(typed)) return 3 + exact;
  if (` ${all}`.includes(` ${typed}`)) return 2 + exact;
  return 1 + exact;
}
