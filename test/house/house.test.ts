import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** A toy tree of the house's shape, with the house's own rules and checker. */
function plant(files: Record<string, string>): string {
  const tree = mkdtempSync(join(tmpdir(), 'ioc-house-'));
  for (const file of ['.dependency-cruiser.cjs', 'eslint.config.mjs', 'tsconfig.json', 'package.json', 'scripts/house.mjs']) cpSync(join(ROOT, file), join(tree, file));
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  }
  return tree;
}

function house(tree: string): { status: number | null; output: string } {
  const run = spawnSync(process.execPath, [join(tree, 'scripts/house.mjs')], { encoding: 'utf8' });
  return { status: run.status, output: run.stdout + run.stderr };
}

const CLEAN = {
  'contract/words.ts': 'export const word = 1;\n',
  'db/open.ts': "import { word } from '../contract/words.ts';\nexport const opened = word;\n",
  'main/issues/issues.ts': "import { opened } from '../../db/open.ts';\nexport const issues = opened;\n",
  'main/roster/roster.ts': 'export interface Plan { days: number }\n',
  'main/core.ts': "import { issues } from './issues/issues.ts';\nexport const core = issues;\n",
  'main/electron/index.ts': "import { app } from 'electron';\nexport const shell = app;\n",
  'main/browser/index.ts': "import { word } from '../../contract/words.ts';\nexport const shell = word;\n",
  'renderer/main.ts': "import { word } from '../contract/words.ts';\nexport const screen = word;\n",
  'renderer/keys.tsx': "import { useState } from 'react';\nexport const Keys = ({ t }: { t: (key: string) => string }) => {\n  const [n] = useState(1);\n  return <p title=\"Ctrl+L\" aria-label={t('keys.all')} className=\"wide\">{t('keys.close')} <kbd>Esc</kbd> · <kbd>F2</kbd> {n} % {`${n} / 2`} — {n > 1 ? t('keys.many') : '…'}</p>;\n};\n",
  'scripts/tell.mjs': "console.log('1');\n",
  'test/some.test.ts': "import { test } from 'vitest';\ntest.skipIf(process.platform === 'win32')('x', () => {});\n",
  'province/server.ts': "import { word } from '../contract/words.ts';\nexport const server = word;\n",
  'preload/index.ts': 'export const bridge = 1;\n',
  'test/a.test.ts': 'export const tested = 1;\n',
};

