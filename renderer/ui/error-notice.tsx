import type { ReactNode } from 'react';
import { useT } from '../strings/text.ts';
import { errorOf, sentences } from './error-text.ts';
import { Notice } from './notice.tsx';

/** A failed call in two sentences, beside what it was about. */
export function ErrorNotice({ error, actions }: { error: unknown; actions?: ReactNode }) {
  useT();
  const { what, todo } = sentences(errorOf(error));
  return <Notice tone="danger" title={what} actions={actions}>{todo}</Notice>;
}
