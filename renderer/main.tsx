import '@mantine/core/styles.layer.css';
import '@fontsource/be-vietnam-pro/400.css';
import '@fontsource/be-vietnam-pro/500.css';
import '@fontsource/be-vietnam-pro/600.css';
import '@fontsource/be-vietnam-pro/700.css';
import './ui/tokens.css';
import './ui/kit.css';
import './frame/frame.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { wire } from './client.ts';
import { App } from './frame/app.tsx';
import { followChanges } from './live-query.ts';
import { startTexts } from './strings/text.ts';
import { listenForShortcuts } from './ui/shortcuts.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');

// Compiled schemas would need eval, which the page's policy forbids.
z.config({ jitless: true });
wire.open();
listenForShortcuts();
void followChanges();
await startTexts('vi');
createRoot(root).render(<StrictMode><App /></StrictMode>);
