import { seededRandom } from '@palabre/sdk/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { openKept } from './kept-profile.ts'
import { countKept, writeUntilKilled } from './writing-process.ts'

/** Kills a writer again and again over the same store: what was answered is there each time, and all of it fits together. */
export async function surviveKills(times: number, seed: number): Promise<void> {
  const random = seededRandom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'palabre-kill-'))
  try {
    let [kept, answered] = [0, 0]
    for (let time = 0; time < times; time++) {
      const writing = { answers: 1 + random.below(40), inFlight: 1 + random.below(16), delay: random.below(12) }
      const answers = await writeUntilKilled(folder, kept, writing)
      const { store, close } = await openKept(folder)
      kept = await countKept(store)
      await close()
      const last = Math.max(...answers.map(({ n }) => n))
      assert.ok(kept > last, `seed ${seed}, death ${time}: ${last} was answered, and ${kept} are there`)
      answered += answers.length
    }
    console.log(`MEASURED: ${times} deaths, ${answered} answered commits, ${kept} messages kept, seed ${seed}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
