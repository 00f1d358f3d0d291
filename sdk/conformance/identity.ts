import * as assert from 'uvu/assert'
import type { Identity } from '../contract/identity.ts'
import { labels, type Purpose } from '../contract/labels.ts'
import { isPalabreError, type Code } from '../error.ts'
import { lawWith, type Law } from './law.ts'

export interface IdentitySubject {
  /** New, in a place of its own. */
  readonly identity: Identity
  /** Another person's. */
  readonly other: Identity
  /** Who I am after everything stopped and started again in the same place. */
  restarted(): Promise<Identity>
}

export const identityLaws: readonly Law<IdentitySubject>[] = [
  lawWith('two people differ, and one stays the same over restarts', async ({ identity, other, restarted }) => {
    assert.is.not(identity.userId, other.userId)
    const { userId, signingKey, agreementKey, agreementSignature } = identity
    const again = await restarted()
    assert.equal([again.userId, again.signingKey], [userId, signingKey])
    assert.equal([again.agreementKey, again.agreementSignature], [agreementKey, agreementSignature])
  }),
  lawWith('the user id is the signing key, short, checksummed and forgiving of how it is typed', async ({ identity }) => {
    const { userId, signingKey, keyOf, idOf } = identity
    assert.match(userId, /^pal1[a-z0-9]{58}$/)
    assert.is(idOf(signingKey), userId)
    const typed = [userId, userId.toUpperCase(), ` ${userId.slice(0, 9)}-${userId.slice(9)}\n`]
    for (const one of typed) assert.equal(keyOf(one), signingKey)
    for (let at = 0; at < userId.length; at++) {
      const wrong = userId.slice(0, at) + (userId[at] === 'q' ? 'p' : 'q') + userId.slice(at + 1)
      assert.is(
        codeOf(() => keyOf(wrong)),
        'bad-argument',
        wrong,
      )
    }
    for (const wrong of ['', 'pal1', userId.slice(1), `${userId}q`])
      assert.is(
        codeOf(() => keyOf(wrong)),
        'bad-argument',
        wrong,
      )
  }),
  lawWith('a signature holds for its purpose and no other', async ({ identity, other }) => {
    const message = Uint8Array.of(1, 2, 3)
    for (const purpose of purposes) {
      const signature = identity.sign(purpose, message)
      const holdsFor = (one: Purpose) => other.verify(identity.signingKey, one, message, signature)
      assert.equal(purposes.filter(holdsFor), [purpose])
      assert.not.ok(other.verify(other.signingKey, purpose, message, signature))
      assert.not.ok(other.verify(identity.signingKey, purpose, message.subarray(1), signature))
    }
  }),
  lawWith('the agreement key is signed by the signing key, and is not that key', async ({ identity, other }) => {
    const { signingKey, agreementKey, agreementSignature } = identity
    assert.ok(other.verify(signingKey, 'agreement-key', agreementKey, agreementSignature))
    assert.not.equal(agreementKey, signingKey)
  }),
  lawWith('two people agree on one secret, and a broken key gives none', async ({ identity, other }) => {
    const secret = identity.agree(other.agreementKey)
    assert.is(secret?.length, 32)
    assert.equal(other.agree(identity.agreementKey), secret)
    assert.is(identity.agree(new Uint8Array(32)), undefined)
  }),
  lawWith('both sides see one safety number of sixty digits', async ({ identity, other }) => {
    const number = identity.safetyNumber(other.signingKey)
    assert.match(number, /^\d{60}$/)
    assert.is(other.safetyNumber(identity.signingKey), number)
    assert.is.not(identity.safetyNumber(identity.signingKey), number)
  }),
  lawWith('24 words bring the same identity back, in whatever way they are typed', async ({ identity, other }) => {
    const phrase = await identity.phrase()
    assert.is(phrase.split(' ').length, 24)
    const typed = `  ${phrase.toUpperCase().replaceAll(' ', '\n ')} `
    assert.is(await other.restore(typed, { replace: true }), identity.userId)
  }),
  lawWith('what was restored is there after a restart', async ({ identity, other, restarted }) => {
    const { userId } = other
    await identity.restore(await other.phrase(), { replace: true })
    assert.is((await restarted()).userId, userId)
  }),
  lawWith('the word that is wrong is named, and nothing changes', async ({ identity, other, restarted }) => {
    const words = (await other.phrase()).split(' ')
    const { userId } = identity
    const refusal = (phrase: string[]) => messageOf(identity.restore(phrase.join(' '), { replace: true }))
    assert.match(await refusal(words.with(6, 'palaver')), /\b7\b/)
    assert.match(await refusal(words.slice(1)), /\b23\b/)
    const unsound = Array.from({ length: 24 }, () => 'abandon')
    assert.is(await codeOfWork(identity.restore(unsound.join(' '), { replace: true })), 'bad-argument')
    assert.is((await restarted()).userId, userId)
  }),
  lawWith('an identity that somebody may know is not given up by accident', async ({ identity, other, restarted }) => {
    identity.sign('invite', new Uint8Array())
    const [mine, theirs] = [identity.userId, await other.phrase()]
    assert.is(await codeOfWork(identity.restore(theirs)), 'denied')
    const again = await restarted()
    assert.is(again.userId, mine)
    assert.is(await codeOfWork(again.restore(theirs)), 'denied')
    assert.is(await again.restore(await again.phrase()), mine, 'becoming who I am is no loss')
  }),
  lawWith('an identity that nobody knows gives way', async ({ identity, other }) => {
    assert.is(await identity.restore(await other.phrase()), other.userId)
  }),
]

const purposes = Object.keys(labels.sign) as Purpose[]

function codeOf(fn: () => unknown): Code | undefined {
  try {
    fn()
  } catch (error) {
    if (isPalabreError(error)) return error.code
  }
  return undefined
}

const codeOfWork = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (isPalabreError(error) ? error.code : undefined),
  )

const messageOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no failure',
    (error: Error) => error.message,
  )
