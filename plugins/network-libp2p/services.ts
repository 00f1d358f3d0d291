import { start, stop, type Startable } from '@libp2p/interface'
import { messageOf } from '@palabre/sdk'
import type { Log } from '@palabre/sdk/contract/log'
import type { OverlayService } from '@palabre/sdk/contract/overlay-service'
import type { Node } from './node.ts'

/** What the node does beside links. Services come and go while it runs, and move to the next node when it is replaced. */
export interface Services {
  add(service: OverlayService): Promise<void>
  remove(service: OverlayService): Promise<void>
  /** Starts everything on a node that has just started. */
  furnish(node: Node): Promise<void>
  /** Before the node goes, while it can still say goodbye. */
  clear(): Promise<void>
}

export function createServices(log: Log): Services {
  const wanted = new Set<OverlayService>()
  const made = new Map<OverlayService, Startable>()
  let node: Node | undefined

  const plug = async (service: OverlayService) => {
    try {
      const one = service.create(node!.components)
      made.set(service, one)
      await start(one)
    } catch (error) {
      log.warn('a service of the node cannot start', { service: service.name, reason: messageOf(error) })
    }
  }

  return {
    async add(service) {
      wanted.add(service)
      if (node !== undefined) await plug(service)
    },
    async remove(service) {
      wanted.delete(service)
      const one = made.get(service)
      made.delete(service)
      if (one !== undefined) await stop(one)
    },
    async furnish(fresh) {
      node = fresh
      for (const service of wanted) await plug(service)
    },
    async clear() {
      node = undefined
      const old = [...made.values()]
      made.clear()
      await stop(...old)
    },
  }
}
