import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Log } from '@palabre/sdk/contract/log'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { limits } from './limits.ts'
import type { QueueStore } from './queue-store.ts'
import { serveStream } from './serve-stream.ts'

export interface MailboxServer {
  readonly serve: (stream: ByteStream) => Promise<void>
  sweep(): Promise<void>
  /** Takes no more requests, answers those under way, ends all streams; resolves when everything promised is kept. */
  close(): Promise<void>
}

interface ServerSources {
  readonly store: QueueStore
  readonly primitives: Primitives
  readonly clock: Clock
  readonly log: Log
}

interface Peer {
  streams: number
  readonly collected: Set<number>
}

export function createMailboxServer({ store, primitives, clock, log }: ServerSources): MailboxServer {
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
    serve(stream) {
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
    sweep: () => store.sweep(clock.now()),
    async close() {
      draining.abort()
      await Promise.race([Promise.allSettled(serving), clock.sleep(limits.drain)])
      stopping.abort()
      await Promise.allSettled(serving)
      await store.close()
    },
  }
}
