import { text, type Text } from '@palabre/sdk'
import type { Resolver } from '@palabre/sdk/contract/resolver'
import { readServer } from './server-name.ts'

/** Where a server of the settings is, by the resolvers that are on; or why it cannot be asked. */
export async function findServer(
  url: string,
  names: Iterable<Resolver>,
  signal: AbortSignal,
): Promise<{ host: string; port: number } | { why: Text }> {
  const server = readServer(url)
  if (server === undefined) return { why: text('not a server', 'ce n’est pas un serveur') }
  if (!server.isName) return server
  for (const resolver of names) {
    const [first] = await resolver.addresses(server.host, { signal }).catch(() => [])
    if (first !== undefined) return { host: first.address, port: server.port }
  }
  return { why: text('no resolver finds it', 'aucun résolveur ne le trouve') }
}
