import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { directTransport } from './direct-transport.ts'

test('nobody is asked for our address', () => {
  const given: object[] = []
  const create = () => {
    throw new Error('made by the network, not here')
  }
  const transport = directTransport(
    (options) => {
      given.push(options)
      return create
    },
    ['/ip4/127.0.0.1/udp/0/webrtc-direct'],
  )
  assert.equal(given, [{ rtcConfiguration: { iceServers: [] } }])
  assert.is(transport.create, create)
  assert.equal(transport.listen, ['/ip4/127.0.0.1/udp/0/webrtc-direct'])
})

test.run()
