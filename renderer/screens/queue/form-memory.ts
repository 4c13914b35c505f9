import { useCallback, useState } from 'react';
import type { MutationName } from '../../../contract/mutations/issue.ts';
import { forgetters } from '../../frame/person-change.ts';

/** Which form of a record is open, and what has been typed into each: kept while the window lives, whatever is looked at meanwhile. */
class FormMemory {
  #typed = new Map<string, unknown>();
  #open = new Map<string, MutationName>();

  typed(key: string): unknown {
    return this.#typed.get(key);
  }

  keep(key: string, fields: unknown): void {
    this.#typed.set(key, fields);
  }

  forget(key: string): void {
    this.#typed.delete(key);
  }

  clear(): void {
    this.#typed.clear();
    this.#open.clear();
  }

  openOf(issueId: string): MutationName | null {
    return this.#open.get(issueId) ?? null;
  }

  setOpen(issueId: string, action: MutationName | null): void {
    if (action === null) this.#open.delete(issueId);
    else this.#open.set(issueId, action);
  }
}

export const formMemory = new FormMemory();
forgetters.add(() => { formMemory.clear(); });

export interface Remembered<T> { fields: T; change: (part: Partial<T>) => void; forget: () => void }

/** The fields of a form, remembered per record and action until the action has succeeded. */
export function useRemembered<T extends object>(issueId: string, action: MutationName, initial: T): Remembered<T> {
  const key = `${issueId} ${action}`;
  const [fields, setFields] = useState<T>(() => ({ ...initial, ...(formMemory.typed(key) as Partial<T> | undefined) }));
  const change = useCallback((part: Partial<T>) => {
    setFields(before => {
      const after = { ...before, ...part };
      formMemory.keep(key, after);
      return after;
    });
  }, [key]);
  return { fields, change, forget: useCallback(() => { formMemory.forget(key); }, [key]) };
}
