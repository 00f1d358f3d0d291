import type { Clock } from '@palabre/sdk/contract/clock'
import type { Link } from '@palabre/sdk/contract/link'
import type { Log } from '@palabre/sdk/contract/log'
import type { MeetingPlace } from '@palabre/sdk/contract/meeting-place'
import type { Network } from '@palabre/sdk/contract/network'
import { linkRoute, placeLimits, readNodePlace, type NodePlace } from '@palabre/sdk/contract/node-place'
import {
  addressesAllowed,
  type Audience,
  type Intake,
  type Recipient,
  type Route,
  type RoutePolicy,
} from '@palabre/sdk/contract/route'
import { encodeFrame } from './frames.ts'
import { permits } from './permits.ts'
import type { Policies } from './policies.ts'
import { nowhere, onlyDirect, onlyRelayed, withoutNode } from './refusals.ts'
import { serveLink } from './serve-link.ts'
import { addressed, isUp } from './waits.ts'

export interface LinkRouteSources {
  readonly network: Network
  readonly policies: Policies
  readonly clock: Clock
  /** Where one audience alone finds us, beside where everybody does. */
  readonly places: Iterable<MeetingPlace>
  readonly log: Log
  readonly signal: AbortSignal
}

/** A link, what has been handed to it and when, and whether what is said may go by it now. */
interface Standing {
  readonly link: Link
  readonly handed: Map<string, number>
  isOpen: boolean
}

/** Asked again within this time, the same link has it still; later, the other end could not keep it. */
const freshFor = 10_000
/** How long a round trip that is only to be looked at is waited for. */
const patience = 2_000

export interface LinkRoute {
  readonly route: Route
  /** To be called with each place that comes; returns what to do when it goes. */
  placeCame(place: MeetingPlace): () => void
}

