import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import type { Log } from '@palabre/sdk/contract/log'
import { byteStreamOf } from './byte-stream.ts'
import { faults } from './faults.ts'
import { limits } from './limits.ts'
import type { Node } from './node.ts'

type StreamHandler = (stream: ByteStream) => void | Promise<void>

/** Who answers which stream beside the links; they move along when the node is replaced. */
export interface Protocols {
  answer(name: string, handler: StreamHandler): Disposable
  furnish(node: Node): Promise<void>
}

export function createProtocols(log: Log): Protocols {
  const handlers = new Map<string, StreamHandler>()
  let node: Node | undefined

  const serve = (on: Node, name: string, handler: StreamHandler) =>
    on.libp2p.handle(
      name,
      (stream, connection) => {
        const bytes = byteStreamOf(stream, connection.remotePeer.toString())
        void Promise.try(handler, bytes).catch((error: unknown) => {
          log.warn('a stream was lost by its handler', { protocol: name, reason: String(error) })
          bytes.abort()
        })
      },
      { maxInboundStreams: limits.streamsPerProtocol, runOnLimitedConnection: true },
    )

  return {
    answer(name, handler) {
      if (handlers.has(name) || node?.libp2p.getProtocols().includes(name) === true) throw faults.nameTaken(name)
      handlers.set(name, handler)
      if (node !== undefined) {
        serve(node, name, handler).catch((error: unknown) =>
          log.error('cannot answer a protocol', { protocol: name, reason: String(error) }),
        )
      }
      return {
        [Symbol.dispose]() {
          if (handlers.get(name) !== handler) return
          handlers.delete(name)
          void node?.libp2p.unhandle(name)
        },
      }
    },
    async furnish(fresh) {
      node = fresh
      for (const [name, handler] of handlers) await serve(fresh, name, handler)
    },
  }
}
