import { AgGridReact } from 'ag-grid-react';
import type { CellFocusedEvent, ColumnResizedEvent, GetRowIdParams, GridApi, IDatasource, RowClassRules, RowClickedEvent, SuppressKeyboardEventParams } from 'ag-grid-community';
import { useCallback, useEffect, useImperativeHandle, useMemo, useRef, type Ref } from 'react';
import type { ChangeEvent } from '../../../contract/console.ts';
import type { ChoiceStep } from '../../../contract/queue.ts';
import { QUEUE_COLUMNS, type QueueColumn, type ViewColumn } from '../../../contract/saved-view.ts';
import { isKnown } from '../../../contract/words.ts';
import { client } from '../../client.ts';
import { useChanges } from '../../live-query.ts';
import { useLanguage } from '../../strings/text.ts';
import { errorOf } from '../../ui/error-text.ts';
import { styleNonce } from '../../ui/theme.ts';
import { queueColumns } from './columns.tsx';
import { extrasOf } from './columns/column-list.ts';
import { GRID_WORDS_VI, gridTheme } from './grid-setup.ts';
import type { Marking } from './marking.ts';
import { Painted } from './painted.ts';
import { rowsOf, type QueueRow } from './rows.ts';
import type { OpenView } from './use-queue-view.ts';

const BLOCK_ROWS = 100;
/** Rows of a page for screen readers: all of them are there to be read. */
const READ_ROWS = 50;
const REPAINT_EVERY_MS = 400;
const rowId = ({ data }: GetRowIdParams<QueueRow>): string => data.id;
const rowClasses: RowClassRules<QueueRow> = { 'is-gone': ({ data }) => data?.gone === true, 'is-chosen': ({ data }) => data?.chosen === true };

export interface QueueGridHandle {
  /** Chooses the row so many places further; 1 is the next one. @returns its place */
  step: (by: number) => number;
  /** Chooses the first row, as soon as it has come. */
  first: () => void;
  /** Where the chosen row stands and whether it is marked; a row still on its way counts as not marked. Null while no row is chosen or it is not in sight. */
  current: () => { at: number; isMarked: boolean } | null;
  /** Opens the chosen row; one that is still on its way as soon as it has come. */
  open: () => void;
  /** Shows marks before the core has answered. */
  paint: (steps: readonly ChoiceStep[]) => void;
  /** Asks for the rows again. */
  repaint: () => void;
  /** How wide a column is now, px at text size 100 %. */
  widthOf: (id: QueueColumn) => number;
}

export interface QueueGridProps {
  view: OpenView;
  scale: number;
  columns: readonly ViewColumn[];
  selectedId: string | null;
  onSelect: (row: QueueRow) => void;
  onOpen: (id: string) => void;
  /** The core does not know the view any more. */
  onGone: () => void;
  onWidth: (id: QueueColumn, width: number) => void;
  marking: Pick<Marking, 'toggle' | 'extend' | 'endRun'>;
  /** Page by page, every cell in the order in which it is read, cells that can have the focus. */
  forReaders: boolean;
  ref?: Ref<QueueGridHandle>;
}

type Api = { current: GridApi<QueueRow> | null };
const alive = (api: Api): GridApi<QueueRow> | null => (api.current === null || api.current.isDestroyed() ? null : api.current);

/** These are the queue's keys also where a cell has the focus. */
function isOurs({ event }: SuppressKeyboardEventParams<QueueRow>): boolean {
  return [' ', 'Enter', 'Escape'].includes(event.key) || event.ctrlKey || (event.shiftKey && event.key.startsWith('Arrow'));
}

