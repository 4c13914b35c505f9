import { IconDeviceFloppy, IconPhone } from '@tabler/icons-react';
import type { Draft } from '../../../contract/console.ts';
import { Channel } from '../../../contract/issue.ts';
import { formatTime } from '../../../contract/time.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { errorOf, sentences } from '../../ui/error-text.ts';
import { ServiceTag } from '../../ui/marks.tsx';
import type { SaveState } from '../../draft-saver.ts';
import { DraftsMenu } from './drafts-menu.tsx';
import type { WayOn } from './way-on.ts';
import { isIncident, questionOf, severityOf, type IntakeForm, type Problem } from './intake-form.ts';

const HOUR_MS = 3_600_000;

/** What call this is: service, how long it has lasted, the number that is read to the caller, the channel, other drafts. */
export function IntakeHeader({ draft, form, change }: { draft: Draft; form: IntakeForm; change: (part: Partial<IntakeForm>) => void }) {
  const t = useT();
  return (
    <header className="intake-head">
      <h1><ServiceTag service={draft.service} /> {t(isIncident(draft.service) ? 'intake.call' : 'intake.report')}</h1>
      <CallTime startedAtMs={form.startedAtMs} isCall={form.channel === 'phone'} />
      <div className="number"><output className="no">{draft.provisionalNo}</output><span className="muted"> · {t('intake.provisional')}</span></div>
      <select className="input sm channel" aria-label={t('intake.channel')} value={form.channel} onChange={event => { change({ channel: Channel.parse(event.target.value) }); }}>
        {Channel.options.filter(channel => channel !== 'import').map(channel => <option key={channel} value={channel}>{capital(t(`domain.channel.${channel}`))}</option>)}
      </select>
      <DraftsMenu openDraftId={draft.id} />
    </header>
  );
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase('vi') + words.slice(1);
}

/** mm:ss since the form was opened; for an old draft when it was opened, because nobody is on the line any more. */
function CallTime({ startedAtMs, isCall }: { startedAtMs: number; isCall: boolean }) {
  const t = useT();
  const lastedMs = Math.max(0, useNow() - startedAtMs);
  if (!isCall || lastedMs > HOUR_MS) return <div className="call-time muted">{t('intake.sinceOpened')} <span className="strong">{formatTime(startedAtMs)}</span></div>;
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  return <div className="call-time"><IconPhone aria-hidden className="good" /> {t('intake.calling')} <span className="strong">{two(lastedMs / 60_000)}:{two(lastedMs / 1_000 % 60)}</span></div>;
}

/** Where the words are now, and the two ways on. */
export function IntakeActions({ way, letter, unitName, form, save, problems, isSending, onReceive, onFocus }: {
  way: WayOn; letter: string; unitName: string; form: IntakeForm; save: SaveState; problems: readonly Problem[]; isSending: boolean; onReceive: (next: boolean) => void; onFocus: (problem: Problem) => void;
}) {
  const t = useT();
  const first = problems[0];
  return (
    <footer className="intake-actions">
      <SaveLine save={save} />
      {first !== undefined && (
        <button type="button" className="link danger" onClick={() => { onFocus(first); }}>
          {t('intake.problems', { n: problems.length, first: t(`intake.${questionOf(first.field)}.ask`) })}
        </button>
      )}
      <Button size="md" hint="Ctrl+S" disabled={isSending} onClick={() => { onReceive(true); }}>{t(way === 'dispatch' ? 'intake.receiveOnly' : 'intake.receiveNext')}</Button>
      <Button size="md" kind={way !== 'join' && severityOf(form) === 'P1' ? 'alarm' : 'primary'} hint="Ctrl+Enter" {...(way === 'dispatch' ? { title: unitName } : {})} disabled={isSending} onClick={() => { onReceive(false); }}>
        {isSending ? t('intake.receiving') : t(`intake.way.${way}`, { letter })}
      </Button>
    </footer>
  );
}

function SaveLine({ save }: { save: SaveState }) {
  const t = useT();
  switch (save.kind) {
    case 'clean': return <p className="save muted">{t('intake.notTyped')}</p>;
    case 'saving': return <p className="save muted" data-save="saving"><IconDeviceFloppy aria-hidden /> {t('intake.saving')}</p>;
    case 'saved': return (
      <p className="save" data-save="saved"><IconDeviceFloppy aria-hidden className="good" /> <span>{t('intake.saved', { time: formatTime(save.atMs, true) })}<span className="muted"> · {t('intake.savedWhere')}</span></span></p>
    );
    case 'failed': return (
      <p className="save warning strong" role="alert" data-save="failed">
        {save.willRetry ? t('intake.saveFailed') : t('intake.saveRefused', { why: Object.values(sentences(errorOf(save.error))).join(' ') })}
      </p>
    );
  }
}
