/** What the page may do when the host does not say: run its own scripts, talk to this kernel, and nothing else. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Sent with every answer. The host's own come on top, by whatever case their names have. */
export function pageHeaders(fromHost: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const own = {
    'content-security-policy': contentPolicy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
  }
  const lowered = Object.fromEntries(Object.entries(fromHost).map(([name, value]) => [name.toLowerCase(), value]))
  return { ...own, ...lowered }
}
