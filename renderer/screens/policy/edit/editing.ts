import { createContext, useContext, useRef, useState } from 'react';
import type { KeptPolicyDraft } from '../../../../contract/policy/calls.ts';
import type { Problem } from '../../../../contract/policy/check.ts';
import { restoredAt, typedAt, type PolicyDraft, type Reading } from '../../../../contract/policy/draft.ts';
import type { PolicyPack } from '../../../../contract/policy/pack.ts';
import { withProposed } from '../../../../contract/policy/proposed.ts';
import { client } from '../../../client.ts';
import { SAVING, type SaveState } from '../../../draft-saver.ts';
import { nextTurn } from '../../../turn.ts';
import { errorOf } from '../../../ui/error-text.ts';
import { useSaver } from '../../../use-saver.ts';

/** So many steps can be taken back. */
const MAX_STEPS = 300;

interface Steps { past: readonly PolicyDraft[]; draft: PolicyDraft; future: readonly PolicyDraft[]; mark: string }

export interface Editing {
  draft: PolicyDraft;
  /** What is wrong with the value at a path, or worth a second look. */
  saidOf: (path: string) => Problem | undefined;
  /** The pack that it was begun from, its clocks in the places that they have in the draft. */
  origin: PolicyPack;
  save: SaveState;
  /** Changes the draft; changes of one `mark` in a row are taken back together. */
  edit: (change: (draft: PolicyDraft) => PolicyDraft, mark: string) => void;
  /** What was typed at a path. @param reading how it reads; null: as no value, or none yet */
  type: (path: string, text: string, reading: Reading) => void;
  /** Brings values back as they were, by their paths. */
  restore: (values: Readonly<Record<string, unknown>>) => void;
  undo: (() => void) | null;
  redo: (() => void) | null;
  /** Resolves when the core has the draft as it is. */
  flush: () => Promise<void>;
  /** The draft is of no more use: nothing more is saved. */
  stop: () => void;
}

/** A draft while it is edited: kept by the core as it is typed, every change of this sitting can be taken back. */
export function useEditing(kept: KeptPolicyDraft, base: PolicyPack): Omit<Editing, 'saidOf'> {
  const [steps, setSteps] = useState<Steps>({ past: [], draft: kept.draft, future: [], mark: '' });
  const [save, setSave] = useState<SaveState>({ kind: 'saved', atMs: kept.savedAtMs });
  const latest = useRef(steps);
  const saver = useSaver<PolicyDraft>(kept.draft.pack.id, {
    save: draft => client.policy.saveDraft({ draft, turn: nextTurn() }), onState: setSave, mayRetry: error => !errorOf(error).code.startsWith('policy/') && SAVING.mayRetry(error),
  });
  const origin = { ...withProposed(base), clocks: originClocks(base, kept.draft.pack) };
  const become = (next: Steps): void => {
    latest.current = next;
    setSteps(next);
    saver.current?.put(next.draft);
  };
  const edit: Editing['edit'] = (change, mark) => {
    const { past, draft, mark: before } = latest.current;
    const next = change(draft);
    if (next === draft) return;
    become({ past: mark === before && past.length > 0 ? past : [...past.slice(-MAX_STEPS), draft], draft: next, future: [], mark });
  };
  const { past, draft, future } = steps;
  const [before, after] = [past.at(-1), future[0]];
  return {
    draft, origin, save, edit,
    type: (path, text, reading) => { edit(now => typedAt(now, path, text, reading), path); },
    restore: values => { edit(now => Object.entries(values).reduce((restored, [path, value]) => restoredAt(restored, path, value), now), `${Object.keys(values).join(' ')} back`); },
    undo: before === undefined ? null : () => { become({ past: past.slice(0, -1), draft: before, future: [draft, ...future], mark: '' }); },
    redo: after === undefined ? null : () => { become({ past: [...past, draft], draft: after, future: future.slice(1), mark: '' }); },
    flush: async () => { await saver.current?.flush(); },
    stop: () => { saver.current?.stop(); },
  };
}

/** The clocks of a pack in the order of another one's; one that it does not have records times only. */
function originClocks(base: PolicyPack, draft: PolicyPack): PolicyPack['clocks'] {
  return draft.clocks.map(rule => base.clocks.find(one => one.clock === rule.clock && one.class === rule.class && one.severity === rule.severity) ?? { ...rule, minutes: null, source: null });
}

export const EditContext = createContext<Editing | null>(null);

/** The draft that is being edited. Only below the editor. */
export function useEdit(): Editing {
  const editing = useContext(EditContext);
  if (editing === null) throw new Error('used outside the editor');
  return editing;
}
