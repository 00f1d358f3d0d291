import { messageOf } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Log } from '@palabre/sdk/contract/log'
import type { Names } from '@palabre/sdk/contract/resolver'
import type { RelayedLink, Upgrade, Upgrader } from '@palabre/sdk/contract/upgrade'
import { start, stop } from '@libp2p/interface'
import { withoutPeer } from './addresses.ts'
import { limits } from './limits.ts'
import type { HeldLink } from './held-link.ts'
import type { Node } from './node.ts'
import { race } from './race.ts'

/** Leads relayed links to better roads: asks all upgrades, again with growing pauses, for as long as a link stays relayed. */
export interface Climber {
  /** Returns the way out. */
  add(upgrade: Upgrade): Promise<() => Promise<void>>
  /** A link came about or changed its path. */
  look(held: HeldLink): void
  /** Our addresses changed: what could not work may now. */
  again(): void
  /** The peer speaks other protocols than it did: the same, without an end to what is being tried. */
  learned(peer: string): void
  /** Whether an upgrade that is on tells peers by this protocol where we are. */
  tells(protocol: string): boolean
  furnish(node: Node): Promise<void>
  clear(): Promise<void>
}

export interface ClimbSources {
  readonly clock: Clock
  readonly log: Log
  readonly names: Names
  readonly signal: AbortSignal
  relayed(): readonly HeldLink[]
  /** Whether a relayed road to this peer is what is wanted. */
  staysRelayed(peer: string): boolean
  addressesOf(peer: string): Promise<readonly string[]>
  dial(peer: string, address: string, signal: AbortSignal): Promise<void>
}

interface Climb {
  readonly stop: AbortController
  /** What cannot work for this link as things are. */
  readonly hopeless: Set<Upgrader>
  /** Or pausing. */
  trying: boolean
  /** How often the peer was found to speak otherwise: what was hopeless before may not be after. */
  news: number
}

interface Way {
  readonly name: string
  readonly upgrader: Upgrader
}

export function createClimber(sources: ClimbSources): Climber {
  const { clock, log, names } = sources
  const upgrades: Upgrade[] = []
  const made = new Map<Upgrade, Upgrader>()
  const climbs = new Map<HeldLink, Climb>()
  let node: Node | undefined

  const plug = async (to: Node, upgrade: Upgrade) => {
    const one = upgrade.create(to.components, names)
    made.set(upgrade, one)
    await start(one)
  }

  /** Begins anew, on the path of now. */
  const look = (held: HeldLink) => {
    climbs.get(held)?.stop.abort()
    climbs.delete(held)
    if (held.link.path.kind !== 'relayed' || held.link.state !== 'up' || made.size === 0) return
    if (sources.staysRelayed(held.link.peer)) return
    const begun: Climb = { stop: new AbortController(), hopeless: new Set(), trying: true, news: 0 }
    climbs.set(held, begun)
    void climb(held, begun)
      .catch(() => undefined)
      .finally(() => climbs.get(held) === begun && climbs.delete(held))
  }

  async function climb(held: HeldLink, now: Climb): Promise<void> {
    const { stop, hopeless } = now
    const signal = AbortSignal.any([stop.signal, held.over, sources.signal])
    let pause: number = limits.firstUpgradePause
    for (;;) {
      const hopeful = inOrder().filter(({ upgrader }) => !hopeless.has(upgrader))
      if (hopeful.length === 0) return
      // Once the link has moved to the better road this is over; until then it may not have, and another is looked for.
      await seek(hopeful)
      now.trying = false
      await clock.sleep(pause * (0.75 + Math.random() / 2), signal)
      now.trying = true
      pause = Math.min(pause * 2, limits.longestUpgradePause)
    }

    /** Side by side, the next a little after the one before: what one cannot do another may, and nobody waits for it to give up. */
    async function seek(ways: readonly Way[]): Promise<void> {
      const late = AbortSignal.timeout(limits.upgrade)
      const limited = AbortSignal.any([signal, late])
      try {
        await race(
          ways,
          (way, stop) => follow(way, AbortSignal.any([limited, stop])),
          () => undefined,
          {
            clock,
            stagger: limits.upgradeStagger,
            signal: limited,
          },
        )
      } catch {
        signal.throwIfAborted()
      }
    }

    async function follow({ name, upgrader }: Way, signal: AbortSignal): Promise<true> {
      const { news } = now
      try {
        if (await upgrader.upgrade(await linkFor(held, signal))) return true
        if (now.news === news) hopeless.add(upgrader)
      } catch (error) {
        if (!signal.aborted) log.debug('no better road yet', { peer: held.link.peer, upgrade: name, reason: messageOf(error) })
        throw error
      }
      throw new Error('not this way')
    }
  }

  const inOrder = (): Way[] =>
    upgrades
      .toSorted((a, b) => a.rank - b.rank)
      .flatMap((upgrade) => (made.has(upgrade) ? [{ name: upgrade.name, upgrader: made.get(upgrade)! }] : []))

  async function linkFor({ link: { peer, path }, opener, road }: HeldLink, signal: AbortSignal): Promise<RelayedLink> {
    return {
      peer,
      opener,
      connection: road!.connection,
      address: withoutPeer(path.address, peer),
      addresses: await sources.addressesOf(peer),
      dial: (address) => sources.dial(peer, address, signal),
      signal,
    }
  }

  const again = () => {
    for (const held of sources.relayed()) look(held)
  }

  return {
    async add(upgrade) {
      upgrades.push(upgrade)
      if (node !== undefined) await plug(node, upgrade)
      again()
      return async () => {
        upgrades.splice(upgrades.indexOf(upgrade), 1)
        const one = made.get(upgrade)
        made.delete(upgrade)
        if (one === undefined) return
        await stop(one)
        again()
      }
    },
    look,
    again,
    learned(peer) {
      const held = sources.relayed().find(({ link }) => link.peer === peer)
      if (held === undefined) return
      const now = climbs.get(held)
      if (now?.trying !== true) return look(held)
      now.news++
      now.hopeless.clear()
    },
    tells: (protocol) => upgrades.some(({ tells }) => tells?.includes(protocol) === true),
    async furnish(fresh) {
      node = fresh
      for (const upgrade of upgrades) await plug(fresh, upgrade)
    },
    async clear() {
      node = undefined
      for (const { stop } of climbs.values()) stop.abort()
      climbs.clear()
      const old = [...made.values()]
      made.clear()
      await stop(...old)
    },
  }
}