export function createLinkRoute({ network, policies, places, clock, log, signal }: LinkRouteSources): LinkRoute {
  /** Who is behind which node: by their own word, until an opened envelope proves it. */
  const contactOf = new Map<string, string>()
  const provedPeers = new Set<string>()
  const peerOf = new Map<string, string>()
  const standing = new Map<string, Standing>()
  const hintWatchers = new Set<() => void>()
  let intake: Intake | undefined

  async function mine(audience: Audience): Promise<NodePlace> {
    const policy = 'invite' in audience ? 'direct-allowed' : policies.of(audience.contact)
    const forThem = await Promise.all([...places].map((place) => place.addresses(audience)))
    const forAll = network.addresses().map((one) => one.replace(/\/p2p\/[A-Za-z0-9]+$/, ''))
    return {
      peer: network.self,
      addresses: addressesAllowed([...forThem.flat(), ...forAll], policy).slice(0, placeLimits.addresses),
    }
  }

  const tellHints = () => {
    for (const tell of hintWatchers) tell()
  }

  /** Nobody has to be waited for where they are. */
  const tellPresence = (contact: string, told: Iterable<MeetingPlace> = places) => {
    const peer = peerOf.get(contact)
    const one = peer === undefined ? undefined : standing.get(peer)
    for (const place of told) place.present(contact, one?.isOpen === true)
  }

  const bind = (contact: string, peer: string, isProved: boolean) => {
    if (!isProved && provedPeers.has(peer)) return false
    if (isProved) provedPeers.add(peer)
    if (peerOf.get(contact) === peer && contactOf.get(peer) === contact) return false
    contactOf.set(peer, contact)
    peerOf.set(contact, peer)
    policies.moved(contact, peer)
    tellPresence(contact)
    return true
  }

  const serve = (link: Link) => {
    if (standing.get(link.peer)?.link === link) return
    const one: Standing = { link, handed: new Map(), isOpen: isOpen(link) }
    standing.set(link.peer, one)
    void link.closed.then(() => standing.get(link.peer) === one && standing.delete(link.peer))
    void serveLink(link, {
      log,
      intake: () => intake,
      contact: () => contactOf.get(link.peer),
      proved: (contact) => bind(contact, link.peer, true) && intake?.reachable(contact),
      taken: (id) => one.handed.delete(id),
    })
    greet(link)
  }

  const greet = ({ peer }: Link) => {
    const contact = contactOf.get(peer)
    if (contact === undefined) return
    tellPresence(contact)
    intake?.reachable(contact)
  }

  const peerBehind = (to: Recipient) => peerOf.get(to.contact) ?? readNodePlace(to.hints)?.peer

  const linkTo = (to: Recipient): Standing | undefined => {
    const peer = peerBehind(to)
    const there = peer === undefined ? undefined : standing.get(peer)
    return there === undefined || there.link.state === 'closed' || !permits(to.policy, there.link.path.kind) ? undefined : there
  }

  const policyWith = ({ peer }: Link): RoutePolicy => {
    const contact = contactOf.get(peer)
    return contact === undefined ? 'direct-allowed' : policies.of(contact)
  }

  const isOpen = (link: Link) => link.state === 'up' && permits(policyWith(link), link.path.kind)

  async function open(to: Recipient, waiting: AbortSignal): Promise<Standing> {
    const there = linkTo(to)
    if (there !== undefined && (await isUp(there.link, waiting))) return there
    const hints = readNodePlace(to.hints)
    if (hints === undefined) throw nowhere()
    const addresses = addressesAllowed(hints.addresses, to.policy)
    if (addresses.length === 0 && to.policy === 'relayed-only') throw onlyRelayed()
    // Their own word for it, inside the encryption; what they seal will prove it.
    bind(to.contact, hints.peer, false)
    const link = await network.dial(target(hints.peer, addresses), { signal: waiting }).catch((error: unknown) => {
      throw withoutNode(error, hints.peer)
    })
    if (!permits(to.policy, link.path.kind)) throw to.policy === 'relayed-only' ? onlyRelayed() : onlyDirect()
    serve(link)
    return standing.get(link.peer)!
  }

  /** An invite cannot be mended once it was given away: it waits a little for a road that is only being made. */
  async function soon(audience: Audience): Promise<NodePlace> {
    await network.ready()
    const now = await mine(audience)
    if (now.addresses.length > 0) return now
    await addressed(network, clock, signal)
    return mine(audience)
  }

  const route: Route = {
    name: linkRoute,
    rank: 10,
    open(given) {
      intake = given
      // Those that stood before whoever takes in came are theirs too.
      for (const { link, handed } of standing.values()) {
        handed.clear()
        greet(link)
      }
      for (const link of network.links()) serve(link)
      const watching = network.watch((event) => {
        if (event.kind === 'link-opened') serve(event.link)
        if (event.kind === 'addresses-changed') tellHints()
        if (event.kind === 'link-changed') changed(event.peer)
        if (event.kind === 'link-closed') tellOf(event.peer)
      })
      return {
        [Symbol.dispose]() {
          watching[Symbol.dispose]()
          intake = undefined
        },
      }
    },
    hints: (audience) => ('invite' in audience ? soon(audience) : mine(audience)),
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
    async measure(to, { signal: given } = {}) {
      const link = linkTo(to)?.link
      if (link?.state !== 'up') return undefined
      const late = AbortSignal.any([signal, AbortSignal.timeout(patience), ...(given === undefined ? [] : [given])])
      await link.rtt({ signal: late }).catch(() => undefined)
      const { path, traffic, roundTrips } = link
      return { route: 'link', path, traffic, roundTrips }
    },
    heed(to) {
      const peer = peerBehind(to)
      if (policies.of(to.contact) === to.policy) return
      policies.set(to.contact, to.policy, peer)
      if (peer === undefined) return
      // Their own word for it, as when we dial them.
      bind(to.contact, peer, false)
      changed(peer)
    },
  }

  /** By another road, or under another policy: what could not go by it may now. */
  function changed(peer: string): void {
    const one = standing.get(peer)
    if (one === undefined) return
    const wasOpen = one.isOpen
    one.isOpen = isOpen(one.link)
    const contact = contactOf.get(peer)
    if (contact === undefined) return
    tellPresence(contact)
    if (one.isOpen && !wasOpen) intake?.reachable(contact)
    else intake?.pathChanged(contact)
  }

  return {
    route,
    placeCame(place) {
      const watching = place.watch(tellHints)
      for (const contact of peerOf.keys()) tellPresence(contact, [place])
      tellHints()
      return () => {
        watching[Symbol.dispose]()
        tellHints()
      }
    },
  }

  function tellOf(peer: string): void {
    const contact = contactOf.get(peer)
    if (contact === undefined) return
    tellPresence(contact)
    intake?.pathChanged(contact)
  }
}

const target = (peer: string, addresses: readonly string[]) =>
  addresses.length === 0 ? peer : addresses.map((one) => `${one}/p2p/${peer}`)
