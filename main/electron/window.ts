import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { pagePreferences, START_URL } from './guards.ts';
import { UNRESPONSIVE_QUESTION } from './sentences.ts';
import { LEAST, placeWindow, readPlace, savePlace } from './window-place.ts';

export interface WindowOptions { preload: string; placeFile: string; devTools: boolean }

/** The one window, where it was last time, shown when its first screen can be painted. */
export function openWindow({ preload, placeFile, devTools }: WindowOptions): BrowserWindow {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(d => d.id !== primary.id);
  const { maximized, ...bounds } = placeWindow(readPlace(placeFile), [primary, ...others].map(d => d.workArea));
  const window = new BrowserWindow({
    ...bounds, minWidth: LEAST.width, minHeight: LEAST.height, show: false, title: 'IOC Console', autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14181d' : '#f4f6f8',
    webPreferences: pagePreferences(preload, devTools),
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => { window.show(); });
  window.on('page-title-updated', event => { event.preventDefault(); });
  window.on('unresponsive', () => { void askAboutUnresponsive(window); });
  // The place is kept when it changes, not at the end: a power cut has no end.
  const keep = (): void => { if (!window.isMinimized()) savePlace(placeFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }); };
  window.on('moved', keep);
  window.on('resized', keep);
  window.on('maximize', keep);
  window.on('unmaximize', keep);
  void window.loadURL(START_URL);
  return window;
}

async function askAboutUnresponsive(window: BrowserWindow): Promise<void> {
  const { title, message, wait, reload } = UNRESPONSIVE_QUESTION;
  const { response } = await dialog.showMessageBox(window, { type: 'warning', title, message, buttons: [wait, reload], defaultId: 0, cancelId: 0, noLink: true });
  if (response === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
}

/** Brings the window to the front, for the person who started the program a second time. */
export function focusWindow(window: BrowserWindow | null): void {
  if (window === null || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
