import type { Answered, Prekeys, Sealed, Session, Suite } from '@palabre/sdk/contract/suite'
import { testSeed } from '@palabre/sdk/testkit'
import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openPerson, openPrimitives } from './people.ts'
import { watched } from './watched-primitives.ts'

/**
 * Two people and a network that does what it likes, while either side forgets, is set back to a copy, begins anew. Whatever comes:
 * no plaintext is accepted twice by what was committed, only what was said is heard, a step that fails changes nothing, no key meets
 * a nonce twice, and afterwards honest traffic recovers.
 */
const seed = testSeed()
const runs = 150
const day = 24 * 60 * 60 * 1000

type Side = 0 | 1
type Move =
  | { readonly do: 'say' | 'lose' | 'anew' | 'copy'; readonly by: Side }
  | { readonly do: 'back'; readonly by: Side; readonly which: number }
  | { readonly do: 'deliver' | 'twice' | 'drop' | 'corrupt'; readonly which: number }
  | { readonly do: 'later'; readonly days: number }

const by = fc.constantFrom<Side>(0, 1)
const which = fc.nat()
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('say' as const), by }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('deliver' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('twice' as const, 'drop' as const, 'corrupt' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('copy' as const, 'anew' as const), by }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('back' as const), by, which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), by }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('later' as const), days: fc.constantFrom(1, 8, 31) }) },
)

/** What one side has committed; what it accepted is part of that, as it is of a database. */
interface Committed {
  readonly prekeys: Prekeys
  readonly session: Session | undefined
  readonly accepted: readonly string[]
}

interface Envelope {
  readonly to: Side
  readonly sealed: Sealed
  readonly body: string
}

class Player {
  state: Committed
  copies: Committed[] = []
  readonly suite: Suite
  readonly key: Uint8Array

  constructor(suite: Suite, key: Uint8Array, now: number) {
    this.suite = suite
    this.key = key
    this.state = { prekeys: suite.createPrekeys(now), session: undefined, accepted: [] }
  }

  /** What another one begins with: a one-time key when there is no session, the last resort for repair. */
  offer(once: boolean): Uint8Array {
    const { prekeys, offer } = this.suite.offer(this.state.prekeys, { once })
    this.state = { ...this.state, prekeys }
    return offer
  }

  begin(other: Player, once: boolean): void {
    this.state = { ...this.state, session: this.suite.begin(other.offer(once), other.key, this.state.session) }
  }

  say(body: string): Sealed {
    const { session, sealed } = this.suite.seal(this.state.session!, new TextEncoder().encode(body))
    this.state = { ...this.state, session }
    return sealed
  }

  async hear(sealed: Sealed): Promise<string | undefined> {
    const before = structuredClone(this.state)
    const { prekeys, session, accepted } = this.state
    const opened = session && this.suite.open(session, sealed)
    const step = opened ?? (await this.suite.answer(prekeys, sealed, async () => session))
    assert.equal(this.state, before, 'nothing given is changed')
    if (step === undefined) return undefined
    const body = new TextDecoder().decode(step.body)
    assert.not.ok(accepted.includes(body), `"${body}" is accepted twice`)
    const next = step === opened ? prekeys : (step as Answered).prekeys
    // As from the disk after a restart: nothing is shared with what was in memory.
    this.state = structuredClone({ prekeys: next, session: step.session, accepted: [...accepted, body] })
    return body
  }
}

async function play(
  moves: readonly Move[],
  players: readonly [Player, Player],
  clock: { now(): number; advance(ms: number): Promise<void> },
) {
  const wire: Envelope[] = []
  const other = (side: Side) => players[side === 0 ? 1 : 0]
  for (const [i, one] of moves.entries()) {
    if ('by' in one) {
      const me = players[one.by]
      if (one.do === 'say') {
        if (me.state.session === undefined) me.begin(other(one.by), true)
        const body = `message ${i} of ${one.by}`
        wire.push({ to: one.by === 0 ? 1 : 0, sealed: me.say(body), body })
      } else if (one.do === 'back') {
        if (me.copies.length > 0) me.state = me.copies[one.which % me.copies.length]!
      } else if (one.do === 'anew') me.begin(other(one.by), false)
      else if (one.do === 'copy') me.copies.push(me.state)
      else me.state = { ...me.state, session: undefined }
    } else if (one.do === 'later') {
      await clock.advance(one.days * day)
      for (const { state, suite } of players) {
        const prekeys = suite.renewPrekeys(state.prekeys, clock.now())
        if (prekeys) players.find((player) => player.suite === suite)!.state = { ...state, prekeys }
      }
    } else if (wire.length > 0) {
      const at = one.which % wire.length
      const { to, sealed, body } = wire[at]!
      if (one.do !== 'twice' && one.do !== 'corrupt') wire.splice(at, 1)
      if (one.do === 'drop') continue
      const bent = one.do === 'corrupt'
      const sent = bent ? (sealed.map((byte, j) => (j === one.which % sealed.length ? byte ^ 1 : byte)) as Sealed) : sealed
      const heard = await players[to].hear(sent)
      assert.ok(heard === undefined || (!bent && heard === body), `"${heard}" was heard where "${body}" was said`)
    }
  }
}

/** As a messenger mends it: who hears nothing begins anew with the other's last resort, and says so. */
async function recover([a, b]: readonly [Player, Player]): Promise<void> {
  if (a.state.session === undefined) a.begin(b, true)
  for (let round = 0; round < 40; round++) {
    let isWell = true
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const body = `after all ${round} of ${from === a ? 0 : 1}`
      if (from.state.session !== undefined && (await to.hear(from.say(body))) === body) continue
      isWell = false
      to.begin(from, false)
      const anew = `${body}: anew`
      assert.is(await from.hear(to.say(anew)), anew, 'a beginning with the last resort opens')
    }
    if (isWell) return
  }
  assert.unreachable('two who want to talk do not come together')
}

test(`any schedule of two people, the network and lost memory (seed ${seed})`, async () => {
  const sealed = new Set<string>()
  await using host = await openPrimitives('primitives-node')
  const primitives = watched(host.lent.primitives, sealed)
  await using ada = await openPerson(primitives)
  await using ben = await openPerson(primitives)
  const clock = {
    now: () => ada.clock.now(),
    advance: async (ms: number) => {
      await ada.clock.advance(ms)
      await ben.clock.advance(ms)
    },
  }
  const schedule = fc.array(move, { minLength: 10, maxLength: 80, size: 'max' })
  await fc.assert(
    fc.asyncProperty(schedule, async (moves) => {
      const players = [ada, ben].map(({ suite, identity }) => new Player(suite, identity.signingKey, clock.now()))
      const two = players as unknown as readonly [Player, Player]
      await play(moves, two, clock)
      await recover(two)
    }),
    { seed, numRuns: runs },
  )
  assert.ok(sealed.size > runs * 10)
})

test.run()
