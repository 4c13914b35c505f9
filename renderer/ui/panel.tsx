import type { ReactNode } from 'react';

/** A surface with a title and what can be done with it. */
export function Panel({ title, actions, children }: { title?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="panel">
      {(title !== undefined || actions !== undefined) && <header><h2>{title}</h2>{actions}</header>}
      <div className="body">{children}</div>
    </section>
  );
}
