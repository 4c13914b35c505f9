import { LIMITS, type Victim } from '../../../contract/issue.ts';
import { typedLimit } from '../../../contract/text.ts';
import { useT } from '../../strings/text.ts';
import { Choices } from '../../ui/choices.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import type { QuestionProps } from './form-context.ts';
import { emptyVictim, knownVictims } from './intake-form.ts';
import { Question } from './question.tsx';

type Sign = 'conscious' | 'breathing' | 'bleeding';
const SIGNS: readonly Sign[] = ['conscious', 'breathing', 'bleeding'];

/** One more row for a victim, unless there are as many as a record holds. */
export function withVictim(victims: readonly Victim[]): Victim[] {
  return victims.length >= LIMITS.victims ? [...victims] : [...victims, emptyVictim()];
}

/** Who is hurt, one row each; "không tỉnh" or "không thở" is what proposes P1. */
export function VictimsQuestion({ form, service, change }: QuestionProps) {
  const t = useT();
  const known = knownVictims(form).length;
  const full = form.victims.length >= LIMITS.victims;
  const set = (index: number, part: Partial<Victim>): void => {
    change({ victims: form.victims.map((victim, i) => i === index ? { ...victim, ...part } : victim) });
  };
  const add = (
    <button type="button" className="link" disabled={full} onClick={() => { change({ victims: withVictim(form.victims) }); }}>
      {t('intake.victims.add')} <KeyHint keys="Alt N" />
    </button>
  );
  return (
    <Question name="victims" ask={t('intake.victims.ask')}
      hint={full ? t('intake.victims.full', { n: LIMITS.victims }) : known === 0 ? t('intake.victims.none') : t('intake.victims.count', { n: known })}
      extra={full ? undefined : add} key={service}>
      <div className="victims">
        <div className="victim head" aria-hidden>
          <span /><span>{t('intake.victims.who')}</span>{SIGNS.map(sign => <span key={sign}>{t(`intake.victims.${sign}`)}</span>)}<span />
        </div>
        {form.victims.map((victim, index) => (
          <div key={index} className="victim" role="group" aria-label={t('intake.victims.row', { n: index + 1 })}>
            <span className="muted">{index + 1}</span>
            <input type="text" className="input sm" value={victim.who} maxLength={typedLimit(LIMITS.name)} spellCheck={false} autoComplete="off" data-field="victims"
              data-first={index === 0 ? '' : undefined} aria-label={t('intake.victims.who')} onChange={event => { set(index, { who: event.target.value }); }} />
            {SIGNS.map(sign => (
              <div key={sign} className={`tri${isGrave(sign, victim[sign]) ? ' grave' : ''}`}>
                <Choices label={t(`intake.victims.${sign}`)} value={victim[sign]} onChange={answer => { set(index, { [sign]: answer }); }}
                  options={(['yes', 'no', 'unknown'] as const).map(value => ({ value, label: t(`domain.answer.${value}`) }))} />
              </div>
            ))}
            {form.victims.length > 1
              ? <button type="button" className="remove" title={t('intake.victims.remove', { n: index + 1 })} aria-label={t('intake.victims.remove', { n: index + 1 })}
                  onClick={() => { change({ victims: form.victims.filter((_, i) => i !== index) }); }}>×</button>
              : <span />}
          </div>
        ))}
      </div>
    </Question>
  );
}

function isGrave(sign: Sign, answer: Victim[Sign]): boolean {
  return sign === 'bleeding' ? answer === 'yes' : answer === 'no';
}
