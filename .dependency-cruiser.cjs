// Folder -> what it may import from the house; everything else is an error (docs/architecture.md).
const MAY_IMPORT = {
  '^contract/': ['^contract/'],
  '^db/': ['^db/', '^contract/'],
  '^main/platform/': ['^main/platform/', '^contract/'],
  '^main/wire/': ['^main/wire/', '^main/platform/', '^contract/'],
  '^main/supervisor\\.ts$': ['^main/platform/', '^contract/'],
  '^main/core': ['^main/(?!electron/|browser/)', '^db/', '^contract/'],
  '^main/(electron|browser)/': ['^main/$1/', '^main/platform/', '^main/supervisor\\.ts$', '^contract/'],
  '^preload/': ['^preload/', '^contract/'],
  '^renderer/': ['^renderer/', '^contract/'],
  '^province/': ['^province/', '^contract/'],
};
const OURS = '^(contract|db|main|preload|renderer|province|test)/';
const CAPABILITIES = 'org|auth|issues|roster|registers|reports|sync|attachments|scheduler|updates|audit|backup|diagnostics';
const error = rule => ({ severity: 'error', ...rule });

module.exports = {
  forbidden: [
    error({ name: 'no-cycles', comment: 'no cycles, not even of types', from: {}, to: { circular: true } }),
    ...Object.entries(MAY_IMPORT).map(([from, to]) =>
      error({ name: `one-direction: ${from}`, from: { path: from }, to: { path: OURS, pathNot: to } })),
    error({ name: 'capabilities-meet-in-core', from: { path: `^main/(${CAPABILITIES})/` },
      to: { path: OURS, pathNot: ['^main/$1/', '^main/platform/', '^db/', '^contract/'] } }),
    error({ name: 'electron-only-in-shell', comment: 'only shell and preload see electron', from: { pathNot: '^(main/electron|preload|test/electron)/' },
      to: { path: '^electron$|node_modules/electron/' } }),
    error({ name: 'no-node-in-contract-or-renderer', from: { path: '^(contract|renderer)/', pathNot: 'vite\\.config\\.ts$' },
      to: { dependencyTypes: ['core'] } }),
    error({ name: 'nothing-imports-tests', from: { pathNot: '^test/' }, to: { path: '^test/' } }),
  ],
  options: {
    tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|release)/' },
  },
};
