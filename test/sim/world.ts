import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Id } from '../../contract/ids.ts';
import { SEVERITIES } from '../../contract/issue.ts';
import type { Actor } from '../../contract/mutations/facts.ts';
import type { MutationName } from '../../contract/mutations/payloads.ts';
import { personScope, servicesIn, type Person, type Role, type Scope, type Service, type Unit } from '../../contract/org.ts';
import type { StationRecord } from '../../db/writer-api.ts';
import { createRandom, type Random } from '../../province/sample/random.ts';
import { PRIVATE_KEY, PUBLIC_KEY, SimDesk } from './desk.ts';
import { FaultCounts, type Fault } from './faults.ts';
import type { Weather } from './link.ts';
import { organisationRow, SimProvince, siteData, type ProvinceEngine } from './province.ts';
import { VirtualTime } from './time.ts';

export interface WorldOptions {
  /** `few`: the world as it was when its people knew few intents, whose seeds have found something. */
  seed: number; intents?: 'few' | 'all' | undefined; engine: ProvinceEngine; stranger: SimProvince; folder: string;
  /** An empty, migrated console database with the station's row missing. */
  template: string;
}

export const CALM: Weather = { state: 'clear', cuts: 0, repeats: 0, gaps: 0, latencyMs: 20 };
const ROLES: Role[] = ['truc_ban', 'ca_truong', 'lanh_dao_ioc'];
/** Lines that a console is for; most are for all. */
export const LINES: readonly (Service[] | null)[] = [null, null, null, ['114'], ['113', '115'], ['1022', 'field'], ['115', '1022']];
const INCIDENTS: readonly Service[] = ['113', '114', '115', '112'];

/** One province and two to five consoles, made from a seed. */
export class World {
  readonly seed: number;
  readonly random: Random;
  readonly time = new VirtualTime();
  readonly province: SimProvince;
  readonly desks: SimDesk[] = [];
  readonly faults = new FaultCounts();
  readonly sites: Id[];
  /** Who works records on; the last of them takes none. */
  readonly units: Id[] = [];
  /** Who may sit down at any desk: people of the units, and a second shift lead. */
  readonly people: Actor[] = [];
  /** What only a world with all intents draws. */
  readonly crew: Random;
  /** The record that somebody changed last. */
  lastChanged: Id | null = null;
  /** What went wrong where nobody waits for it. */
  broken: unknown = null;
  readonly #options: WorldOptions;
  #texts = 0;

  private constructor(options: WorldOptions) {
    this.#options = options;
    this.seed = options.seed;
    this.random = createRandom(options.seed, 'world');
    this.crew = createRandom(options.seed, 'crew');
    this.province = new SimProvince(options.engine, this.time);
    this.sites = [this.id(), this.id(), this.id()];
  }

  static async create(options: WorldOptions): Promise<World> {
    const world = new World(options);
    mkdirSync(options.folder, { recursive: true });
    await options.engine.restore('fresh');
    await world.#found();
    await world.province.start();
    const desks = 2 + world.random.int(4);
    for (let at = 0; at < desks; at += 1) await world.#enrol(at);
    await options.engine.keep('backup');
    world.province.onAmbushed = ambush => { world.note(({ raced: 'commit-raced', 'killed-before-commit': 'province-killed-before-commit', 'killed-after-commit': 'province-killed-after-commit' } as const)[ambush]); };
    return world;
  }

  get knowsAll(): boolean {
    return this.#options.intents !== 'few';
  }

  id(): Id {
    return this.random.id(this.province.nowMs());
  }

  note(fault: Fault): void {
    this.faults.note(fault);
  }

  /** Words that nobody else writes in this run. */
  text(): string {
    this.#texts += 1;
    return `lời ${this.seed}.${this.#texts}`;
  }

  async close(): Promise<void> {
    for (const desk of this.desks) await desk.close();
    await this.province.kill();
    rmSync(this.#options.folder, { recursive: true, force: true });
  }

  async #found(): Promise<void> {
    const [centre, ...districts] = this.sites as [Id, Id, Id];
    const unit = (id: Id, handling: boolean): Unit => ({
      id, siteId: centre, name: 'Đội thử', kind: 'doi', handling, services: [], phone: '0271000000', focalPoint: null, lat: null, lon: null, effectiveFromMs: 0, effectiveToMs: null,
    });
    this.units.push(this.id());
    await this.province.write([
      organisationRow('site', siteData(centre, 'TT', 'province'), centre),
      ...districts.map((id, at) => organisationRow('site', siteData(id, `H${at + 1}`, 'district'), id)),
      organisationRow('unit', unit(this.units[0]!, true), centre),
    ]);
    if (!this.knowsAll) return;
    this.units.push(this.crew.id(this.province.nowMs()), this.crew.id(this.province.nowMs()));
    await this.province.write(this.units.slice(1).map((id, at) => organisationRow('unit', unit(id, at === 0), centre)));
    for (const [at, unitId] of [this.units[0]!, this.units[1]!, null].entries()) {
      const roles: Role[] = unitId === null ? ['ca_truong'] : ['dau_moi', 'lanh_dao_don_vi'];
      this.people.push(await this.#hire(this.crew.id(this.province.nowMs()), `nguoi${at}`, `Người ${at}`, { siteId: centre, unitId, roles }));
    }
  }

  /** Somebody with an account, as the province knows them. */
  async #hire(id: Id, login: string, name: string, { siteId, unitId, roles }: Pick<Person, 'siteId' | 'unitId' | 'roles'>): Promise<Actor> {
    const person: Person = { id, siteId, unitId, login, name, title: 'Trực ban', roles, services: [], active: true };
    await this.province.write([organisationRow('person', person, siteId)]);
    await this.#options.engine.db.query('INSERT INTO account (person_id, login, hash) VALUES ($1, $2, $3)', [id, login, '-']);
    return { personId: id, unitId, roles, scope: personScope(person, { tier: siteId === this.sites[0] ? 'province' : 'district' }) };
  }

