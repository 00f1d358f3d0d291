import { multiaddrConnectionPair } from '@libp2p/utils'
import { settled } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { quietYamux } from './muxer.ts'

test('a connection that closes in the moment in which a stream is opened on it ends the stream, not the process', async () => {
  const [connection] = multiaddrConnectionPair()
  const loud: unknown[] = []
  const hear = (error: unknown) => loud.push(error)
  process.on('uncaughtException', hear)
  try {
    const opening = quietYamux()().createStreamMuxer(connection).createStream()
    // What it is before anybody is told of the close.
    Object.assign(connection, { writeStatus: 'closed' })
    const stream = await opening
    await settled()
    assert.equal(loud, [])
    connection.abort(new Error('cut'))
    assert.is(stream.writeStatus, 'closed')
  } finally {
    process.off('uncaughtException', hear)
  }
})

test.run()
