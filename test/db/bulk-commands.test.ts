import { afterEach, expect, test, vi } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { COMMANDS } from '../../db/commands/table.ts';
import { isBulk } from '../../db/runner.ts';
import type { WriterCommand } from '../../db/writer-api.ts';
import { desk, openDesk, report, T0 } from './support.ts';

const FULL = 2, NORMAL = 1;
afterEach(() => { vi.restoreAllMocks(); });

test('every command waits for the disk but one: a piece of a copy can be fetched again', () => {
  const names = Object.keys(COMMANDS) as WriterCommand[];
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter(isBulk)).toEqual(['sync.snapshotChunk']);
});

test('an ordinary command runs under FULL, also right after a piece of a copy that was refused', () => {
  const on = openDesk();
  const seen: [WriterCommand, unknown][] = [];
  const watch = (name: 'issue.mutate' | 'sync.snapshotChunk'): void => {
    const real = COMMANDS[name] as (work: { db: typeof on.db }, input: unknown) => never;
    vi.spyOn(COMMANDS, name).mockImplementation(((work: { db: typeof on.db }, input: unknown) => {
      seen.push([name, work.db.pragma('synchronous', { simple: true })]);
      return real(work, input);
    }) as never);
  };
  watch('issue.mutate');
  watch('sync.snapshotChunk');
  const receive = () => on.mutate(desk, 'issue.receive', report(newId(T0)));
  receive();
  expect(() => on.call('sync.snapshotChunk', { manifestId: 'none', index: 0, bytes: new Uint8Array(4) })).toThrow(expect.objectContaining({ code: 'sync/chunk-gone' }));
  receive();
  expect(seen).toEqual([['issue.mutate', FULL], ['sync.snapshotChunk', NORMAL], ['issue.mutate', FULL]]);
  on.close();
});
