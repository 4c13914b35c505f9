import { BrowserWindow, nativeTheme, screen } from 'electron';
import { systemClock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Supervisor } from '../supervisor.ts';
import { connectWindow } from './broker.ts';
import { reviveWindow } from './crash.ts';
import { otherPage, pagePreferences } from './guards.ts';
import { otherPlace } from './window-place.ts';
import { focusWindow } from './window.ts';

interface OtherWindowsDeps { preload: string; devTools: boolean; supervisor: Supervisor; log: Log }

/** Windows beside the console's, one a page; each with a port of its own to the core, under the same guards. */
export class OtherWindows {
  readonly #deps: OtherWindowsDeps;
  readonly #open = new Map<string, BrowserWindow>();

  constructor(deps: OtherWindowsDeps) {
    this.#deps = deps;
  }

  /** Opens a page, or shows what its window has at the new address. @param beside the console's window, whose display the wallboard leaves free */
  open(url: string, beside: BrowserWindow | null): void {
    const page = otherPage(url);
    if (page === null) return;
    const window = this.#open.get(page) ?? this.#make(page, beside);
    void window.loadURL(url);
    focusWindow(window);
  }

  close(): void {
    for (const window of this.#open.values()) window.destroy();
  }

  #make(page: string, beside: BrowserWindow | null): BrowserWindow {
    const { preload, devTools, supervisor, log } = this.#deps;
    const here = beside === null ? screen.getPrimaryDisplay() : screen.getDisplayMatching(beside.getBounds());
    const isWall = page === '/wallboard.html';
    const { fullscreen, ...bounds } = otherPlace(isWall, here.workArea, screen.getAllDisplays().filter(display => display.id !== here.id).map(display => display.workArea));
    const window = new BrowserWindow({
      ...bounds, fullscreen, title: 'IOC Console', autoHideMenuBar: true, backgroundColor: nativeTheme.shouldUseDarkColors ? '#0e1318' : '#eef1f4', webPreferences: pagePreferences(preload, devTools),
    });
    this.#open.set(page, window);
    window.once('closed', () => { this.#open.delete(page); });
    connectWindow(window, supervisor, log);
    reviveWindow(window, systemClock, log, () => { window.destroy(); });
    // Esc leaves the full screen of a window that takes no other key.
    window.webContents.on('before-input-event', (_event, input) => { if (isWall && input.key === 'Escape') window.setFullScreen(false); });
    return window;
  }
}
