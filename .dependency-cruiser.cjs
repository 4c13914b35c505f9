// Folder -> what it may import from the house; everything else is an error (docs/architecture.md).
const MAY_IMPORT = {
  '^contract/': ['^contract/'],
  '^db/': ['^db/', '^contract/'],
  '^main/platform/': ['^main/platform/', '^contract/'],
  '^main/wire/': ['^main/wire/', '^main/platform/', '^contract/'],
  '^main/supervisor\\.ts$': ['^main/platform/', '^contract/'],
  '^main/core[^/]*\\.ts$': ['^main/(?!electron/|browser/)', '^db/', '^contract/'],
  '^main/(electron|browser)/': ['^main/$1/', '^main/platform/', '^main/supervisor\\.ts$', '^contract/'],
  '^main/(?!core[^/]*\\.ts$|supervisor\\.ts$)[^/]+$': ['^contract/'],
  '^preload/': ['^preload/', '^contract/'],
  '^renderer/': ['^renderer/', '^contract/'],
  '^province/': ['^province/', '^contract/'],
};
const OURS = '^(contract|db|main|preload|renderer|province|scripts|test)/';
/** Folders of main/ with directions of their own; every other one is a capability, a new one too. */
const CAPABILITY = '^main/(?!(?:platform|wire|electron|browser)/)([^/]+)/';
/** What a screen and the contract may be built from: nothing that needs Node, a database or the system. */
const PACKAGES = {
  '^contract/': ['@orpc/contract', 'csv-parse', 'uuid', 'zod'],
  '^renderer/': [
    '@ag-grid-community/locale', '@fontsource/be-vietnam-pro', '@mantine/core', '@mantine/hooks', '@orpc/client', '@orpc/contract', '@tabler/icons-react',
    '@tanstack/react-query', 'ag-grid-community', 'ag-grid-react', 'i18next', 'maplibre-gl', 'pmtiles', 'qr', 'react', 'react-dom', 'react-i18next', 'zod',
  ],
};
const inPackage = name => `(^|node_modules/)(@types/)?${name}(/|$)`;
const error = rule => ({ severity: 'error', ...rule });

module.exports = {
  forbidden: [
    error({ name: 'no-cycles', comment: 'no cycles, not even of types', from: {}, to: { circular: true } }),
    ...Object.entries(MAY_IMPORT).map(([from, to]) =>
      error({ name: `one-direction: ${from}`, from: { path: from }, to: { path: OURS, pathNot: to } })),
    error({ name: 'capabilities-meet-in-core', from: { path: CAPABILITY },
      to: { path: OURS, pathNot: ['^main/$1/', '^main/platform/', '^db/', '^contract/'] } }),
    error({ name: 'electron-only-in-shell', comment: 'only shell and preload see electron', from: { pathNot: '^(main/electron|preload|test/electron)/' },
      to: { path: '^electron$|node_modules/electron/' } }),
    error({ name: 'no-node-in-contract-or-renderer', from: { path: '^(contract|renderer)/', pathNot: 'vite\\.config\\.ts$' },
      to: { dependencyTypes: ['core'] } }),
    ...Object.entries(PACKAGES).map(([from, names]) =>
      error({ name: `known-packages-only: ${from}`, from: { path: from, pathNot: 'vite\\.config\\.ts$' },
        to: { pathNot: [OURS, ...names.map(inPackage)], dependencyTypesNot: ['core'] } })),
    error({ name: 'nothing-imports-tests', from: { pathNot: '^test/' }, to: { path: '^test/' } }),
  ],
  options: {
    tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|release)/' },
  },
};
