/**
 * What a browser is told with every answer. The page runs its own scripts and nothing else: no inline script or style, no eval, no
 * other origin, and no text becomes markup except through Lit's own templates.
 */
const policy: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  // Covers a WebSocket to the same host and port too.
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'worker-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  // Lit makes one policy of this name. A second copy of Lit would be refused; the build takes care that there is one.
  // The other names the one script address that the page makes: its service worker.
  'trusted-types': 'lit-html palabre-worker',
}

/** Nobody gets any of this but who names it in its manifest, under `permissions`. */
const refused = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'screen-wake-lock',
  'serial',
  'usb',
]

/** What a plugin in the page asks for in its manifest, under `permissions`, and what the policy opens for it. */
const openings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Relays come with invites, so their addresses are not known when the page is served. Nothing else may be fetched from elsewhere.
  'websockets-anywhere': { 'connect-src': 'ws: wss:' },
}

export function securityHeadersFor(permissions: readonly string[]): Readonly<Record<string, string>> {
  const opened = permissions.map((name) => openings[name] ?? {})
  const directives = Object.entries(policy).map(([directive, sources]) =>
    [directive, sources, ...opened.flatMap((one) => one[directive] ?? [])].join(' '),
  )
  const closed = refused.filter((feature) => !permissions.includes(feature)).map((feature) => `${feature}=()`)
  const open = refused.filter((feature) => permissions.includes(feature)).map((feature) => `${feature}=(self)`)
  return {
    ...others,
    'content-security-policy': directives.join('; '),
    'permissions-policy': [...open, ...closed].join(', '),
  }
}

const others: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** For a page whose plugins ask for nothing. */
export const securityHeaders = securityHeadersFor([])
