import { QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { ChangeEvent } from '../contract/console.ts';
import { client, wire, type ConsoleClient, type WireState } from './client.ts';
import { isTouched, type LiveMeta, type Table } from './touched.ts';

export const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});

const listeners = new Set<(event: ChangeEvent) => void>();

/** Calls back for each change event of the core; `useEffect` returns its result. */
export function onChange(listener: (event: ChangeEvent) => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

function askAgain(event: ChangeEvent): void {
  void queries.invalidateQueries({ predicate: query => query.meta === undefined || isTouched(query.meta as LiveMeta, event) });
  for (const listener of listeners) listener(event);
}

/** Follows the core's change events for as long as the window lives; after each new connection everything is asked again. */
export async function followChanges(): Promise<void> {
  for (;;) {
    try {
      const stream = await client.changes({});
      await queries.invalidateQueries();
      for await (const event of stream) askAgain(event);
    } catch {
      // The connection went; the wire opens it again and the next call waits for that.
    }
    await new Promise(resolve => { setTimeout(resolve, 200); });
  }
}

/**
 * Something the core knows, asked again whenever a table in `tables` changes.
 *
 * @param key unique per question, first the procedure: `['directory.units', text]`
 * @param options `askAgainMs`: also after so many ms, for an answer that says "not yet"
 */
export function useLive<T>(
  key: readonly unknown[], tables: readonly Table[], ask: (core: ConsoleClient) => Promise<T>,
  options: { enabled?: boolean; issueId?: string; keepPrevious?: boolean; askAgainMs?: (answer: T | undefined) => number | false } = {},
): UseQueryResult<T> {
  const meta: LiveMeta = options.issueId === undefined ? { tables } : { tables, issueId: options.issueId };
  return useQuery<T>({
    queryKey: key, queryFn: () => ask(client), meta, enabled: options.enabled ?? true,
    placeholderData: options.keepPrevious === true ? previous => previous : undefined,
    refetchInterval: query => options.askAgainMs?.(query.state.data) ?? false,
  });
}

/** Whether the window has the core at the other end. */
export function useWireState(): WireState {
  return useSyncExternalStore(listener => wire.subscribe(listener), () => wire.state);
}

/** Calls `listener` for each change event while the component is shown. `listener` should be stable (useCallback). */
export function useChanges(listener: (event: ChangeEvent) => void): void {
  useEffect(() => onChange(listener), [listener]);
}
