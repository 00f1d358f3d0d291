import { bentBytes, testSeed, seededRandom } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { fromBase64Url, toBase64Url } from '../bytes.ts'
import { encodeInviteBody, inviteLink, placeInInvite, readInviteLink, type InviteBody } from './invite-wire.ts'

const random = seededRandom(testSeed())
const budget = 5_000

const body: InviteBody = {
  key: new Uint8Array(32).fill(7),
  id: '00112233445566778899aabbccddeeff',
  expiresAt: Date.UTC(2027, 0, 1),
  name: 'Zoë 🦜',
  offers: [{ suite: 'ratchet', offer: new Uint8Array(1400).fill(9) }],
  hints: { link: { peer: '12D3', addresses: ['/ip4/127.0.0.1/tcp/1'] } },
}
const signature = new Uint8Array(64).fill(3)
const said = encodeInviteBody(body)
const link = inviteLink(said, signature)
const bytes = fromBase64Url(link.split('#')[1]!)!

test('what is written is read, from the link, from a page’s address, and from what stands after the #', () => {
  for (const one of [link, `https://example.org/join#${link.split('#')[1]}`, ` ${link.split('#')[1]}\n`]) {
    const read = readInviteLink(one)!
    assert.equal(read.body, body)
    assert.equal(read.said, said)
    assert.equal(read.signature, signature)
  }
})

test('everything secret stands after the #', () => {
  assert.is(link.split('#')[0], 'palabre:invite')
})

test('what breaks off, goes on, is of another version or too long is no invite', () => {
  for (let length = 0; length < bytes.length; length++) {
    assert.is(readInviteLink(toBase64Url(bytes.subarray(0, length))), undefined, `cut at ${length}`)
  }
  assert.is(readInviteLink(toBase64Url(Uint8Array.from([...bytes, 0]))), undefined)
  assert.is(readInviteLink(toBase64Url(bytes.with(0, 2))), undefined)
  assert.is(readInviteLink('A'.repeat(1_000_000)), undefined)
  for (const text of ['', '#', 'palabre:invite#', 'palabre:invite#%%%', 'hello']) assert.is(readInviteLink(text), undefined)
})

test('hints that are no object, or many offers, are no invite', () => {
  const withHints = (hints: unknown) => inviteLink(encodeInviteBody({ ...body, hints: hints as InviteBody['hints'] }), signature)
  for (const hints of [[], null, 'x', 3]) assert.is(readInviteLink(withHints(hints)), undefined)
  assert.is(readInviteLink(withHints({ far: 'x'.repeat(4096) })), undefined)
  const offers = Array.from({ length: 5 }, () => ({ suite: 's', offer: new Uint8Array(1) }))
  assert.is(readInviteLink(inviteLink(encodeInviteBody({ ...body, offers }), signature)), undefined)
})

test(`whatever comes is an invite or none, and an invite reads as it is written (seed ${random.seed})`, () => {
  let read = 0
  for (let round = 0; round < budget; round++) {
    const found = readInviteLink(toBase64Url(bentBytes(random, bytes)))
    if (found === undefined) continue
    read++
    const again = readInviteLink(inviteLink(encodeInviteBody(found.body), found.signature))!
    assert.equal(again.body, found.body)
  }
  assert.ok(read > budget / 20, 'some of it must get through, or the fuzz tries nothing')
})

test('an invite leads to the node of who made it, where it says where that is', () => {
  const invite = (hints: Record<string, unknown>) => inviteLink(encodeInviteBody({ ...body, hints }), signature)
  const place = { peer: '12D3Koo', addresses: ['/ip4/1.2.3.4/tcp/1'] }
  assert.equal(placeInInvite(invite({ link: place, mailbox: { peer: 'elsewhere' } })), place)
  assert.is(placeInInvite(invite({ mailbox: place })), undefined)
  assert.is(placeInInvite('palabre:invite#AAAA'), undefined)
})

test.run()
