import { defineConfig } from 'electron-vite';
import { config as screens } from './renderer/vite.config.ts';

/**
 * Builds the Electron shell into out/: main process, core process and writer thread side by side, preload, screens.
 * Everything but the database engine, which holds native code, is bundled in: what is packed is what is used.
 */
export const config = defineConfig({
  main: {
    build: {
      outDir: 'out/main', target: 'node24', sourcemap: false, minify: false,
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'main/electron/index.ts', 'core-process': 'main/core-process.ts', 'writer-thread': 'db/writer-thread.ts' },
        external: ['better-sqlite3'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'parts/[name]-[hash].js' },
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
  renderer: {
    ...screens,
    build: { ...screens.build, outDir: '../out/renderer', minify: true, rollupOptions: { input: 'renderer/index.html' } },
  },
});

// electron-vite reads its configuration from the default export only.
export { config as default };
