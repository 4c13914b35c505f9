import { Component, type ReactNode } from 'react';
import { t } from '../strings/text.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** Catches a screen that fails to draw, so that the frame, the clock and the other screens go on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <EmptyState title={t('app.brokenTitle')} actions={<Button kind="primary" onClick={() => { this.setState({ error: null }); }}>{t('app.retry')}</Button>}>
        {t('app.brokenBody')}<br /><code>{this.state.error.message}</code>
      </EmptyState>
    );
  }
}
