import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { newerParts, type SavedView, type ViewBody } from '../../../../contract/saved-view.ts';
import { client } from '../../../client.ts';
import { useLive } from '../../../live-query.ts';
import { queueMemory, useQueueMemory, type QueueMemory } from '../queue-memory.ts';
import { filterOf } from '../tabs.ts';

/** Views with a key of their own: Alt+1 … Alt+9. */
export const VIEW_KEYS = 9;

/** The person's saved views; undefined until they are known. */
export function useSavedViews() {
  return useLive(['savedViews.list'], ['view', 'session'], core => core.savedViews.list({}));
}

/** What the queue shows now, as a view. @param over the view that it is to replace: what a newer version has put into that stays */
export function bodyOf({ tab, narrowing, sort, columns }: QueueMemory, name: string, over?: SavedView): ViewBody {
  const newer = over === undefined ? {} : Object.fromEntries(newerParts(over.filter).map(part => [part, over.filter[part]]));
  return { name, filter: { ...newer, ...filterOf(tab, narrowing) }, sort, columns: [...columns] };
}

/** Whether the queue shows something else than the view as it was saved. */
export function isChanged(view: SavedView, memory: QueueMemory): boolean {
  const { filter, sort, columns } = bodyOf(memory, view.name, view);
  const sorted = (value: Record<string, unknown>): string => JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(filter) !== sorted(view.filter) || sorted(sort) !== sorted(view.sort) || JSON.stringify(columns) !== JSON.stringify(view.columns);
}

/** What can be done to saved views; each call tells when it has failed. */
export function useViewActions() {
  const save = useMutation({
    mutationFn: ({ id, body }: { id: string | null; body: ViewBody }) => client.savedViews.save({ id, body, from: id === null ? null : queueMemory.state.viewSavedAtMs }),
    onSuccess: view => { queueMemory.goToView(view); },
  });
  const rename = useMutation({
    mutationFn: ({ id, savedAtMs, ...view }: SavedView) => client.savedViews.save({ id, body: { name: view.name, filter: view.filter, sort: view.sort, columns: view.columns }, from: savedAtMs }),
    // A queue that shows an older one than was renamed still starts from that one.
    onSuccess: (view, before) => { if (queueMemory.state.viewSavedAtMs === before.savedAtMs) queueMemory.noteSaved(view); },
  });
  const share = useMutation({ mutationFn: (id: string) => client.savedViews.share({ id }), onSuccess: view => { queueMemory.noteSaved(view); } });
  const remove = useMutation({ mutationFn: (view: SavedView) => client.savedViews.remove({ id: view.id }).then(() => view), onSuccess: view => { if (queueMemory.state.viewId === view.id) queueMemory.goToTab('open'); } });
  const restore = useMutation({ mutationFn: (view: SavedView) => client.savedViews.restore({ id: view.id }), onSuccess: () => { remove.reset(); } });
  const setDefault = useMutation({ mutationFn: (id: string | null) => client.savedViews.setDefault({ id }) });
  return { save, rename, share, remove, restore, setDefault, error: save.error ?? rename.error ?? share.error ?? remove.error ?? restore.error ?? setDefault.error };
}

/** Opens the queue with the person's own view the first time. @returns whether it is known which list is to be opened */
export function useFirstView(): boolean {
  const { isBegun } = useQueueMemory();
  const { data, error } = useSavedViews();
  const isKnown = data !== undefined || error !== null;
  useEffect(() => {
    if (isBegun || !isKnown) return;
    const view = data?.views.find(one => one.id === data.defaultId);
    if (view !== undefined && queueMemory.state.viewId === null) queueMemory.goToView(view);
    queueMemory.change({ isBegun: true });
  }, [isBegun, isKnown, data]);
  return isBegun;
}
