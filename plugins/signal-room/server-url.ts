/**
 * A server as settings name it (`wss://signal.example.org`, `ws://192.0.2.1:4040`) and as addresses do
 * (`/dns/signal.example.org/tcp/443/https`), so that a place can be told where addresses are.
 */
export function placeOf(url: string): string | undefined {
  const read = URL.canParse(url) ? new URL(url) : undefined
  if (
    read === undefined ||
    !/^wss?:$/.test(read.protocol) ||
    read.pathname !== '/' ||
    read.search + read.hash + read.username !== ''
  )
    return undefined
  const host = read.hostname.replace(/^\[|\]$/g, '')
  const family = host.includes(':') ? 'ip6' : /^\d+\.\d+\.\d+\.\d+$/.test(host) ? 'ip4' : 'dns'
  const isSecure = read.protocol === 'wss:'
  return `/${family}/${host}/tcp/${read.port || (isSecure ? 443 : 80)}/${isSecure ? 'https' : 'http'}`
}

/** In the one spelling that both ends derive their rooms from. Undefined for what is no such place. */
export function urlOf(place: string): string | undefined {
  const parts = /^\/(ip4|ip6|dns)\/([^/]+)\/tcp\/(\d{1,5})\/(https?)$/.exec(place)
  if (parts === null) return undefined
  const [, family, host = '', port, scheme] = parts
  const url = `${scheme === 'https' ? 'wss' : 'ws'}://${family === 'ip6' ? `[${host}]` : host}:${port}`
  return URL.canParse(url) ? new URL(url).href : undefined
}
