import { isPalabreError, messageOf } from '@palabre/sdk'
import { foundAt } from '@palabre/sdk/contract/discovery'
import type { Log } from '@palabre/sdk/contract/log'
import type { Resolver } from '@palabre/sdk/contract/resolver'

export interface SeedSources {
  /** Those that are on at this moment. */
  resolvers(): readonly Resolver[]
  readonly log: Log
}

/** A name may list names; so deep, and so many look-ups and addresses in all, and no further. */
const deepest = 4
const mostLookUps = 32
const mostNodes = 256

export const isSeedName = (address: string): boolean => address.startsWith('/dnsaddr/')

/**
 * The addresses that `/dnsaddr/` names list in their TXT records (https://github.com/multiformats/multiaddr, protocols/DNSADDR.md),
 * asked of the resolvers that are on. A name that cannot be had is told to the log and stops nothing.
 */
export async function seedNodes(names: readonly string[], { resolvers, log }: SeedSources, signal: AbortSignal): Promise<string[]> {
  const nodes = new Set<string>()
  const asked = new Set<string>()
  let level = names
  for (let depth = 0; depth < deepest && level.length > 0 && !signal.aborted; depth++) {
    const fresh = level.filter((name) => !asked.has(name)).slice(0, mostLookUps - asked.size)
    for (const name of fresh) asked.add(name)
    const lists = await Promise.all(fresh.map((name) => listed(name)))
    const next = lists.flat().filter((one) => foundAt(one) !== undefined)
    level = next.filter(isSeedName)
    for (const one of next) if (!isSeedName(one) && nodes.size < mostNodes) nodes.add(one)
  }
  return [...nodes]

  async function listed(name: string): Promise<string[]> {
    const [, , host = '', , wanted] = name.split('/')
    try {
      const texts = await ask(`_dnsaddr.${host}`)
      const all = texts.filter((one) => one.startsWith('dnsaddr=/')).map((one) => one.slice('dnsaddr='.length))
      // With an id at its end, a name stands for the addresses of that peer alone.
      return wanted === undefined ? all : all.filter((one) => one.endsWith(`/p2p/${wanted}`))
    } catch (error) {
      if (!signal.aborted) log.warn('a seed could not be asked', { seed: host, reason: messageOf(error) })
      return []
    }
  }

  async function ask(name: string): Promise<readonly string[]> {
    let last: unknown = new Error('no resolver is switched on')
    for (const resolver of resolvers().toSorted((a, b) => a.rank - b.rank)) {
      try {
        return await resolver.texts(name, { signal })
      } catch (error) {
        // No such name: nobody else is asked.
        if (isPalabreError(error) && error.code === 'peer-unknown') throw error
        last = error
      }
    }
    throw last
  }
}
