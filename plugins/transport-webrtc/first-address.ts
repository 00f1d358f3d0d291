import type { Resolver } from '@palabre/sdk/contract/resolver'

/** By the first resolver that knows; undefined when none does or none is on. */
export async function firstAddress(name: string, resolvers: readonly Resolver[]): Promise<string | undefined> {
  for (const resolver of resolvers.toSorted((a, b) => a.rank - b.rank)) {
    const found = await resolver.addresses(name).catch(() => [])
    if (found[0] !== undefined) return found[0].address
  }
  return undefined
}
