import { useState } from 'react';
import type { Problem } from '../../../../contract/policy/check.ts';
import type { PolicyPack } from '../../../../contract/policy/pack.ts';
import { differences, type Difference, type Part, type PolicyValue } from '../../../../contract/policy/values.ts';
import { formatDateTime } from '../../../../contract/time.ts';
import { client } from '../../../client.ts';
import { useLinkStatus, useSession } from '../../../frame/station.ts';
import { usePolicy } from '../../../policy.ts';
import { goTo } from '../../../route.ts';
import { useLanguage, useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { clock } from '../../../ui/clock.ts';
import { errorOf } from '../../../ui/error-text.ts';
import { Notice } from '../../../ui/notice.tsx';
import { ConfirmPassword } from '../confirm-password.tsx';
import { noteIssued } from '../issued.tsx';
import { pathLabel, valueLabel, valueWords } from '../value-words.ts';
import { useEdit } from './editing.ts';

/** What the draft changes, in words, what is wrong with it, and its issue. */
export function Review({ base, problems, onGo }: { base: PolicyPack; problems: readonly Problem[]; onGo: (path: string, part: Part) => void }) {
  const t = useT();
  const { draft } = useEdit();
  const { all, at } = usePolicy();
  const inForce = at(clock.exactMs);
  // What is to come into force is undone by this pack as well.
  const others = all.filter(pack => pack.effectiveFromMs > inForce.effectiveFromMs && pack.id !== base.id && pack.id !== draft.pack.id);
  const wrongs = problems.filter(one => !one.isHint);
  const hints = problems.filter(one => one.isHint);
  return (
    <>
      {wrongs.length > 0 && <Problems title={t('policyEdit.problemTitle', { n: wrongs.length })} problems={wrongs} onGo={onGo} />}
      {hints.length > 0 && <Problems title={t('policyEdit.hintTitle', { n: hints.length })} problems={hints} onGo={onGo} />}
      <Differences title={t(base.id === inForce.id ? 'policyEdit.againstBoth' : 'policyEdit.againstBase', { code: base.code })} before={base} after={draft.pack} onGo={onGo} />
      {base.id !== inForce.id && <Differences title={t('policyEdit.againstInForce', { code: inForce.code })} before={inForce} after={draft.pack} onGo={onGo} />}
      {others.map(pack => <Differences key={pack.id} title={t('policyEdit.againstComing', { code: pack.code, at: formatDateTime(pack.effectiveFromMs) })} before={pack} after={draft.pack} onGo={onGo} />)}
      <Issue inForce={inForce} wrongs={wrongs.length} />
    </>
  );
}

function Problems({ title, problems, onGo }: { title: string; problems: readonly Problem[]; onGo: (path: string, part: Part) => void }) {
  const t = useT();
  const language = useLanguage();
  const { draft } = useEdit();
  return (
    <section className="problems">
      <h3>{title}</h3>
      <ul>
        {problems.map(({ code, path, part, isHint, facts }) => (
          <li key={`${code} ${path}`}>
            <span className={isHint ? 'warning' : 'danger'} aria-hidden>{isHint ? '△' : '◆'}</span> <b>{pathLabel(t, language, draft.pack, path)}</b>: {t(`policyEdit.problem.${code}`, { ...facts, text: draft.typed[path] ?? '' })}{' '}
            <Button kind="quiet" label={`${t('policyEdit.goTo')}: ${pathLabel(t, language, draft.pack, path)}`} onClick={() => { onGo(path, part); }}>{t('policyEdit.goTo')}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Differences({ title, before, after, onGo }: { title: string; before: PolicyPack; after: PolicyPack; onGo: (path: string, part: Part) => void }) {
  const t = useT();
  const all = differences(before, after);
  if (all.length === 0) return <p>{t('policyEdit.sameAsBase', { code: before.code })}</p>;
  return (
    <section>
      <h3>{title} · {t('policyEdit.changes', { n: all.length })}</h3>
      <table className="differences">
        <thead><tr><th scope="col">{t('policyEdit.what')}</th><th scope="col">{t('policyEdit.before')}</th><th scope="col">{t('policyEdit.after')}</th><th scope="col">{t('policy.source')}</th></tr></thead>
        <tbody>{all.map(one => <DifferenceRow key={one.key} one={one} before={before} after={after} onGo={onGo} />)}</tbody>
      </table>
    </section>
  );
}

function DifferenceRow({ one, before, after, onGo }: { one: Difference; before: PolicyPack; after: PolicyPack; onGo: (path: string, part: Part) => void }) {
  const t = useT();
  const language = useLanguage();
  const words = (value: PolicyValue | null, pack: PolicyPack): string => (value === null ? '–' : valueWords(t, language, value, pack));
  const [was, is] = [words(one.before, before), words(one.after, after)];
  const source = (value: PolicyValue | null): string => value?.source ?? t('policy.proposed');
  const sources = one.part === 'about' ? '' : one.before !== null && one.after !== null && one.before.source !== one.after.source ? t('policyEdit.sourceChanged', { before: source(one.before), after: source(one.after) }) : source(one.after ?? one.before);
  return (
    <tr>
      <th scope="row"><button type="button" className="link" onClick={() => { onGo('', one.part); }}>{valueLabel(t, language, (one.after ?? one.before)!)}</button>{one.before === null && <span className="good"> · {t('policyEdit.added')}</span>}{one.after === null && <span className="warning"> · {t('policyEdit.gone')}</span>}</th>
      <td className="muted">{was}</td><td><b>{is}</b></td><td>{sources}</td>
    </tr>
  );
}

function Issue({ inForce, wrongs }: { inForce: PolicyPack; wrongs: number }) {
  const t = useT();
  const { draft, flush, stop } = useEdit();
  const { name } = useSession();
  const link = useLinkStatus();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const { pack, fromNow } = draft;
  const issue = async (password: string): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await flush();
      const issued = await client.policy.issue({ id: pack.id, password });
      stop();
      noteIssued(issued);
      goTo({ screen: 'policy' });
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <section className="issuing">
      <h3>{t('policyEdit.issueTitle')}</h3>
      <p>{t('policyEdit.issueLead', { code: pack.code, title: pack.title, from: fromNow ? t('policyEdit.now') : formatDateTime(pack.effectiveFromMs), n: differences(inForce, pack).length, who: name })}</p>
      {wrongs > 0 && <Notice tone="warning">{t('policyEdit.issueHeld', { n: wrongs })}</Notice>}
      {link?.link !== 'up' && link !== undefined && <Notice tone="warning">{t('policyEdit.noLink')}</Notice>}
      <ConfirmPassword verb={t('policyEdit.issue')} busyWords={t('policyEdit.issuing')} isBusy={isBusy} isHeld={wrongs > 0} error={error} hint="Enter" onConfirm={password => { void issue(password); }} />
      {error !== null && errorOf(error).code.startsWith('link/') && <Notice tone="warning">{t('policyEdit.unknownEnd')}</Notice>}
    </section>
  );
}
