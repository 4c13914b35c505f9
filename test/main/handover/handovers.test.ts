import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../contract/console.ts';
import { HandoverContent } from '../../../contract/documents/handover.ts';
import { newId, type Id } from '../../../contract/ids.ts';
import { actorOf } from '../../../contract/mutations/facts.ts';
import type { Service } from '../../../contract/org.ts';
import { run } from '../../../db/database.ts';
import { readAttention } from '../../../db/stores/attention.ts';
import { countDocuments, readDocument, readDocuments } from '../../../db/stores/documents.ts';
import { digestOf } from '../../../main/handover/fill.ts';
import { createHandovers } from '../../../main/handover/handovers.ts';
import { rescope } from '../../../province/commands.ts';
import type { ServeOptions } from '../../../province/serve.ts';
import { call, Desk, until } from '../../support/desk.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';

/** Real desks and a running province: handovers travel as records do. */
describe('a shift handover', () => {
  const folder = temporaryFolder('province');
  const options: ServeOptions = { databaseUrl: undefined, data: folder.path, attachments: null, sample: 'none', name: '', host: '127.0.0.1', port: 0, codes: null, codeLifeMs: null };
  let province: Running<ProvinceReady>;
  const open: { close(): Promise<void> }[] = [];

  beforeAll(async () => { province = await startProvince({ data: folder.path, codes: 'BP,BP,BP,BP,BP,BP,BP,BP,BP,BP,BP,BP,BP' }); }, 180_000);
  afterEach(async () => { for (const one of open.splice(0).reverse()) await one.close(); });
  afterAll(async () => { await province.stop(); folder.remove(); });

  const account = (login: string) => {
    const found = province.ready.accounts.find(one => one.login === login);
    if (found === undefined) throw new Error(`the sample has no ${login}`);
    return found;
  };
  async function deskOf(login: string, proxy?: TcpProxy) {
    const desk = await Desk.enrolled({ address: proxy?.address ?? province.ready.address, code: province.ready.codes.shift()?.code ?? '' });
    open.push(desk);
    await desk.loaded();
    const session = await desk.signIn(login, account(login).password);
    const told: unknown[] = [];
    const handovers = createHandovers({
      onTaken: async taken => { told.push(taken); },
      reader: desk.reader, writer: desk.writer, linkIsUp: desk.sync.linkIsUp, correctedNowMs: desk.sync.correctedNowMs, station: desk.station.station, check: desk.auth.check, takeDesk: desk.auth.takeDesk,
      facts: () => ({ alarms: { alarms: [], soundTest: null }, link: desk.status() }),
    });
    const as = (who: Session = session) => ({ ...call(), session: who });
    return {
      desk, session, handovers, as, told,
      async give(typed: { instructions?: string; faults?: string[] } = {}): Promise<Id> {
        await handovers.saveDraft({ typed: { shiftName: 'Ca đêm', fromMs: null, next: {}, warnings: [], faults: typed.faults ?? [], instructions: typed.instructions ?? '', notes: '' } }, as());
        const { digest } = await handovers.draft({}, as());
        return (await handovers.give({ digest, password: account(login).password }, as())).handover.id;
      },
      take: (id: Id, by: string, takesDesk = false) => {
        const digest = readDocument(desk.reader, 'handover', id)?.document.digest ?? '';
        return handovers.take({ id, digest, login: by, password: account(by).password, remark: '', takesDesk }, as());
      },
    };
  }
  const arrived = (desk: Desk, id: Id, state: string) => until(() => readDocument(desk.reader, 'handover', id)?.document.state === state, `the handover as ${state}`);

  it('is filled from the queue, signed by one desk, taken over at another, and the same at both; nobody takes over their own', async () => {
    const [a, b] = [await deskOf('truc115.1'), await deskOf('truc115.2')];
    await a.desk.mutate(a.session, 'issue.receive', report(a.session, 'Cụ bà khó thở, nói ngắt quãng'));
    const id = await a.give({ instructions: 'Theo dõi phòng cấp cứu quá tải', faults: ['Máy in hết mực'] });
    const own = readDocument(a.desk.reader, 'handover', id)?.document;
    expect(own).toMatchObject({ state: 'offered', lines: ['115'], taken: null, given: { byId: a.session.personId } });
    expect(own?.content.records.map(record => record.words)).toContain('Cụ bà khó thở, nói ngắt quãng');
    expect(own?.content.figures).toEqual([expect.objectContaining({ service: '115' })]);
    expect(own?.content.faults.map(fault => fault.text)).toContain('Máy in hết mực');
    // What had been typed is in it now, and no more in the form.
    expect((await a.handovers.draft({}, a.as())).typed.instructions).toBe('');
    await arrived(b.desk, id, 'offered');
    expect(await b.handovers.news({}, b.as())).toEqual({ unread: 1, offered: id });
    await expect(b.take(id, 'truc115.1')).rejects.toThrow(expect.objectContaining({ code: 'handover/same-person' }));
    await expect(b.handovers.take({ id, digest: own?.digest ?? '', login: 'truc115.2', password: 'sai', remark: '', takesDesk: false }, b.as())).rejects.toThrow(expect.objectContaining({ code: 'auth/wrong-password' }));
    expect(b.told).toEqual([]);
    await b.take(id, 'truc115.2');
    // Attendance hears of it: who went, who came, and since when the shift had been theirs.
    expect(b.told).toEqual([{ goerId: a.session.personId, taker: expect.objectContaining({ personId: b.session.personId }), fromMs: own?.content.fromMs, lines: ['115'] }]);
    expect(await b.handovers.news({}, b.as())).toEqual({ unread: 0, offered: null });
    await b.desk.settled();
    await arrived(a.desk, id, 'received');
    await until(() => readDocument(b.desk.reader, 'handover', id)!.document.version === readDocument(a.desk.reader, 'handover', id)!.document.version, 'the same version');
    expect(readDocument(b.desk.reader, 'handover', id)).toEqual(readDocument(a.desk.reader, 'handover', id));
    const detail = await a.handovers.get({ id }, a.as());
    expect(detail).toMatchObject({ intact: true, sync: 'sent', mayTake: false });
    await expect(b.take(id, 'truc115.2')).rejects.toThrow(expect.objectContaining({ code: 'handover/wrong-state' }));
  });

  it('at one desk: who comes signs there, and sits there from then on; the draft of who goes is theirs alone', async () => {
    const a = await deskOf('truc113.1');
    const page = newId(1);
    for (const [n, instructions] of [[2, 'Đang viết dở'], [1, 'Đang']] as const) await a.handovers.saveDraft({ typed: { shiftName: 'Ca ngày', fromMs: null, next: {}, warnings: [], faults: [], instructions, notes: '' }, turn: { page, n } }, a.as());
    await a.desk.restart();
    const again = createHandovers({ reader: a.desk.reader, writer: a.desk.writer, linkIsUp: a.desk.sync.linkIsUp, correctedNowMs: a.desk.sync.correctedNowMs, station: a.desk.station.station, check: a.desk.auth.check, takeDesk: a.desk.auth.takeDesk,
      facts: () => ({ alarms: { alarms: [], soundTest: { atMs: 1, heard: false } }, link: a.desk.status() }) });
    const draft = await again.draft({}, a.as());
    expect([draft.typed.instructions, draft.content.faults.map(fault => fault.kind)]).toEqual(['Đang viết dở', expect.arrayContaining(['sound-not-heard'])]);
    await expect(again.give({ digest: draft.digest, password: 'sai' }, a.as())).rejects.toThrow(expect.objectContaining({ code: 'auth/wrong-password' }));
    await expect(again.give({ digest: 'f'.repeat(64), password: account('truc113.1').password }, a.as())).rejects.toThrow(expect.objectContaining({ code: 'handover/changed' }));
    // The figures that were looked at are signed, also when the form was filled once more meanwhile.
    const closed = await again.draft({}, a.as());
    await again.draft({}, a.as());
    const { handover } = await again.give({ digest: closed.digest, password: account('truc113.1').password }, a.as());
    await again.take({ id: handover.id, digest: handover.digest, login: 'truc113.2', password: account('truc113.2').password, remark: 'Đã nhận đủ bộ đàm', takesDesk: true }, a.as());
    expect(a.desk.auth.currentSession()?.personId).toBe(readDocument(a.desk.reader, 'handover', handover.id)?.document.taken?.byId);
    expect(readDocument(a.desk.reader, 'handover', handover.id)?.document.taken?.remark).toBe('Đã nhận đủ bộ đàm');
  });

  it('holds every line that was typed, however many and however long', async () => {
    const a = await deskOf('truc114.1');
    const faults = [...Array.from({ length: 400 }, (_, i) => `Thiết bị ${i}`), 'dài '.repeat(400).trim(), '', ' '];
    const id = await a.give({ faults });
    const { handover } = await a.handovers.get({ id }, a.as());
    expect(handover.content.faults.filter(({ kind }) => kind === 'typed').map(({ text }) => text)).toEqual(faults.slice(0, 401));
    await until(() => readDocument(a.desk.reader, 'handover', id)?.sync === 0, 'the province has it');
    expect(readDocument(a.desk.reader, 'handover', id)?.document.state).toBe('offered');
  });

  it('that two take over apart is taken over by the first; the other sees why, and nothing typed is lost', async () => {
    const proxy = await TcpProxy.start({ targetPort: Number(new URL(province.ready.address).port) });
    open.push(proxy);
    const [a, b, c] = [await deskOf('truc114.1'), await deskOf('truc114.2'), await deskOf('truc114.3', proxy)];
    const id = await a.give();
    await arrived(b.desk, id, 'offered');
    await arrived(c.desk, id, 'offered');
    await proxy.refuse();
    await until(() => c.desk.status().link === 'down', 'the cut');
    await c.take(id, 'truc114.3');
    expect(readDocument(c.desk.reader, 'handover', id)?.document.taken?.byId).toBe(c.session.personId);
    await b.take(id, 'truc114.2');
    await b.desk.settled();
    await proxy.accept();
    await until(() => readAttention(c.desk.reader).length > 0, 'the refusal');
    expect(readAttention(c.desk.reader).map(({ attention }) => [attention.name, attention.error?.code, attention.description])).toEqual([['handover.take', 'handover/wrong-state', 'Ca đêm']]);
    await until(() => readDocument(c.desk.reader, 'handover', id)?.document.taken?.byId === b.session.personId, 'what the first has done');
    await until(() => c.desk.status().pending === 0, 'nothing unsent');
  });

  it('of other lines does not come to a desk, leaves it with its scope, and comes with a fresh copy', async () => {
    const [a, b] = [await deskOf('truc115.1'), await deskOf('truc115.2')];
    const id = await a.give();
    await a.desk.settled();
    await arrived(b.desk, id, 'offered');
    const fresh = await deskOf('catruong');
    expect(readDocument(fresh.desk.reader, 'handover', id)?.document.content).toEqual(readDocument(a.desk.reader, 'handover', id)?.document.content);
    const code = fresh.desk.station.station()?.stationCode ?? '';
    expect(countDocuments(fresh.desk.reader, 'handover')).toBeGreaterThan(0);
    await rescope(options, code, { services: '113', sites: undefined });
    await until(() => readDocument(fresh.desk.reader, 'handover', id) === null, 'it to leave');
    expect(readDocuments(fresh.desk.reader, 'handover', { start: 0, count: 99 }).every(({ document }) => document.lines.includes('113'))).toBe(true);
    expect(readDocuments(a.desk.reader, 'handover', { start: 0, count: 99 }).map(({ document }) => document.id)).toContain(id);
  });

  it('of several lines is taken over only by somebody who works them all, and offered to nobody else; not for other words, not by whoever does not see it, and withdrawn by nobody else', async () => {
    const a = await deskOf('truc114.1');
    const id = await a.give();
    const { handover, takers } = await a.handovers.get({ id }, a.as());
    expect(handover.lines).toEqual(['114', '112']);
    expect(takers.map(person => person.login).sort()).toEqual(['catruong', 'truc114.2', 'truc114.3', 'truc114.4', 'truc114.5', 'truc114.6']);
    const ofOneLine: Session = { ...a.session, personId: newId(1), scope: { siteIds: null, services: ['114'] } };
    // The rule itself refuses these, whatever a console lets through.
    const write = (by: Session, name: 'handover.take' | 'handover.withdraw', more: Record<string, unknown>) => a.desk.writer.call('document.write', { actor: actorOf(by), name, payload: { id, ...more }, atMs: Date.now() });
    await expect(write(ofOneLine, 'handover.take', { digest: handover.digest })).rejects.toThrow(expect.objectContaining({ code: 'handover/not-all-lines' }));
    expect([(await a.handovers.news({}, a.as(ofOneLine))).offered, (await a.handovers.news({}, a.as({ ...ofOneLine, scope: a.session.scope }))).offered]).toEqual([null, id]);
    const other: Session = { ...a.session, personId: newId(2) };
    await expect(write(other, 'handover.take', { digest: 'f'.repeat(64) })).rejects.toThrow(expect.objectContaining({ code: 'handover/changed' }));
    await expect(write(other, 'handover.withdraw', {})).rejects.toThrow(expect.objectContaining({ code: 'handover/not-yours' }));
    await expect(a.handovers.withdraw({ id, reason: '' }, a.as(other))).rejects.toThrow(expect.objectContaining({ code: 'handover/not-yours' }));
    const elsewhere: Session = { ...other, scope: { siteIds: null, services: ['113'] } };
    const blind = [() => a.handovers.get({ id }, a.as(elsewhere)), () => a.handovers.markRead({ id }, a.as(elsewhere)), () => a.handovers.take({ id, digest: handover.digest, login: null, password: '', remark: '', takesDesk: false }, a.as(elsewhere))];
    for (const look of blind) await expect((async () => look())()).rejects.toThrow(expect.objectContaining({ code: 'document/not-found' }));
    await a.take(id, 'catruong');
    expect(readDocument(a.desk.reader, 'handover', id)?.document.state).toBe('received');
  });

  it('whose words were changed on the disk is not taken over', async () => {
    const a = await deskOf('truc113.1');
    const id = await a.give({ instructions: 'Nguyên văn' });
    await a.desk.settled();
    const digest = readDocument(a.desk.reader, 'handover', id)?.document.digest ?? '';
    await a.desk.stop();
    await a.desk.open(true);
    const { openDatabase } = await import('../../../db/open.ts');
    const db = openDatabase({ file: `${a.desk.dir}/console.db`, keyHex: '5a'.repeat(32), role: 'writer' });
    run(db, `UPDATE document SET data = replace(data, 'Nguyên văn', 'Đã bị sửa')`);
    db.close();
    const handovers = createHandovers({ reader: a.desk.reader, writer: a.desk.writer, linkIsUp: a.desk.sync.linkIsUp, correctedNowMs: a.desk.sync.correctedNowMs, station: a.desk.station.station, check: a.desk.auth.check, takeDesk: a.desk.auth.takeDesk,
      facts: () => ({ alarms: { alarms: [], soundTest: null }, link: a.desk.status() }) });
    expect(await handovers.get({ id }, a.as())).toMatchObject({ intact: false });
    await expect(handovers.take({ id, digest, login: 'truc113.2', password: account('truc113.2').password, remark: '', takesDesk: false }, a.as())).rejects.toThrow(expect.objectContaining({ code: 'handover/changed' }));
  });

  it('of one of several lines is given by whoever works them all, and taken over by who works that one', async () => {
    const lead = await deskOf('catruong');
    await lead.handovers.saveDraft({ typed: { shiftName: 'Ca ngày', fromMs: null, next: {}, warnings: [], faults: [], instructions: '', notes: '', lines: ['114'] } }, lead.as());
    const draft = await lead.handovers.draft({}, lead.as());
    expect([draft.content.lines, [...new Set(draft.content.records.map(record => record.service))]]).toEqual([['114'], ['114']]);
    const { handover, takers } = await lead.handovers.give({ digest: draft.digest, password: account('catruong').password }, lead.as());
    expect([handover.lines, takers.some(person => person.login === 'truc114.2'), takers.some(person => person.login === 'truc115.1')]).toEqual([['114'], true, false]);
    await lead.handovers.take({ id: handover.id, digest: handover.digest, login: 'truc114.2', password: account('truc114.2').password, remark: '', takesDesk: false }, lead.as());
    expect(readDocument(lead.desk.reader, 'handover', handover.id)?.document.state).toBe('received');
    // The next one of a line begins where that line was taken over last; of several, where the one that has waited longest was.
    const beginning = async (lines: Service[]): Promise<number> => {
      await lead.handovers.saveDraft({ typed: { shiftName: '', fromMs: null, next: {}, warnings: [], faults: [], instructions: '', notes: '', lines } }, lead.as());
      return (await lead.handovers.draft({}, lead.as())).content.fromMs;
    };
    expect(await beginning(['114'])).toBe(handover.content.toMs);
    const of115 = await beginning(['115']);
    expect([of115 < handover.content.toMs, await beginning(['114', '115'])]).toEqual([true, of115]);
  });
});

