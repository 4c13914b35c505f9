import { parsePush, pushGroup, type Outcome, type ParsedPush, type PushInput, type PushResult } from './push.ts';
import { isOfStatement, type Database } from './sql.ts';

/** Judges pushes in the order in which they came; those that come while a commit is under way share the next one. */
export type Pushes = (input: PushInput) => Promise<PushResult>;

interface Waiting { push: ParsedPush; resolve: (result: PushResult) => void; reject: (error: unknown) => void }

/** Mutations of one commit, beyond its first push: a station's long absence must not hold up everyone behind it for longer. */
const GROUP_MUTATIONS = 200;

/**
 * One commit at a time and all that is waiting in the next: a flush of the database's log serves many stations. Who is
 * alone waits for nobody.
 */
export function createPushes(db: Database): Pushes {
  const waiting: Waiting[] = [];
  const state = { running: false };
  const run = async (): Promise<void> => {
    state.running = true;
    while (waiting.length > 0) await settle(db, takeGroup(waiting), waiting);
    state.running = false;
  };
  return async input => {
    const push = parsePush(input);
    return new Promise<PushResult>((resolve, reject) => {
      waiting.push({ push, resolve, reject });
      if (!state.running) void run();
    });
  };
}

/** The next commit's pushes: of a station at most one, since the second stands on the first. */
function takeGroup(waiting: Waiting[]): Waiting[] {
  const group: Waiting[] = [];
  const stations = new Set<string>();
  const left: Waiting[] = [];
  let mutations = 0;
  for (const item of waiting) {
    const { deviceId, mutations: { length } } = item.push.input;
    const fits = group.length === 0 || mutations + length <= GROUP_MUTATIONS;
    if (!fits || stations.has(deviceId)) left.push(item);
    else { group.push(item); mutations += length; }
    stations.add(deviceId);
  }
  waiting.splice(0, waiting.length, ...left);
  return group;
}

/**
 * Answers everyone of the group. When a statement fails, each push is tried alone: one's trouble is not another's. When it is the
 * database that cannot be reached, nobody waits for that more than once.
 */
async function settle(db: Database, group: readonly Waiting[], waiting: Waiting[]): Promise<void> {
  try {
    const outcomes = await pushGroup(db, group.map(item => item.push));
    const later = group.filter((item, index) => !answer(item, outcomes[index]));
    waiting.unshift(...later);
  } catch (error) {
    if (group.length === 1 || !isOfStatement(error)) for (const item of group) item.reject(error);
    else for (const item of group) await settle(db, [item], waiting);
  }
}

/** @returns false when the push belongs into a later commit */
function answer(item: Waiting, outcome: Outcome | undefined): boolean {
  if (outcome?.is === 'judged') item.resolve(outcome.result);
  else if (outcome?.is === 'refused') item.reject(outcome.error);
  else return false;
  return true;
}
