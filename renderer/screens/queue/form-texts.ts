import type { IntentName } from '../../../contract/documents/apply.ts';
import { createDraftSaver, SAVING, type DraftSaver, type Unsaid } from '../../draft-saver.ts';

/** One form of one record or document, and who writes in it. */
export interface FormPlace { personId: string; id: string; action: IntentName }

/** A form as it is now; `isUntouched` when it has nothing in it that would be worth keeping. */
export interface Written { fields: Record<string, unknown>; isUntouched: boolean }

export interface FormTextsDeps {
  /** Has the core keep the form, or forget an untouched one. */
  send: (place: FormPlace, written: Written) => Promise<{ savedAtMs: number }>;
  /** The core keeps this now; null: nothing any more. */
  onKept: (place: FormPlace, written: Written | null, savedAtMs: number) => Promise<void>;
}

interface Unsaved { place: FormPlace; written: Written; saver: DraftSaver<Written>; failure: unknown }

const keyOf = ({ personId, id, action }: FormPlace): string => `${personId} ${id} ${action}`;

/** What has been written in the forms of steps and the core does not have yet, on its way there; the core has the rest. */
export class FormTexts {
  readonly #deps: FormTextsDeps;
  readonly #unsaved = new Map<string, Unsaved>();
  readonly #listeners = new Set<() => void>();

  constructor(deps: FormTextsDeps) {
    this.#deps = deps;
  }

  unsaved(place: FormPlace): Written | undefined {
    return this.#unsaved.get(keyOf(place))?.written;
  }

  /** The actions of a record whose newest text is not with the core yet. */
  unsavedOf(personId: string, id: string): { action: IntentName; isUntouched: boolean }[] {
    return [...this.#unsaved.values()].filter(({ place }) => place.personId === personId && place.id === id)
      .map(({ place, written }) => ({ action: place.action, isUntouched: written.isUntouched }));
  }

  /** Why the newest text is not kept yet; null while nothing went wrong. */
  failure(place: FormPlace): unknown {
    return this.#unsaved.get(keyOf(place))?.failure ?? null;
  }

  /** Calls back when what `failure` says may have changed; gives the function that ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  /** The form as it is now; with the core after a short pause, the newest text winning. */
  put(place: FormPlace, written: Written): void {
    const entry = this.#unsaved.get(keyOf(place)) ?? this.#begin(place, written);
    entry.written = written;
    entry.saver.put(written);
  }

  /** Sends at once what the core does not have yet; rejects with its refusal. */
  async flush(place: FormPlace): Promise<void> {
    await this.#unsaved.get(keyOf(place))?.saver.flush();
  }

  /** `flush` of every form; never rejects. */
  async flushAll(): Promise<void> {
    await Promise.allSettled([...this.#unsaved.values()].map(({ saver }) => saver.flush()));
  }

  /** `unsaid` of every form. */
  unsaid(): Unsaid[] {
    return [...this.#unsaved.values()].flatMap(({ saver }) => saver.unsaid());
  }

  /** The step has been taken, and its text went with it; what was still on its way after that is taken back. */
  async forget(place: FormPlace): Promise<void> {
    const late = this.#unsaved.get(keyOf(place));
    this.#unsaved.delete(keyOf(place));
    late?.saver.stop();
    await this.#deps.onKept(place, null, 0);
    if (late === undefined) return;
    await late.saver.flush();
    await this.#deps.send(place, { ...late.written, isUntouched: true });
  }

  /** The person has left: nothing more is sent, and nothing is left to be read. */
  clear(): void {
    for (const { saver } of this.#unsaved.values()) saver.stop();
    this.#unsaved.clear();
  }

  #begin(place: FormPlace, written: Written): Unsaved {
    const saver = createDraftSaver<Written>({
      save: newest => this.#save(place, newest),
      onState: state => { if (state.kind === 'failed') this.#fail(place, state.error); },
      ...SAVING,
    });
    const entry: Unsaved = { place, written, saver, failure: null };
    this.#unsaved.set(keyOf(place), entry);
    return entry;
  }

  async #save(place: FormPlace, written: Written): Promise<{ savedAtMs: number }> {
    const answer = await this.#deps.send(place, written);
    // A text that has been forgotten meanwhile is not said to be kept.
    if (this.#unsaved.get(keyOf(place))?.written !== written) return answer;
    await this.#deps.onKept(place, written, answer.savedAtMs);
    if (this.#unsaved.get(keyOf(place))?.written === written) this.#unsaved.delete(keyOf(place));
    this.#tell();
    return answer;
  }

  #fail(place: FormPlace, error: unknown): void {
    const entry = this.#unsaved.get(keyOf(place));
    if (entry === undefined) return;
    entry.failure = error;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
