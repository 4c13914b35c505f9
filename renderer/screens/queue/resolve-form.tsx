import { IconPaperclip } from '@tabler/icons-react';
import { useRef } from 'react';
import type { Issue } from '../../../contract/issue.ts';
import { evidenceOf, needsEvidence } from '../../../contract/policy/evidence.ts';
import { usePolicy } from '../../policy.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { addingFiles, useAdding } from './attachment-adding.ts';
import { ACCEPT } from './attachments.tsx';
import { useRemembered } from './form-memory.ts';
import { FormShell, type FormEnd } from './form-shell.tsx';
import { NoteBox } from './note-box.tsx';

/** What the unit says of the result, with the evidence that the kind of case asks for, or why there is none. */
export function ResolveForm({ issue, mayAttach, ...end }: FormEnd & { issue: Issue; mayAttach: boolean }) {
  const t = useT();
  const text = useRemembered(issue.id, 'issue.resolve', { text: '', without: false, why: '' });
  const { fields, change } = text;
  const needs = needsEvidence(issue, usePolicy().of(issue.policyId, issue.receivedAtMs));
  const count = evidenceOf(issue).length;
  const lacks = needs && count === 0;
  const problem = fields.text.trim() === '' ? t('issue.form.writeIt')
    : !lacks ? null
      : !fields.without ? t('steps.evidenceMissing') : fields.why.trim() === '' ? t('steps.noEvidenceMissing') : null;
  return (
    <FormShell issue={issue} action="issue.resolve" title={t('domain.act.issue.resolve')} verb={t('domain.act.issue.resolve')} problem={problem}
      payload={() => ({ result: fields.text, ...(lacks && fields.without ? { noEvidence: fields.why } : {}) })} text={text} {...end}>
      <NoteBox label={t('issue.form.result')} text={fields.text} onChange={next => { change({ text: next }); }} />
      {needs && !lacks && <p className="muted">{t('steps.evidence')}: {t('steps.evidenceCount', { count })}</p>}
      {lacks && <Notice tone="warning" title={t('steps.evidenceNeeded')} actions={mayAttach && <AddFile issueId={issue.id} />}>{t('steps.evidenceNone')}</Notice>}
      {lacks && <Adding issueId={issue.id} />}
      {lacks && <label className="check"><input type="checkbox" checked={fields.without} onChange={event => { change({ without: event.target.checked }); }} /> {t('steps.noEvidence')}</label>}
      {lacks && fields.without && <NoteBox label={t('steps.noEvidenceWhy')} rows={2} text={fields.why} onChange={why => { change({ why }); }} />}
    </FormShell>
  );
}

/** What of a file that is being added is to be seen from here: how far it is, or why it was not taken. */
function Adding({ issueId }: { issueId: string }) {
  const t = useT();
  return useAdding(issueId).map(one => (
    one.error === null ? <p key={one.key} className="muted" role="status">{one.name}: {t('attachments.adding', { percent: Math.floor(one.share * 100) })}</p> : <ErrorNotice key={one.key} error={one.error} />
  ));
}

/** Adds files without leaving the form; what is being written in it stays. */
function AddFile({ issueId }: { issueId: string }) {
  const t = useT();
  const chooser = useRef<HTMLInputElement>(null);
  const choose = (): void => { chooser.current?.click(); };
  useShortcuts('panel', [{ keys: 'alt+t', label: t('steps.evidenceAdd'), run: choose, whileTyping: true }]);
  return (
    <>
      <input ref={chooser} type="file" multiple hidden accept={ACCEPT} data-testid="evidence-file" onChange={event => { void addingFiles.add(issueId, [...event.target.files ?? []]); event.target.value = ''; }} />
      <Button icon={<IconPaperclip aria-hidden />} hint="Alt+T" onClick={choose}>{t('steps.evidenceAdd')}</Button>
    </>
  );
}
