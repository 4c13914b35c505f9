import { MessageChannelMain, type BrowserWindow, type IpcMainEvent } from 'electron';
import type { Log } from '../platform/log.ts';
import type { Supervisor } from '../supervisor.ts';
import { mayHavePort, PORT_HANDED, PORT_WANTED } from './guards.ts';
import { PortDesk } from './port-desk.ts';

/**
 * Connects a window with the core: one end of a channel to the page, the other to the core. The sender is checked once,
 * here; afterwards page and core speak past the shell. This is the only message that the shell takes from a page.
 */
export function connectWindow(window: BrowserWindow, supervisor: Supervisor, log: Log): void {
  const contents = window.webContents;
  const desk = new PortDesk(() => {
    if (window.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    if (!supervisor.post({ type: 'port' }, port1)) return;
    contents.mainFrame.postMessage(PORT_HANDED, null, [port2]);
  });
  contents.ipc.on(PORT_WANTED, event => {
    if (mayHavePort(senderOf(event, window))) desk.pageAsks();
    else log.warn({}, 'a frame that is not ours asked for a port');
  });
  contents.on('did-start-navigation', details => {
    if (details.isMainFrame && !details.isSameDocument) desk.pageLeaves();
  });
  const stopListening = supervisor.onState(state => { desk.coreIs(state.name === 'ready'); });
  desk.coreIs(supervisor.state.name === 'ready');
  window.once('closed', stopListening);
}

function senderOf(event: IpcMainEvent, window: BrowserWindow): { url: string; isMainFrame: boolean; isGone: boolean } | null {
  const frame = event.senderFrame;
  if (frame === null) return null;
  return { url: frame.url, isMainFrame: frame.parent === null && frame === window.webContents.mainFrame, isGone: frame.isDestroyed() || frame.detached };
}
