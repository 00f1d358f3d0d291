import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { lookOf } from './road-look.ts'
import { addressText, roadWords, whoSeesMe } from './words.ts'

const path = { transport: 'tcp', address: '', since: 0, channel: 'noise', hops: [] }

test('a link is told by its road, anything else by what is waited for', () => {
  assert.is(lookOf({ state: 'up', path: { ...path, kind: 'relayed' } }), 'relayed')
  assert.is(lookOf({ state: 'up', path: { ...path, kind: 'lan' } }), 'lan')
  assert.is(lookOf({ state: 'up' }), 'up')
  assert.is(lookOf({ state: 'offline', path: { ...path, kind: 'direct' } }), 'offline')
  assert.is(lookOf(undefined), 'unknown')
})

test('no two roads read alike, and none suggests that anybody in between could read', () => {
  for (const language of ['en', 'fr'] as const) {
    assert.is(new Set(Object.values(roadWords).map((one) => one[language])).size, Object.keys(roadWords).length)
    for (const one of Object.values(whoSeesMe)) assert.not.match(one[language], /unencrypted|insecure|non chiffr/i)
  }
})

test('an address is told by its kind, without the long id', () => {
  assert.is(addressText('/ip4/127.0.0.1/tcp/4001/p2p/12D3KooWabc').en, '/ip4/127.0.0.1/tcp/4001 (this machine)')
  assert.is(addressText('/dns4/example.org/tcp/1').fr, '/dns4/example.org/tcp/1 (nom sur internet)')
  assert.is(addressText('/odd').en, '/odd')
})

test.run()
