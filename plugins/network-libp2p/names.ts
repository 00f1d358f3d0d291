import { isPalabreError } from '@palabre/sdk'
import type { HostAddress, Names, Resolver } from '@palabre/sdk/contract/resolver'
import { faults } from './faults.ts'

/** The resolvers that are on, as one. */
export interface NameDesk {
  readonly names: Names
  /** Returns the way out. */
  add(resolver: Resolver): () => void
}

export function createNames(): NameDesk {
  const resolvers: Resolver[] = []

  /** The next one is asked when one fails, except where it knows that there is nothing to know. */
  async function ask<T>(name: string, question: (resolver: Resolver) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const failed: { by: string; error: unknown }[] = []
    for (const resolver of resolvers.toSorted((a, b) => a.rank - b.rank)) {
      try {
        return await question(resolver)
      } catch (error) {
        if (signal?.aborted === true || (isPalabreError(error) && error.code === 'peer-unknown')) throw error
        failed.push({ by: resolver.name, error })
      }
    }
    throw failed.length === 0 ? faults.noResolver(name) : faults.notLookedUp(name, failed)
  }

  return {
    names: {
      async addresses(host, options = {}) {
        const known = itself(host)
        if (known !== undefined) return known.filter(({ family }) => options.family === undefined || options.family === family)
        return ask(host, (resolver) => resolver.addresses(host, options), options.signal)
      },
      texts: (name, options = {}) => ask(name, (resolver) => resolver.texts(name, options), options.signal),
    },
    add(resolver) {
      resolvers.push(resolver)
      return () => void resolvers.splice(resolvers.indexOf(resolver), 1)
    },
  }
}

/** Addresses, and the names that RFC 6761 keeps for this machine, need no resolver. */
function itself(host: string): HostAddress[] | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return [{ address: host, family: 4 }]
  if (host.includes(':')) return [{ address: host, family: 6 }]
  if (!/(^|\.)localhost\.?$/i.test(host)) return undefined
  return [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ]
}
