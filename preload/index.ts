import { contextBridge, ipcRenderer } from 'electron';

// The only bridge. The page learns that it runs in Electron, asks for a port, and gets one; nothing else crosses, and
// `ipcRenderer` never does. Runs sandboxed, so this file is bundled to CommonJS and imports nothing of ours.
contextBridge.exposeInMainWorld('iocPort', true);

window.addEventListener('message', event => {
  const data: unknown = event.data;
  if (event.source !== window || typeof data !== 'object' || data === null || !('type' in data)) return;
  if (data.type === 'ioc-port-wanted') ipcRenderer.send('ioc-port-wanted');
});

ipcRenderer.on('ioc-port', event => {
  const [port] = event.ports;
  if (port !== undefined) window.postMessage({ type: 'ioc-port' }, location.origin, [port]);
});
