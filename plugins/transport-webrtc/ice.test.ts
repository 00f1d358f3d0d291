import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { candidatesIn } from './candidate-order.ts'
import { farEndOf, pathAt } from './far-end.ts'
import { iceServers } from './ice-servers.ts'
import { selectedPair } from './selected-pair.ts'

const peer = '12D3KooWAbTsXUYSgU1vbtAL8GsXVuXtnk4t5NQZ5dLbAoZZJNcS'

/** Statistics as Chromium tells them. */
const stats = (local: object, remote: object) => ({
  getStats: () =>
    Promise.resolve(
      new Map<string, object>([
        ['T', { type: 'transport', selectedCandidatePairId: 'P2' }],
        ['P1', { id: 'P1', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'X' }],
        ['P2', { id: 'P2', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R' }],
        ['L', { type: 'local-candidate', ...local }],
        ['R', { type: 'remote-candidate', ...remote }],
      ]),
    ),
})

const farEnd = async (local: object, remote: object, told: readonly string[] = []) =>
  farEndOf((await selectedPair(stats(local, remote)))!, candidatesIn(told.join('\r\n')), peer)

test('a path tells where the bytes really go, and is relayed when a TURN server carries them', async () => {
  const host = { candidateType: 'host', address: '192.0.2.1', port: 5000, protocol: 'udp' }
  const turn = { candidateType: 'relay', address: '198.51.100.7', port: 6000, protocol: 'udp' }
  const six = { candidateType: 'srflx', address: '2001:db8::7', port: 7000, protocol: 'udp' }
  assert.is(await farEnd({ candidateType: 'host' }, host), `/ip4/192.0.2.1/udp/5000/webrtc/p2p/${peer}`)
  assert.is(await farEnd(host, six), `/ip6/2001:db8::7/udp/7000/webrtc/p2p/${peer}`)
  assert.is(await farEnd(host, { candidateType: 'host', address: 'a-b.local', port: 1 }), `/dns/a-b.local/udp/1/webrtc/p2p/${peer}`)
  assert.is(pathAt(await farEnd(host, six)), 'direct')
  assert.is(pathAt(await farEnd(turn, host)), 'relayed')
  assert.is(pathAt(await farEnd(host, turn)), 'relayed')
  assert.is(pathAt(`/ip4/192.0.2.1/tcp/1/p2p/${peer}/p2p-circuit/webrtc/p2p/${peer}`), 'direct')
  assert.is(
    await farEnd(host, { candidateType: 'prflx', address: '../x', port: 9 }),
    `/dns/hidden.invalid/udp/9/webrtc/p2p/${peer}`,
  )
})

test('whoever has no account at the TURN server sees an address of it, and does not take it for the other end', async () => {
  const ours = { candidateType: 'host', address: '192.0.2.1', port: 5000, protocol: 'udp' }
  const line = (address: string, port: number, type: string) => `a=candidate:1 1 UDP 1 ${address} ${port} typ ${type}`
  const mine = line('192.168.1.5', 5001, 'host')
  const mapped = line('203.0.113.5', 40_000, 'srflx')
  const turn = line('198.51.100.7', 6000, 'relay')
  const path = async (type: string, address: string, port: number, ...told: string[]) =>
    pathAt(await farEnd(ours, { candidateType: type, address, port, protocol: 'udp' }, told))
  // What was told tells, whatever the platform calls it, and when two ports differ whose it is.
  assert.is(await path('prflx', '198.51.100.7', 6000, mine, mapped, turn), 'relayed')
  assert.is(await path('host', '198.51.100.7', 6000, mine, mapped, turn), 'relayed')
  assert.is(await path('prflx', '198.51.100.7', 6002, mine, mapped, turn), 'relayed')
  assert.is(await path('host', '198.51.100.7', 5001, turn, line('198.51.100.7', 5001, 'host')), 'direct')
  // A symmetric NAT gives each of its peers another port.
  assert.is(await path('prflx', '203.0.113.5', 40_007, mine, mapped, turn), 'direct')
  assert.is(await path('srflx', '203.0.113.5', 40_000, mine, mapped, turn), 'direct')
  // The server was quicker than what tells of it.
  assert.is(await path('prflx', '198.51.100.7', 6000, mine, mapped), 'relayed')
  assert.is(await path('prflx', '2001:db8::7', 6000, mine, mapped), 'direct')
  // Who asked no server does not know its public address, and a browser hides that of its machine.
  assert.is(await path('prflx', '203.0.113.5', 40_000, mine), 'direct')
  assert.is(await path('prflx', '192.168.1.5', 5001, line('a-b.local', 5001, 'host'), mapped), 'direct')
})

test('statistics that tell no pair tell nothing', async () => {
  assert.is(await selectedPair({ getStats: () => Promise.resolve(new Map()) }), undefined)
  assert.is(await selectedPair({ getStats: () => Promise.reject(new Error('closed')) }), undefined)
})

test('servers are those of the settings, none when there are none, with their names looked up by us', async () => {
  assert.equal(await iceServers({ stun: [], turn: [] }), [])
  const turn = [{ url: 'turns:[2001:db8::1]:5349?transport=tcp', username: 'u', credential: 'c' }]
  const resolve = (host: string) =>
    Promise.resolve(host === 'stun.example' ? '192.0.2.9' : host === 'six.example' ? '2001:db8::9' : undefined)
  const stun = ['stun:stun.example:3478', 'stun:six.example:3478', 'stun:nobody.example:3478', 'stun:192.0.2.1:3478']
  assert.equal(await iceServers({ stun, turn }, resolve), [
    { urls: ['stun:192.0.2.9:3478'] },
    { urls: ['stun:[2001:db8::9]:3478'] },
    { urls: ['stun:192.0.2.1:3478'] },
    { username: 'u', credential: 'c', urls: ['turns:[2001:db8::1]:5349?transport=tcp'] },
  ])
})

test.run()
