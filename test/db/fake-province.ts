import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import type { Actor } from '../../contract/mutations/facts.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { policyBook } from '../../contract/policy/pack.ts';
import { applyIssueMutation } from '../../contract/mutations/issue.ts';
import { PAYLOADS, type MutationName, type PayloadOf } from '../../contract/mutations/payloads.ts';
import type { Mutation, Row, Verdict } from '../../contract/province.ts';
import { UNIT } from './support.ts';

const POLICY = policyBook([DEFAULT_PACK]);

/** The province's side in memory: the same rule, one seq per mutation, stored verdicts, rows in seq order. */
export class FakeProvince {
  seq = 1;
  lastN = 0;
  readonly rows = new Map<Id, Issue>();
  readonly verdicts: Verdict[] = [];
  private readonly log = new Map<Id, { seq: number; deleted: boolean }>();
  private readonly actors: ReadonlyMap<Id, Actor>;
  private readonly deviceId: Id;

  constructor(actors: readonly Actor[], deviceId: Id) {
    this.actors = new Map(actors.map(actor => [actor.personId, actor]));
    this.deviceId = deviceId;
  }

  /** Judges in order; what was judged before gives the stored verdict. */
  push(mutations: readonly Mutation[]): Verdict[] {
    return mutations.map(mutation => {
      const known = this.verdicts.find(verdict => verdict.n === mutation.n);
      if (known !== undefined) return known;
      if (mutation.n !== this.lastN + 1) throw new Error(`out of order: ${mutation.n} after ${this.lastN}`);
      this.lastN = mutation.n;
      const verdict = this.judge(mutation);
      this.verdicts.push(verdict);
      return verdict;
    });
  }

  private judge(mutation: Mutation): Verdict {
    const actor = this.actors.get(mutation.actorId);
    if (actor === undefined) return { n: mutation.n, status: 'rejected', seq: this.seq, error: { code: 'auth/forbidden', facts: {} } };
    try {
      const lost = this.apply(actor, mutation.name as MutationName, mutation.payload, mutation.atMs, this.deviceId, mutation.provisionalNo);
      if (lost.lost.length === 0) return { n: mutation.n, status: 'applied', seq: this.seq };
      return { n: mutation.n, status: lost.changed ? 'merged' : 'conflict', seq: this.seq, lost: lost.lost };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { n: mutation.n, status: 'rejected', seq: this.seq, error: { code: error.code, facts: error.facts } };
    }
  }

  /** A change by anyone, from any device. */
  apply(actor: Actor, name: MutationName, payload: Record<string, unknown>, atMs: number, deviceId: Id, provisionalNo = 'x') {
    const id = payload['id'] as Id;
    const before = this.rows.get(id);
    const { row, lost } = applyIssueMutation(name, before, PAYLOADS[name].parse(payload) as PayloadOf<MutationName>, {
      actor, deviceId, atMs, arrivedAtMs: null, policy: POLICY, record: other => this.rows.get(other), provisionalNo, nextDisplayNo: `DX-26-${String(this.seq).padStart(6, '0')}`,
      unit: unit => unit === UNIT ? { handling: true } : undefined,
    });
    this.seq++;
    const changed = row !== before;
    if (changed) this.put({ ...row, version: this.seq });
    return { lost, changed };
  }

  private put(row: Issue): void {
    this.rows.set(row.id, row);
    this.log.delete(row.id);
    this.log.set(row.id, { seq: row.version, deleted: false });
  }

  remove(id: Id): void {
    if (!this.rows.delete(id)) return;
    this.log.delete(id);
    this.log.set(id, { seq: ++this.seq, deleted: true });
  }

  /** What is in it now, as a backup keeps it. @returns what puts it back */
  backup(): () => void {
    const [seq, lastN, rows, verdicts, log] = [this.seq, this.lastN, [...this.rows], [...this.verdicts], [...this.log]];
    return () => {
      [this.seq, this.lastN] = [seq, lastN];
      this.verdicts.splice(0, Infinity, ...verdicts);
      for (const [map, kept] of [[this.rows, rows], [this.log, log]] as [Map<unknown, unknown>, [unknown, unknown][]][]) {
        map.clear();
        for (const [key, value] of kept) map.set(key, value);
      }
    };
  }

  /** Up to `limit` rows changed after `cursor`, and the verdicts after `ackedN`. */
  pull(cursor: number, limit: number, ackedN: number): { rows: Row[]; cursor: number; verdicts: Verdict[] } {
    const changed = [...this.log].filter(([, at]) => at.seq > cursor).slice(0, limit);
    const rows = changed.map(([id, at]): Row => ({ kind: 'issue', id, seq: at.seq, deleted: at.deleted, data: { ...this.rows.get(id) } }));
    return { rows, cursor: rows.at(-1)?.seq ?? cursor, verdicts: this.verdicts.filter(verdict => verdict.n > ackedN) };
  }
}
