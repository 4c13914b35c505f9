/** What the window may do: pure predicates, so that every rule has a test without Electron. */

export const SCHEME = 'app';
export const HOST = 'console';
/** The one origin that this program shows; everything else is foreign. */
export const ORIGIN = `${SCHEME}://${HOST}`;
export const START_URL = `${ORIGIN}/`;

/** Names of the two messages between page, preload and shell. */
export const PORT_WANTED = 'ioc-port-wanted';
export const PORT_HANDED = 'ioc-port';

/**
 * Privileges of our scheme. No `corsEnabled`: it would let other origins read our files; no `bypassCSP`; no service
 * workers, no streaming: nothing here needs them.
 */
export const SCHEME_PRIVILEGES = { standard: true, secure: true, supportFetchAPI: true, codeCache: true } as const;

/** What a page of ours may ask of the machine, and why; what is not here is denied. Electron's own default grants all. */
export const PERMISSIONS: Readonly<Record<string, string>> = {
  'clipboard-sanitized-write': 'copying a number, a place or a row into another program',
  notifications: 'an alarm for a new P1 incident while another window is in front',
};

/**
 * Whether a permission is granted.
 *
 * @param origin of the frame that asks, as Electron gives it (with or without a slash at the end)
 */
export function mayHavePermission(permission: string, origin: string, isMainFrame: boolean): boolean {
  return isMainFrame && isOurOrigin(origin) && Object.hasOwn(PERMISSIONS, permission);
}

function parse(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

/**
 * Whether a URL or origin is exactly ours. Compared part by part: Node gives a scheme of its own the origin "null", and
 * a comparison of prefixes would take app://console.evil for ours.
 */
export function isOurOrigin(url: string): boolean {
  const u = parse(url);
  return u !== null && u.protocol === `${SCHEME}:` && u.host === HOST && u.username === '' && u.password === '';
}

/** Pages that the console opens in windows of their own, and why. */
export const OTHER_PAGES: Readonly<Record<string, string>> = {
  '/wallboard.html': 'the screen on the wall, on another display while the desk goes on working',
  '/print.html': 'a record as it will be on paper, printed from there',
};

/** Whether a page may go there: only to one of ours again (a reload). Screens change in the fragment, which is no navigation. */
export function mayNavigate(url: string, isMainFrame: boolean): boolean {
  return isMainFrame && isOurOrigin(url) && (parse(url)?.pathname === '/' || otherPage(url) !== null);
}

/** Which of the pages with windows of their own an address names; null for any other, which is then not opened. */
export function otherPage(url: string): string | null {
  const path = isOurOrigin(url) ? parse(url)?.pathname : undefined;
  return path !== undefined && Object.hasOwn(OTHER_PAGES, path) ? path : null;
}

/** Whether the page may load something from there. The core speaks with the province; the window has no network at all. */
export function mayLoad(url: string, devTools: boolean): boolean {
  const u = parse(url);
  if (u === null) return false;
  if (isOurOrigin(url) || u.protocol === 'data:') return true;
  if (u.protocol === 'blob:') return isOurOrigin(u.pathname);
  return devTools && u.protocol === 'devtools:';
}

/** Whether something may be saved to a place that the person chooses: only what our page itself has made (a template, a stick file). */
export function mayDownload(url: string): boolean {
  const u = parse(url);
  return u !== null && u.protocol === 'blob:' && isOurOrigin(u.pathname);
}

/** The frame that sent a message, as far as the check needs it. */
export interface Sender { url: string; isMainFrame: boolean; isGone: boolean }

/** Whether a frame is given the port to the core: the main frame, alive, showing our page. An empty URL is no exception. */
export function mayHavePort(sender: Sender | null): boolean {
  return sender !== null && !sender.isGone && sender.isMainFrame && isOurOrigin(sender.url);
}

/**
 * Preferences of every page, spelled out even where they are the default, so that a change of Electron's defaults or a
 * slip here is seen by the test. Built from constants only: nothing that comes from outside is ever spread into them.
 */
export function pagePreferences(preload: string, devTools: boolean) {
  return {
    preload, devTools,
    sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
    webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, plugins: false,
    navigateOnDragDrop: false,
    // Its dictionaries would come from the internet.
    spellcheck: false,
    // Clocks and alarms go on while another window is in front.
    backgroundThrottling: false,
    // An alarm sounds before anybody has touched the window.
    autoplayPolicy: 'no-user-gesture-required',
  } as const;
}
