import type { ReactNode } from 'react';

export type Tone = 'info' | 'good' | 'warning' | 'danger' | 'waiting';

/** Something true and worth knowing, in place, with what can be done about it. `danger` is announced at once. */
export function Notice({ tone = 'info', title, children, actions }: { tone?: Tone; title?: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={`notice ${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      <div>{title !== undefined && <div className="strong">{title}</div>}{children}</div>
      {actions !== undefined && <div className="actions">{actions}</div>}
    </div>
  );
}
