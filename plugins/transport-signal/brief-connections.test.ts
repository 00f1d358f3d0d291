import type { MultiaddrConnection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { briefConnections } from './brief-connections.ts'
import { limits } from './limits.ts'

/** A raw connection that only knows where it leads and how it ended. */
class Raw extends EventTarget {
  readonly remoteAddr
  ended: 'closed' | 'aborted' | undefined
  constructor(address: string) {
    super()
    this.remoteAddr = multiaddr(address)
  }
  close = async () => this.#end('closed')
  abort = () => this.#end('aborted')
  #end(how: 'closed' | 'aborted') {
    this.ended ??= how
    this.dispatchEvent(new Event('close'))
  }
}

function ground() {
  const events = new EventTarget()
  const timers = new Set<{ readonly ms: number; readonly run: () => void }>()
  const after = (ms: number, run: () => void) => {
    const timer = { ms, run }
    timers.add(timer)
    return { [Symbol.dispose]: () => void timers.delete(timer) }
  }
  const open = briefConnections(events as never, after)
  return {
    open,
    timers,
    meet(address: string) {
      const raw = new Raw(address)
      open.add(raw as unknown as MultiaddrConnection)
      return raw
    },
    opened(address: string, peer: string) {
      const detail = { remoteAddr: multiaddr(address), remotePeer: { toString: () => peer } }
      events.dispatchEvent(new CustomEvent('connection:open', { detail }))
    },
    pass(ms: number) {
      for (const timer of timers)
        if (timer.ms <= ms) {
          timers.delete(timer)
          timer.run()
        }
    },
  }
}

const [here, there] = ['/ip4/192.0.2.1/tcp/1/http/http-path/one', '/ip4/192.0.2.1/tcp/1/http/http-path/two']

test('a meeting ends a moment after its peer has another connection, and not by that of anybody else', () => {
  const { meet, opened, pass, timers } = ground()
  const [one, two] = [meet(here), meet(there)]
  opened(here, 'ada')
  opened(there, 'bob')
  opened('/ip4/192.0.2.7/udp/1/webrtc', 'ada')
  assert.is(one.ended, undefined)
  pass(limits.farewell)
  assert.equal([one.ended, two.ended], ['closed', undefined])
  assert.is(timers.size, 1)
})

test('one in which nothing is agreed on ends by itself, and all end with the transport', () => {
  const { meet, opened, open, pass } = ground()
  const slow = meet(here)
  pass(limits.meeting)
  assert.is(slow.ended, 'aborted')
  const other = meet(there)
  opened(there, 'bob')
  open[Symbol.dispose]()
  assert.is(other.ended, 'aborted')
})

test.run()
