import * as assert from 'uvu/assert'
import { isPalabreError, type Code } from '../error.ts'
import type { Resolver } from '../contract/resolver.ts'
import { lawWith, type Law } from './law.ts'

/**
 * A resolver, and the world it asks, in which `two.example` has 192.0.2.1, 192.0.2.2 and 2001:db8::1, `mute.example` exists and has
 * nothing, `told.example` has the texts `hello` and one of 300 letters a in two pieces, and there is no `nowhere.example`.
 */
export interface ResolverSubject {
  readonly resolver: Resolver
  /** How often that world was asked. */
  asked(): number
  /** From now on it is asked in vain. */
  cut(): void
  /** From now on it never answers. */
  freeze(): void
}

export const resolverLaws: readonly Law<ResolverSubject>[] = [
  lawWith('a host has its addresses, of both families or of one', async ({ resolver }) => {
    const all = await resolver.addresses('two.example')
    const sorted = all.map(({ address, family }) => `${family} ${address}`).toSorted()
    assert.equal(sorted, ['4 192.0.2.1', '4 192.0.2.2', '6 2001:db8::1'])
    assert.equal(await resolver.addresses('two.example', { family: 6 }), [{ address: '2001:db8::1', family: 6 }])
    assert.is((await resolver.addresses('TWO.example.', { family: 4 })).length, 2)
  }),
  lawWith('texts are put together from their pieces', async ({ resolver }) => {
    assert.equal(await resolver.texts('told.example'), ['hello', 'a'.repeat(300)])
  }),
  lawWith('a name that has nothing is empty, one that does not exist is unknown', async ({ resolver }) => {
    assert.equal(await resolver.addresses('mute.example'), [])
    assert.equal(await resolver.texts('mute.example'), [])
    await fails(resolver.addresses('nowhere.example'), 'peer-unknown')
    await fails(resolver.texts('nowhere.example'), 'peer-unknown')
  }),
  lawWith('names that mean nothing outside are not asked for', async ({ resolver, asked }) => {
    for (const host of ['printer.local', 'abc.onion', 'localhost', 'router', 'nas.home.arpa'])
      await fails(resolver.addresses(host), 'peer-unknown')
    assert.is(asked(), 0)
  }),
  lawWith('what is no name is refused', async ({ resolver, asked }) => {
    for (const host of [
      '',
      '.',
      'a..b',
      '-a.example',
      `${'a'.repeat(64)}.example`,
      `${'a.'.repeat(130)}example`,
      'a b.example',
      'é.example',
    ])
      await fails(resolver.addresses(host), 'bad-argument')
    assert.is(asked(), 0)
  }),
  lawWith('what is known is not asked for again, and many at once are one', async ({ resolver, asked }) => {
    await Promise.all(Array.from({ length: 20 }, () => resolver.addresses('two.example', { family: 4 })))
    await resolver.addresses('two.example', { family: 4 })
    assert.is(asked(), 1)
  }),
  lawWith('when nobody can be asked it says so', async ({ resolver, cut }) => {
    cut()
    await fails(resolver.addresses('two.example'), 'unreachable')
  }),
  lawWith('when nobody answers it does not wait for ever', async ({ resolver, freeze }) => {
    freeze()
    await fails(resolver.addresses('two.example'), 'timed-out')
  }),
  lawWith('who gives up waiting is told so', async ({ resolver, freeze }) => {
    freeze()
    const giveUp = new AbortController()
    const looking = resolver.addresses('two.example', { signal: giveUp.signal })
    giveUp.abort()
    await fails(looking, 'cancelled')
    await fails(resolver.texts('told.example', { signal: AbortSignal.abort() }), 'cancelled')
  }),
]

async function fails(looking: Promise<unknown>, code: Code): Promise<void> {
  const error = await looking.then(
    (found) => new Error(`found ${JSON.stringify(found)}`),
    (reason: unknown) => reason,
  )
  assert.ok(isPalabreError(error), String(error))
  assert.is(error.code, code)
}
