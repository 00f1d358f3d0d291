import type { Listener, Transport } from '@libp2p/interface'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { directTransport } from './direct-transport.ts'

const noNames = { addresses: async () => [], texts: async () => [] }

test('nobody is asked for our address', () => {
  const given: object[] = []
  const make = (options: object) => {
    given.push(options)
    return () => ({ createListener: () => ({}) }) as unknown as Transport
  }
  const transport = directTransport({ make, onPort: (listener) => listener }, ['/ip4/127.0.0.1/udp/0/webrtc-direct'])
  assert.equal(given, [{ rtcConfiguration: { iceServers: [] } }])
  assert.equal(transport.listen, ['/ip4/127.0.0.1/udp/0/webrtc-direct'])
})

test('each of its listeners is given its port by us', () => {
  const listener = {} as Listener
  const make = () => () => ({ createListener: () => listener }) as unknown as Transport
  const listening: Listener[] = []
  const onPort = (one: Listener) => {
    listening.push(one)
    return one
  }
  const transport = directTransport({ make, onPort }, [])
  transport.create({}, noNames).createListener({} as never)
  assert.equal(listening, [listener])
})

test.run()
