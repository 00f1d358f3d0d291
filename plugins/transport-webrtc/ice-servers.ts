import type { IceConfig } from '@palabre/sdk/contract/ice'

/**
 * Told explicitly even when empty: without it the library would ask four public companies. `resolve` turns the names of servers into
 * addresses where the platform would ask the operating system; one that cannot be resolved is left out.
 */
export async function iceServers({ stun, turn }: IceConfig, resolve?: (host: string) => Promise<string | undefined>) {
  const known = async (url: string) => (resolve === undefined ? url : withAddress(url, resolve))
  const servers = await Promise.all([
    ...stun.map(async (url) => ({ urls: await known(url) })),
    ...turn.map(async ({ url, username, credential }) => ({ urls: await known(url), username, credential })),
  ])
  return servers.flatMap(({ urls, ...rest }) => (urls === undefined ? [] : [{ ...rest, urls: [urls] }]))
}

async function withAddress(url: string, resolve: (host: string) => Promise<string | undefined>): Promise<string | undefined> {
  const [, scheme = '', host = '', rest = ''] = /^(stuns?:|turns?:)(\[[^\]]+\]|[^:?]+)(.*)$/.exec(url) ?? []
  if (host === '' || host.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(host)) return url
  const address = await resolve(host)
  if (address === undefined) return undefined
  return `${scheme}${address.includes(':') ? `[${address}]` : address}${rest}`
}
