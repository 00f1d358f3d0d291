import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { IceCandidate } from '@palabre/sdk/contract/ice'
import { inCandidateOrder, priorityOf, readCandidate } from './candidate-order.ts'

test('priorities are those of RFC 8445', () => {
  // The figures that browsers print for one interface, by the formula of §5.1.2.1.
  assert.equal(
    (['host', 'prflx', 'srflx', 'relay'] as const).map((type) => priorityOf(type)),
    [2130706431, 1862270975, 1694498815, 16777215],
  )
  assert.is(priorityOf('host', 0, 2), 2113929470)
})

test('own addresses stand before mapped ones and those before relays, whatever the local preference', () => {
  const preference = fc.integer({ min: 0, max: 65_535 })
  const component = fc.integer({ min: 1, max: 256 })
  fc.assert(
    fc.property(preference, preference, component, component, (a, b, c, d) => {
      const order = ['host', 'prflx', 'srflx', 'relay'] as const
      for (const [index, type] of order.slice(1).entries()) assert.ok(priorityOf(order[index]!, a, c) > priorityOf(type, b, d))
    }),
  )
})

test('a candidate is read from its line', () => {
  const line = 'a=candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.0.2 rport 46154 generation 0'
  const read: IceCandidate = { type: 'srflx', protocol: 'udp', address: '203.0.113.7', port: 46154, priority: 1677729535 }
  assert.equal(readCandidate(line), read)
  assert.equal(readCandidate(line.slice(2)), read)
})

test('what is no candidate is none, and an impossible priority is replaced', () => {
  for (const line of [
    '',
    'a=mid:0',
    'candidate:1 1 udp 1 h 70000 typ host',
    'candidate:1 1 sctp 1 h 1 typ host',
    'candidate:1 1 udp 1 h 1 typ new',
  ]) {
    assert.is(readCandidate(line), undefined, line)
  }
  assert.is(readCandidate('candidate:1 1 udp 4294967295 h 1 typ host')!.priority, priorityOf('host', 0, 1))
})

test('the preferred stands first, of equals UDP, and else they stay as they came', () => {
  const one = (address: string, priority: number, protocol: 'udp' | 'tcp' = 'udp'): IceCandidate => {
    return { type: 'host', protocol, address, port: 1, priority }
  }
  const given = [one('a', 1), one('b', 3, 'tcp'), one('c', 3), one('d', 3)]
  assert.equal(
    inCandidateOrder(given).map(({ address }) => address),
    ['c', 'd', 'b', 'a'],
  )
  assert.is(given[0]!.address, 'a')
})

test.run()
