/** What stands in the built page wherever a load's own nonce belongs. */
export const NONCE_PLACEHOLDER = '__NONCE__';

/**
 * The Content-Security-Policy of every page, the same in both shells. Scripts only from our own files; styles also from
 * `<style>` elements with this load's nonce, since the grid writes such; no network but the page's own origin
 * ('self' covers the WebSocket of the same host and port).
 *
 * @param nonce fresh for each load, base64 or base64url
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`, "img-src 'self' data: blob:",
    "font-src 'self'", "connect-src 'self'", "worker-src 'self'", "media-src 'self' blob:", "base-uri 'none'", "form-action 'none'",
    "frame-src 'none'", "object-src 'none'", "frame-ancestors 'none'",
  ].join('; ');
}

/** Headers that every answer carries, whatever it holds. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), payment=()',
};
