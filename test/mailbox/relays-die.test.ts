// slow, limit: 420 s
import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import { testSeed, seededRandom } from '@palabre/sdk/testkit'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { password, startPostgres, type TestPostgres } from '../postgres/start-postgres.ts'
import { startPersonAt } from './relay-host.ts'
import { startRelayProcess, type RelayProcess } from './relay-process.ts'
import { until } from './until.ts'
import { newWireQueue, type WireQueue } from './wire-client.ts'
import { startWireNode, type WireNode } from './wire-node.ts'

const server = await startPostgres()
if (server === undefined) {
  console.log('SKIPPED: relays at one database: there is no PostgreSQL for this machine')
  test.skip('PostgreSQL', () => undefined)
} else prove(server)
test.after(async () => server?.[Symbol.asyncDispose]())
test.run()

function prove(server: TestPostgres): void {
  test('of three relays at one database one is killed every few seconds: whatever they promised to keep comes out, and the database may crash meanwhile', async () => {
    const seed = testSeed()
    await using relays = await threeRelays(await server.newDatabase())
    await using depositor = await startWireNode()
    await using collector = await startWireNode()
    const queues = Array.from({ length: 8 }, () => newWireQueue(depositor.primitives))
    const over = new AbortController()
    const kept: string[] = []
    const came = new Map<string, number>()
    const collecting = queues.map((queue, index) =>
      collect(collector, relays.all, queue, { first: index, came, signal: over.signal }),
    )
    const ended = new AbortController()
    const depositing = queues.map((queue, index) =>
      deposit(depositor, relays.all, queue, { first: index, kept, signal: ended.signal }),
    )
    await killInTurn(relays.all, { times: 12, seed })
    await server.crash()
    await sleep(500)
    await server.start()
    const before = kept.length
    await until(() => kept.length > before + 50)
    ended.abort()
    await Promise.all(depositing)
    await until(() => kept.every((id) => came.has(id)))
    over.abort()
    await Promise.all(collecting)
    const again = [...came.values()].filter((times) => times > 1).length
    console.log(
      `MEASURED: 12 kills, 1 crash of the database: ${kept.length} kept, all came, ${again} were sent again; seed ${seed}`,
    )
    assert.ok(kept.length > 300, `only ${kept.length}`)
    for (const relay of relays.all) assert.not.ok(`${relay.process.said()}${relay.process.said('err')}`.includes(password))
  })

  test('a person gets everything another one writes, in order and once', async () => {
    const seed = testSeed()
    await using relays = await threeRelays(await server.newDatabase())
    // Nothing leads from one to the other but the mailboxes.
    const apart = { without: ['route-link'] }
    await using ada = await startPersonAt(relays.all, apart)
    await using bob = await startPersonAt(relays.all, apart)
    const { link } = await ada.contacts.createInvite({ name: 'Ada' })
    await bob.contacts.acceptInvite(link)
    await bob.messenger.send(ada.id, { text: 'first' })
    await until(async () => (await textsFrom(ada, bob.id)).length === 1)

    const texts = Array.from({ length: 60 }, (_, index) => `number ${index}`)
    const killing = killInTurn(relays.all, { times: 8, seed })
    for (const text of texts) {
      await bob.messenger.send(ada.id, { text })
      await sleep(250)
    }
    await killing
    await until(async () => (await textsFrom(ada, bob.id)).length > texts.length)
    assert.equal(await textsFrom(ada, bob.id), ['first', ...texts])
    console.log(`MEASURED: 8 kills, ${texts.length} messages, each once and in order; seed ${seed}`)
  })
}

const textsFrom = async (who: Awaited<ReturnType<typeof startPersonAt>>, peer: string) =>
  (await who.messenger.history(peer as typeof who.id, { limit: 500 }))
    .filter(({ mine, kind }) => !mine && kind === 'text')
    .map(({ text }) => text)

async function threeRelays(database: string): Promise<{ readonly all: readonly RelayProcess[] } & AsyncDisposable> {
  const all = await Promise.all(Array.from({ length: 3 }, () => startRelayProcess({ database })))
  return { all, [Symbol.asyncDispose]: async () => void (await Promise.all(all.map((one) => one[Symbol.asyncDispose]()))) }
}

/** One is dead, or coming up again, at any time. */
async function killInTurn(relays: readonly RelayProcess[], { times, seed }: { times: number; seed: number }): Promise<void> {
  const random = seededRandom(seed)
  for (let time = 0; time < times; time++) {
    const one = relays[random.below(relays.length)]!
    await sleep(200 + random.below(1_500))
    await one.kill()
    await one.start()
  }
}

interface Depositing {
  readonly first: number
  /** Which blocks were answered for. */
  readonly kept: string[]
  readonly signal: AbortSignal
}

async function deposit(node: WireNode, relays: readonly RelayProcess[], queue: WireQueue, { first, kept, signal }: Depositing) {
  for (let turn = first; !signal.aborted; turn++) {
    try {
      const client = await node.open(relays[turn % relays.length]!.link)
      try {
        await client.create(queue)
        const slot = await client.claim('sender', queue)
        while (!signal.aborted) {
          const block = new Uint8Array(mailboxWire.block)
          const id = node.primitives.randomBytes(16)
          block.set(id)
          await client.deposit(slot, block)
          kept.push(Buffer.from(id).toString('hex'))
          await sleep(5)
        }
      } finally {
        await client.close()
      }
    } catch {
      // Whatever ended it: another relay, a moment later.
      await sleep(50)
    }
  }
}

interface Collecting {
  readonly first: number
  /** How often each came. */
  readonly came: Map<string, number>
  readonly signal: AbortSignal
}

async function collect(node: WireNode, relays: readonly RelayProcess[], queue: WireQueue, { first, came, signal }: Collecting) {
  const over = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  for (let turn = first + 1; !signal.aborted; turn++) {
    try {
      const client = await node.open(relays[turn % relays.length]!.link)
      try {
        const slot = await client.create(queue)
        await client.collect(slot, (name, block) => {
          const id = Buffer.from(block.subarray(0, 16)).toString('hex')
          came.set(id, (came.get(id) ?? 0) + 1)
          client.acknowledge(slot, name).catch(() => undefined)
        })
        await Promise.race([client.ended, over])
      } finally {
        await client.close()
      }
    } catch {
      await sleep(50)
    }
  }
}