  async #enrol(at: number): Promise<void> {
    const siteId = at < 2 ? this.sites[0]! : this.sites[at % this.sites.length]!;
    const scope: Scope = { siteIds: siteId === this.sites[0] ? null : [siteId], services: this.knowsAll && at > 0 ? this.crew.pick(LINES) : null };
    const actor = await this.#hire(this.id(), `thu${at}`, `Người Thử ${at}`, { siteId, unitId: null, roles: ROLES });
    const station = await this.#station(at, siteId, scope, [actor, ...this.people]);
    const desk = new SimDesk({
      folder: join(this.#options.folder, String(at)), template: this.#options.template, station, actor, time: this.time,
      random: createRandom(this.seed, `desk ${at}`), weather: { ...CALM }, note: fault => { this.note(fault); }, province: this.province, stranger: this.#options.stranger,
    });
    desk.open();
    await desk.life.writer.call('station.save', station);
    this.desks.push(desk);
  }

  async #station(at: number, siteId: Id, scope: Scope, people: readonly Actor[]): Promise<StationRecord> {
    const [head] = await this.#options.engine.db.query<{ id: Id }>('SELECT province_id AS id FROM sync_head');
    const code = `BAN-${at}`;
    const deviceId = this.id();
    await this.province.enrol({ id: deviceId, code, siteId, publicKey: PUBLIC_KEY, scope, people: people.map(person => person.personId) });
    return {
      deviceId, stationCode: code, stationName: code, site: siteData(siteId, code, scope.siteIds === null ? 'province' : 'district'), scope,
      provinceId: head!.id, provinceName: 'Tỉnh thử', address: 'http://province.invalid', privateKey: PRIVATE_KEY, sample: true,
    };
  }

  /** A report as an operator takes it in. */
  report(siteId: Id, desk: SimDesk): Record<string, unknown> {
    const service = this.knowsAll ? this.crew.pick(servicesIn(desk.scope)) : '1022';
    const anonymous = !this.knowsAll || this.crew.chance(0.4);
    return {
      id: this.id(), class: INCIDENTS.includes(service) ? 'incident' : 'issue', service, siteId, channel: 'phone', receivedAtMs: this.province.nowMs(),
      severity: this.knowsAll ? this.crew.pick(SEVERITIES) : 'P3', description: this.text(),
      place: { text: 'Đường Mẫu 1', areaId: null, landmark: '', lat: null, lon: null }, reporter: { anonymous, name: anonymous ? '' : 'Người Báo', phone: '', relation: '' },
    };
  }

  async receive(desk: SimDesk): Promise<void> {
    await desk.act('issue.receive', this.report(desk.scope.siteIds?.[0] ?? this.random.pick(this.sites), desk));
  }

  othersThan(desk: SimDesk): SimDesk[] {
    return this.desks.filter(other => other !== desk);
  }

  /** The record that somebody changed last, where it is among these: people often go on with the same one. Null in other moments. */
  talkedOf(ids: readonly Id[]): Id | null {
    return this.knowsAll && this.lastChanged !== null && this.crew.chance(0.6) && ids.includes(this.lastChanged) ? this.lastChanged : null;
  }

  /** A change of a record that this desk sees, of the few that people knew at first. */
  async change(desk: SimDesk, id: Id): Promise<void> {
    const issue = desk.find(id);
    if (issue === null) return;
    const severity = { from: issue.severity, to: this.random.pick(['P1', 'P2', 'P3', 'P4']) };
    const category = { from: issue.category, to: this.random.pick(['a', 'b', 'c']) };
    const changes: [MutationName, Record<string, unknown>][] = [
      ['issue.note', { id, note: this.text() }], ['issue.note', { id, note: this.text() }],
      ['issue.edit', { id, fields: { severity } }],
      ['issue.edit', { id, fields: { severity, category } }],
      ['issue.edit', { id, fields: { category, description: { from: issue.description, to: this.text() } } }],
      ['issue.startVerification', { id }],
      ['issue.verify', { id, method: 'camera', note: '' }],
    ];
    const [name, payload] = this.random.pick(changes);
    await desk.act(name, payload);
  }
}
