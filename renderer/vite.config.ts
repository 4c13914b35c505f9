import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Run from the top of the tree: `vite build --config renderer/vite.config.ts`. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: { outDir: '../dist/renderer', emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0, chunkSizeWarningLimit: 3_000 },
});
