import { app, type Session, type WebContents } from 'electron';
import type { Log } from '../platform/log.ts';
import { mayDownload, mayHavePermission, mayLoad, mayNavigate, otherPage } from './guards.ts';

/** Permissions and network of the session: denied unless `guards.ts` grants. Both handlers, since some requests only check. */
export function guardSession(session: Session, devTools: boolean, log: Log): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    const granted = mayHavePermission(permission, details.requestingUrl, details.isMainFrame);
    if (!granted) log.warn({ permission }, 'permission refused');
    decide(granted);
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) => mayHavePermission(permission, origin, details.isMainFrame));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.setSpellCheckerEnabled(false);
  // Electron asks where to save, since nobody says it here.
  session.on('will-download', (event, item) => { if (!mayDownload(item.getURL())) event.preventDefault(); });
  session.webRequest.onBeforeRequest((request, decide) => {
    const allowed = mayLoad(request.url, devTools);
    if (!allowed) log.warn({ scheme: request.url.split(':', 1)[0] }, 'request of the page refused');
    decide({ cancel: !allowed });
  });
}

/**
 * Navigation, new windows and embedded pages of everything that shows a page, now and later.
 *
 * @param openOther opens one of our other pages; the page that asked gets no handle of its window
 */
export function guardContents(log: Log, openOther: (url: string) => void): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.setWindowOpenHandler(({ url }) => {
      if (otherPage(url) === null) log.warn({}, 'new window refused');
      else openOther(url);
      return { action: 'deny' };
    });
    contents.on('will-navigate', details => { if (!mayNavigate(details.url, details.isMainFrame)) details.preventDefault(); });
    contents.on('will-redirect', details => { if (!mayNavigate(details.url, details.isMainFrame)) details.preventDefault(); });
    contents.on('will-frame-navigate', details => { if (!mayNavigate(details.url, details.isMainFrame)) details.preventDefault(); });
    contents.on('will-attach-webview', event => { event.preventDefault(); });
  });
  // The decisions of a certificate error and of a login box are the network's of the window, and the window has none.
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, decide) => { event.preventDefault(); decide(false); });
  app.on('login', event => { event.preventDefault(); });
}