/** The rows of a view, block by block as they come into sight. Rows never move: only a new view has another order. */
export function QueueGrid(props: QueueGridProps) {
  const { view, scale, columns, forReaders, onSelect, onOpen, onWidth, marking } = props;
  const language = useLanguage();
  const api: Api = useRef<GridApi<QueueRow> | null>(null);
  const wanted = useRef<Awaited | null>(null);
  const painted = useRef(new Painted());
  const { source, showSelection, selected } = useRows({ api, wanted, painted }, props);
  const definitions = useMemo(() => queueColumns(scale, columns), [scale, language, columns]);
  const theme = useMemo(() => gridTheme(scale), [scale]);
  useRepaint(api);
  useHandle({ api, wanted, selected, painted }, showSelection, props);

  const onClick = ({ data, rowIndex, event }: RowClickedEvent<QueueRow>) => {
    if (data === undefined || rowIndex === null) return;
    const mouse = event instanceof MouseEvent ? event : null;
    const isBox = mouse?.target instanceof HTMLElement && mouse.target.closest('[col-id=chosen]') !== null;
    if (mouse?.shiftKey === true) marking.extend(api.current?.getRowNode(selected.current ?? '')?.rowIndex ?? rowIndex, rowIndex);
    else if (isBox || mouse?.ctrlKey === true) marking.toggle(rowIndex, !data.chosen);
    else marking.endRun();
    wanted.current = null;
    onSelect(data);
    showSelection();
  };
  const onFocus = ({ rowIndex }: CellFocusedEvent<QueueRow>) => {
    if (!forReaders || rowIndex === null) return;
    const row = api.current?.getDisplayedRowAtIndex(rowIndex)?.data;
    if (row === undefined) wanted.current = { at: rowIndex, opens: false };   // chosen once it is there
    else if (row.id !== selected.current) { marking.endRun(); onSelect(row); }
  };
  const onResized = ({ finished, source: by, column }: ColumnResizedEvent<QueueRow>) => {
    const id = column?.getColId() ?? '';
    if (finished && by === 'uiColumnResized' && column !== null && isKnown(QUEUE_COLUMNS, id)) onWidth(id, column.getActualWidth() / scale);
  };
  return (
    <AgGridReact<QueueRow>
      key={`${String(scale)} ${language} ${String(forReaders)}`} theme={theme} styleNonce={styleNonce()} {...(language === 'vi' ? { localeText: GRID_WORDS_VI } : {})}
      columnDefs={definitions} rowModelType="infinite" datasource={source} cacheBlockSize={BLOCK_ROWS} maxBlocksInCache={8} infiniteInitialRowCount={view.total}
      getRowId={rowId} rowClassRules={rowClasses} rowHeight={33 * scale} headerHeight={30 * scale} suppressCellFocus={!forReaders} suppressHeaderFocus={!forReaders} suppressMovableColumns
      defaultColDef={{ sortable: false, resizable: true, suppressHeaderMenuButton: true, suppressKeyboardEvent: isOurs }} animateRows={false} enableCellTextSelection={false}
      rowSelection={{ mode: 'singleRow', checkboxes: false, enableClickSelection: false }}
      pagination={forReaders} paginationPageSize={READ_ROWS} paginationPageSizeSelector={false} ensureDomOrder={forReaders} suppressColumnVirtualisation={forReaders}
      onGridReady={event => { api.current = event.api; if (view.anchorAt !== null) show(event.api, view.anchorAt); }}
      onRowClicked={onClick} onCellFocused={onFocus} onColumnResized={onResized}
      onRowDoubleClicked={({ data, event }) => { if (data !== undefined && !(event instanceof MouseEvent && (event.ctrlKey || event.shiftKey))) onOpen(data.id); }}
    />
  );
}

/** Brings a place of the list into sight, on its page where there are pages. */
function show(grid: GridApi<QueueRow>, at: number, position?: 'middle'): void {
  if (grid.getGridOption('pagination') === true) grid.paginationGoToPage(Math.floor(at / READ_ROWS));
  grid.ensureIndexVisible(at, position ?? null);
}

/** A place that is chosen, and `opens` too, as soon as its row has come. */
interface Awaited { at: number; opens: boolean }

interface RowRefs {
  api: Api;
  wanted: { current: Awaited | null };
  /** A page that was asked for before a mark was drawn does not know it. */
  painted: { readonly current: Painted };
}

