import type { ReactNode } from 'react';
import { QUESTIONS, type Question as Name } from './intake-form.ts';

/** The id of the sentence beside a question that says what is still wrong with it. */
export function wrongIdOf(name: Name): string {
  return `intake-wrong-${name}`;
}

/** One question of the call: number, words and prompt at the left, its fields at the right. */
export function Question({ name, ask, hint, wrong, shown, extra, children }: {
  name: Name; ask: string; hint: ReactNode; wrong?: string | undefined; shown: readonly Name[]; extra?: ReactNode; children: ReactNode;
}) {
  return (
    <section className="intake-question" data-question={name} aria-labelledby={`intake-ask-${name}`}>
      <div className="prompt">
        <h2 id={`intake-ask-${name}`}><span className="n">{shown.indexOf(name) + 1}</span>{ask}</h2>
        {wrong === undefined ? <p className="muted">{hint}</p> : <p id={wrongIdOf(name)} className="danger strong" role="alert">{wrong}</p>}
        {extra}
      </div>
      <div className="answers">{children}</div>
    </section>
  );
}

/** The questions that a form asks: victims only where there may be some. */
export function questionsOf(incident: boolean): Name[] {
  return QUESTIONS.filter(name => incident || name !== 'victims');
}
