/** What `matches` reads of a keyboard event. */
export interface KeyPress { key: string; code: string; ctrlKey: boolean; altKey: boolean; metaKey: boolean; shiftKey: boolean }

/**
 * Whether a key press is the shortcut. Letters and digits are told by the key's place as well as by its sign, because a
 * Vietnamese layout writes other signs on the digit row.
 */
export function matches(keys: string, press: KeyPress): boolean {
  const parts = keys.toLowerCase().split('+');
  const key = parts.pop() ?? '';
  if (press.ctrlKey !== parts.includes('ctrl') || press.altKey !== parts.includes('alt') || press.metaKey) return false;
  if (parts.includes('shift') && !press.shiftKey) return false;
  if (/^[a-z]$/.test(key)) return !(press.shiftKey && !parts.includes('shift')) && (press.key.toLowerCase() === key || press.code === `Key${key.toUpperCase()}`);
  if (/^[0-9]$/.test(key)) return press.code === `Digit${key}` || press.code === `Numpad${key}` || press.key === key;
  return press.key.toLowerCase() === key || (key === 'plus' && (press.key === '+' || press.key === '='));
}

/** Whether a single key may run while the focus is where it is and the input method does what it does. */
export function mayRun(shortcut: { whileTyping?: boolean }, isTyping: boolean, isComposing: boolean): boolean {
  return !isComposing && (!isTyping || shortcut.whileTyping === true);
}
