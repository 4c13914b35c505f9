import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'electron-vite';

const SCREENS = join(import.meta.dirname, 'dist/renderer');
const OUT = join(import.meta.dirname, 'out');

/** Both shells show the same screens, byte for byte: those of `npm run build` are taken over, not built a second time. */
const takeScreens = {
  name: 'take-screens',
  closeBundle() {
    if (!existsSync(join(SCREENS, 'index.html'))) throw new Error('dist/renderer is missing: run `npm run build` first');
    rmSync(join(OUT, 'renderer'), { recursive: true, force: true });
    cpSync(SCREENS, join(OUT, 'renderer'), { recursive: true });
  },
};

/**
 * Builds the Electron shell into out/: main process, core process and writer thread side by side, preload; and takes the
 * screens over. Everything but the database engine, which holds native code, is bundled in: what is packed is what is used.
 */
export const config = defineConfig({
  main: {
    plugins: [takeScreens],
    build: {
      outDir: 'out/main', target: 'node24', sourcemap: false, minify: false, externalizeDeps: false,
      rollupOptions: {
        input: { index: 'main/electron/index.ts', 'core-process': 'main/core-process.ts', 'writer-thread': 'db/writer-thread.ts' },
        external: ['better-sqlite3'],
        // Parts lie beside the entries: the core finds the writer's thread from wherever its own code has landed.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload', externalizeDeps: false,
      // A sandboxed preload is loaded as CommonJS, whatever package.json says of the rest.
      rollupOptions: { input: { index: 'preload/index.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
});

// electron-vite reads its configuration from the default export only.
export { config as default };
