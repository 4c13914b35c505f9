import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a small build: a page with a style under the load's nonce and a script that reports what the policy lets through. */
export function writePages(folder: string): string {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="csp-nonce" content="__NONCE__">
<style nonce="__NONCE__">body { color: rgb(1, 2, 3) }</style></head><body><script type="module" src="./assets/main-abcdefgh.js"></script></body></html>`);
  writeFileSync(join(folder, 'assets/main-abcdefgh.js'), `
const seen = { blocked: [] };
document.addEventListener('securitypolicyviolation', event => { seen.blocked.push(event.effectiveDirective + ' ' + event.blockedURI); });
const inline = document.createElement('script');
inline.textContent = 'document.body.dataset.inline = "ran"';
document.body.append(inline);
const style = document.createElement('style');
style.textContent = 'body { background: rgb(9, 9, 9) }';
document.head.append(style);
const opens = address => new Promise(resolve => {
  try {
    const socket = new WebSocket(address);
    socket.onopen = () => { socket.close(); resolve(true); };
    socket.onerror = () => { resolve(false); };
  } catch { resolve(false); }
});
seen.own = await opens('ws://' + location.host + '/wire');
seen.foreign = await opens('ws://127.0.0.1:9/wire');
seen.color = getComputedStyle(document.body).color;
seen.background = getComputedStyle(document.body).backgroundColor;
seen.inline = document.body.dataset.inline ?? 'did not run';
window.seen = seen;
document.title = 'done';
`);
  writeFileSync(join(folder, 'assets/plain.css'), 'body { margin: 0 }');
  writeFileSync(join(folder, 'secret.env'), 'not for pages');
  return folder;
}
