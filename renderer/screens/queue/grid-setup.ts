import { AG_GRID_LOCALE_VN } from '@ag-grid-community/locale';
import {
  CellStyleModule, ColumnApiModule, EventApiModule, InfiniteRowModelModule, LocaleModule, ModuleRegistry, PaginationModule, RenderApiModule, RowApiModule,
  RowSelectionModule, RowStyleModule, ScrollApiModule, themeQuartz, type Theme,
} from 'ag-grid-community';

// A module that is missing here does nothing, silently: each API the grid component calls has its own.
ModuleRegistry.registerModules([
  InfiniteRowModelModule, PaginationModule, RowSelectionModule, RowStyleModule, CellStyleModule, ScrollApiModule, RowApiModule, ColumnApiModule, RenderApiModule, EventApiModule, LocaleModule,
]);

/** Vietnamese words of the grid itself (for screen readers, mostly). */
export const GRID_WORDS_VI: Record<string, string> = AG_GRID_LOCALE_VN;

/** The grid in our tokens, which know light and dark; only sizes depend on the text scale. */
export function gridTheme(scale: number): Theme {
  return themeQuartz.withParams({
    fontFamily: "'Be Vietnam Pro', 'Segoe UI', sans-serif", fontSize: 12.5 * scale, headerFontSize: 11.5 * scale, headerFontWeight: 600,
    backgroundColor: 'var(--surface)', foregroundColor: 'var(--text)', textColor: 'var(--text)', headerTextColor: 'var(--muted)',
    headerBackgroundColor: 'var(--sunken)', oddRowBackgroundColor: 'var(--surface)', chromeBackgroundColor: 'var(--sunken)', dataBackgroundColor: 'var(--surface)',
    borderColor: 'var(--line)', rowBorder: { color: 'var(--line-weak)' }, headerRowBorder: { color: 'var(--line)' }, wrapperBorder: false, wrapperBorderRadius: 0,
    selectedRowBackgroundColor: 'var(--selected)', rowHoverColor: 'var(--sunken)', accentColor: 'var(--accent)', cellHorizontalPadding: 8 * scale,
    browserColorScheme: 'inherit',
  });
}
