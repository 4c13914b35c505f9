import { useMutation } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type RefObject } from 'react';
import { HANDOVER_LIMITS, type HandoverRecord } from '../../../contract/documents/handover.ts';
import { withTyped, type HandoverDraft, type HandoverTyped } from '../../../contract/handovers.ts';
import { servicesIn, type Service } from '../../../contract/org.ts';
import { civilParts, formatDateTime, formatTime } from '../../../contract/time.ts';
import { client, type ConsoleClient } from '../../client.ts';
import { useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { goTo } from '../../route.ts';
import { t as words, useT } from '../../strings/text.ts';
import { nextTurn } from '../../turn.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { clock } from '../../ui/clock.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { ServiceTag } from '../../ui/marks.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { useTyped } from '../../use-typed.ts';
import { NoteBox } from '../queue/note-box.tsx';
import { FiguresOf, PartBody } from './part-body.tsx';
import { PartCard } from './part-card.tsx';
import { countOf, PARTS, partsOf, shiftOfHour, type Part } from './parts.ts';

/** The form of a new handover: the queue fills it, who goes adds what no queue knows, and signs. */
export function GiveForm() {
  const t = useT();
  const first = useLive(['handovers.draft', 'first'], [], core => core.handovers.draft({}));
  if (first.error !== null) return <div className="handovers"><ErrorNotice error={first.error} /></div>;
  return first.data === undefined ? <p className="handovers muted">{t('handover.loading')}</p> : <Form begun={first.data} />;
}

/** What the form holds at first: the shift that ends now, by the clock. */
function beginning({ typed, savedAtMs }: HandoverDraft): HandoverTyped {
  return savedAtMs === null ? { ...typed, shiftName: words(`handover.shift.${shiftOfHour(civilParts(clock.exactMs - 3_600_000).hour)}`) } : typed;
}

const HOUR = 3_600_000;
const SPANS = { before: null, h8: 8, h12: 12, h24: 24 } as const;
type Span = keyof typeof SPANS;

/** Where somebody is typing, or answers a question that stands before the form. */
const BUSY = 'input, textarea, select, [role=dialog], [role=dialog] *';

/** Whoever may write begins in the field, also after a reload, the lock, or a look at the signature; who is typing elsewhere is left there. Nothing scrolls. */
function useFocused(field: RefObject<HTMLInputElement | null>, mayWrite: boolean): void {
  useEffect(() => { if (mayWrite && document.activeElement?.matches(BUSY) !== true) field.current?.focus({ preventScroll: true }); }, [mayWrite]);
}

function Form({ begun }: { begun: HandoverDraft }) {
  const t = useT();
  const { locked, scope } = useSession();
  const lines = servicesIn(scope);
  const { typed, change, saved, kept, flush, forget } = useTyped(() => beginning(begun), fields => client.handovers.saveDraft({ typed: fields, turn: nextTurn() }));
  const [signing, setSigning] = useState<HandoverDraft | null>(null);
  // Other lines, or another beginning, are other figures: by what the core has kept of the form.
  const refill = async (core: ConsoleClient) => { await kept().catch(() => undefined); return core.handovers.draft({}); };
  const fresh = useLive(['handovers.draft', typed.lines ?? null, typed.fromMs], ['issue', 'document', 'sync'], refill, { enabled: signing === null, keepPrevious: true });
  const draft = signing ?? fresh.data ?? begun;
  const parts = partsOf(signing === null ? withTyped(draft.content, typed) : draft.content);
  const close = useMutation({ mutationFn: async () => { await flush(); return client.handovers.draft({}); }, onSuccess: setSigning });
  const [heading, name] = [useId(), useRef<HTMLInputElement>(null)];
  useFocused(name, signing === null && !locked);
  const [span, setSpan] = useState<Span>('before');
  const setFrom = (next: Span): void => {
    const hours = SPANS[next];
    setSpan(next);
    change({ fromMs: hours === null ? null : clock.exactMs - hours * HOUR });
  };
  useShortcuts('screen', [
    { keys: 'ctrl+enter', label: t('handover.close'), hint: 'Ctrl+Enter', run: () => { close.mutate(); }, whileTyping: true, enabled: signing === null && !close.isPending && !locked },
    { keys: 'escape', label: t('app.putAside'), hint: 'Esc', run: () => { if (signing === null) goTo({ screen: 'handover', id: null }); else setSigning(null); }, whileTyping: true, enabled: !locked },
  ]);
  const next = (record: HandoverRecord) => (signing !== null ? record.next
    : <input className="input sm" aria-label={t('handover.nextOf', { no: record.no })} maxLength={HANDOVER_LIMITS.next} value={typed.next[record.id] ?? ''} onChange={event => { change({ next: { ...typed.next, [record.id]: event.target.value } }); }} />);
  return (
    <div className="handover">
      <header>
        <div id={heading}><h1>{t('handover.new')}</h1><p className="muted">{t('handover.period', { from: formatDateTime(draft.content.fromMs), to: formatDateTime(draft.content.toMs) })}</p></div>
        <span className="muted" role="status">{saved.kind === 'saved' ? t('handover.saved', { at: formatTime(saved.atMs) }) : saved.kind === 'failed' ? '' : t('handover.savedAlways')}</span>
      </header>
      <div className="handover-parts" tabIndex={-1}>
        {saved.kind === 'failed' && <ErrorNotice error={saved.error} />}
        {fresh.error !== null && <ErrorNotice error={fresh.error} />}
        <FiguresOf content={draft.content} site={draft.site} />
        <div className="handover-head">
          <Field label={t('handover.shiftName')}>{control => <input {...control} ref={name} aria-describedby={heading} className="input" maxLength={HANDOVER_LIMITS.shiftName} disabled={signing !== null} value={typed.shiftName} onChange={event => { change({ shiftName: event.target.value }); }} />}</Field>
          {lines.length > 1 && signing === null && <LinesChosen lines={lines} typed={typed} change={change} />}
          <Choices label={t('handover.since8')} value={span} onChange={setFrom} options={(Object.keys(SPANS) as Span[]).map(value => ({ value, label: t(`handover.span.${value}`) }))} />
        </div>
        {PARTS.map(part => (
          <PartCard key={part} part={part} count={countOf(parts, part)} isRead={null}>
            <PartBody part={part} parts={parts} toMs={draft.content.toMs} next={next} {...(signing === null ? typedPart(part, typed, change) : {})} />
          </PartCard>
        ))}
      </div>
      <aside className="signatures" tabIndex={0} role="region" aria-label={t('handover.signatures')}>
        {signing === null
          ? <div className="signature open"><p className="muted">{t('handover.closeMore')}</p>{close.error !== null && <ErrorNotice error={close.error} />}<Button kind="primary" size="md" wide hint="Ctrl+Enter" disabled={close.isPending} onClick={() => { close.mutate(); }}>{t('handover.close')}</Button></div>
          : <Sign draft={signing} onBack={() => { setSigning(null); }} onSigned={forget} />}
      </aside>
    </div>
  );
}

/** Which of the person's lines are handed over: somebody else may go on in the others. */
function LinesChosen({ lines, typed, change }: { lines: readonly Service[]; typed: HandoverTyped; change: (some: Partial<HandoverTyped>) => void }) {
  const t = useT();
  const chosen = lines.filter(line => typed.lines?.includes(line) ?? true);
  const toggle = (line: Service): void => {
    const next = lines.filter(one => (one === line) !== chosen.includes(one));
    if (next.length > 0) change({ lines: next });
  };
  return (
    <fieldset className="handover-lines">
      <legend>{t('handover.linesGiven')}</legend>
      {lines.map(line => <label key={line} className="check"><input type="checkbox" checked={chosen.includes(line)} disabled={chosen.length === 1 && chosen.includes(line)} onChange={() => { toggle(line); }} /> <ServiceTag service={line} /></label>)}
    </fieldset>
  );
}

/** The box of a part in which a person writes. */
function typedPart(part: Part, typed: HandoverTyped, change: (some: Partial<HandoverTyped>) => void) {
  switch (part) {
    case 'alarms': return { typed: <NoteBox label={words('handover.typed.warnings')} rows={2} limit={HANDOVER_LIMITS.fault} text={typed.warnings.join('\n')} onChange={text => { change({ warnings: text.split('\n') }); }} /> };
    case 'equipment': return { typed: <NoteBox label={words('handover.typed.faults')} rows={2} limit={HANDOVER_LIMITS.fault} text={typed.faults.join('\n')} onChange={text => { change({ faults: text.split('\n') }); }} /> };
    case 'instructions': return { typed: <NoteBox label={words('handover.typed.instructions')} rows={3} limit={HANDOVER_LIMITS.text} text={typed.instructions} onChange={instructions => { change({ instructions }); }} /> };
    case 'notes': return { typed: <NoteBox label={words('handover.typed.notes')} rows={3} limit={HANDOVER_LIMITS.text} text={typed.notes} onChange={notes => { change({ notes }); }} /> };
    default: return {};
  }
}

/** The first signature, on figures that stand still from now on. */
function Sign({ draft, onBack, onSigned }: { draft: HandoverDraft; onBack: () => void; onSigned: () => void }) {
  const t = useT();
  const session = useSession();
  const [password, setPassword] = useState('');
  const sign = useMutation({
    mutationFn: () => client.handovers.give({ digest: draft.digest, password }),
    onSuccess: ({ handover }) => { onSigned(); goTo({ screen: 'handover', id: handover.id }, true); }, onError: () => { setPassword(''); },
  });
  const submit = (): void => { if (password !== '' && !sign.isPending) sign.mutate(); };
  useShortcuts('screen', [{ keys: 'ctrl+enter', label: t('handover.give'), hint: 'Ctrl+Enter', run: submit, whileTyping: true, enabled: password !== '' && !session.locked }]);
  useEffect(() => { document.querySelector<HTMLInputElement>('.signatures input[type=password]')?.focus(); }, []);
  return (
    <form className="signature open aside-form" onSubmit={event => { event.preventDefault(); submit(); }}>
      <p className="muted">{t('handover.giver')}</p>
      <h2>{session.name}</h2>
      <Notice tone="info">{t('handover.lockedAt', { at: formatDateTime(draft.content.toMs) })}</Notice>
      <Field label={t('handover.ownPassword')}>{control => <input {...control} className="input" type="password" autoComplete="off" value={password} onChange={event => { setPassword(event.target.value); }} />}</Field>
      {sign.error !== null && <ErrorNotice error={sign.error} />}
      <Button kind="primary" size="md" wide hint="Ctrl+Enter" type="submit" disabled={password === '' || sign.isPending}>{t('handover.give')}</Button>
      <Button kind="quiet" hint="Esc" onClick={onBack}>{t('handover.change')}</Button>
    </form>
  );
}
