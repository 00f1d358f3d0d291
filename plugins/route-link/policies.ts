import type { Network } from '@palabre/sdk/contract/network'
import type { RoutePolicy } from '@palabre/sdk/contract/route'

/** What the person allows with whom; the network hides us from those who must not see our address. */
export interface Policies extends Disposable {
  of(contact: string): RoutePolicy
  set(contact: string, policy: RoutePolicy, peer: string | undefined): void
  /** The contact is behind this node now. */
  moved(contact: string, peer: string): void
}

export function createPolicies(network: Pick<Network, 'hideFrom'>): Policies {
  const chosen = new Map<string, RoutePolicy>()
  const hiding = new Map<string, Disposable>()

  const apply = (contact: string, peer: string | undefined) => {
    const before = hiding.get(contact)
    hiding.delete(contact)
    // The new one first: a node that stays the same is not shown us in between.
    if (peer !== undefined && chosen.get(contact) === 'relayed-only') hiding.set(contact, network.hideFrom(peer))
    before?.[Symbol.dispose]()
  }

  return {
    of: (contact) => chosen.get(contact) ?? 'direct-allowed',
    set(contact, policy, peer) {
      if (policy === 'direct-allowed') chosen.delete(contact)
      else chosen.set(contact, policy)
      apply(contact, peer)
    },
    moved: apply,
    [Symbol.dispose]() {
      for (const one of hiding.values()) one[Symbol.dispose]()
      hiding.clear()
    },
  }
}
