/** What a key means in a form while no text is being typed. */
export type FormKey = { kind: 'choose'; index: number } | { kind: 'write' } | null;

/** What `formKey` reads of a keyboard event. */
export interface FormPress { key: string; code: string; ctrlKey: boolean; altKey: boolean; metaKey: boolean }

/**
 * A digit takes the choice of that number, another sign begins the text of the form: nothing that is typed into an open
 * form is lost, and none of it runs a key of the screen behind. Digits are told by their place too, as a Vietnamese layout
 * writes letters on the digit row.
 *
 * @param choices how many numbered choices the form has
 */
export function formKey(press: FormPress, choices: number): FormKey {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  const digit = /^[1-9]$/.test(press.key) ? press.key : /^(?:Digit|Numpad)([1-9])$/.exec(press.code)?.[1];
  if (digit !== undefined && Number(digit) <= choices) return { kind: 'choose', index: Number(digit) - 1 };
  return [...press.key].length === 1 && press.key !== ' ' ? { kind: 'write' } : null;
}
