import { rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Session } from '../../../contract/console.ts';
import { newId } from '../../../contract/ids.ts';
import { DEFAULT_PACK } from '../../../contract/policy/default-pack.ts';
import { PolicyDraft, typedAt } from '../../../contract/policy/draft.ts';
import { allRows } from '../../../db/database.ts';
import { createPolicy } from '../../../main/policy/policy.ts';
import { accountOf, provinceFolder, startProvince, type RunningProvince } from '../../province/support.ts';
import { call, Desk, until } from '../../support/desk.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';

const world = {} as { folder: string; running: RunningProvince; proxy: TcpProxy; desk: Desk; session: Session };
beforeAll(async () => {
  world.folder = await provinceFolder();
  world.running = await startProvince(world.folder, ['--codes', '2']);
  world.proxy = await TcpProxy.start({ targetPort: Number(new URL(world.running.address).port) });
  world.desk = await Desk.enrolled({ address: world.proxy.address, code: world.running.codes.find(one => one.site === 'BP')!.code });
  await world.desk.loaded();
  const { login, password } = accountOf(world.running, 'quan_tri', 'BP');
  world.session = await world.desk.signIn(login, password);
}, 120_000);
afterAll(async () => {
  await world.desk.close();
  await world.proxy.close();
  await world.running.stop();
  rmSync(world.folder, { recursive: true, force: true });
});

/** The capability as the core builds it, over this desk's own database and line. */
const policy = () => {
  const { desk } = world;
  return createPolicy({ reader: desk.reader, writer: desk.writer, correctedNowMs: desk.sync.correctedNowMs, tokenFor: desk.auth.tokenFor, province: desk.sync.admin });
};
const by = () => ({ ...call(world.session), session: world.session });
const password = () => accountOf(world.running, 'quan_tri', 'BP').password;
const codeOf = async (work: () => unknown): Promise<unknown> => {
  try { await work(); return 'nothing was thrown'; } catch (error) { return (error as { code?: unknown }).code; }
};
const begin = async (title: string): Promise<PolicyDraft> => {
  const { draft } = await policy().startDraft({ fromId: DEFAULT_PACK.id }, by());
  const titled = typedAt(draft, 'title', title, { value: title });
  await policy().saveDraft({ draft: titled }, by());
  return titled;
};
const kept = async () => policy().draft({}, by());
const drop = async (): Promise<void> => { const now = await kept(); if (now !== null) await policy().removeDraft({ id: now.draft.pack.id }, by()); };
const audits = (action: string): number => allRows(world.desk.reader, 'SELECT 1 FROM audit WHERE action=?', action).length;
beforeEach(drop);

describe('a draft', () => {
  test('is kept as it was typed, over a restart and without a link; one a person', async () => {
    const draft = await begin('Bản nháp thử');
    const half = typedAt(draft, 'clocks.0.minutes', '1x', null);
    const page = newId(Date.now());
    await policy().saveDraft({ draft: half, turn: { page, n: 2 } }, by());
    await policy().saveDraft({ draft, turn: { page, n: 1 } }, by());
    await world.desk.restart();
    await world.proxy.refuse();
    try {
      expect(await kept()).toMatchObject({ draft: half, issued: false });
      await policy().saveDraft({ draft }, by());
      expect(await codeOf(() => policy().startDraft({ fromId: DEFAULT_PACK.id }, by()))).toBe('policy/draft-there');
      await drop();
      expect(await codeOf(() => policy().saveDraft({ draft }, by()))).toBe('policy/draft-gone');
      expect(await codeOf(() => policy().startDraft({ fromId: draft.pack.id }, by()))).toBe('policy/not-found');
    } finally {
      await world.proxy.accept();
    }
  });

  test('is an administrator’s of the province only', async () => {
    const district = { ...world.session, siteId: [...new Set(allRows<{ id: string }>(world.desk.reader, `SELECT data ->> '$.id' AS id FROM org_row WHERE kind='site' AND data ->> '$.tier'='district'`))][0]!.id };
    const [id, as] = [DEFAULT_PACK.id, { ...call(district), session: district }];
    const tries = [() => policy().draft({}, as), () => policy().startDraft({ fromId: id }, as), () => policy().issue({ id, password: 'x' }, as), () => policy().withdraw({ id, password: 'x' }, as)];
    for (const one of tries) expect(await codeOf(one)).toBe('auth/forbidden');
  });
});

