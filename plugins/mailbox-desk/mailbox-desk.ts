import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Log } from '@palabre/sdk/contract/log'
import type { MailboxDesk, OpenDesk } from '@palabre/sdk/contract/mailbox-desk'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { QueueStore } from '@palabre/sdk/contract/queue-store'
import { limits } from './limits.ts'
import { serveStream } from './serve-stream.ts'

interface DeskSources {
  readonly primitives: Primitives
  readonly clock: Clock
}

interface Peer {
  streams: number
  readonly collected: Set<number>
}

export const createMailboxDesk = (sources: DeskSources): MailboxDesk => ({
  open: (store, log) => openDesk({ ...sources, store, log }),
})

function openDesk({ store, primitives, clock, log }: DeskSources & { readonly store: QueueStore; readonly log: Log }): OpenDesk {
  const peers = new Map<string, Peer>()
  const serving = new Set<Promise<void>>()
  /** No more is read; and, when that takes too long, no more is written. */
  const draining = new AbortController()
  const stopping = new AbortController()

  const peerOf = (id: string): Peer => {
    const peer = peers.get(id) ?? { streams: 0, collected: new Set() }
    peers.set(id, peer)
    return peer
  }

  return {
    serve(stream: ByteStream) {
      const peer = peerOf(stream.peer)
      if (peer.streams >= limits.streamsOfPeer || draining.signal.aborted) {
        stream.abort()
        return Promise.resolve()
      }
      peer.streams += 1
      const parts = { store, primitives, clock, log, draining: draining.signal, signal: stopping.signal, collected: peer.collected }
      const work = serveStream(stream, parts).finally(() => {
        serving.delete(work)
        peer.streams -= 1
        if (peer.streams === 0) peers.delete(stream.peer)
      })
      serving.add(work)
      return work
    },
    async close() {
      draining.abort()
      const drained = Promise.allSettled(serving)
      const patience = new AbortController()
      await Promise.race([drained, clock.sleep(limits.drain, patience.signal).catch(() => undefined)])
      patience.abort()
      stopping.abort()
      await drained
    },
  }
}
