import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Id } from '../../../contract/ids.ts';
import type { Issue } from '../../../contract/issue.ts';
import { allRows, blobToId } from '../../../db/database.ts';
import { readAttention } from '../../../db/stores/attention.ts';
import { readIssue } from '../../../db/stores/issues.ts';
import { readSites, readUnits } from '../../../db/stores/org.ts';
import { moveUnitTo, rescope } from '../../../province/commands.ts';
import type { ServeOptions } from '../../../province/serve.ts';
import { Desk, until } from '../../support/desk.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';

/** The operator's commands on a running province, and real desks that follow. */
describe('what a workstation may see', () => {
  const folder = temporaryFolder('province');
  const options: ServeOptions = { databaseUrl: undefined, data: folder.path, attachments: null, sample: 'none', name: '', host: '127.0.0.1', port: 0, codes: null, codeLifeMs: null };
  let province: Running<ProvinceReady>;
  const open: { close(): Promise<void> }[] = [];

  beforeAll(async () => { province = await startProvince({ data: folder.path, codes: '5' }); }, 180_000);
  afterEach(async () => { for (const one of open.splice(0).reverse()) await one.close(); });
  afterAll(async () => { await province.stop(); folder.remove(); });

  async function deskAt(site: string, proxy?: TcpProxy): Promise<Desk> {
    const at = province.ready.codes.findIndex(code => code.site === site);
    const [code] = province.ready.codes.splice(at, 1);
    if (at < 0 || code === undefined) throw new Error(`no code is left for ${site}`);
    const desk = await Desk.enrolled({ address: proxy?.address ?? province.ready.address, code: code.code });
    open.push(desk);
    await desk.loaded();
    return desk;
  }
  async function proxied(): Promise<TcpProxy> {
    const proxy = await TcpProxy.start({ targetPort: Number(new URL(province.ready.address).port) });
    open.push(proxy);
    return proxy;
  }
  const accountAt = (site: string) => {
    const found = province.ready.accounts.find(account => account.site === site && ['truc_ban', 'ca_truong'].includes(account.role));
    if (found === undefined) throw new Error(`the sample has no operator at ${site}`);
    return found;
  };
  const siteOf = (desk: Desk, code: string): Id => readSites(desk.reader).find(site => site.code === code)?.id ?? '';
  const held = (desk: Desk): Issue[] => allRows<{ id: Uint8Array }>(desk.reader, 'SELECT id FROM issue ORDER BY id').map(row => readIssue(desk.reader, blobToId(row.id))!.issue);
  /** What a desk of the province's own site, which sees all, has of one place. */
  const seenBy = (all: Desk, keep: (issue: Issue) => boolean): Issue[] => held(all).filter(keep);

  it('follows a unit that moves to another site: its records leave one desk for the other, and come back whole', async () => {
    const proxy = await proxied();
    const hq = await deskAt('BP');
    const [from, to] = province.ready.codes.map(code => code.site).filter((code, index, all) => code !== 'BP' && all.indexOf(code) === index)
      .filter(code => province.ready.accounts.some(account => account.site === code)) as [string, string];
    const [a, b] = [await deskAt(from, proxy), await deskAt(to)];
    const [fromId, toId] = [siteOf(hq, from), siteOf(hq, to)];
    const session = await a.signIn(accountAt(from).login, accountAt(from).password);
    const unit = readUnits(hq.reader).find(one => one.siteId === fromId && held(a).some(issue => issue.leadUnitId === one.id));
    if (unit === undefined) throw new Error('the sample has a unit with records at each site');
    const moving = held(a).filter(issue => issue.leadUnitId === unit.id);
    const edited = moving[0]!;
    await proxy.refuse();
    await until(() => a.status().link === 'down', 'the cut');
    await a.mutate(session, 'issue.note', { id: edited.id, note: 'Viết khi mất mạng' });
    expect(await moveUnitTo(options, unit.id, to)).toMatchObject({ records: moving.length });
    await until(() => moving.every(issue => b.find(issue.id) !== null), 'the records at their new site');
    await proxy.accept();
    await until(() => moving.every(issue => a.find(issue.id) === null), 'the records to leave');
    await a.settled();
    await until(() => readAttention(a.reader).length === 1, 'the refusal');
    expect(readAttention(a.reader)[0]?.attention).toMatchObject({
      issueId: edited.id, issueNo: edited.displayNo, description: edited.description, error: { code: 'issue/outside-scope' }, payload: { note: 'Viết khi mất mạng' },
    });
    await until(() => readUnits(hq.reader).find(one => one.id === unit.id)?.siteId === toId, 'the unit itself');
    await until(() => isDeepStrictEqual(held(a), seenBy(hq, issue => issue.siteId === fromId)), 'what is left here');
    await until(() => isDeepStrictEqual(held(b), seenBy(hq, issue => issue.siteId === toId)), 'what has come there');

    expect(await moveUnitTo(options, unit.name, from).catch(() => moveUnitTo(options, unit.id, from))).toMatchObject({ records: moving.length });
    await until(() => moving.every(issue => a.find(issue.id) !== null && b.find(issue.id) === null), 'the way back');
    await until(() => isDeepStrictEqual(held(a), seenBy(hq, issue => issue.siteId === fromId)), 'everything back here');
    expect(a.find(edited.id)?.issue.description).toBe(edited.description);
  });

  it('follows its own scope: what it may no longer see goes at once, waiting changes are judged, and given back is given whole', async () => {
    const proxy = await proxied();
    const [hq, a] = [await deskAt('BP'), await deskAt('BP', proxy)];
    const station = a.station.station()!;
    const session = await a.signIn('catruong', accountAt('BP').password);
    expect(session.scope).toEqual({ siteIds: null, services: null });
    const [kept, lost] = [held(a).find(issue => issue.service === '115')!, held(a).find(issue => issue.service === '114')!];
    await proxy.refuse();
    await until(() => a.status().link === 'down', 'the cut');
    for (const issue of [kept, lost]) await a.mutate(session, 'issue.note', { id: issue.id, note: `Viết khi mất mạng ${issue.service}` });
    await rescope(options, station.stationCode, { services: '115', sites: undefined });
    await proxy.accept();
    await until(() => a.station.station()?.scope.services?.join() === '115', 'the new scope');
    expect(a.auth.currentSession()?.scope).toEqual({ siteIds: null, services: ['115'] });
    await until(() => held(a).every(issue => issue.service === '115'), 'the rest to go');
    await a.loaded();
    await a.settled();
    await until(() => readAttention(a.reader).length === 1, 'the refusal');
    expect(readAttention(a.reader)[0]?.attention).toMatchObject({ issueId: lost.id, issueNo: lost.displayNo, description: lost.description, error: { code: 'issue/outside-scope' } });
    await until(() => a.find(kept.id)?.issue.history.at(-1)?.note === 'Viết khi mất mạng 115' && a.find(kept.id)?.sync === 0, 'the other change');
    await until(() => isDeepStrictEqual(held(a), seenBy(hq, issue => issue.service === '115')), 'the other desk');

    await rescope(options, station.stationCode, { services: 'all', sites: undefined });
    await until(() => a.find(lost.id) !== null, 'what was given back');
    await a.loaded();
    expect(a.auth.currentSession()?.scope.services).toBe(null);
    await until(() => isDeepStrictEqual(held(a), held(hq)), 'everything');
    expect(a.status()).toMatchObject({ pending: 0, lastError: null });
  });

  it('sees a record that another line offers it or works with it, as soon as that is so and no longer; and holds the same as the province', async () => {
    const [hq, a] = [await deskAt('BP'), await deskAt('BP')];
    await rescope(options, a.station.station()!.stationCode, { services: '115', sites: undefined });
    await until(() => held(a).every(issue => issue.service === '115') && a.station.station()?.scope.services?.join() === '115', 'the scope');
    const lead = await hq.signIn('catruong', accountAt('BP').password);
    const nurse = await a.signIn('truc115.1', accountAt('BP').password);
    const [joint, offered] = held(hq).filter(issue => issue.service === '114' && issue.state === 'received' || issue.service === '114' && issue.state === 'verifying').map(issue => issue.id) as [Id, Id];
    // Through the live signal alone: a look without one comes far later than this waits.
    await hq.mutate(lead, 'issue.join', { id: joint, lines: ['113', '115'], note: '' });
    await until(() => a.find(joint) !== null, 'the joint record', 8_000);
    await a.mutate(nurse, 'issue.note', { id: joint, note: 'Xe cấp cứu đã đi' });
    await until(() => hq.find(joint)?.issue.history.at(-1)?.note === 'Xe cấp cứu đã đi', 'the note', 8_000);
    await hq.mutate(lead, 'issue.handOff', { id: offered, to: '115', note: 'Có người bị thương' });
    await until(() => a.find(offered)?.issue.handOff?.to === '115', 'the offer', 8_000);
    await a.mutate(nurse, 'issue.refuseHandOff', { id: offered, reason: 'Không có ai bị thương' });
    await until(() => a.find(offered) === null && a.status().pending === 0, 'the offered record to leave', 8_000);
    await until(() => hq.find(offered)?.issue.handOff === null, 'the refusal at the other desk', 8_000);
    await hq.mutate(lead, 'issue.leave', { id: joint, line: '115', note: 'Đã đưa đi viện' });
    await until(() => a.find(joint) === null, 'the joint record to leave', 8_000);
    await until(() => isDeepStrictEqual(held(a), seenBy(hq, issue => issue.service === '115')), 'the same as the other desk');
    expect([a.status().repairedRows, hq.status().repairedRows]).toEqual([0, 0]);
  });
});
