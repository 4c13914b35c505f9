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
  { name: 'a file over 300 lines', files: { 'contract/long.ts': Array.from({ length: 301 }, (_, i) => `export const n${i} = ${i};\n`).join('') }, says: /contract\/long\.ts.*max-lines/ },
  { name: 'a function over 70 lines', files: { 'contract/deep.ts': `export function deep(): number {\n  const n = [];\n${'  n.push(1);\n'.repeat(70)}  return n.length;\n}\n` }, says: /contract\/deep\.ts.*max-lines-per-function/ },
  { name: 'mutable state in a module', files: { 'contract/state.ts': 'let count = 0;\nexport const next = (): number => { count += 1; return count; };\n' }, says: /contract\/state\.ts.*No mutable state/ },
  { name: 'a default export', files: { 'contract/default.ts': 'const x = 1;\nexport default x;\n' }, says: /contract\/default\.ts.*No default exports/ },
  { name: 'a barrel', files: { 'contract/all.ts': "export * from './words.ts';\n" }, says: /contract\/all\.ts.*No barrels/ },
  { name: 'a test that hides the others', files: { 'test/only.test.ts': "import { test } from 'vitest';\ntest.only('x', () => {});\n" }, says: /test\/only\.test\.ts.*must run all tests/ },
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
