import { fold } from '../../contract/text.ts';

/** What a reader types into the command bar: the number and nothing else. Without marks, which readers that type cannot send; it is found all the same. */
export function qrText(no: string): string {
  return fold(no).toUpperCase();
}
