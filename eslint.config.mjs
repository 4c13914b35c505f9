import tseslint from 'typescript-eslint';

const MODULE_LET = {
  selector: 'Program > VariableDeclaration[kind="let"], Program > ExportNamedDeclaration > VariableDeclaration[kind="let"]',
  message: 'No mutable state in a module: pass it in.',
};
const DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'No default exports.' };
const BARREL = { selector: 'ExportAllDeclaration', message: 'No barrels: import from where it is.' };
const ONLY = { selector: "MemberExpression[object.name=/^(it|test|describe)$/][property.name='only']", message: 'A test run must run all tests.' };

export default tseslint.config(
  { ignores: ['node_modules/**', 'out/**', 'dist/**', 'release/**', '.data/**', 'test/.tmp/**', 'test/house/planted/**'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommended],
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', MODULE_LET, DEFAULT_EXPORT, BARREL, ONLY],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      eqeqeq: 'error', 'prefer-const': 'error', 'no-var': 'error', 'no-eval': 'error', 'no-implied-eval': 'error',
    },
  },
  { files: ['db/migrations/**', 'renderer/strings/**'], rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' } },
  // A `describe` is a list of cases, not a function that somebody has to follow.
  { files: ['test/**'], rules: { 'max-lines-per-function': 'off' } },
  // Build tools read their configuration from a default export.
  { files: ['**/*.config.ts'], rules: { 'no-restricted-syntax': ['error', MODULE_LET, BARREL] } },
);
