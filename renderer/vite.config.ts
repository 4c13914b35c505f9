import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Pages of their own beside the console: what is printed, and what hangs on the wall. */
const PAGES = ['index', 'print', 'wallboard'];

/** Run from the top of the tree: `vite build --config renderer/vite.config.ts`. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer', emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0, chunkSizeWarningLimit: 3_000,
    rollupOptions: { input: PAGES.map(page => `renderer/${page}.html`) },
  },
});
