import { AgGridReact } from 'ag-grid-react';
import type { GetRowIdParams, GridApi, IDatasource, RowClassRules } from 'ag-grid-community';
import { useCallback, useEffect, useImperativeHandle, useMemo, useRef, type Ref } from 'react';
import type { ChangeEvent } from '../../../contract/console.ts';
import { client } from '../../client.ts';
import { useChanges } from '../../live-query.ts';
import { useLanguage } from '../../strings/text.ts';
import { errorOf } from '../../ui/error-text.ts';
import { styleNonce } from '../../ui/theme.ts';
import { queueColumns } from './columns.tsx';
import { GRID_WORDS_VI, gridTheme } from './grid-setup.ts';
import { rowsOf, type QueueRow } from './rows.ts';
import type { OpenView } from './use-queue-view.ts';

const BLOCK_ROWS = 100;
const REPAINT_EVERY_MS = 400;
const rowId = ({ data }: GetRowIdParams<QueueRow>): string => data.id;
const rowClasses: RowClassRules<QueueRow> = { 'is-gone': ({ data }) => data?.gone === true };

export interface QueueGridHandle {
  /** Chooses the row so many places further; 1 is the next one. */
  step: (by: number) => void;
  /** Chooses the first row, as soon as it has come. */
  first: () => void;
}

export interface QueueGridProps {
  view: OpenView;
  scale: number;
  selectedId: string | null;
  onSelect: (row: QueueRow) => void;
  onOpen: (id: string) => void;
  /** The core does not know the view any more. */
  onGone: () => void;
  ref?: Ref<QueueGridHandle>;
}

/** The rows of a view, block by block as they come into sight. Rows never move: only a new view has another order. */
export function QueueGrid({ view, scale, selectedId, onSelect, onOpen, onGone, ref }: QueueGridProps) {
  const language = useLanguage();
  const api = useRef<GridApi<QueueRow> | null>(null);
  const selected = useRef(selectedId);
  const wanted = useRef<number | null>(null);
  const columns = useMemo(() => queueColumns(scale), [scale, language]);
  const theme = useMemo(() => gridTheme(scale), [scale]);

  const showSelection = useCallback(() => {
    const grid = api.current;
    if (grid === null || grid.isDestroyed()) return;
    const at = wanted.current === null ? undefined : grid.getDisplayedRowAtIndex(wanted.current);
    if (at?.data !== undefined) { wanted.current = null; onSelect(at.data); return; }
    const node = selected.current === null ? undefined : grid.getRowNode(selected.current);
    if (node !== undefined && node.isSelected() !== true) node.setSelected(true, true);
  }, [onSelect]);

  useEffect(() => { selected.current = selectedId; showSelection(); }, [selectedId, showSelection]);

  const source = useMemo<IDatasource>(() => ({
    rowCount: view.total,
    getRows: ({ startRow, endRow, successCallback, failCallback }) => {
      client.issues.page({ viewId: view.viewId, start: startRow, end: Math.min(endRow, view.total) }).then(page => {
        successCallback(rowsOf(page), view.total);
        setTimeout(showSelection);
      }, (error: unknown) => {
        failCallback();
        if (errorOf(error).code === 'queue/view-gone') onGone();
      });
    },
  }), [view, onGone, showSelection]);

  useEffect(() => {
    if (view.anchorAt !== null && api.current?.isDestroyed() === false) api.current.ensureIndexVisible(view.anchorAt, 'middle');
  }, [view]);

  useRepaint(api);

  useImperativeHandle(ref, () => ({
    first: () => { wanted.current = 0; showSelection(); },
    step: by => {
      const grid = api.current;
      if (grid === null || grid.isDestroyed() || view.total === 0) { wanted.current = 0; return; }
      const from = selected.current === null ? undefined : grid.getRowNode(selected.current)?.rowIndex;
      const to = from === undefined || from === null ? 0 : Math.min(Math.max(from + by, 0), view.total - 1);
      wanted.current = to;
      grid.ensureIndexVisible(to);
      showSelection();
    },
  }), [view, showSelection]);

  return (
    <AgGridReact<QueueRow>
      key={`${String(scale)} ${language}`} theme={theme} styleNonce={styleNonce()} {...(language === 'vi' ? { localeText: GRID_WORDS_VI } : {})}
      columnDefs={columns} rowModelType="infinite" datasource={source} cacheBlockSize={BLOCK_ROWS} maxBlocksInCache={8} infiniteInitialRowCount={view.total}
      getRowId={rowId} rowClassRules={rowClasses} rowHeight={33 * scale} headerHeight={30 * scale} suppressCellFocus suppressHeaderFocus suppressMovableColumns
      defaultColDef={{ sortable: false, resizable: false, suppressHeaderMenuButton: true }} animateRows={false} enableCellTextSelection={false}
      rowSelection={{ mode: 'singleRow', checkboxes: false, enableClickSelection: true }}
      onGridReady={event => { api.current = event.api; if (view.anchorAt !== null) event.api.ensureIndexVisible(view.anchorAt, 'middle'); }}
      onRowClicked={({ data }) => { if (data !== undefined) { wanted.current = null; onSelect(data); } }}
      onRowDoubleClicked={({ data }) => { if (data !== undefined) onOpen(data.id); }}
    />
  );
}

/** Asks the loaded blocks again after a change of a record in them, at most a few times a second. */
function useRepaint(api: { current: GridApi<QueueRow> | null }): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => { clearTimeout(timer.current); }, []);
  useChanges(useCallback((event: ChangeEvent) => {
    const grid = api.current;
    if (grid === null || grid.isDestroyed() || timer.current !== undefined || !event.tables.includes('issue')) return;
    const touchesUs = event.issueIds.length === 0 || event.issueIds.some(id => grid.getRowNode(id) !== undefined);
    if (!touchesUs) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      if (!grid.isDestroyed()) grid.refreshInfiniteCache();
    }, REPAINT_EVERY_MS);
  }, [api]));
}
