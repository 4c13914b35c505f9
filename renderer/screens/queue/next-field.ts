/** What the operator has to do next in a form: an unanswered choice, a place marked as first, or its text. */
export function nextField(form: HTMLElement): HTMLElement | null {
  return form.querySelector<HTMLElement>('[data-first]')
    ?? form.querySelector<HTMLElement>('[role=radiogroup]:not(:has([aria-checked=true])) [role=radio][tabindex="0"]')
    ?? form.querySelector<HTMLElement>('textarea, input') ?? form.querySelector<HTMLElement>('[role=radio][tabindex="0"]');
}
