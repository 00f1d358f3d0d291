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
  const bare = await timesAndSizes({})
  const notes = ['a process of its own, on a profile that has been used before']
  yield { what: 'palabre relay: until its link is told', unit: 'ms', ours: bare.times, aim: { of: 'ours', atMost: 1_000 }, notes }
  yield { what: 'resident memory, idle', unit: 'MB', ours: bare.sizes, aim: { of: 'ours', atMost: 120 } }
  yield { what: 'the same, the first time, when all of it is compiled', unit: 'MB', ours: [bare.first] }
  const asService = await timesAndSizes({ MALLOC_ARENA_MAX: '1', NODE_OPTIONS: '--max-semi-space-size=1' })
  yield { what: 'the same, started as the service of its README', unit: 'MB', ours: asService.sizes }
}

async function timesAndSizes(env: Readonly<Record<string, string>>) {
  const [times, sizes]: [number[], number[]] = [[], []]
  const compiled = mkdtempSync(join(tmpdir(), 'palabre-bench-'))
  await using relay = await startRelayProcess({
    plugins: { 'transport-websocket': { config: { listen: ['/ip4/127.0.0.1/tcp/0/ws'] } } },
    env: { ...env, NODE_COMPILE_CACHE: compiled },
  })
  const settledSize = async () => {
    // What starting took is collected by then.
    await sleep(7_000)
    return residentOf(relay.process.child.pid!)
  }
  const first = await settledSize()
  for (let round = 0; round < rounds; round++) {
    relay.process.signal('SIGTERM')
    await relay.process.ended
    const begun = performance.now()
    await relay.start()
    times.push(performance.now() - begun)
    sizes.push(await settledSize())
  }
  await relay.kill()
  rmSync(compiled, { recursive: true })
  return { first, times, sizes }
}

function residentOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / kilobyte
}
