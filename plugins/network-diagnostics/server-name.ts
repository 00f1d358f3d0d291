export interface ServerName {
  readonly host: string
  readonly port: number
  /** Whether it must be looked up. */
  readonly isName: boolean
}

/** `stun:host:port` and its kin (RFC 7064, RFC 7065). */
export function readServer(url: string): ServerName | undefined {
  const parts = /^(?:stun|turn)(s?):(\[[^\]]+\]|[^:?]+)(?::(\d{1,5}))?(?:\?.*)?$/.exec(url)
  if (parts === null) return undefined
  const [, secure = '', said = '', port] = parts
  const host = said.replace(/^\[|\]$/g, '')
  return { host, port: Number(port ?? (secure === 's' ? 5349 : 3478)), isName: !isAddress(host) }
}

/** Nothing else of these forms can stand there. */
const isAddress = (host: string) => host.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(host)
