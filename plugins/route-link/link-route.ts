import { PalabreError, text } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Link } from '@palabre/sdk/contract/link'
import type { Log } from '@palabre/sdk/contract/log'
import type { Network } from '@palabre/sdk/contract/network'
import { addressesAllowed, type Intake, type Recipient, type Route } from '@palabre/sdk/contract/route'
import { encodeFrame } from './frames.ts'
import { limits, readHints, type LinkHints } from './hints.ts'
import { serveLink } from './serve-link.ts'

export interface LinkRouteSources {
  readonly network: Network
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
}

/** A link, and what has been handed to it and when. */
interface Standing {
  readonly link: Link
  readonly handed: Map<string, number>
}

/** Asked again within this time, the same link has it still; later, the other end could not keep it. */
const freshFor = 10_000

export function createLinkRoute({ network, clock, log, signal }: LinkRouteSources): Route {
  /** Who is behind which node: by their own word, until an opened envelope proves it. */
  const contactOf = new Map<string, string>()
  const provedPeers = new Set<string>()
  const peerOf = new Map<string, string>()
  const standing = new Map<string, Standing>()
  const hintWatchers = new Set<() => void>()
  let intake: Intake | undefined

  const mine = (): LinkHints | undefined => {
    const addresses = network.addresses().map((one) => one.replace(/\/p2p\/[A-Za-z0-9]+$/, ''))
    return { peer: network.self, addresses: addresses.slice(0, limits.addresses) }
  }

  const bind = (contact: string, peer: string, isProved: boolean) => {
    if (!isProved && provedPeers.has(peer)) return false
    if (isProved) provedPeers.add(peer)
    if (peerOf.get(contact) === peer && contactOf.get(peer) === contact) return false
    contactOf.set(peer, contact)
    peerOf.set(contact, peer)
    return true
  }

  const serve = (link: Link) => {
    if (standing.get(link.peer)?.link === link) return
    const one: Standing = { link, handed: new Map() }
    standing.set(link.peer, one)
    void link.closed.then(() => standing.get(link.peer) === one && standing.delete(link.peer))
    const given = intake
    if (given === undefined) return
    void serveLink(link, given, {
      log,
      contact: () => contactOf.get(link.peer),
      proved: (contact) => bind(contact, link.peer, true) && given.reachable(contact),
      taken: (id) => one.handed.delete(id),
    })
    const contact = contactOf.get(link.peer)
    if (contact !== undefined) given.reachable(contact)
  }

  const linkTo = (to: Recipient): Standing | undefined => {
    const peer = peerOf.get(to.contact) ?? readHints(to.hints)?.peer
    const there = peer === undefined ? undefined : standing.get(peer)
    return there === undefined || there.link.state === 'closed' || !permits(to, there.link) ? undefined : there
  }

  async function open(to: Recipient, waiting: AbortSignal): Promise<Standing> {
    const there = linkTo(to)
    if (there !== undefined) return there
    const hints = readHints(to.hints)
    if (hints === undefined) throw faults.nowhere()
    const addresses = addressesAllowed(hints.addresses, to.policy)
    if (addresses.length === 0 && to.policy === 'relayed-only') throw faults.onlyDirect()
    // Their own word for it, inside the encryption; what they seal will prove it.
    bind(to.contact, hints.peer, false)
    const link = await network.dial(target(hints.peer, addresses), { signal: waiting })
    if (!permits(to, link)) throw faults.onlyDirect()
    serve(link)
    return standing.get(link.peer)!
  }

  /** An invite cannot be mended once it was given away: it waits a little for a road that is only being made. */
  async function soon(): Promise<LinkHints | undefined> {
    await network.ready()
    if (network.addresses().length === 0) await addressed({ network, clock, signal })
    return mine()
  }

  return {
    name: 'link',
    rank: 10,
    open(given) {
      intake = given
      for (const link of network.links()) serve(link)
      const watching = network.watch((event) => {
        if (event.kind === 'link-opened') serve(event.link)
        if (event.kind === 'addresses-changed') for (const tell of hintWatchers) tell()
        if (event.kind === 'link-changed' || event.kind === 'link-closed') tellOf(event.peer)
      })
      return {
        [Symbol.dispose]() {
          watching[Symbol.dispose]()
          intake = undefined
        },
      }
    },
    hints: (audience) => ('invite' in audience ? soon() : mine()),
    watchHints(fn) {
      hintWatchers.add(fn)
      return { [Symbol.dispose]: () => void hintWatchers.delete(fn) }
    },
    async carry(envelopes, to, { signal: given }) {
      const waiting = AbortSignal.any([given, signal])
      const one = await open(to, waiting)
      for (const { id, sealed } of envelopes) {
        const now = clock.monotonic()
        if (now - (one.handed.get(id) ?? Number.NEGATIVE_INFINITY) < freshFor) continue
        one.handed.set(id, now)
        await one.link.send(encodeFrame({ kind: 'envelope', id, sealed }), { signal: waiting }).catch((error: unknown) => {
          one.handed.delete(id)
          throw error
        })
      }
      return { state: 'sent' }
    },
    pathTo: (to) => {
      const there = linkTo(to)
      return there?.link.state === 'up' ? there.link.path : undefined
    },
  }

  function tellOf(peer: string): void {
    const contact = contactOf.get(peer)
    if (contact !== undefined) intake?.pathChanged(contact)
  }
}

/** A page is reached through a relay, which takes a moment to give it a seat. */
async function addressed({ network, clock, signal }: Pick<LinkRouteSources, 'network' | 'clock' | 'signal'>): Promise<void> {
  const over = new AbortController()
  using _watching = network.watch((event) => {
    if (event.kind === 'addresses-changed' && event.addresses.length > 0) over.abort()
  })
  await clock.sleep(longestWait, AbortSignal.any([signal, over.signal])).catch(() => undefined)
}

const longestWait = 8_000

const target = (peer: string, addresses: readonly string[]) =>
  addresses.length === 0 ? peer : addresses.map((one) => `${one}/p2p/${peer}`)

const permits = (to: Recipient, link: Link) =>
  to.policy === 'direct-allowed' || link.path.kind === 'relayed' || link.path.kind === 'tor'

const faults = {
  nowhere: () =>
    new PalabreError(
      'peer-unknown',
      text('they have not said where they can be reached', 'on ne sait pas où joindre cette personne'),
    ),
  onlyDirect: () =>
    new PalabreError(
      'denied',
      text(
        'only roads through a relay are allowed with this contact, and none is open',
        'seules les routes par un relais sont permises avec ce contact, et aucune n’est ouverte',
      ),
    ),
}
