import { useEffect, useRef, useState } from 'react';
import type { Draft } from '../../../contract/console.ts';
import type { MutationName } from '../../../contract/mutations/payloads.ts';
import { client } from '../../client.ts';
import type { SaveState } from '../../draft-saver.ts';
import { queries } from '../../live-query.ts';
import { goTo } from '../../route.ts';
import { nextTurn } from '../../turn.ts';
import { clock } from '../../ui/clock.ts';
import { errorOf } from '../../ui/error-text.ts';
import { useSaver } from '../../use-saver.ts';
import { formOfDraft, isUntouched, payloadOf, problemsOf, type IntakeForm, type Problem, type TextField } from './intake-form.ts';

/** The record received last, said on the empty form that follows it. */
const RECEIVED = ['intake.received'] as const;
interface Received { draftId: string; no: string }

/** A step that is saved with the receiving. */
export interface Step { name: MutationName; payload: Record<string, unknown> }

export interface Intake {
  form: IntakeForm;
  save: SaveState;
  /** Everything that keeps the form from being received; empty until the operator has tried. */
  problems: readonly Problem[];
  refusal: { field: TextField; length: number } | null;
  error: unknown;
  isSending: boolean;
  receivedBefore: string | null;
  change: (part: Partial<IntakeForm>) => void;
  refused: (field: TextField, length: number) => void;
  /** Receives the record; then opens it, or with `next` an empty form of the same service. Gives the problems that are in the way. */
  receive: (next: boolean, andThen: readonly Step[]) => Promise<readonly Problem[]>;
  /** Keeps what was typed and goes; a form in which nothing was typed is not kept. */
  leave: () => void;
}

/** The form of one draft: typed, saved as it is typed, restored from what the core kept, received. */
export function useIntake(draft: Draft, siteId: string): Intake {
  const [form, setForm] = useState(() => formOfDraft(draft.fields, draft.service, clock.nowMs));
  const [save, setSave] = useState<SaveState>(() => Object.keys(draft.fields).length === 0 ? { kind: 'clean' } : { kind: 'saved', atMs: draft.savedAtMs });
  const [hasTried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<Intake['refusal']>(null);
  const [error, setError] = useState<unknown>(null);
  const [isSending, setSending] = useState(false);
  const [receivedBefore, setReceivedBefore] = useState(() => {
    const received = queries.getQueryData<Received>(RECEIVED);
    return received?.draftId === draft.id ? received.no : null;
  });
  const latest = useRef(form);
  const saver = useSaver<IntakeForm>(`${draft.service} ${draft.id}`, { save: fields => client.issues.saveDraft({ id: draft.id, service: draft.service, fields: { ...fields }, turn: nextTurn() }), onState: setSave });
  useEffect(() => () => {
    // Gone to another screen with nothing typed: an empty draft is not worth keeping. A page that is only drawn again stays at its address.
    if (!location.hash.includes(draft.id) && isUntouched(latest.current, draft.service)) client.issues.removeDraft({ id: draft.id }).catch(() => undefined);
  }, [draft.id, draft.service]);

  const change = (part: Partial<IntakeForm>): void => {
    latest.current = { ...latest.current, ...part };
    setForm(latest.current);
    setRefusal(null);
    setReceivedBefore(null);
    saver.current?.put(latest.current);
  };

  const receive = async (next: boolean, andThen: readonly Step[]): Promise<readonly Problem[]> => {
    if (isSending) return [];
    const problems = problemsOf(latest.current);
    setTried(true);
    setError(null);
    if (problems.length > 0) return problems;
    setSending(true);
    try {
      await saver.current?.flush().catch(() => undefined);
      const received = await receiveOnce(latest.current, draft, siteId, andThen);
      saver.current?.stop();
      if (!next) goTo({ screen: 'issue', id: received.id }, true);
      else {
        const fresh = await client.issues.startDraft({ service: draft.service });
        queries.setQueryData<Received>(RECEIVED, { draftId: fresh.id, no: received.provisionalNo });
        goTo({ screen: 'intake', service: draft.service, draftId: fresh.id }, true);
      }
    } catch (failure) {
      setError(failure);
      setSending(false);
    }
    return [];
  };

  const leave = (): void => { goTo({ screen: 'queue' }); };

  return {
    form, save, refusal, error, isSending, receivedBefore, change, receive, leave,
    problems: hasTried ? problemsOf(form) : [],
    refused: (field, length) => { setRefusal({ field, length }); },
  };
}

/** Receives the record once: the answer to a first try may have been lost in a crash, then it is already there. */
async function receiveOnce(form: IntakeForm, draft: Draft, siteId: string, andThen: readonly Step[]): Promise<{ id: string; provisionalNo: string }> {
  try {
    return await client.issues.mutate({ name: 'issue.receive', payload: payloadOf(form, draft.service, draft.id, siteId), draftId: draft.id, andThen: andThen.map(step => ({ ...step, payload: { ...step.payload, id: draft.id } })) });
  } catch (error) {
    if (errorOf(error).code === 'issue/already-exists') return { id: draft.id, provisionalNo: draft.provisionalNo };
    throw error;
  }
}
