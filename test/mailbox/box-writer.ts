// Deposits and acknowledges in the mailbox of a folder, and says what it was answered, until it is killed: `+name` for what is kept,
// `~name` for what is about to be acknowledged, `-name` for what is.
import { openStore } from '@palabre/mailbox-server/open-store'
import { join } from 'node:path'
import { lawTime, makeQueue, newBlock } from './queue-store-laws.ts'

const [folder = '', inFlight = '1'] = process.argv.slice(2)
const store = await openStore({ database: 'sqlite', maxQueues: 100_000 }, { file: (name) => join(folder, name) })
await Promise.all(Array.from({ length: Number(inFlight) }, work))

async function work(): Promise<void> {
  const queue = await makeQueue(store)
  for (let turn = 0; ; turn++) {
    const block = newBlock()
    const line = `${queue}/${block.name.toString('hex')}\n`
    await store.deposit(queue, block, lawTime)
    process.stdout.write(`+${line}`)
    // Two of three are collected; so the queue fills, and turns are never without change.
    if (turn % 3 === 0 && turn < 300) continue
    process.stdout.write(`~${line}`)
    await store.acknowledge(queue, [block.name])
    process.stdout.write(`-${line}`)
  }
}
