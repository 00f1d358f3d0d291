import { seededRandom } from '@palabre/sdk/testkit'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { openKept } from './kept-profile.ts'
import { countKept, writeUntilKilled, type Answered } from './writing-process.ts'

const [header, frame] = [32, 24 + 4096]

/**
 * What a power cut may leave of a log: its end cut off, or bits of it changed. Everything answered before the hurt is there, what
 * comes after it is gone in whole commits.
 */
export async function surviveTears(times: number, seed: number): Promise<void> {
  const random = seededRandom(seed)
  const base = mkdtempSync(join(tmpdir(), 'palabre-torn-'))
  try {
    const whole = join(base, 'whole')
    mkdirSync(whole)
    const empty = await openKept(whole)
    await empty.close()
    const answers = await writeUntilKilled(whole, 0, { answers: 50, inFlight: 2 })
    const log = readFileSync(join(whole, 'store.db-wal'))
    const counts = new Set<number>()
    for (let time = 0; time < times; time++) {
      const copy = join(base, 'copy')
      cpSync(whole, copy, { recursive: true })
      const at = random.below(log.length)
      const torn = random.below(2) === 0 ? log.subarray(0, at) : flipped(log, at, random.below(8))
      writeFileSync(join(copy, 'store.db-wal'), torn)
      const { store, close } = await openKept(copy)
      const kept = await countKept(store)
      await close()
      rmSync(copy, { recursive: true })
      assert.ok(kept > lastBefore(answers, at), `seed ${seed}, tear ${time} at ${at}: ${kept} are there`)
      counts.add(kept)
    }
    assert.ok(counts.size > 3, 'the tears fell in many places')
    console.log(`MEASURED: ${times} torn logs, ${answers.length} answered commits, seed ${seed}`)
  } finally {
    rmSync(base, { recursive: true })
  }
}

/** The last commit whose every frame lies before the one that was hurt; -1 when there is none. */
function lastBefore(answers: readonly Answered[], at: number): number {
  const sound = at < header ? 0 : header + Math.floor((at - header) / frame) * frame
  return Math.max(-1, ...answers.filter(({ log }) => log <= sound).map(({ n }) => n))
}

function flipped(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte))
}
