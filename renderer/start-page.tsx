import '@mantine/core/styles.layer.css';
import '@fontsource/be-vietnam-pro/400.css';
import '@fontsource/be-vietnam-pro/500.css';
import '@fontsource/be-vietnam-pro/600.css';
import '@fontsource/be-vietnam-pro/700.css';
import './ui/tokens.css';
import './ui/kit.css';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { wire } from './client.ts';
import { followChanges } from './live-query.ts';
import { startTexts } from './strings/text.ts';
import { listenForShortcuts } from './ui/shortcuts.ts';

/** Connects a page with the core and shows it; each page of ours calls it once. */
export async function startPage(page: ReactNode): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  // Compiled schemas would need eval, which the page's policy forbids.
  z.config({ jitless: true });
  wire.open();
  listenForShortcuts();
  void followChanges();
  await startTexts('vi');
  createRoot(root).render(<StrictMode>{page}</StrictMode>);
}
