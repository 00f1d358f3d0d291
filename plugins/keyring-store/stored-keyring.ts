import { PalabreError, text } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Keyring, KeyringStanding, Offer } from '@palabre/sdk/contract/keyring'
import type { Change, Store } from '@palabre/sdk/contract/store'
import type { Prekeys, Suite } from '@palabre/sdk/contract/suite'

export interface KeyringSources {
  readonly store: Pick<Store, 'record' | 'commit'>
  readonly suites: Iterable<Suite>
  readonly clock: Pick<Clock, 'now'>
}

/** One after the other: two answers that used the same one-time key would both believe they were first. */
export function createStoredKeyring({ store, suites, clock }: KeyringSources): Keyring {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }

  const keptOf = async (suite: Suite) => (await store.record('prekeys', suite.name)) as Prekeys | undefined

  /** What is kept, made on the first time and renewed when that is due. */
  async function prekeysOf(suite: Suite): Promise<Prekeys> {
    const kept = await keptOf(suite)
    const fresh = kept === undefined ? suite.createPrekeys(clock.now()) : suite.renewPrekeys(kept, clock.now())
    if (fresh === undefined) return kept!
    await store.commit([keeping(suite, fresh)])
    return fresh
  }

  async function offerOf(suite: Suite, once: boolean): Promise<Offer> {
    const { prekeys, offer } = suite.offer(await prekeysOf(suite), { once })
    if (once) await store.commit([keeping(suite, prekeys)])
    return { suite: suite.name, offer }
  }

  const strongestFirst = () => [...suites].toSorted((a, b) => b.strength - a.strength)

  return {
    offers: ({ once }) =>
      inTurn(async () => {
        const offers: Offer[] = []
        for (const suite of strongestFirst()) offers.push(await offerOf(suite, once))
        if (offers.length === 0) throw noSuite()
        return offers
      }),
    answer: (sealed, sessionOf, keep) =>
      inTurn(async () => {
        for (const suite of strongestFirst()) {
          const answered = await suite.answer(await prekeysOf(suite), sealed, (them) => sessionOf(them, suite.name))
          if (answered !== undefined) return await keep({ ...answered, suite: suite.name }, keeping(suite, answered.prekeys))
        }
        return undefined
      }),
    renew: () =>
      inTurn(async () => {
        for (const suite of suites) if ((await keptOf(suite)) !== undefined) await prekeysOf(suite)
      }),
    standings: () =>
      inTurn(async () => {
        const standings: KeyringStanding[] = []
        for (const suite of strongestFirst()) {
          const kept = await keptOf(suite)
          if (kept !== undefined) standings.push({ suite: suite.name, ...suite.prekeysStanding(kept) })
        }
        return standings
      }),
  }
}

const keeping = (suite: Suite, prekeys: Prekeys): Change => ({ do: 'put', kind: 'prekeys', key: suite.name, value: prekeys })

function noSuite(): PalabreError {
  return new PalabreError(
    'switched-off',
    text('no end-to-end encryption is switched on', 'aucun chiffrement de bout en bout n’est activé'),
    { todo: text('Switch on suite-ratchet in plugins.json.', 'Activez suite-ratchet dans plugins.json.') },
  )
}
