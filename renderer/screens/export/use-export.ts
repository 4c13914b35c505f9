import { useCallback, useEffect, useRef, useState } from 'react';
import type { ExportOrder } from '../../../contract/export.ts';
import { client } from '../../client.ts';
import { saveFile } from '../../save-file.ts';
import { FILE_TYPES, fetchFile } from './fetch-file.ts';

export type ExportState =
  | { name: 'idle' } | { name: 'running'; done: number; rows: number } | { name: 'stopped' } | { name: 'failed'; error: unknown }
  | { name: 'saved'; file: string; rows: number; left: number; bytes: number };

/** One export at a time: runs until the file is whole and saved, or until it is stopped or its dialog goes. */
export function useExport(): { state: ExportState; run: (order: ExportOrder) => void; stop: () => void } {
  const [state, setState] = useState<ExportState>({ name: 'idle' });
  const going = useRef(new AbortController());
  useEffect(() => () => { going.current.abort(); }, []);
  const run = useCallback((order: ExportOrder) => {
    going.current = new AbortController();
    const { signal } = going.current;
    setState({ name: 'running', done: 0, rows: 0 });
    fetchFile(client, order, (done, rows) => { if (!signal.aborted) setState({ name: 'running', done, rows }); }, signal).then(fetched => {
      if (fetched === null) return;
      saveFile(fetched.name, fetched.file, FILE_TYPES[order.format]);
      setState({ name: 'saved', file: fetched.name, rows: fetched.rows, left: fetched.left, bytes: fetched.file.size });
    }, (error: unknown) => { if (!signal.aborted) setState({ name: 'failed', error }); });
  }, []);
  const stop = useCallback(() => {
    going.current.abort();
    setState({ name: 'stopped' });
  }, []);
  return { state, run, stop };
}