/** Where rows come from, and the chosen one shown as soon as it is there. */
function useRows({ api, wanted, painted }: RowRefs, { view, columns, selectedId, onSelect, onOpen, onGone }: QueueGridProps) {
  const selected = useRef(selectedId);
  const extras = useRef(extrasOf(columns));
  const showSelection = useCallback(() => {
    const grid = alive(api);
    if (grid === null) return;
    const { current: awaited } = wanted;
    const at = awaited === null ? undefined : grid.getDisplayedRowAtIndex(awaited.at);
    if (at?.data !== undefined) {
      wanted.current = null;
      selected.current = at.data.id;   // the next key may come before the screen has shown this one
      onSelect(at.data);
      if (awaited?.opens === true) onOpen(at.data.id);
    }
    const node = selected.current === null ? undefined : grid.getRowNode(selected.current);
    if (node !== undefined && node.isSelected() !== true) node.setSelected(true, true);
  }, [api, wanted, onSelect, onOpen]);
  useEffect(() => { selected.current = selectedId; showSelection(); }, [selectedId, showSelection]);

  const wantedExtras = extrasOf(columns).join(' ');
  useEffect(() => {
    if (extras.current.join(' ') === wantedExtras) return;
    extras.current = extrasOf(columns);
    alive(api)?.refreshInfiniteCache();
  }, [api, columns, wantedExtras]);

  const source = useMemo<IDatasource>(() => ({
    rowCount: view.total,
    getRows: ({ startRow, endRow, successCallback, failCallback }) => {
      const askedAt = painted.current.count;
      client.issues.page({ viewId: view.viewId, start: startRow, end: Math.min(endRow, view.total), ...(extras.current.length === 0 ? {} : { columns: extras.current }) }).then(page => {
        successCallback(painted.current.over(rowsOf(page), startRow, askedAt), view.total);
        setTimeout(showSelection);
        if (askedAt !== painted.current.count) alive(api)?.refreshInfiniteCache();
      }, (error: unknown) => {
        failCallback();
        if (errorOf(error).code === 'queue/view-gone') onGone();
      });
    },
  }), [api, painted, view, onGone, showSelection]);
  useEffect(() => {
    const grid = alive(api);
    if (view.anchorAt !== null && grid !== null) show(grid, view.anchorAt, 'middle');
  }, [api, view]);
  return { source, showSelection, selected };
}

/** What the screen's keys do to the grid. */
function useHandle({ api, wanted, selected, painted }: RowRefs & { selected: { current: string | null } }, showSelection: () => void, { view, scale, forReaders, onOpen, ref }: QueueGridProps): void {
  useImperativeHandle(ref, () => {
    const place = (): number | null => alive(api)?.getRowNode(selected.current ?? '')?.rowIndex ?? null;
    return {
      first: () => { wanted.current = { at: 0, opens: false }; showSelection(); },
      step: by => {
        const grid = alive(api);
        if (grid === null || view.total === 0) { wanted.current = { at: 0, opens: false }; return 0; }
        // Keys may come faster than rows: the next step goes on from the place that is still awaited.
        const from = wanted.current?.at ?? place();
        const to = from === null ? 0 : Math.min(Math.max(from + by, 0), view.total - 1);
        wanted.current = { at: to, opens: false };
        show(grid, to);
        if (forReaders) grid.setFocusedCell(to, 'content');
        showSelection();
        return to;
      },
      current: () => {
        if (wanted.current !== null) return { at: wanted.current.at, isMarked: false };
        const at = place();
        const data = at === null ? undefined : alive(api)?.getDisplayedRowAtIndex(at)?.data;
        return at === null || data === undefined ? null : { at, isMarked: data.chosen };
      },
      open: () => {
        if (wanted.current !== null) wanted.current = { ...wanted.current, opens: true };
        else if (selected.current !== null) onOpen(selected.current);
      },
      paint: steps => {
        painted.current.add(steps);
        alive(api)?.forEachNode(node => {
          const last = steps.findLast(step => node.rowIndex !== null && node.rowIndex >= step.from && node.rowIndex <= step.to);
          if (last !== undefined && node.data !== undefined && node.data.chosen !== last.chosen) node.setData({ ...node.data, chosen: last.chosen });
        });
      },
      repaint: () => { alive(api)?.refreshInfiniteCache(); },
      widthOf: id => (alive(api)?.getColumn(id)?.getActualWidth() ?? 160 * scale) / scale,
    };
  }, [api, wanted, selected, painted, view, scale, forReaders, onOpen, showSelection]);
}

/** Asks the loaded blocks again after a change of a record in them, at most a few times a second. */
function useRepaint(api: Api): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => { clearTimeout(timer.current); }, []);
  useChanges(useCallback((event: ChangeEvent) => {
    const grid = alive(api);
    if (grid === null || timer.current !== undefined || !event.tables.includes('issue')) return;
    const touchesUs = event.issueIds.length === 0 || event.issueIds.some(id => grid.getRowNode(id) !== undefined);
    if (!touchesUs) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      if (!grid.isDestroyed()) grid.refreshInfiniteCache();
    }, REPAINT_EVERY_MS);
  }, [api]));
}
