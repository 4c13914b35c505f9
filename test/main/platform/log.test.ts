import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from '../../../main/platform/log.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const newFolder = tempFolders();

test('a line is in the file at once, as JSON, without personal data', () => {
  const dataDir = newFolder();
  const log = createLog({ dataDir, name: 'core' });
  log.warn({ procedure: 'auth.signIn', login: 'tranminhhoa', tries: 3 }, 'sign-in from 0912345678');
  const text = readFileSync(join(dataDir, 'logs/core.log'), 'utf8');
  log.close();
  expect(JSON.parse(text)).toMatchObject({ level: 'warn', pid: process.pid, procedure: 'auth.signIn', login: '[ẩn]', tries: 3, msg: 'sign-in from [ẩn]' });
});

test('files rotate at their size and old ones go', () => {
  const dataDir = newFolder();
  const log = createLog({ dataDir, name: 'core', maxBytes: 2_000, keep: 3 });
  for (let n = 0; n < 200; n += 1) log.info({ n }, 'a line of about a hundred bytes, so that twenty of them fill a file');
  log.close();
  const files = readdirSync(join(dataDir, 'logs')).sort();
  expect(files).toEqual(['core.1.log', 'core.2.log', 'core.log']);
  for (const file of files) expect(statSync(join(dataDir, 'logs', file)).size).toBeLessThanOrEqual(2_000);
  expect(readFileSync(join(dataDir, 'logs/core.log'), 'utf8')).toContain('"n":199');
});

test('a diary that goes on appends to the file of the last run', () => {
  const dataDir = newFolder();
  for (const n of [1, 2]) {
    const log = createLog({ dataDir, name: 'shell' });
    log.info({ n }, 'started');
    log.close();
  }
  expect(readFileSync(join(dataDir, 'logs/shell.log'), 'utf8').trim().split('\n')).toHaveLength(2);
});

test('a diary that cannot be written does not stop its writer', () => {
  const dataDir = newFolder();
  writeFileSync(join(dataDir, 'logs'), 'a file where the folder should be');
  const log = createLog({ dataDir, name: 'core' });
  expect(() => { log.error({}, 'lost'); }).not.toThrow();
  expect(existsSync(join(dataDir, 'logs/core.log'))).toBe(false);
});