function report(session: Session, description: string): Record<string, unknown> {
  return {
    id: newId(Date.now()), class: 'incident', service: '115' satisfies Service, siteId: session.siteId, channel: 'phone', receivedAtMs: Date.now(), severity: 'P1', description,
    place: { text: 'Đường Mẫu 1', areaId: null, landmark: '', lat: null, lon: null }, reporter: { anonymous: true, name: '', phone: '', relation: '' },
  };
}

it('the digest is of the words, whatever order they come in', () => {
  const content = { lines: ['115'], shiftName: 'Ca', fromMs: 1, toMs: 2, figures: [], records: [], recordsLeft: 0, warnings: [], faults: [], instructions: 'a', notes: 'b' } as const;
  const turned = Object.fromEntries(Object.entries(content).reverse()) as unknown as Parameters<typeof digestOf>[0];
  expect(digestOf(turned)).toBe(digestOf(content as unknown as Parameters<typeof digestOf>[0]));
  expect(digestOf({ ...turned, notes: 'c' })).not.toBe(digestOf(turned));
});

it('what was signed before the figures said what stands beside them is read, and has the digest that was signed', () => {
  const signed = {
    lines: ['115'], shiftName: 'Ca đêm', fromMs: 1, toMs: 9, figures: [{ service: '115', open: 2, overdue: 1, urgent: 1, waiting: 0, received: 2, closed: 0 }],
    records: [{ id: '019aab00-0000-7000-8000-000000000001', no: '115-2026-000001', service: '115', severity: 'P4', state: 'received', words: 'ngã xe', place: '', dueAtMs: 5, reason: 'overdue', unsent: false, next: '' }],
    recordsLeft: 0, warnings: [], faults: [], instructions: '', notes: '',
  };
  expect(digestOf(HandoverContent.parse(signed))).toBe('1b33fed4dc47ee7b4c6662877b64cc8acf060f2bdc546f33db96eb91b2ff4edf');
});
