// limit: 240 s
import { testSeed } from '@palabre/sdk/testkit'
import { createTables, type MemoryTables } from '@palabre/store-memory/memory-tables'
import * as fc from 'fast-check'
import { test } from 'uvu'
import { openPerson, openPrimitives } from '../../suite/people.ts'
import { openGame } from './game.ts'
import { edges, schedules } from './moves.ts'
import { onceBroken } from './once-broken.ts'

const seed = testSeed()
const runs = Number(process.env['PALABRE_TEST_RUNS'] ?? 60)

test(`any schedule of three people, their programs and the network (seed ${seed})`, async () => {
  await using fast = await openPrimitives('primitives-node')
  await using portable = await openPrimitives('primitives-noble')
  // Only the portable one lets the dice be loaded here.
  const { encapsulate } = portable.lent.primitives.mlKem768
  const primitives = { ...fast.lent.primitives, mlKem768: { ...fast.lent.primitives.mlKem768, encapsulate } }
  await using ada = await openPerson(primitives)
  await using ben = await openPerson(primitives)
  await using cleo = await openPerson(primitives)
  const identities = [ada, ben, cleo].map(({ identity }) => identity)
  const met = await meeting()

  async function meeting(): Promise<readonly MemoryTables[]> {
    await using game = await openGame({ identities, primitives, dice: 1, tables: identities.map(() => createTables()) })
    const [first, ...guests] = game.players
    for (const guest of guests) await guest.contacts.acceptInvite((await first!.contacts.createInvite({})).link)
    for (const edge of [edges[1], edges[3], edges[0], edges[2]]) {
      await game.say(edge)
      await game.calm()
    }
    await game.judge()
    return game.players.map(({ tables }) => structuredClone(tables))
  }

  await fc.assert(
    fc.asyncProperty(schedules, async ({ dice, moves }) => {
      await using game = await openGame({ identities, primitives, dice: dice + 2, tables: met })
      for (const move of moves) await game.play(move)
      await game.calm()
      for (const edge of edges) await game.say(edge)
      await game.calm()
      await game.judge()
    }),
    {
      seed,
      numRuns: runs,
      includeErrorInReport: true,
      examples: onceBroken.map((one) => [one]),
      plugins: [fc.interruptAfterTimeLimit(200_000, { failOnInterrupt: true })],
    },
  )
})

test.run()
