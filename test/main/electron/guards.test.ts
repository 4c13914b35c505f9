import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOurOrigin, mayDownload, mayHavePermission, mayHavePort, mayLoad, mayNavigate, OTHER_PAGES, otherPage, pagePreferences, PERMISSIONS, SCHEME_PRIVILEGES, START_URL } from '../../../main/electron/guards.ts';

const FOREIGN = [
  'https://console/', 'app://console.evil/', 'app://consolex/', 'app://evil/console/', 'app://console@evil/', 'app://user@console/', 'app://user:pw@console/', 'app://console:80/',
  'apps://console/', 'file:///etc/passwd', 'about:blank', 'about:srcdoc', 'javascript:alert(1)', 'data:text/html,x', 'blob:https://evil/1', 'ms-msdt:/id', '', 'null', 'console', '//console/',
];

describe('the origin', () => {
  test('is ours only when scheme, host and nothing else match', () => {
    for (const url of ['app://console', 'app://console/', 'app://console/assets/a.js', 'app://console/#/queue', 'APP://console/']) expect(isOurOrigin(url), url).toBe(true);
    for (const url of FOREIGN) expect(isOurOrigin(url), url).toBe(false);
  });

  test('never throws, and takes no web address for ours', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl()), url => {
      expect(isOurOrigin(url)).toBe(false);
      expect(mayNavigate(url, true)).toBe(false);
      expect(mayHavePermission('notifications', url, true)).toBe(false);
      expect(mayHavePort({ url, isMainFrame: true, isGone: false })).toBe(false);
    }));
  });
});

describe('navigation', () => {
  test('goes to the console’s own page and nowhere else', () => {
    expect(mayNavigate(START_URL, true)).toBe(true);
    expect(mayNavigate('app://console/#/queue', true)).toBe(true);
    for (const url of [...FOREIGN, 'app://console/assets/a.js', 'app://console/other.html']) expect(mayNavigate(url, true), url).toBe(false);
  });

  test('reaches the pages with windows of their own, by exactly their names', () => {
    for (const page of Object.keys(OTHER_PAGES)) {
      expect(mayNavigate(`app://console${page}`, true)).toBe(true);
      expect(otherPage(`app://console${page}#/slip/x`)).toBe(page);
      expect(otherPage(`app://console.evil${page}`)).toBeNull();
      expect(otherPage(`app://console/assets${page}`)).toBeNull();
    }
    for (const url of [...FOREIGN, 'app://console/', 'app://console/index.html', 'app://console/toString', 'app://console/__proto__']) expect(otherPage(url), url).toBeNull();
  });

  test('of a frame inside the page is refused, our own address included', () => {
    expect(mayNavigate(START_URL, false)).toBe(false);
  });
});

test('a file is handed out only when the page has made it itself', () => {
  expect(mayDownload('blob:app://console/8a1c')).toBe(true);
  for (const url of [...FOREIGN, 'app://console/assets/a.js', 'blob:app://console.evil/8a1c', 'blob:null/8a1c']) expect(mayDownload(url), url).toBe(false);
});

describe('permissions', () => {
  test('are denied unless the table grants them to the main frame of our page', () => {
    for (const permission of Object.keys(PERMISSIONS)) {
      expect(mayHavePermission(permission, 'app://console/', true)).toBe(true);
      expect(mayHavePermission(permission, 'app://console', true)).toBe(true);
      expect(mayHavePermission(permission, 'app://console/', false)).toBe(false);
      expect(mayHavePermission(permission, 'https://evil/', true)).toBe(false);
    }
    for (const permission of ['media', 'geolocation', 'clipboard-read', 'openExternal', 'fileSystem', 'hid', 'serial', 'usb', 'midi', 'fullscreen', 'unknown', '__proto__', 'toString', 'constructor']) {
      expect(mayHavePermission(permission, 'app://console/', true), permission).toBe(false);
    }
  });

  test('each have a reason', () => {
    for (const reason of Object.values(PERMISSIONS)) expect(reason.length).toBeGreaterThan(20);
  });
});

describe('the network of the window', () => {
  test('is closed: only our own files, and what the page itself has made', () => {
    for (const url of ['app://console/assets/a.js', 'data:image/svg+xml,x', 'blob:app://console/5f0c']) expect(mayLoad(url, false), url).toBe(true);
    for (const url of ['https://example.org/', 'http://127.0.0.1:8600/v1/health', 'ws://localhost/', 'file:///etc/passwd', 'blob:https://evil/1', 'app://evil/x', 'nonsense']) expect(mayLoad(url, false), url).toBe(false);
  });

  test('lets the developer tools in only where they exist', () => {
    expect(mayLoad('devtools://devtools/bundled/inspector.html', true)).toBe(true);
    expect(mayLoad('devtools://devtools/bundled/inspector.html', false)).toBe(false);
  });
});

test('only what our page has made may be saved', () => {
  expect(mayDownload('blob:app://console/5f0c')).toBe(true);
  for (const url of [...FOREIGN, 'app://console/assets/a.js', 'data:text/plain,x', 'blob:app://evil/1']) expect(mayDownload(url), url).toBe(false);
});

describe('the port to the core', () => {
  const ours = { url: 'app://console/', isMainFrame: true, isGone: false };
  test('goes to our page in the main frame', () => {
    expect(mayHavePort(ours)).toBe(true);
  });
  test('goes to no frame inside, none that is gone, none without an address, nobody unknown', () => {
    expect(mayHavePort({ ...ours, isMainFrame: false })).toBe(false);
    expect(mayHavePort({ ...ours, isGone: true })).toBe(false);
    expect(mayHavePort({ ...ours, url: '' })).toBe(false);
    expect(mayHavePort(null)).toBe(false);
    for (const url of FOREIGN) expect(mayHavePort({ ...ours, url }), url).toBe(false);
  });
});

test('a page is sandboxed, isolated and without Node, and every switch of it is spelled out', () => {
  expect(pagePreferences('/p/index.cjs', false)).toEqual({
    preload: '/p/index.cjs', devTools: false, sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false, webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false,
    plugins: false, navigateOnDragDrop: false, spellcheck: false, backgroundThrottling: false, autoplayPolicy: 'no-user-gesture-required',
  });
});

test('our scheme is standard and secure, and neither passes by the CSP nor answers other origins', () => {
  expect(SCHEME_PRIVILEGES).toEqual({ standard: true, secure: true, supportFetchAPI: true, codeCache: true });
});
