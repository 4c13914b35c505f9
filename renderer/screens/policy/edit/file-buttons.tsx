import { useRef, useState } from 'react';
import { MAX_POLICY_FILE_BYTES, policyFileText, readPolicyText, type FileFault } from '../../../../contract/policy/file.ts';
import { draftOf, nextCode, type PolicyDraft } from '../../../../contract/policy/draft.ts';
import { nextDay } from '../../../../contract/time.ts';
import { saveFile } from '../../../save-file.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { clock } from '../../../ui/clock.ts';
import { Notice } from '../../../ui/notice.tsx';
import { useEdit } from './editing.ts';

/** What came of a file: taken in, or why not. */
type Came = { name: string } & ({ fault: FileFault | { why: 'unread'; place: string } } | { fault: null });

/** The draft as the file that the province's command takes, and such a file as the draft. */
export function FileButtons() {
  const t = useT();
  const { draft, edit } = useEdit();
  const chooser = useRef<HTMLInputElement>(null);
  const [came, setCame] = useState<Came | null>(null);
  const isHeld = Object.keys(draft.typed).length > 0;
  const take = async (file: File): Promise<void> => {
    const text = file.size > MAX_POLICY_FILE_BYTES ? ' '.repeat(MAX_POLICY_FILE_BYTES + 1) : await file.text().catch(() => null);
    const nowMs = clock.exactMs;
    const read = text === null ? { why: 'unread' as const, place: '' } : readPolicyText(text, { id: draft.pack.id, nowMs });
    if (!('pack' in read)) { setCame({ name: file.name, fault: read }); return; }
    edit(now => fromFile(now, read.pack, nowMs), 'file');
    setCame({ name: file.name, fault: null });
  };
  return (
    <>
      <input ref={chooser} type="file" hidden accept=".json,application/json" data-testid="policy-file" onChange={event => { const file = event.target.files?.[0]; event.target.value = ''; if (file !== undefined) void take(file); }} />
      <Button onClick={() => { chooser.current?.click(); }}>{t('policyEdit.readFile')}</Button>
      <Button disabled={isHeld} {...(isHeld ? { title: t('policyEdit.exportHeld') } : {})} onClick={() => { saveFile(t('policyEdit.fileName', { code: draft.pack.code.replace(/[^\w-]+/g, '-') }), policyFileText(draft.pack), 'application/json'); }}>{t('policyEdit.exportFile')}</Button>
      {came !== null && (came.fault === null ? <Notice tone="good">{t('policyEdit.fileRead', { name: came.name })}</Notice>
        : <Notice tone="danger" title={t(`policyEdit.fileFault.${came.fault.why}`, { name: came.name, place: came.fault.place })}>{t('policyEdit.fileKept')}</Notice>)}
    </>
  );
}

/** A pack out of a file takes the place of what was typed; where its own day is over, it is in force from the next midnight. */
function fromFile(draft: PolicyDraft, pack: PolicyDraft['pack'], nowMs: number): PolicyDraft {
  const code = pack.code === draft.pack.code ? pack.code : nextCodeIfSame(pack.code, draft);
  const whole = draftOf(pack, { id: draft.pack.id, nowMs }).pack;
  return { ...draft, typed: {}, fromNow: false, pack: { ...whole, code, effectiveFromMs: pack.effectiveFromMs > nowMs ? pack.effectiveFromMs : nextDay(nowMs) } };
}

/** A file that was written from a pack in force still has its code: the new pack has one of its own. */
function nextCodeIfSame(code: string, draft: PolicyDraft): string {
  return nextCode(code) === draft.pack.code ? draft.pack.code : code;
}
