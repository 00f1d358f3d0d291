import type { StreamMuxerFactory, Upgrader } from '@libp2p/interface'
import { writingSteadily } from './steady-writes.ts'
import { readingWide } from './wide-reads.ts'

/** The streams of connections that come through this upgrader read and write in larger steps than the ecosystem's. */
export function mendingStreams(upgrader: Upgrader): Upgrader {
  const mended = <Options extends { muxerFactory?: StreamMuxerFactory }>(options: Options): Options => {
    readingWide(options.muxerFactory!)
    writingSteadily(options.muxerFactory!)
    return options
  }
  return {
    upgradeInbound: (connection, options) => upgrader.upgradeInbound(connection, mended(options)),
    upgradeOutbound: (connection, options) => upgrader.upgradeOutbound(connection, mended(options)),
    createInboundAbortSignal: (signal) => upgrader.createInboundAbortSignal(signal),
    getStreamMuxers: () => upgrader.getStreamMuxers(),
    getConnectionEncrypters: () => upgrader.getConnectionEncrypters(),
  }
}
