import type { IssueDetail } from '../../../contract/console.ts';
import { Outcome, VerifyMethod, type Issue } from '../../../contract/issue.ts';
import type { MutationName } from '../../../contract/mutations/payloads.ts';
import { useT } from '../../strings/text.ts';
import { Choices } from '../../ui/choices.tsx';
import { EditForm } from './edit-form.tsx';
import { useRemembered } from './form-memory.ts';
import { FormShell, type FormEnd } from './form-shell.tsx';
import { ForwardForm } from './forward-form.tsx';
import { MergeForm } from './merge-form.tsx';
import { NoteBox } from './note-box.tsx';
import { ResolveForm } from './resolve-form.tsx';
import { StepForm } from './step-form.tsx';
import { STEP_SPECS } from './step-specs.ts';

interface Of extends FormEnd { issue: Issue }

/** The form of an action, in place of the buttons. */
export function ActionForm({ action, detail, ...end }: FormEnd & { action: MutationName; detail: IssueDetail }) {
  const { issue, names } = detail;
  switch (action) {
    case 'issue.verify': case 'issue.proposeFalse': return <VerifyForm issue={issue} action={action} {...end} />;
    case 'issue.forward': case 'issue.dispatch': return <ForwardForm issue={issue} action={action} {...end} />;
    case 'issue.merge': return <MergeForm issue={issue} {...end} />;
    case 'issue.close': return <CloseForm issue={issue} {...end} />;
    case 'issue.edit': return <EditForm detail={detail} {...end} />;
    case 'issue.resolve': return <ResolveForm issue={issue} mayAttach={detail.actions.includes('issue.attach')} {...end} />;
    case 'issue.note': return <TextForm issue={issue} action={action} field="note" isNeeded {...end} />;
    case 'issue.confirmFalse': return <TextForm issue={issue} action={action} field="note" proposal={proposalOf(issue, names)} {...end} />;
    default: {
      const spec = STEP_SPECS[action];
      return spec === undefined ? <TextForm issue={issue} action={action} field="note" {...end} /> : <StepForm issue={issue} action={action} spec={spec} {...end} />;
    }
  }
}

function proposalOf(issue: Issue, names: Readonly<Record<string, string>>): { who: string; note: string } | undefined {
  return issue.falseProposal === null ? undefined : { who: names[issue.falseProposal.byId] ?? '', note: issue.falseProposal.note };
}

function VerifyForm({ issue, action, ...end }: Of & { action: 'issue.verify' | 'issue.proposeFalse' }) {
  const t = useT();
  const text = useRemembered<{ method: VerifyMethod | null; note: string }>(issue.id, action, { method: null, note: '' });
  const { fields, change } = text;
  const isFalse = action === 'issue.proposeFalse';
  const problem = fields.method === null ? t('issue.form.chooseMethod') : isFalse && fields.note.trim() === '' ? t('issue.form.writeIt') : null;
  return (
    <FormShell issue={issue} action={action} title={t(`domain.done.${action}`)} verb={t(isFalse ? 'domain.done.issue.proposeFalse' : 'domain.act.issue.verify')} problem={problem} choose={{ count: VerifyMethod.options.length, take: index => { change({ method: VerifyMethod.options[index] ?? null }); }, thenNext: true }} payload={() => fields} text={text} {...end}>
      <div className="field"><span className="label"><span>{t('issue.form.method')}</span><span>{t('issue.form.keysHint', { n: VerifyMethod.options.length })}</span></span>
        <Choices numbered label={t('issue.form.method')} value={fields.method} onChange={method => { change({ method }); }} options={VerifyMethod.options.map(value => ({ value, label: t(`domain.method.${value}`) }))} />
      </div>
      <NoteBox label={t(isFalse ? 'issue.form.why' : 'issue.form.note')} text={fields.note} onChange={note => { change({ note }); }} />
    </FormShell>
  );
}

function CloseForm({ issue, ...end }: Of) {
  const t = useT();
  const text = useRemembered<{ outcome: Outcome | null; reply: string }>(issue.id, 'issue.close', { outcome: null, reply: '' });
  const { fields, change } = text;
  return (
    <FormShell issue={issue} action="issue.close" title={t('domain.act.issue.close')} verb={t('domain.act.issue.close')} problem={fields.outcome === null ? t('issue.form.chooseOutcome') : null}
      choose={{ count: Outcome.options.length, take: index => { change({ outcome: Outcome.options[index] ?? null }); }, thenNext: true }} payload={() => fields} text={text} {...end}>
      <div className="field"><span className="label"><span>{t('issue.form.outcome')}</span><span>{t('issue.form.keysHint', { n: Outcome.options.length })}</span></span>
        <Choices numbered label={t('issue.form.outcome')} value={fields.outcome} onChange={outcome => { change({ outcome }); }} options={Outcome.options.map(value => ({ value, label: t(`domain.outcome.${value}`) }))} />
      </div>
      <NoteBox label={t('issue.form.reply')} text={fields.reply} onChange={reply => { change({ reply }); }} />
    </FormShell>
  );
}

function TextForm({ issue, action, field, isNeeded = false, proposal, ...end }: Of & { action: MutationName; field: 'note'; isNeeded?: boolean; proposal?: { who: string; note: string } | undefined }) {
  const t = useT();
  const text = useRemembered(issue.id, action, { text: '' });
  const { fields, change } = text;
  const label = isNeeded ? t('issue.form.noteOf') : t('issue.form.note');
  return (
    <FormShell issue={issue} action={action} title={t(`domain.act.${action}`)} verb={t(`domain.act.${action}`)} problem={isNeeded && fields.text.trim() === '' ? t('issue.form.writeIt') : null}
      payload={() => ({ [field]: fields.text })} text={text} {...end}>
      {proposal !== undefined && <p>{t('issue.form.proposalBy', proposal)}</p>}
      <NoteBox label={label} text={fields.text} onChange={text => { change({ text }); }} />
    </FormShell>
  );
}