describe('issuing', () => {
  test('asks the province, by the person’s own password; the pack comes back signed and the draft is gone', async () => {
    await until(() => world.desk.status().link === 'up', 'the link');
    const { pack } = await begin('Gói thử thứ nhất');
    expect(await codeOf(() => policy().issue({ id: pack.id, password: 'sai' }, by()))).toBe('auth/wrong-password');
    expect((await kept())?.draft.pack.id).toBe(pack.id);
    expect(await policy().issue({ id: pack.id, password: password() }, by())).toMatchObject({ id: pack.id, already: false });
    expect([await kept(), audits('policy.issue')]).toEqual([null, 1]);
    const known = async () => (await policy().packs({}, by())).find(one => one.id === pack.id);
    await until(() => allRows(world.desk.reader, `SELECT 1 FROM org_row WHERE kind='policy' AND data ->> '$.id'=?`, pack.id).length === 1, 'the pack');
    expect(await known()).toMatchObject({ signature: 'good', issuedBy: world.session.name, keyId: expect.stringMatching(/^[0-9a-f]{16}$/) as string });
    expect(await policy().withdraw({ id: pack.id, password: password() }, by())).toEqual({ withdrawn: true });
    await until(() => allRows(world.desk.reader, `SELECT 1 FROM org_row WHERE kind='policy' AND data ->> '$.id'=?`, pack.id).length === 0, 'its withdrawal');
    expect(await known()).toBe(undefined);
  });

  test('without a link says so and keeps the draft; what is wrong with it is said before any password leaves', async () => {
    const draft = await begin('Gói không có mạng');
    await world.proxy.refuse();
    try {
      expect(await codeOf(() => policy().issue({ id: draft.pack.id, password: password() }, by()))).toMatch(/^link\//);
      const broken = typedAt(draft, 'title', '', { value: '' });
      await policy().saveDraft({ draft: broken }, by());
      const before = world.proxy.bytes().up;
      expect(await codeOf(() => policy().issue({ id: draft.pack.id, password: password() }, by()))).toBe('policy/not-valid');
      await policy().saveDraft({ draft: typedAt(draft, 'clocks.0.minutes', '?', null) }, by());
      expect(await codeOf(() => policy().issue({ id: draft.pack.id, password: password() }, by()))).toBe('policy/not-valid');
      expect([world.proxy.bytes().up, (await kept())?.draft.typed]).toEqual([before, { 'clocks.0.minutes': '?' }]);
    } finally {
      await world.proxy.accept();
    }
  });

  test('does not issue twice when its answer is lost: the draft says what has become of it, and asking again ends it', async () => {
    world.desk.sync.handlers.tryNow({}, call());
    await until(() => world.desk.status().link === 'up', 'the link');
    const { pack } = await begin('Gói mất trả lời');
    // A kept connection that breaks is tried again at once: every answer goes the same way.
    const asked = new Set<number>();
    const free = world.proxy.hook(({ direction, bytes, connection }) => {
      if (direction === 'up' && bytes.includes('/v1/admin/policies')) asked.add(connection);
      return direction === 'down' && asked.has(connection) ? 'cut' : bytes;
    });
    expect(await codeOf(() => policy().issue({ id: pack.id, password: password() }, by()))).toMatch(/^link\//);
    free();
    expect(asked.size).toBeGreaterThan(0);
    await until(() => allRows(world.desk.reader, `SELECT 1 FROM org_row WHERE kind='policy' AND data ->> '$.id'=?`, pack.id).length === 1, 'the pack');
    expect(await kept()).toMatchObject({ issued: true, draft: { pack: { id: pack.id } } });
    expect(await policy().issue({ id: pack.id, password: password() }, by())).toMatchObject({ id: pack.id, already: true });
    expect([await kept(), (await policy().packs({}, by())).filter(one => one.code === pack.code)]).toEqual([null, [expect.objectContaining({ id: pack.id })]]);
  });

  test('leaves no token and no password in the database or in what is thrown', async () => {
    const { pack } = await begin('Gói không để lại gì');
    const thrown = await Promise.resolve(policy().issue({ id: pack.id, password: 'mat-khau-bi-mat' }, by())).then(() => '', (error: unknown) => JSON.stringify([error, String(error), (error as Error).stack]));
    await policy().issue({ id: pack.id, password: password() }, by());
    const tables = allRows<{ name: string }>(world.desk.reader, `SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE '%fts%'`).map(one => one.name);
    const all = JSON.stringify(['audit', 'session', 'policy_draft', 'draft', 'form_text', 'outbox'].filter(name => tables.includes(name)).map(name => allRows(world.desk.reader, `SELECT * FROM ${name}`)));
    expect(all.includes(password()) || all.includes('mat-khau-bi-mat') || all.includes('personToken') || thrown.includes('mat-khau-bi-mat')).toBe(false);
  });
});
