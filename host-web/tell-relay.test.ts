import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { nearest } from './first-contact.ts'
import { securityHeaders } from './headers.ts'
import { readFirstContact } from './page/first-contact.ts'
import { tellRelay } from './tell-relay.ts'

test('of a relay’s addresses the one is told under which the page was reached', () => {
  const addresses = ['/ip4/127.0.0.1/tcp/1/ws/p2p/R', '/ip4/192.0.2.2/tcp/1/ws/p2p/R', '/ip6/::1/tcp/1/ws/p2p/R']
  assert.is(nearest(addresses, '192.0.2.2'), addresses[1])
  assert.is(nearest(addresses, 'localhost'), addresses[0])
  assert.is(nearest(addresses, '[::1]'), addresses[2])
  assert.is(nearest(addresses, 'talk.example'), addresses[1])
  assert.is(nearest(addresses.slice(0, 1), 'talk.example'), addresses[0])
  assert.is(nearest([], '127.0.0.1'), undefined)
})

test('the relay is told beside the page with all headers, anew each time; everything else is left to the files', async () => {
  const asked: string[] = []
  const told = { relays: ['/ip4/127.0.0.1/tcp/1/ws/p2p/R'], stun: [] }
  let works = true
  const seenFrom = async (hostname: string) => {
    asked.push(hostname)
    if (!works) throw new Error('it could not start')
    return told
  }
  await using site = await serve(tellRelay({ seenFrom }, securityHeaders, (_request, response) => void response.end('a file')))
  const answer = await fetch(`${site.address}first-contact.json`)
  assert.equal(await answer.json(), told)
  for (const [name, value] of Object.entries(securityHeaders)) assert.is(answer.headers.get(name), value)
  assert.is(answer.headers.get('cache-control'), 'no-store')
  works = false
  assert.equal(await (await fetch(`${site.address}first-contact.json`)).json(), { relays: [], stun: [] })
  assert.is(await (await fetch(site.address)).text(), 'a file')
  assert.equal(asked, ['127.0.0.1', '127.0.0.1'])
})

test('the page takes of what it is told only what has the right form', () => {
  const relay = '/ip4/127.0.0.1/tcp/1/ws/p2p/R'
  assert.equal(readFirstContact({ relays: [relay, 'x', 3, `${relay} `], stun: ['stun:a:1', 'http://a'] }), {
    relays: [relay],
    stun: ['stun:a:1'],
  })
  for (const said of [null, 3, 'x', [], { relays: 'x', stun: {} }]) assert.equal(readFirstContact(said), { relays: [], stun: [] })
  assert.is(readFirstContact({ relays: Array.from({ length: 99 }, () => relay) }).relays.length, 8)
})

test.run()

async function serve(answer: Parameters<typeof createServer>[1]) {
  const server = createServer(answer!)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
