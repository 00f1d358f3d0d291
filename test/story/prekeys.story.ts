import { readInviteLink } from '@palabre/sdk/contract/invite-wire'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Person } from './cli-process.ts'
import { left, listening, untilSo } from './here-and-away.ts'
import { hoursAhead, sleepTill } from './hours-ahead.ts'
import { answered, newTalker, texts } from './two-talkers.ts'

const day = 24
const hour = 3_600_000

test('keys that invites offer turn with the week: an old invite opens for thirty days more, once, and then a new one is needed', async () => {
  // All begins at noon, so that no date changes meanwhile.
  const noon = 36 - new Date().getUTCHours()
  const begin = Date.now() + noon * hour
  await using ada = newTalker(hoursAhead(noon))
  await using bob = newTalker(hoursAhead(noon + 8 * day))
  await using dora = newTalker(hoursAhead(noon + 8 * day))
  for (const [person, name] of [
    [ada, 'Ada'],
    [bob, 'Bob'],
    [dora, 'Dora'],
  ] as const)
    await person.palabre('id', 'name', name)
  const date = (days: number) => new Date(begin + days * day * hour).toISOString().slice(0, 10)

  const forOne = await invite(ada, '1')
  const forMany = await invite(ada, '5')
  assert.equal(keysIn(await invite(ada, '5')), keysIn(forMany), 'all invites of a week offer the same keys to many')
  assert.is(await keysOfAda(), `made ${date(0)}, new ones ${date(7)}; one-time keys: 99 ready, 1 given out`)

  sleepTill(ada, noon + 8 * day)
  assert.is(
    await keysOfAda(),
    `made ${date(8)}, new ones ${date(15)}; earlier ones open until ${date(37)}; one-time keys: 99 ready, 1 given out`,
  )
  const later = keysIn(await invite(ada, '5'))
  assert.not.equal(later.prekey, keysIn(forMany).prekey)
  assert.not.equal(later.kemKey, keysIn(forMany).kemKey)

  await answered(bob, 'invite', 'accept', forOne)
  await delivered(bob, 'by an invite of last week')
  assert.match(await keysOfAda(), /one-time keys: 99 ready, 0 given out$/)

  // Dora’s clock stands where the invite still holds; at Ada’s place the keys of then are gone.
  sleepTill(ada, noon + 50 * day)
  assert.is(await keysOfAda(), `made ${date(50)}, new ones ${date(57)}; one-time keys: 99 ready, 0 given out`)
  await answered(dora, 'invite', 'accept', forMany)
  await answered(dora, 'send', '--to', 'Ada', '--message', 'too late', '--wait', 'kept')
  const both = [await listening(ada), await listening(dora)]
  await untilSo(async () => (await dora.palabre('outbox')).out.includes('their device does not let us in'))
  for (const one of both) await left(one)
  assert.is((await answered<readonly object[]>(ada, 'contacts', 'list')).length, 1)

  for (const person of [bob, dora]) sleepTill(person, noon + 50 * day)
  await answered(dora, 'invite', 'accept', await invite(ada, '1'))
  await delivered(dora, 'by an invite of today')
  await delivered(bob, 'with the session of long ago')
  assert.equal(await texts(ada, 'Bob'), ['by an invite of last week', 'with the session of long ago'])

  async function keysOfAda(): Promise<string> {
    const { out } = await ada.palabre('doctor')
    return /keys for newcomers \(ratchet\): (.*)/.exec(out)?.[1] ?? out
  }

  async function delivered(person: Person, message: string): Promise<void> {
    const there = await listening(ada)
    await answered(person, 'send', '--to', 'Ada', '--message', message, '--wait', 'delivered', '--seconds', '60')
    await left(there)
  }
})

const invite = async (person: Person, uses: string) =>
  (await answered<{ link: string }>(person, 'invite', 'create', '--uses', uses, '--days', '30')).link

/** Where they stand in an offer says suite-ratchet’s README. */
function keysIn(link: string) {
  const { offer } = readInviteLink(link)!.body.offers[0]!
  return { prekey: offer.slice(129, 161), kemKey: offer.slice(161, 1345) }
}

test.run()
