import tseslint from 'typescript-eslint';

const MODULE_LET = {
  selector: 'Program > VariableDeclaration[kind="let"], Program > ExportNamedDeclaration > VariableDeclaration[kind="let"]',
  message: 'No mutable state in a module: pass it in.',
};
const DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'No default exports.' };
const BARREL = { selector: 'ExportAllDeclaration', message: 'No barrels: import from where it is.' };
/** Also behind others, as in `test.concurrent.only`; a case that a machine cannot run says why by `skipIf` or `runIf`. */
const ONLY = {
  selector: ['', '.object', '.object.object'].map(up => `MemberExpression[property.name=/^(only|skip|todo|fails)$/][object${up}.name=/^(it|test|describe|suite|bench)$/]`).join(', '),
  message: 'A test run must run all tests.',
};
const SET_ASIDE = { selector: 'CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]', message: ONLY.message };
const SKIPPED_BY_OPTION = {
  selector: 'CallExpression > ObjectExpression > Property[key.name=/^(only|skip|todo|fails)$/]', message: ONLY.message,
};

/** What reads the same in every language: keys, one letter with a sign (A+), the short name of what the program is for. */
const SIGN = '(?:Esc|Enter|Tab|Space|Delete|Backspace|Home|End|PageUp|PageDown|Ctrl|Alt|Shift|IOC|F?[0-9]+|[A-Z][+−]?)';
const WORDS = `/^(?!\\s*\\(?${SIGN}(?:\\s*\\+\\s*${SIGN})*\\)?\\s*$)[^]*\\p{L}/u`;
const SHOWN = 'JSXAttribute[name.name=/^(title|alt|label|placeholder|description|aria-(label|description|roledescription|valuetext|placeholder))$/]';
const PLACES = ['', ' > ConditionalExpression', ' > LogicalExpression'].map(inner => `> JSXExpressionContainer${inner}`);
const TEXT_OUTSIDE_STRINGS = {
  selector: [
    `JSXText[value=${WORDS}]`, `${SHOWN} > Literal[value=${WORDS}]`,
    ...[':matches(JSXElement, JSXFragment)', SHOWN].flatMap(parent => PLACES.flatMap(place => [
      `${parent} ${place} > Literal[value=${WORDS}]`, `${parent} ${place} > TemplateLiteral > TemplateElement[value.cooked=${WORDS}]`,
    ])),
  ].join(', '),
  message: "Text is taken from the strings: {t('…')}.",
};
const SYNTAX = [MODULE_LET, DEFAULT_EXPORT, BARREL, ONLY, SET_ASIDE, SKIPPED_BY_OPTION, TEXT_OUTSIDE_STRINGS];

export default tseslint.config(
  { ignores: ['node_modules/**', 'out/**', 'dist/**', 'release/**', '.data/**', 'test/.tmp/**', 'test/house/planted/**'] },
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mts', '**/*.js', '**/*.mjs', '**/*.cjs'],
    extends: [...tseslint.configs.recommended],
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', ...SYNTAX],
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
  { files: ['**/*.config.ts', '*.config.mjs'], rules: { 'no-restricted-syntax': ['error', ...SYNTAX.filter(rule => rule !== DEFAULT_EXPORT)] } },
);
