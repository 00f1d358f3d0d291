import { meet, type TestPerson } from '../../messenger/person.ts'
import { knowsMailboxOf, startPersonAt } from '../../mailbox/relay-host.ts'
import { startRelayProcess } from '../../mailbox/relay-process.ts'
import { until } from '../../mailbox/until.ts'
import type { Job } from '../job.ts'

/** Two people who are both there and have no other road than a mailbox: from `send` until the other one has kept and sees it. */
export const bothOnline: Job = { name: 'both-online', run: measure }

const rounds = 5
const messages = 60

async function* measure() {
  await using relay = await startRelayProcess()
  await using met = await startPersonAt([relay])
  await using guest = await startPersonAt([relay])
  await meet(met, guest)
  await until(async () => (await knowsMailboxOf(met, guest)) && (await knowsMailboxOf(guest, met)))
  await using ada = await met.restart({ without: ['route-link'] })
  await using bob = await guest.restart({ without: ['route-link'] })
  for (let warm = 0; warm < messages; warm++) await untilSeen(ada, bob, `warm ${warm}`)
  const [half, most]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    const took: number[] = []
    for (let index = 0; index < messages; index++) took.push(await untilSeen(ada, bob, `round ${round} message ${index}`))
    const sorted = took.toSorted((a, b) => a - b)
    half.push(sorted[messages >> 1]!)
    most.push(sorted[Math.floor(messages * 0.95)]!)
  }
  const notes = ['the relay in its own process, both people in ours; each message waits for three disks']
  yield {
    what: 'through a mailbox, both online: send to seen, half of them',
    unit: 'ms' as const,
    ours: half,
    aim: { of: 'ours', atMost: 20 } as const,
    notes,
  }
  yield { what: '19 of 20', unit: 'ms' as const, ours: most }
}

async function untilSeen(from: TestPerson, to: TestPerson, text: string): Promise<number> {
  const seen = Promise.withResolvers<void>()
  using _watching = to.messenger.watch((event) => {
    if (event.kind === 'message' && event.message.text === text) seen.resolve()
  })
  const began = performance.now()
  await from.messenger.send(to.id, { text })
  await seen.promise
  return performance.now() - began
}
