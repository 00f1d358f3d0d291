import type { Store } from '@palabre/sdk/contract/store'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'

export interface Answered {
  readonly n: number
  /** How long the log was then. */
  readonly log: number
}

/** Writes into the folder from a process of its own, which is killed (-9) as soon as this many answers came and `delay` has passed. */
export async function writeUntilKilled(folder: string, first: number, { answers, inFlight = 4, delay = 0 }: Writing) {
  const script = fileURLToPath(new URL('./writer.ts', import.meta.url))
  const child = spawn(process.execPath, [script, folder, String(first), String(inFlight)], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => (errors += part))
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    said += part
    if (said.split('\n').length > answers) setTimeout(() => child.kill('SIGKILL'), delay)
  })
  const signal = await new Promise((done) => child.on('close', (_code, by) => done(by)))
  assert.is(signal, 'SIGKILL', errors)
  const lines = said.slice(0, said.lastIndexOf('\n')).split('\n')
  return lines.map((line): Answered => {
    const [n, log] = line.split(' ').map(Number) as [number, number]
    return { n, log }
  })
}

interface Writing {
  readonly answers: number
  readonly inFlight?: number
  readonly delay?: number
}

/** How many messages are kept. Counter, messages, outbox and envelopes say the same, and every message is whole. */
export async function countKept(store: Store): Promise<number> {
  const counter = await store.record('session', 's')
  const count = counter === undefined ? 0 : counter[0]! + 256 * counter[1]! + 65_536 * counter[2]! + 1
  const [summary] = await store.conversations()
  assert.is(summary?.last.place ?? 0, count, 'messages and counter')
  let place = count + 1
  while (place > 1) {
    const page = await store.messages('alice', { limit: 500, before: place })
    for (const [i, message] of page.entries()) {
      const n = page[0]!.place - 1 + i
      assert.is(message.place, n + 1)
      assert.is(message.text, `message ${n} ${'of some length '.repeat(n % 20)}`)
      assert.ok(await store.seen((0xe000 + n).toString(16).padStart(32, '0')))
    }
    place = page[0]!.place
  }
  const waiting = await store.outbox()
  assert.is(waiting.length, count, 'messages and outbox')
  const found = await store.search('message', { limit: 500 })
  assert.is(found.length, Math.min(count, 500), 'messages and search')
  assert.is(found[0]?.place ?? 0, count)
  return count
}
