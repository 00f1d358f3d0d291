import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Job, Row } from '../job.ts'
import { inTurn } from '../rounds.ts'

const rounds = 15
const palabre = resolve(import.meta.dirname, '../../../host-cli/bin/palabre.mjs')

/** Whole processes, from their start to their end, beside a Node that does nothing. */
export const coldStart: Job = {
  name: 'cold-start',
  async *run() {
    const folder = mkdtempSync(join(tmpdir(), 'palabre-bench-'))
    try {
      const profile = ['--profile-dir', join(folder, 'profile')]
      yield await beside('palabre --help', { of: 'more', atMost: 150 }, () => processMs([palabre, '--help', ...profile]))
      const list = () => processMs([palabre, 'plugins', 'list', ...profile])
      yield await beside('palabre plugins list: the default set starts and stops', { of: 'ours', atMost: 1000 }, list)
      const listUncompiled = () => processMs([palabre, 'plugins', 'list', ...profile], mkdtempSync(join(folder, 'compiled-')))
      yield await beside('the same for the first time, nothing compiled yet', { of: 'ours', atMost: 1000 }, listUncompiled)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

async function beside(what: string, aim: Row['aim'] & object, ours: () => Promise<number>): Promise<Row> {
  const nothing = () => processMs(['-e', '0'])
  await inTurn(2, { ours, nothing })
  const took = await inTurn(rounds, { ours, nothing })
  return { what, unit: 'ms', ours: took.ours, peer: { name: 'node -e 0', took: took.nothing }, aim }
}

/** The bench's own compile cache is not handed down: what is cold stays cold. */
async function processMs(args: readonly string[], compileCache?: string): Promise<number> {
  const { NODE_COMPILE_CACHE: _ours, ...env } = process.env
  const began = performance.now()
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: compileCache === undefined ? env : { ...env, NODE_COMPILE_CACHE: compileCache },
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`)
  return performance.now() - began
}