/** Each planted violation: the files that make it, and what the checker must say about it. */
const PLANTED: { name: string; files: Record<string, string>; says: RegExp }[] = [
  { name: 'a cycle', files: { 'contract/a.ts': "import { b } from './b.ts';\nexport const a = b;\n", 'contract/b.ts': "import { a } from './a.ts';\nexport const b = a;\n" }, says: /contract\/a\.ts .*no-cycles/ },
  { name: 'a cycle of types only', files: { 'db/a.ts': "import type { B } from './b.ts';\nexport interface A { b: B }\n", 'db/b.ts': "import type { A } from './a.ts';\nexport interface B { a: A }\n" }, says: /db\/a\.ts .*no-cycles/ },
  { name: 'a type taken from another capability', files: { 'main/issues/steal.ts': "import type { Plan } from '../roster/roster.ts';\nexport type Stolen = Plan;\n" }, says: /main\/issues\/steal\.ts .*capabilities-meet-in-core/ },
  { name: 'the contract looking at the database', files: { 'contract/peek.ts': "import { opened } from '../db/open.ts';\nexport const peek = opened;\n" }, says: /contract\/peek\.ts .*one-direction/ },
  { name: 'the renderer looking at the core', files: { 'renderer/peek.ts': "import { issues } from '../main/issues/issues.ts';\nexport const peek = issues;\n" }, says: /renderer\/peek\.ts .*one-direction/ },
  { name: 'the renderer using Node', files: { 'renderer/node.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n" }, says: /renderer\/node\.ts .*no-node-in-contract-or-renderer/ },
  { name: 'a shell opening the database', files: { 'main/browser/peek.ts': "import { opened } from '../../db/open.ts';\nexport const peek = opened;\n" }, says: /main\/browser\/peek\.ts .*one-direction/ },
  { name: 'a capability using electron', files: { 'main/issues/shell.ts': "import { app } from 'electron';\nexport const shell = app;\n" }, says: /main\/issues\/shell\.ts .*electron-only-in-shell/ },
  { name: 'the province using the console', files: { 'province/peek.ts': "import { opened } from '../db/open.ts';\nexport const peek = opened;\n" }, says: /province\/peek\.ts .*one-direction/ },
  { name: 'the product using its tests', files: { 'main/issues/tested.ts': "import { tested } from '../../test/a.test.ts';\nexport const peek = tested;\n" }, says: /main\/issues\/tested\.ts .*nothing-imports-tests/ },
  { name: 'a folder of main/ that nobody has named', files: { 'main/zzcap/steal.ts': "import { issues } from '../issues/issues.ts';\nexport const peek = issues;\n" }, says: /main\/zzcap\/steal\.ts .*capabilities-meet-in-core/ },
  { name: 'a folder named like the core', files: { 'main/core-extra/steal.ts': "import { issues } from '../issues/issues.ts';\nexport const peek = issues;\n" }, says: /main\/core-extra\/steal\.ts .*capabilities-meet-in-core/ },
  { name: 'a file of main/ that nobody has named', files: { 'main/beside.ts': "import { issues } from './issues/issues.ts';\nexport const peek = issues;\n" }, says: /main\/beside\.ts .*one-direction/ },
  { name: 'the product using a script', files: { 'main/issues/script.ts': "import { tool } from '../../scripts/tool.mjs';\nexport const peek = tool;\n", 'scripts/tool.mjs': 'export const tool = 1;\n' }, says: /main\/issues\/script\.ts .*capabilities-meet-in-core/ },
  { name: 'the renderer with a database of its own', files: { 'renderer/own.ts': "import Database from 'better-sqlite3';\nexport const own = Database;\n" }, says: /renderer\/own\.ts .*known-packages-only/ },
  { name: 'the renderer asking a database server', files: { 'renderer/asks.ts': "import { Client } from 'pg';\nexport const own = Client;\n" }, says: /renderer\/asks\.ts .*known-packages-only/ },
  { name: 'the contract with a database', files: { 'contract/own.ts': "import Database from 'better-sqlite3';\nexport const own = Database;\n" }, says: /contract\/own\.ts .*known-packages-only/ },
  { name: 'the contract asking a database server, for a type only', files: { 'contract/asks.ts': "import type { Client } from 'pg';\nexport type Own = Client;\n" }, says: /contract\/asks\.ts .*known-packages-only/ },
  { name: 'the contract drawing', files: { 'contract/draws.ts': "import { useState } from 'react';\nexport const own = useState;\n" }, says: /contract\/draws\.ts .*known-packages-only/ },
  { name: 'a script over 300 lines', files: { 'scripts/long.mjs': Array.from({ length: 301 }, (_, i) => `export const n${i} = ${i};\n`).join('') }, says: /scripts\/long\.mjs.*max-lines/ },
  { name: 'a function over 70 lines in a script', files: { 'scripts/deep.mjs': `export function deep() {\n  const n = [];\n${'  n.push(1);\n'.repeat(70)}  return n.length;\n}\n` }, says: /scripts\/deep\.mjs.*max-lines-per-function/ },
  { name: 'a loose comparison in a script', files: { 'scripts/loose.mjs': 'export const same = (a, b) => a == b;\n' }, says: /scripts\/loose\.mjs.*eqeqeq/ },
  { name: 'what nobody uses in a script', files: { 'scripts/unused.mjs': "import { join } from 'node:path';\n" }, says: /scripts\/unused\.mjs.*no-unused-vars/ },
  { name: 'a file over 300 lines', files: { 'contract/long.ts': Array.from({ length: 301 }, (_, i) => `export const n${i} = ${i};\n`).join('') }, says: /contract\/long\.ts.*max-lines/ },
  { name: 'a function over 70 lines', files: { 'contract/deep.ts': `export function deep(): number {\n  const n = [];\n${'  n.push(1);\n'.repeat(70)}  return n.length;\n}\n` }, says: /contract\/deep\.ts.*max-lines-per-function/ },
  { name: 'mutable state in a module', files: { 'contract/state.ts': 'let count = 0;\nexport const next = (): number => { count += 1; return count; };\n' }, says: /contract\/state\.ts.*No mutable state/ },
  { name: 'a default export', files: { 'contract/default.ts': 'const x = 1;\nexport default x;\n' }, says: /contract\/default\.ts.*No default exports/ },
  { name: 'a barrel', files: { 'contract/all.ts': "export * from './words.ts';\n" }, says: /contract\/all\.ts.*No barrels/ },
  { name: 'a test that hides the others', files: { 'test/only.test.ts': "import { test } from 'vitest';\ntest.only('x', () => {});\n" }, says: /test\/only\.test\.ts.*must run all tests/ },
  ...Object.entries({
    'test.concurrent.only': "test.concurrent.only('x', () => {});", 'describe.concurrent.only': "describe.concurrent.only('x', () => {});",
    'test.skip': "test.skip('x', () => {});", 'it.skip': "it.skip('x', () => {});", 'describe.skip': "describe.skip('x', () => {});",
    'it.skip.each': "it.skip.each([1])('x', () => {});", 'test.todo': "test.todo('x');", 'test.fails': "test.fails('x', () => {});",
    'xit': "xit('x', () => {});", 'the option skip': "test('x', { skip: true }, () => {});",
  }).map(([name, text], i) => ({
    name: `a case left out by ${name}`, files: { [`test/out${i}.test.ts`]: `import { describe, it, test } from 'vitest';\nexport const kept = [describe, it, test];\n${text}\n` },
    says: new RegExp(`test/out${i}\\.test\\.ts.*must run all tests`),
  })),
  ...[
    '<p>Chữ tiếng Việt cứng</p>', '<p>3 giờ</p>', '<p>Saved</p>', '<><b>1</b> hồ sơ</>', "<p>{'Chữ cứng'}</p>", '<p>{`${n} hồ sơ`}</p>', "<p>{n > 1 ? 'nhiều' : '—'}</p>",
    '<p title="Chữ cứng">1</p>', '<p aria-label="Chữ cứng">1</p>', '<input placeholder="Chữ cứng" />', "<p title={'Chữ cứng'}>1</p>", '<p aria-label={`Còn ${n}`}>1</p>',
  ].map((jsx, i) => ({
    name: `words outside the strings: ${jsx}`, files: { [`renderer/words${i}.tsx`]: `export const Shown = ({ n }: { n: number }) => <div key={n}>${jsx}</div>;\n` },
    says: new RegExp(`renderer/words${i}\\.tsx.*taken from the strings`),
  })),
  { name: 'any', files: { 'contract/any.ts': 'export const x = (v: any): number => v.y;\n' }, says: /contract\/any\.ts.*no-explicit-any/ },
  { name: 'a silenced check', files: { 'contract/silent.ts': '// @ts-ignore\nexport const x: number = "1";\n' }, says: /contract\/silent\.ts.*ban-ts-comment/ },
];

const trees: string[] = [];
const planted = { output: '', status: null as number | null };

beforeAll(() => {
  const tree = plant({ ...CLEAN, ...Object.assign({}, ...PLANTED.map(p => p.files)) as Record<string, string> });
  trees.push(tree);
  Object.assign(planted, house(tree));
});
afterAll(() => { for (const tree of trees) rmSync(tree, { recursive: true, force: true }); });

test('a clean tree passes', () => {
  const tree = plant(CLEAN);
  trees.push(tree);
  expect(house(tree)).toEqual({ status: 0, output: '0 violations\n' });
});

test('a tree with violations fails', () => expect(planted.status).toBe(1));

test.each(PLANTED)('catches $name', ({ says }) => expect(planted.output).toMatch(says));
