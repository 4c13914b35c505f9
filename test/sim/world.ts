import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Id } from '../../contract/ids.ts';
import type { Actor } from '../../contract/mutations/facts.ts';
import type { MutationName } from '../../contract/mutations/payloads.ts';
import { personScope, type Person, type Role, type Scope, type Unit } from '../../contract/org.ts';
import type { StationRecord } from '../../db/writer-api.ts';
import { createRandom, type Random } from '../../province/sample/random.ts';
import { PRIVATE_KEY, PUBLIC_KEY, SimDesk } from './desk.ts';
import { FaultCounts, type Fault } from './faults.ts';
import type { Weather } from './link.ts';
import { organisationRow, SimProvince, siteData, type ProvinceEngine } from './province.ts';
import { VirtualTime } from './time.ts';

export interface WorldOptions {
  seed: number; engine: ProvinceEngine; stranger: SimProvince; folder: string;
  /** An empty, migrated console database with the station's row missing. */
  template: string;
}

export const CALM: Weather = { state: 'clear', cuts: 0, repeats: 0, gaps: 0, latencyMs: 20 };
const ROLES: Role[] = ['truc_ban', 'ca_truong', 'lanh_dao_ioc'];

/** One province and two to five consoles, made from a seed. */
export class World {
  readonly seed: number;
  readonly random: Random;
  readonly time = new VirtualTime();
  readonly province: SimProvince;
  readonly desks: SimDesk[] = [];
  readonly faults = new FaultCounts();
  readonly sites: Id[];
  readonly #options: WorldOptions;
  #texts = 0;

  private constructor(options: WorldOptions) {
    this.#options = options;
    this.seed = options.seed;
    this.random = createRandom(options.seed, 'world');
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
    const unit: Unit = {
      id: this.id(), siteId: centre, name: 'Đội thử', kind: 'doi', handling: true, services: [], phone: '0271000000', focalPoint: null,
      lat: null, lon: null, effectiveFromMs: 0, effectiveToMs: null,
    };
    await this.province.write([
      organisationRow('site', siteData(centre, 'TT', 'province'), centre),
      ...districts.map((id, at) => organisationRow('site', siteData(id, `H${at + 1}`, 'district'), id)),
      organisationRow('unit', unit, centre),
    ]);
  }

  async #enrol(at: number): Promise<void> {
    const siteId = at < 2 ? this.sites[0]! : this.sites[at % this.sites.length]!;
    const scope: Scope = { siteIds: siteId === this.sites[0] ? null : [siteId], services: null };
    const person: Person = {
      id: this.id(), siteId, unitId: null, login: `thu${at}`, name: `Người Thử ${at}`, title: 'Trực ban', roles: ROLES, services: [], active: true,
    };
    await this.province.write([organisationRow('person', person, siteId)]);
    await this.#options.engine.db.query('INSERT INTO account (person_id, login, hash) VALUES ($1, $2, $3)', [person.id, person.login, '-']);
    const station = await this.#station(at, siteId, scope, person);
    const actor: Actor = { personId: person.id, unitId: null, roles: ROLES, scope: personScope(person, { tier: siteId === this.sites[0] ? 'province' : 'district' }) };
    const desk = new SimDesk({
      folder: join(this.#options.folder, String(at)), template: this.#options.template, station, actor, time: this.time,
      random: createRandom(this.seed, `desk ${at}`), weather: { ...CALM }, note: fault => { this.note(fault); }, province: this.province, stranger: this.#options.stranger,
    });
    desk.open();
    await desk.life.writer.call('station.save', station);
    this.desks.push(desk);
  }

  async #station(at: number, siteId: Id, scope: Scope, person: Person): Promise<StationRecord> {
    const [head] = await this.#options.engine.db.query<{ id: Id }>('SELECT province_id AS id FROM sync_head');
    const code = `BAN-${at}`;
    const deviceId = this.id();
    await this.province.enrol({ id: deviceId, code, siteId, publicKey: PUBLIC_KEY, scope: { siteIds: scope.siteIds, services: null }, people: [person.id] });
    return {
      deviceId, stationCode: code, stationName: code, site: siteData(siteId, code, scope.siteIds === null ? 'province' : 'district'), scope,
      provinceId: head!.id, provinceName: 'Tỉnh thử', address: 'http://province.invalid', privateKey: PRIVATE_KEY, sample: true,
    };
  }

  /** A report as an operator takes it in. */
  report(siteId: Id): Record<string, unknown> {
    return {
      id: this.id(), class: 'issue', service: '1022', siteId, channel: 'phone', receivedAtMs: this.province.nowMs(), severity: 'P3', description: this.text(),
      place: { text: 'Đường Mẫu 1', areaId: null, landmark: '', lat: null, lon: null }, reporter: { anonymous: true, name: '', phone: '', relation: '' },
    };
  }

  async receive(desk: SimDesk): Promise<void> {
    await desk.act('issue.receive', this.report(desk.siteIds?.[0] ?? this.random.pick(this.sites)));
  }

  /** A change of a record that this desk sees. */
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
