import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const ROOT = join(import.meta.dirname, '..');

/**
 * The core as plain JavaScript for both shells: `vite build --config main/vite.config.ts`. Process and writer thread lie
 * side by side; everything but the database engine, which holds native code, is bundled in. Not minified: stacks in the
 * diary must be readable.
 */
export const config = defineConfig({
  root: ROOT,
  plugins: [{
    name: 'the solver of rosters finds its program beside its own code',
    generateBundle() { this.emitFile({ type: 'asset', fileName: 'highs.wasm', source: readFileSync(fileURLToPath(import.meta.resolve('highs/runtime'))) }); },
  }],
  build: {
    ssr: true, outDir: 'dist/core', emptyOutDir: true, target: 'node24', minify: false,
    rollupOptions: {
      input: { 'core-process': join(ROOT, 'main/core-process.ts'), 'writer-thread': join(ROOT, 'db/writer-thread.ts'), 'roster-thread': join(ROOT, 'main/roster/engine/roster-thread.ts'), 'replan-thread': join(ROOT, 'main/roster/engine/replan-thread.ts'), 'fill-thread': join(ROOT, 'main/roster/engine/fill-thread.ts') },
      external: ['better-sqlite3'],
      // Parts lie beside the entries: the core finds the writer's thread from wherever its own code has landed.
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true, target: 'node' },
});

// Vite reads its configuration from the default export only.
export { config as default };
