import { testSeed } from '@palabre/sdk/testkit'
import * as fc from 'fast-check'
import { test } from 'uvu'
import { openPerson, openPrimitives } from '../../suite/people.ts'
import { openGame } from './game.ts'
import { edges, schedules } from './moves.ts'
import { onceBroken } from './once-broken.ts'
import { fileShelf, memoryShelf } from './shelf.ts'

const seed = testSeed()
const runs = Number(process.env['PALABRE_TEST_RUNS'] ?? 60)

for (const [where, share, createShelf] of [
  ['in memory', 1, memoryShelf],
  ['in files', 0.15, fileShelf],
] as const) {
  test(`any schedule of three people, their programs and the network, with what they keep ${where} (seed ${seed})`, async () => {
    await using stack = new AsyncDisposableStack()
    const fast = stack.use(await openPrimitives('primitives-node'))
    const portable = stack.use(await openPrimitives('primitives-noble'))
    // Only the portable one lets the dice be loaded here.
    const { encapsulate } = portable.lent.primitives.mlKem768
    const primitives = { ...fast.lent.primitives, mlKem768: { ...fast.lent.primitives.mlKem768, encapsulate } }
    const people = [await openPerson(primitives), await openPerson(primitives), await openPerson(primitives)]
    const identities = people.map((one) => stack.use(one).identity)
    const shelves = people.map(() => stack.use(createShelf(primitives)))
    await meet()
    const begin = shelves.map((shelf) => shelf.copy())

    async function meet(): Promise<void> {
      await using game = await openGame({ identities, primitives, dice: 1, shelves, said: 0 })
      const [first, ...guests] = game.players
      for (const guest of guests) await guest.contacts.acceptInvite((await first!.contacts.createInvite({})).link)
      for (const edge of [edges[1], edges[3], edges[0], edges[2]]) {
        await game.say(edge)
        await game.calm()
      }
      await game.judge()
    }

    await fc.assert(
      fc.asyncProperty(schedules, async ({ dice, moves }) => {
        for (const again of begin) again()
        await using game = await openGame({ identities, primitives, dice: dice + 2, shelves, said: edges.length })
        for (const move of moves) await game.play(move)
        await game.calm()
        for (const edge of edges) await game.say(edge)
        await game.calm()
        await game.judge()
      }),
      {
        seed,
        numRuns: Math.ceil(runs * share),
        includeErrorInReport: true,
        examples: onceBroken.map((one) => [one]),
        plugins: [fc.interruptAfterTimeLimit(200_000, { failOnInterrupt: true })],
      },
    )
  })
}

test.run()
