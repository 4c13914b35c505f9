import { join } from 'node:path';
import type { ConsoleInputs, ConsoleOutputs, Session } from '../../contract/console.ts';
import type { StickState } from '../../contract/stick-desk.ts';
import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import { may } from '../../contract/permissions.ts';
import type { StickKeys } from '../../contract/stick-file.ts';
import type { Database } from '../../db/open.ts';
import { pendingCounts, pendingMutations } from '../../db/outbox.ts';
import { readAnswer, readCarried, readExports, readProvinceStickKeys, readReplyKey } from '../../db/stores/stick.ts';
import type { KeyPair, StationRecord, Writer } from '../../db/writer-api.ts';
import type { SignedInCall } from '../platform/call.ts';
import type { Clock } from '../platform/clock.ts';
import type { StickReport, StickRequest } from '../platform/core-messages.ts';
import { enrolled } from '../platform/enrolled.ts';
import type { Log } from '../platform/log.ts';
import { Carrier, type CarrierDeps } from './carrier.ts';
import { readStickFile, writeStickFile } from './disk.ts';
import { makeFile, type MadeFile } from './export.ts';
import { receiveFile } from './receive.ts';
import { STICK_TOOLS } from './tools.ts';
import { Upload } from './upload.ts';

export interface StickDeps {
  reader: Database; writer: Writer; clock: Clock; log: Log; correctedNowMs: () => number; station: () => StationRecord | null;
  linkIsUp: () => boolean; relay: CarrierDeps['relay'];
}

type Part = 'stick';
type Handlers = { [P in keyof ConsoleInputs[Part]]: (input: ConsoleInputs[Part][P], call: SignedInCall) => Promise<ConsoleOutputs[Part][P]> };

export interface Stick {
  handlers: Handlers;
  /** By command line: files are read and written by this process. @throws {AppError} `auth/forbidden`, `stick/…` */
  command(action: StickRequest['action'], path: string, session: Session): Promise<StickReport>;
  /** The province has told its keys. */
  keysTold(keys: StickKeys): void;
  /** The link may have come up: what is carried for others goes on. */
  lookForLink(): void;
  close(): Promise<void>;
}

/** Exports shown for information. */
const SHOWN_EXPORTS = 5;

/** Files that take the place of a link: this workstation's own changes and their verdicts, and files of others on their way. */
export function createStick(deps: StickDeps): Stick {
  const desk = new StickDesk(deps);
  return {
    handlers: {
      state: async () => desk.state(),
      exportFile: async (_, { session }) => {
        const { bytes, ...made } = await desk.exportFile(session.personId, async () => undefined);
        return { ...made, bytes: bytes.length, base64: Buffer.from(bytes).toString('base64') };
      },
      piece: async piece => desk.upload.add(piece, deps.clock.nowMs()),
      receive: async ({ id }, { session }) => desk.receive(desk.upload.take(id), session.personId),
      answerFile: async ({ id }) => desk.answerFile(id),
      sendAgain: async ({ id }) => { await desk.sendAgain(id); return {}; },
      drop: async ({ id }, { session }) => {
        await deps.writer.call('stick.dropCarried', { id, personId: session.personId, atMs: deps.clock.nowMs() });
        return {};
      },
    },
    command: (action, path, session) => desk.command(action, path, session),
    keysTold: keys => { desk.keysTold(keys); },
    lookForLink: () => { desk.carrier.look(); },
    close: () => desk.carrier.close(),
  };
}

class StickDesk {
  readonly #deps: StickDeps;
  readonly carrier: Carrier;
  readonly upload = new Upload();

  constructor(deps: StickDeps) {
    this.#deps = deps;
    this.carrier = new Carrier(deps);
  }

  state(): StickState {
    const { reader } = this.#deps;
    const { pending, oldestAtMs } = pendingCounts(reader);
    const firstN = pendingMutations(reader, 1)[0]?.n ?? null;
    return {
      waiting: pending, firstN, lastN: firstN === null ? null : firstN + pending - 1, oldestAtMs,
      hasKeys: readProvinceStickKeys(reader) !== null, exports: readExports(reader, SHOWN_EXPORTS), carried: readCarried(reader),
    };
  }

  /** @param keep told the file before it is noted as exported: a file that could not be written was none */
  async exportFile(personId: Id, keep: (made: MadeFile) => Promise<unknown>): Promise<MadeFile & { atMs: number }> {
    const { reader, writer } = this.#deps;
    const keys = readProvinceStickKeys(reader);
    if (keys === null) throw new AppError('stick/no-keys');
    const atMs = this.#deps.correctedNowMs();
    const made = await makeFile({ reader, station: this.#station(), keys, replyKey: await this.#replyKey(), nowMs: atMs });
    await keep(made);
    const { name, firstN, lastN, count } = made;
    await writer.call('stick.exported', { name, firstN, lastN, count, bytes: made.bytes.length, atMs, personId });
    return { ...made, atMs };
  }

  async receive(bytes: Uint8Array, personId: Id): ReturnType<typeof receiveFile> {
    const received = await receiveFile(this.#deps, { bytes, station: this.#station(), personId });
    if (received.kind === 'carried') this.carrier.now();
    return received;
  }

  answerFile(id: Id): { name: string; base64: string } {
    const answer = readAnswer(this.#deps.reader, id);
    if (answer === null) throw new AppError('stick/not-found');
    return { name: answer.name, base64: Buffer.from(answer.bytes).toString('base64') };
  }

  async sendAgain(id: Id): Promise<void> {
    const carried = readCarried(this.#deps.reader).find(one => one.id === id);
    if (carried === undefined) throw new AppError('stick/not-found');
    if (carried.status === 'refused') await this.#deps.writer.call('stick.carriedEnd', { id, end: null, atMs: this.#deps.clock.nowMs() });
    this.carrier.now();
  }

  async command(action: StickRequest['action'], path: string, session: Session): Promise<StickReport> {
    if (!may(session.roles, 'stick.use')) throw new AppError('auth/forbidden', { permission: 'stick.use' });
    switch (action) {
      case 'export': {
        const { bytes, ...made } = await this.exportFile(session.personId, file => writeStickFile(path, file.name, file.bytes));
        return { action, ...made, bytes: bytes.length, file: join(path, made.name) };
      }
      case 'import': return { action, received: await this.receive(await readStickFile(path), session.personId) };
      case 'answers': return { action, ...await this.#saveAnswers(path) };
    }
  }

  async #saveAnswers(folder: string): Promise<{ files: string[]; waiting: number }> {
    const carried = readCarried(this.#deps.reader);
    const files: string[] = [];
    for (const { id } of carried.filter(one => one.status === 'answered')) {
      const answer = readAnswer(this.#deps.reader, id);
      if (answer !== null) files.push(await writeStickFile(folder, answer.name, answer.bytes));
    }
    return { files, waiting: carried.filter(one => one.status === 'waiting').length };
  }

  keysTold(keys: StickKeys): void {
    const known = readProvinceStickKeys(this.#deps.reader);
    if (known?.boxKey === keys.boxKey && known.signKey === keys.signKey) return;
    this.#deps.writer.call('stick.saveKeys', { keys, atMs: this.#deps.clock.nowMs() })
      .catch((error: unknown) => { this.#deps.log.warn({ error: String(error) }, 'the keys for stick files were not kept'); });
  }

  async #replyKey(): Promise<KeyPair> {
    return readReplyKey(this.#deps.reader) ?? this.#deps.writer.call('stick.keepReplyKey', STICK_TOOLS.newPair());
  }

  #station(): StationRecord {
    return enrolled(this.#deps.station());
  }
}
