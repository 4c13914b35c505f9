import { useMutation } from '@tanstack/react-query';
import { useEffect, useReducer, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import type { Issue } from '../../../contract/issue.ts';
import type { MutationName } from '../../../contract/mutations/payloads.ts';
import { client } from '../../client.ts';
import { SAVING } from '../../draft-saver.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { isVital } from './actions.ts';
import { formKey } from './form-keys.ts';
import { stepKey, type KeptText } from './form-memory.ts';
import { nextField } from './next-field.ts';

/** What each form gets: the record, and what to do when it has been saved or put aside. */
export interface FormEnd { onDone: () => void; onClose: () => void }

export interface FormShellProps extends FormEnd {
  issue: Issue;
  action: MutationName;
  title: string;
  /** What the button says; names the result. */
  verb: string;
  /** Why it cannot be saved yet, in words; null when it can. */
  problem: string | null;
  /** Takes the numbered choice at this index; for a form that has such choices. `thenNext`: the next question comes then, or the text; `isAsked`: as in `formKey`. */
  choose?: { count: number; take: (index: number) => void; thenNext: boolean; isAsked?: boolean };
  payload: () => Record<string, unknown>;
  /** What is written in it, as it is kept meanwhile. */
  text: KeptText;
  children: ReactNode;
}

const isText = (target: EventTarget | null): boolean => !(target instanceof HTMLElement) || target.matches('input, textarea, select');

/** A form in the panel, never over it. Ctrl+Enter saves, Esc puts it aside with its words kept, a refusal is told beside it. */
export function FormShell({ issue, action, title, verb, problem, choose, payload, text, onDone, onClose, children }: FormShellProps) {
  const t = useT();
  const form = useRef<HTMLFormElement>(null);
  const [isTried, setTried] = useState(false);
  const [moves, moveOn] = useReducer((before: number) => before + 1, 0);
  const save = useMutation({
    mutationKey: stepKey(issue.id),
    mutationFn: async () => {
      const sent = { id: issue.id, ...payload() };
      // A text that came to the core after its step would be left over.
      await text.flush().catch(() => undefined);
      return client.issues.mutate({ name: action, payload: sent });
    },
    onSuccess: () => {
      const forgotten = text.forget();
      onDone();
      return forgotten;
    },
  });
  const submit = () => {
    setTried(true);
    if (problem === null && !save.isPending) save.mutate();
    else if (problem !== null) moveOn();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (isText(event.target) || event.nativeEvent.isComposing || event.keyCode === 229) return;
    const meant = choose === undefined ? null : formKey(event, choose.count, choose.isAsked);
    if (meant === null || choose === undefined) return;
    event.stopPropagation();   // no key of the screen behind runs while a form is being filled in
    if (meant.kind !== 'write') event.preventDefault();
    if (meant.kind === 'choose') takeAndMoveOn(meant.index);
    // The sign is then typed into the text by the browser itself.
    if (meant.kind === 'write' && choose.thenNext) event.currentTarget.querySelector('textarea')?.focus();
  };
  const takeAndMoveOn = (index: number, isTyping = false) => {
    choose?.take(index);
    if (choose?.thenNext === true && !isTyping) moveOn();
  };
  const onClick = (event: MouseEvent) => { if (choose?.thenNext === true && event.target instanceof Element && event.target.closest('[role=radio]') !== null) moveOn(); };
  useShortcuts('panel', [
    { keys: 'ctrl+enter', label: verb, run: submit, whileTyping: true, hint: 'Ctrl+Enter' },
    ...Array.from({ length: choose?.count ?? 0 }, (_, i) => ({ label: t('issue.form.chooseByKey', { n: i + 1 }) }))
      .flatMap((shortcut, i) => [{ ...shortcut, keys: String(i + 1), run: () => { takeAndMoveOn(i); } }, { ...shortcut, keys: `alt+${String(i + 1)}`, run: (event: globalThis.KeyboardEvent) => { takeAndMoveOn(i, isText(event.target)); }, whileTyping: true }]),
    { keys: 'escape', label: t('app.putAside'), run: onClose, whileTyping: true, hint: 'Esc' },
  ]);
  useEffect(() => {
    const next = form.current === null ? null : nextField(form.current);
    next?.focus();
    next?.closest('.field')?.scrollIntoView({ block: 'nearest' });
  }, [moves]);
  return (
    <form ref={form} className="issue-form" onKeyDown={onKeyDown} onClick={onClick} onSubmit={event => { event.preventDefault(); submit(); }}>
      <h2>{title}</h2>
      {children}
      <div className="form-end">
        {isTried && problem !== null && <Notice tone="warning">{problem}</Notice>}
        {save.error !== null && <ErrorNotice error={save.error} />}
        {save.error === null && text.failure !== null && <NotKept error={text.failure} />}
        <div className="buttons">
          <Button type="submit" size="md" kind={isVital(issue, action) ? 'alarm' : 'primary'} hint="Ctrl+Enter" disabled={save.isPending}>{save.isPending ? t('issue.form.saving') : verb}</Button>
          <Button size="md" hint="Esc" onClick={onClose}>{t('app.putAside')}</Button>
        </div>
      </div>
    </form>
  );
}

/** The core does not have the words yet: soon, or never as they are. */
function NotKept({ error }: { error: unknown }) {
  const t = useT();
  return SAVING.mayRetry(error) ? <Notice tone="warning">{t('issue.form.notKeptYet')}</Notice> : <ErrorNotice error={error} />;
}
