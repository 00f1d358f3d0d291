import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '@palabre/sdk/testkit'
import * as assert from 'uvu/assert'
import { openTcpFaults, type TcpFaultProxy } from '../faults/tcp-faults.ts'
import type { CliProcess, Person } from '../story/cli-process.ts'
import { answered, conversation, meet, newTalker } from '../story/two-talkers.ts'

export interface Fire {
  readonly seed: number
  /** Each way. */
  readonly messages: number
  readonly kills: number
  /** Times in which nothing passes: short ones, and among the first of them some of thirty seconds. */
  readonly blackouts: number
  readonly nights: number
  /** The road is cut once in so many bytes of one direction; other faults are rarer. */
  readonly cutAfter: number
  /** Milliseconds between two messages of one person. */
  readonly pace: number
}

interface Side {
  readonly person: Person
  readonly peer: string
  readonly prefix: string
  process: CliProcess
}

const plugins = {
  'network-libp2p': { enabled: true, config: { inboundPerSecond: 100 } },
  'test-feeder': { enabled: true, from: join(import.meta.dirname, 'feeder') },
  'transport-tcp': false,
}
const detour = (ways: Readonly<Record<string, number>>) => ({
  ...plugins,
  'test-detour': { enabled: true, from: join(import.meta.dirname, 'detour'), config: { ways } },
})

/** Longer than any pause between two tries over these roads. */
const patience = 120_000

/** How many bytes lie between two faults of a kind. */
const faultsBy = (cut: number) => ({ cut, corrupt: 4 * cut, lose: 10 * cut, duplicate: 10 * cut, reorder: 10 * cut })

/**
 * Two people send each other numbered messages over a road on which everything goes wrong, and are killed while they do. Afterwards each
 * must have every message of the other once and in order, and every message of their own must be known as delivered.
 */
export async function talkUnderFire(fire: Fire): Promise<void> {
  const random = seededRandom(fire.seed)
  await using ada = newTalker(detour({}))
  await using bob = newTalker(detour({}))
  await meet(ada, bob)
  const faults = faultsBy(fire.cutAfter)
  const [portOfAda, portOfBob] = [await portOf(ada), await portOf(bob)]
  await using toAda = await openTcpFaults({ to: { port: portOfAda }, seed: fire.seed, faults, delay: [0, 10] })
  await using toBob = await openTcpFaults({ to: { port: portOfBob }, seed: fire.seed + 1, faults, delay: [0, 10] })
  lead(ada, { [portOfBob]: toBob.port })
  lead(bob, { [portOfAda]: toAda.port })

  const begin = (person: Person, peer: string, prefix: string): CliProcess =>
    person.start(['feed', peer, '--prefix', prefix, '--count', String(fire.messages), '--pace', String(fire.pace), '--json'])
  const sides: Side[] = [
    { person: ada, peer: 'Bob', prefix: 'a0', process: begin(ada, 'Bob', 'a0') },
    { person: bob, peer: 'Ada', prefix: 'b0', process: begin(bob, 'Ada', 'b0') },
  ]

  for (let kill = 0; kill < fire.kills; kill++) {
    const side = random.pick(sides)
    await side.process.says('"ready"')
    await pause(random.below(1_500))
    if (kill < fire.blackouts) await blackout([toAda, toBob], kill < fire.nights ? 30_000 : 200 + random.below(800))
    side.process.signal('SIGKILL')
    await side.process.ended
    side.process = begin(side.person, side.peer, side.prefix)
  }

  await allDelivered(sides)
  // Who was done first may have been told of a delivery that the other has yet to hear of.
  for (const { process } of sides) {
    process.signal('SIGINT')
    await process.ended
  }
  assert.ok(struckOf(toAda) + struckOf(toBob) > 0, 'nothing went wrong on the road')
  for (const [mine, theirs] of [sides, sides.toReversed()] as [Side, Side][]) await judge(fire, mine, theirs)
}

/** Fails with what is known of both when nothing has moved for a long time: somebody waits whom nobody wakes. */
async function allDelivered(sides: readonly Side[]): Promise<void> {
  const over = new AbortController()
  const heard = () => sides.map(({ process }) => process.said().length).join()
  const stall = async () => {
    for (let before = ''; heard() !== before; before = heard()) await pause(patience, over.signal)
    const account = ({ peer, process }: Side) => `to ${peer}: ${process.said().slice(-200)}\n${process.said('err').slice(-20_000)}`
    assert.unreachable(`nothing was delivered for ${patience / 1000} s\n${sides.map(account).join('\n')}`)
  }
  try {
    await Promise.race([Promise.all(sides.map(({ process }) => process.says('"done"'))), stall()])
  } finally {
    over.abort()
  }
}

async function judge({ messages }: Fire, mine: Side, theirs: Side): Promise<void> {
  const all = (await conversation(mine.person, mine.peer)).filter(({ kind, text }) => kind === 'text' && text !== 'we meet')
  const numbered = (prefix: string) => Array.from({ length: messages }, (_, number) => `${prefix} ${number}`)
  const textsOf = (isMine: boolean) => all.filter((one) => one.mine === isMine).map(({ text }) => text)
  same(textsOf(false), numbered(theirs.prefix), `what ${mine.peer} sent`)
  same(textsOf(true), numbered(mine.prefix), `what was sent to ${mine.peer}`)
  const untrue = all.filter(({ mine: isMine, state }) => state !== (isMine ? 'delivered' : 'received'))
  assert.equal(untrue.map(({ text, state }) => `${text} is ${state}`).slice(0, 5), [])
  assert.equal(await answered(mine.person, 'outbox', '--peer', mine.peer).then((rows) => (rows as object[]).length), 0)
}

/** Says where they part, and not ten thousand lines. */
function same(found: readonly string[], wanted: readonly string[], what: string): void {
  const at = wanted.findIndex((one, index) => found[index] !== one)
  if (at === -1 && found.length === wanted.length) return
  const from = Math.max(0, at - 2)
  assert.unreachable(
    `${what}: ${found.length} of ${wanted.length}, and from ${from} on: ${found.slice(from, from + 6).join(', ')}, where it should be ${wanted.slice(from, from + 6).join(', ')}`,
  )
}

async function portOf(person: Person): Promise<number> {
  const { addresses } = await answered<{ addresses: string[] }>(person, 'net', 'info')
  return Number(/\/tcp\/(\d+)/.exec(addresses.join())?.[1])
}

function lead(person: Person, ways: Readonly<Record<string, number>>): void {
  const settings = JSON.parse(readFileSync(person.settings, 'utf8')) as { plugins: object }
  writeFileSync(person.settings, JSON.stringify({ ...settings, plugins: { ...settings.plugins, ...detour(ways) } }))
}

async function blackout(roads: readonly TcpFaultProxy[], ms: number): Promise<void> {
  const dark = roads.map((road) => road.blackout())
  await pause(ms)
  for (const one of dark) one[Symbol.dispose]()
}

const struckOf = ({ struck }: TcpFaultProxy) => Object.values(struck).reduce((sum, times) => sum + times, 0)

const pause = (ms: number, signal?: AbortSignal) => sleep(ms, undefined, { signal })
