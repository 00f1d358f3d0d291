import { openStore, type DatabaseStore } from '@palabre/mailbox-server/open-store'
import { seededRandom } from '@palabre/sdk/testkit'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'

/** Kills a mailbox again and again over the same file: what it promised is there each time, and what was collected does not come back. */
export async function surviveDeaths(times: number, seed: number): Promise<void> {
  const random = seededRandom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'palabre-box-'))
  const kept = new Set<string>()
  let answers = 0
  try {
    for (let time = 0; time < times; time++) {
      const lines = await writeUntilKilled(folder, {
        inFlight: 1 + random.below(16),
        lines: 1 + random.below(60),
        delay: random.below(12),
      })
      answers += lines.filter((line) => !line.startsWith('~')).length
      const unsure = new Set(lines.filter((line) => line.startsWith('~')).map((line) => line.slice(1)))
      const gone = new Set(lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1)))
      for (const line of lines) if (line.startsWith('+') && !unsure.has(line.slice(1))) kept.add(line.slice(1))
      const store = await openStore({ database: 'sqlite', maxQueues: 100_000 }, { file: (name) => join(folder, name) })
      for (const block of kept) assert.ok(await isThere(store, block), `seed ${seed}, death ${time}: ${block} is lost`)
      for (const block of gone) assert.not.ok(await isThere(store, block), `seed ${seed}, death ${time}: ${block} came back`)
      await store.close()
    }
    console.log(`MEASURED: ${times} deaths, ${answers} answers, ${kept.size} blocks kept to the end, seed ${seed}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function isThere(store: DatabaseStore, block: string): Promise<boolean> {
  const [queue = '', name = ''] = block.split('/')
  return (await store.block(Number(queue), Buffer.from(name, 'hex')))?.length === 16_384
}

interface Writing {
  readonly inFlight: number
  /** It is killed after so many of its lines, and these milliseconds. */
  readonly lines: number
  readonly delay: number
}

async function writeUntilKilled(folder: string, { inFlight, lines, delay }: Writing): Promise<string[]> {
  const script = join(import.meta.dirname, 'box-writer.ts')
  const child = spawn(process.execPath, [script, folder, String(inFlight)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    said += part
    if (said.split('\n').length > lines) setTimeout(() => child.kill('SIGKILL'), delay)
  })
  const signal = await new Promise((done) => child.once('close', (_code, by) => done(by)))
  assert.is(signal, 'SIGKILL')
  return said
    .slice(0, said.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
}
