import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'electron-vite';

const DIST = join(import.meta.dirname, 'dist');
const OUT = join(import.meta.dirname, 'out');

/** Both shells run the same core and show the same screens, byte for byte: those of `npm run build` are taken over. */
const takeBuilt = {
  name: 'take-built',
  closeBundle() {
    for (const part of ['core', 'renderer']) {
      if (!existsSync(join(DIST, part))) throw new Error(`dist/${part} is missing: run \`npm run build\` first`);
      rmSync(join(OUT, part), { recursive: true, force: true });
      cpSync(join(DIST, part), join(OUT, part), { recursive: true });
    }
  },
};

/** Builds the Electron shell into out/: main process and preload, with everything bundled in; and takes core and screens over. */
export const config = defineConfig({
  main: {
    plugins: [takeBuilt],
    build: {
      outDir: 'out/main', target: 'node24', sourcemap: false, minify: false, externalizeDeps: false,
      rollupOptions: {
        input: { index: 'main/electron/index.ts' },
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
