/** What a key means in a form while no text is being typed. */
export type FormKey = { kind: 'choose'; index: number } | { kind: 'write' } | { kind: 'nothing' } | null;

/** What `formKey` reads of a keyboard event. */
export interface FormPress { key: string; code: string; ctrlKey: boolean; altKey: boolean; metaKey: boolean }

/**
 * A digit takes the choice of that number, another sign begins the text of the form: nothing that is typed into an open
 * form is lost, and none of it runs a key of the screen behind. Digits are told by their place too, as a Vietnamese layout
 * writes letters on the digit row.
 *
 * @param choices how many numbered choices the question has whose turn it is
 * @param isAsked whether that question still waits for its digit: one that it does not have is a slip, no beginning of the text
 */
export function formKey(press: FormPress, choices: number, isAsked = false): FormKey {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  const digit = /^\d$/.test(press.key) ? press.key : /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1];
  if (digit !== undefined && digit !== '0' && Number(digit) <= choices) return { kind: 'choose', index: Number(digit) - 1 };
  if (digit !== undefined && isAsked) return { kind: 'nothing' };
  return [...press.key].length === 1 && press.key !== ' ' ? { kind: 'write' } : null;
}
