import type { MessageStream, StreamMuxerFactory } from '@libp2p/interface'
import { yamux } from '@libp2p/yamux'

/**
 * The ecosystem's, which a moment after a stream was opened sends its first frame with nobody there to catch what that throws: on a
 * connection that has closed meanwhile it would end the process. Whoever has the stream hears of the close all the same.
 */
export function quietYamux(): () => StreamMuxerFactory {
  const make = yamux({ streamOptions: { maxStreamWindowSize: 2 * 1024 * 1024 } })
  return () => {
    const factory = make()
    const create = factory.createStreamMuxer.bind(factory)
    factory.createStreamMuxer = (connection: MessageStream & { writeStatus?: string }) => {
      const muxer = create(connection)
      const send = muxer.send.bind(muxer)
      muxer.send = (data) => connection.writeStatus !== 'closed' && send(data)
      return muxer
    }
    return factory
  }
}
