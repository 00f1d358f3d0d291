// slow, limit: 500 s
import { testSeed, seededRandom } from '@palabre/sdk/testkit'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { meet, type TestPerson } from '../messenger/person.ts'
import { knowsMailboxOf, startPersonAt } from './relay-host.ts'
import { startRelayProcess } from './relay-process.ts'
import { until } from './until.ts'

const kills = 40
const messages = 200

test('a relay that is killed again and again while two talk through it loses nothing and brings nothing twice', async () => {
  const random = seededRandom(testSeed())
  console.log(`seed ${random.seed}`)
  await using relay = await startRelayProcess()
  await using met = await startPersonAt([relay])
  await using guest = await startPersonAt([relay])
  await meet(met, guest)
  await until(async () => (await knowsMailboxOf(met, guest)) && (await knowsMailboxOf(guest, met)))
  // From now on there is no other road.
  await using ada = await met.restart({ without: ['route-link'] })
  await using bob = await guest.restart({ without: ['route-link'] })

  let isOver = false
  const talk = Promise.all([writing(ada, bob, random.below(1e9)), writing(bob, ada, random.below(1e9))]).finally(
    () => (isOver = true),
  )
  let killed = 0
  while (!isOver || killed < kills) {
    await sleep(random.below(1_500))
    await relay.kill()
    await relay.start()
    killed += 1
    if (killed > 10 * kills) throw new Error('the talk does not end')
  }
  await talk
  const sides: readonly [TestPerson, TestPerson][] = [
    [ada, bob],
    [bob, ada],
  ]
  for (const [mine, theirs] of sides) {
    await until(async () => (await said(mine, theirs)).every(({ state }) => state === 'delivered'), 180_000)
    assert.equal(
      (await heard(theirs, mine)).map(({ text }) => text),
      numbered,
    )
  }
  console.log(`MEASURED: ${2 * messages} messages past ${killed} kills`)
})

const numbered = Array.from({ length: messages }, (_, number) => `number ${number}`)

async function writing(who: TestPerson, whom: TestPerson, seed: number): Promise<void> {
  const random = seededRandom(seed)
  for (const text of numbered) {
    await who.messenger.send(whom.id, { text })
    await sleep(random.below(600))
  }
}

const history = (who: TestPerson, whom: TestPerson) => who.messenger.history(whom.id, { limit: 500 })
const said = async (who: TestPerson, whom: TestPerson) => (await history(who, whom)).filter(({ mine }) => mine)
const heard = async (who: TestPerson, whom: TestPerson) =>
  (await history(who, whom)).filter(({ mine, kind }) => !mine && kind === 'text')

test.run()
