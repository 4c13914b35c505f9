import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { FormText } from '../../../contract/console.ts';
import type { IntentName } from '../../../contract/documents/apply.ts';
import type { MutationName } from '../../../contract/mutations/payloads.ts';
import { client } from '../../client.ts';
import { forgetters, keepers } from '../../frame/person-change.ts';
import { useSession } from '../../frame/station.ts';
import { queries, useLive } from '../../live-query.ts';
import { nextTurn } from '../../turn.ts';
import { FormTexts, type FormPlace, type Written } from './form-texts.ts';
import type { StepFields } from './step-specs.ts';

const FORMS = 'issues.forms';
/** The person is part of it: what one has written is never the first answer that another one gets. */
const formsKey = (personId: string, id: string) => [FORMS, personId, id] as const;

/** Marks a step on its way, for as long as its words have not been forgotten. */
export const stepKey = (issueId: string) => ['issues.mutate', issueId] as const;

/** Which form of a record is open, and what stands in it from the beginning: kept while the window lives, whatever is looked at meanwhile. */
class OpenForms {
  readonly #open = new Map<string, { action: MutationName; given: StepFields }>();

  of(issueId: string): MutationName | null {
    return this.#open.get(issueId)?.action ?? null;
  }

  given(issueId: string, action: MutationName): StepFields {
    const open = this.#open.get(issueId);
    return open?.action === action ? open.given : {};
  }

  set(issueId: string, action: MutationName | null, given: StepFields = {}): void {
    if (action === null) this.#open.delete(issueId);
    else this.#open.set(issueId, { action, given });
  }

  clear(): void {
    this.#open.clear();
  }
}

export const openForms = new OpenForms();
const texts = new FormTexts({ send, onKept });

keepers.add({ flush: () => texts.flushAll(), unsaid: () => texts.unsaid() });
forgetters.add(() => {
  openForms.clear();
  texts.clear();
  queries.removeQueries({ queryKey: [FORMS] });
});

async function send(place: FormPlace, { fields, isUntouched }: Written): Promise<{ savedAtMs: number }> {
  if (!isUntouched) return client.issues.saveForm({ ...place, fields, turn: nextTurn() });
  await client.issues.removeForm({ ...place, turn: nextTurn() });
  return { savedAtMs: 0 };
}

/** What the core has said it keeps is known at once, without asking again. */
async function onKept({ personId, id, action }: FormPlace, written: Written | null, savedAtMs: number): Promise<void> {
  const queryKey = formsKey(personId, id);
  if (queries.getQueryData(queryKey) === undefined) return;
  await queries.cancelQueries({ queryKey });   // an answer on its way may be older
  const now: FormText[] = written === null || written.isUntouched ? [] : [{ action, fields: written.fields, savedAtMs }];
  queries.setQueryData<FormText[]>(queryKey, (before = []) => [...before.filter(form => form.action !== action), ...now]);
}

/** What the signed-in person has begun to write on a record, as the core keeps it. */
export function useForms(issueId: string): UseQueryResult<FormText[]> {
  const { personId } = useSession();
  return useLive(formsKey(personId, issueId), ['draft', 'session'], core => core.issues.forms({ id: issueId }));
}

/** The actions of a record in whose forms something is written and not yet sent. */
export function useBegun(issueId: string): ReadonlySet<string> {
  const { personId } = useSession();
  const begun = new Set<string>(useForms(issueId).data?.map(form => form.action));
  for (const { action, isUntouched } of texts.unsavedOf(personId, issueId)) {
    if (isUntouched) begun.delete(action);
    else begun.add(action);
  }
  return begun;
}

/** What has the core forget a form that nobody will finish. */
export function usePutAway(issueId: string, action: MutationName): () => Promise<unknown> {
  const { personId } = useSession();
  return () => client.issues.removeForm({ personId, id: issueId, action, turn: nextTurn() });
}

/** How a form ends, and what is wrong with keeping it meanwhile. */
export interface KeptText {
  /** Resolves once the core has the text as it is now; rejects with its refusal. */
  flush: () => Promise<void>;
  /** The action has succeeded; resolves when nothing is left of its text. */
  forget: () => Promise<void>;
  /** Why the text is not kept yet; null while nothing went wrong. */
  failure: unknown;
}
export interface Remembered<T> extends KeptText { fields: T; change: (part: Partial<T>) => void }

/**
 * The fields of a form, remembered per person, record or document, and action until the action has succeeded: over a reload, a sign-out
 * and a crash. Show it only once `useForms` has answered.
 *
 * @param isUntouched whether the form has nothing in it worth keeping; without it, whether it is as `initial`
 */
export function useRemembered<T extends Record<string, unknown>>(issueId: string, action: IntentName, initial: T, isUntouched = (fields: T): boolean => JSON.stringify(fields) === JSON.stringify(initial)): Remembered<T> {
  const { personId } = useSession();
  const place: FormPlace = { personId, id: issueId, action };
  const kept = useForms(issueId).data?.find(form => form.action === action)?.fields;
  const [typed, setTyped] = useState(() => texts.unsaved(place)?.fields as T | undefined);
  const fields = typed ?? { ...initial, ...(kept as Partial<T> | undefined) };
  useEffect(() => () => { texts.flush({ personId, id: issueId, action }).catch(() => undefined); }, [personId, issueId, action]);
  return {
    fields,
    change(part) {
      const after: T = { ...(texts.unsaved(place)?.fields as T | undefined ?? fields), ...part };
      texts.put(place, { fields: after, isUntouched: isUntouched(after) });
      setTyped(after);
    },
    flush() {
      setTyped(fields);   // stays on the screen when the core forgets it with the step
      return texts.flush(place);
    },
    forget: () => texts.forget(place).catch(() => undefined),
    failure: useSyncExternalStore(listener => texts.subscribe(listener), () => texts.failure(place)),
  };
}
