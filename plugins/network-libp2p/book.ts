import { limits } from './limits.ts'

/** Addresses of peers, as long as the node lives, and which of them worked. The least lately used peer is forgotten first. */
export interface Book {
  /** `by` is the discovery that found them. */
  add(peer: string, addresses: readonly string[], by?: string): void
  worked(peer: string, address: string): void
  /** The one that worked last stands first. */
  addressesOf(peer: string): readonly string[]
  /** The one that worked last. */
  workedLast(peer: string): string | undefined
  foundBy(peer: string): readonly string[]
  peers(): readonly string[]
  clear(): void
}

interface Page {
  addresses: string[]
  worked?: string
  readonly by: Set<string>
}

export function createBook(): Book {
  const pages = new Map<string, Page>()

  const pageOf = (peer: string): Page => {
    const page = pages.get(peer) ?? { addresses: [], by: new Set() }
    pages.delete(peer)
    pages.set(peer, page)
    if (pages.size > limits.bookPeers) pages.delete(pages.keys().next().value!)
    return page
  }

  return {
    add(peer, addresses, by) {
      const page = pageOf(peer)
      const fresh = addresses.filter((one) => !page.addresses.includes(one))
      page.addresses = [...page.addresses, ...fresh].slice(0, limits.addressesPerPeer)
      if (by !== undefined) page.by.add(by)
    },
    worked(peer, address) {
      const page = pageOf(peer)
      page.worked = address
      page.addresses = [address, ...page.addresses.filter((one) => one !== address)].slice(0, limits.addressesPerPeer)
    },
    addressesOf: (peer) => pages.get(peer)?.addresses ?? [],
    workedLast: (peer) => pages.get(peer)?.worked,
    foundBy: (peer) => [...(pages.get(peer)?.by ?? [])],
    peers: () => [...pages.keys()],
    clear: () => pages.clear(),
  }
}
