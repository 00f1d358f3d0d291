import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startRelayProcess } from '../../mailbox/relay-process.ts'
import type { Job, Row } from '../job.ts'

/** From the command to the link, and what a relay takes that nobody uses. */
export const starting: Job = { name: 'starting', run: measure }

const rounds = 5
const kilobyte = 1024

async function* measure(): AsyncGenerator<Row> {
  const [times, sizes]: [number[], number[]] = [[], []]
  const compiled = mkdtempSync(join(tmpdir(), 'palabre-bench-'))
  await using relay = await startRelayProcess({
    env: { NODE_COMPILE_CACHE: compiled, NODE_OPTIONS: '--max-semi-space-size=1' },
  })
  for (let round = 0; round < rounds; round++) {
    await relay.kill()
    const begun = performance.now()
    await relay.start()
    times.push(performance.now() - begun)
    // What starting took is collected by then.
    await sleep(7_000)
    sizes.push(residentOf(relay.process.child.pid!))
  }
  await relay.kill()
  rmSync(compiled, { recursive: true })
  const notes = ['a process of its own, started as a service is, on a profile that has been used before']
  yield { what: 'palabre relay: until its link is told', unit: 'ms', ours: times, aim: { of: 'ours', atMost: 1_000 }, notes }
  yield { what: 'resident memory, idle', unit: 'MB', ours: sizes, aim: { of: 'ours', atMost: 120 } }
}

function residentOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / kilobyte
}
