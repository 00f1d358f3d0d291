import { createHmac } from 'node:crypto'
import type { Contact, Contacts, OpenInvite } from '@palabre/sdk/contract/contacts'
import type { Audience } from '@palabre/sdk/contract/route'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createAudiences } from './audiences.ts'
import { limits } from './limits.ts'

const primitives = {
  hmacSha256: (key: Uint8Array, data: Uint8Array) => new Uint8Array(createHmac('sha256', key).update(data).digest()),
}

const until = 1

const person = (id: string, more: Partial<Contact> = {}) =>
  ({ id, addedAt: 0, blocked: false, policy: 'direct-allowed', ...more }) as unknown as Contact

function bookOf(people: readonly Contact[], invites: readonly string[] = []) {
  const contacts = {
    list: async () => people,
    get: async (id: string) => people.find((one) => one.id === id),
    invites: async () => invites.map((id) => ({ id }) as OpenInvite),
  } as unknown as Contacts
  const audiences = createAudiences({ key: new Uint8Array(32).fill(7), primitives, contacts: () => contacts })
  const expects = async (audience: Audience) => {
    const secret = await audiences.secretFor(audience)
    const all = (await audiences.expected()).map((one) => one.join())
    return secret !== undefined && all.includes(secret.join())
  }
  return { audiences, expects }
}

test('everybody has a secret of their own, the same each time', async () => {
  const { audiences } = bookOf([person('ada'), person('bob')])
  const asked = await Promise.all(
    [{ contact: 'ada' }, { contact: 'bob' }, { invite: 'ada', until }].map((one) => audiences.secretFor(one)),
  )
  assert.is(new Set(asked.map(String)).size, 3)
  assert.ok(asked.every((one) => one?.length === 32))
  assert.equal(await audiences.secretFor({ contact: 'ada' }), asked[0])
})

test('contacts are expected unless they are there, blocked, suspect or must not see our address', async () => {
  const { audiences, expects } = bookOf([
    person('ada'),
    person('bob', { blocked: true }),
    person('carol', { policy: 'relayed-only' }),
    person('dan', { suspect: 'ada' as Contact['id'] }),
  ])
  assert.equal(await Promise.all(['ada', 'bob', 'carol', 'dan', 'eve'].map((contact) => expects({ contact }))), [
    true,
    false,
    false,
    false,
    false,
  ])
  assert.is(await audiences.secretFor({ contact: 'carol' }), undefined)
  audiences.present('ada', true)
  assert.not(await expects({ contact: 'ada' }))
  audiences.present('ada', false)
  assert.ok(await expects({ contact: 'ada' }))
})

test('an invite is expected while it is made, and afterwards as long as the book has it open', async () => {
  const { audiences, expects } = bookOf([], ['open'])
  assert.ok(await expects({ invite: 'young', until }))
  audiences.made('young')
  assert.is((await audiences.expected()).length, 1)
  audiences.made('open')
  assert.ok(await expects({ invite: 'open', until }))
})

test('of many contacts the newest are expected, and no more than the limit', async () => {
  const many = Array.from({ length: limits.contacts + 10 }, (_, addedAt) => person(`p${addedAt}`, { addedAt }))
  const { audiences, expects } = bookOf(many)
  assert.is((await audiences.expected()).length, limits.contacts)
  assert.ok(await expects({ contact: many.at(-1)!.id }))
  assert.not(await expects({ contact: many[0]!.id }))
})

test.run()
