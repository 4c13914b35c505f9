import type { ReactNode } from 'react';
import { numberOf, type Question as Name } from './intake-form.ts';

/** The id of the sentence beside a question that says what is still wrong with it. */
export function wrongIdOf(name: Name): string {
  return `intake-wrong-${name}`;
}

/** One question of the call: number, words and prompt at the left, its fields at the right. */
export function Question({ name, ask, hint, wrong, extra, children }: {
  name: Name; ask: string; hint: ReactNode; wrong?: string | undefined; extra?: ReactNode; children: ReactNode;
}) {
  return (
    <section className="intake-question" data-question={name} aria-labelledby={`intake-ask-${name}`}>
      <div className="prompt">
        <h2 id={`intake-ask-${name}`}><span className="n">{numberOf(name)}</span>{ask}</h2>
        {wrong === undefined ? <p className="muted">{hint}</p> : <p id={wrongIdOf(name)} className="danger strong" role="alert">{wrong}</p>}
        {extra}
      </div>
      <div className="answers">{children}</div>
    </section>
  );
}
