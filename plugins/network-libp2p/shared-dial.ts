import { isPalabreError } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Link } from '@palabre/sdk/contract/link'
import { readTarget } from './addresses.ts'
import { createClosedDoors } from './closed-doors.ts'
import type { Dialler } from './dial.ts'
import { faults } from './faults.ts'
import { limits } from './limits.ts'
import type { Links } from './links.ts'
import type { Road } from './road.ts'
import { useRoad } from './use-road.ts'

export interface SharedDialSources {
  readonly clock: Clock
  readonly links: Links
  readonly dialler: Dialler
  /** Aborted when the network stops. */
  readonly signal: AbortSignal
  self(): string
  /** Where the discoveries are asked for a peer whose addresses nobody told. */
  seek(peer: string, signal: AbortSignal): Promise<unknown>
  roadsTo(peer: string): Road[]
  roadOn(connection: Road['connection']): Road
  /** Nobody should take this one any more. */
  letGo(connection: Road['connection']): Promise<void>
}

/** A link to whom somebody wants to reach. Whoever wants the same at the same time waits for the same dial. */
export function createSharedDial(sources: SharedDialSources) {
  const { links, clock, dialler, signal: stopped, self, seek, roadsTo, roadOn, letGo } = sources
  const running = new Map<string, Promise<Link>>()
  const open = (road: Road, signal: AbortSignal) =>
    links.open(road, AbortSignal.any([signal, AbortSignal.timeout(limits.handshake)]))

  return function dial(said: string | readonly string[], signal: AbortSignal): Promise<Link> {
    const { peer, addresses } = readTarget(said)
    if (peer === self()) throw faults.ourselves()
    const there = peer === undefined ? undefined : links.to(peer)
    if (there !== undefined) return Promise.resolve(there)
    const key = peer ?? addresses.join(' ')
    return waitFor(running.get(key) ?? begin(key, peer, addresses), signal)
  }

  /** Goes on for the others when one of those who wait gives up; ends by its own limit. */
  function begin(key: string, peer: string | undefined, addresses: readonly string[]): Promise<Link> {
    const over = new AbortController()
    const dialling = firstOf(reach(peer, addresses), peer === undefined ? undefined : links.arrival(peer, over.signal)).finally(
      () => {
        over.abort()
        running.delete(key)
      },
    )
    dialling.catch(() => undefined)
    running.set(key, dialling)
    return dialling
  }

  /**
   * A peer that closes one door may have another open: who must not see where we meet them is met elsewhere. A road that breaks looks
   * the same as a closed door, so when there is no other all are tried once more.
   */
  async function reach(peer: string | undefined, addresses: readonly string[]): Promise<Link> {
    const until = clock.monotonic() + limits.dial
    let standing = peer === undefined ? undefined : roadsTo(peer)[0]
    let closed = createClosedDoors(clock)
    let wasEachTried = false
    let reason: unknown
    for (let tries = 0; tries < limits.doors;) {
      let made: Road | undefined
      const connect = async (signal: AbortSignal) => {
        if (peer !== undefined && addresses.length === 0 && (await dialler.addressesOf(peer)).length === 0) await seek(peer, signal)
        return (made = roadOn(await dialler.connect(peer, addresses, signal, closed)))
      }
      try {
        return await useRoad({ clock, signal: stopped, standing, connect, use: open, letGo })
      } catch (error) {
        if (made !== undefined) {
          if (!(await closed.note(made.connection))) throw error
          reason = error
          tries++
        } else {
          if (reason === undefined || wasEachTried || clock.monotonic() > until) throw reason ?? error
          wasEachTried = true
          await clock.sleep(limits.doorsAgain, stopped)
          closed = createClosedDoors(clock)
        }
      }
      standing = undefined
    }
    throw reason
  }
}

/** They may come to us while we look for them. */
function firstOf(reached: Promise<Link>, arrived: Promise<Link | undefined> | undefined): Promise<Link> {
  if (arrived === undefined) return reached
  reached.catch(() => undefined)
  return Promise.race([reached, arrived.then((link) => link ?? reached)])
}

/** What a caller hears when its signal ended the waiting. */
export function cancelled({ reason }: AbortSignal): unknown {
  return isPalabreError(reason) ? reason : faults.cancelled(reason)
}

/** Gives up waiting when the signal aborts; what is waited for goes on. */
function waitFor<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(cancelled(signal))
  return new Promise((resolve, reject) => {
    const quit = () => reject(cancelled(signal))
    signal.addEventListener('abort', quit, { once: true })
    running.then(resolve, reject).finally(() => signal.removeEventListener('abort', quit))
  })
}
